"""Answers to a page's one request, kept for the next who asks the same of the same data."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

from salesmetrics.model.dataset import Dataset
from salesmetrics.query import compute_many
from salesmetrics.query.request import MetricQuery
from salesmetrics.query.result import Result


@st.cache_data(max_entries=256, show_spinner=False)
def _answers(version: str, viewer: str, queries: tuple[MetricQuery, ...], _data: Dataset) -> tuple[Result, ...]:
    return tuple(compute_many(_data, queries))


def viewer() -> str:
    """Name who is looking: what one may see another may not, so no answer is shared between them."""
    return str(st.user.get("email", "")) if st.user.get("is_logged_in") else ""


def ask(data: Dataset, queries: Sequence[MetricQuery]) -> tuple[Result, ...]:
    """Answer all that a page asks, in one go."""
    return _answers(data.version, viewer(), tuple(queries), data)
