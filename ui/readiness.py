"""How many of all numbers the files at hand allow, and what would add more: one line at the foot of a page."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass

import streamlit as st

from salesmetrics.charts.words import column_name, table_name
from salesmetrics.i18n import _
from salesmetrics.metrics import CATALOGUE
from salesmetrics.model.dataset import Dataset
from salesmetrics.query.availability import availability
from ui import answers
from ui.text import plain

MOST = 3
"""So many files or columns are named, those that would add most."""


@dataclass(frozen=True)
class Readiness:
    """How many numbers can be computed, of how many, and what alone would add some: a table or `table.column`."""

    able: int
    of: int
    adds: tuple[tuple[str, int], ...]


def readiness(data: Dataset) -> Readiness:
    """Work out what the files at hand allow, and which file or column alone would add most."""
    reasons = availability(data)
    adds: Counter[str] = Counter()
    for metric_id, reason in reasons.items():
        if reason:
            metric = CATALOGUE[metric_id]
            lacking = {
                name if data.has(name.partition(".")[0]) else name.partition(".")[0]
                for measure in metric.made_of(metric.settings({}))
                for name in measure.inputs
                if not data.has(*name.split("."))
            }
            if len(lacking) == 1:
                adds[lacking.pop()] += 1
    able = sum(reason is None for reason in reasons.values())
    return Readiness(able, len(reasons), tuple(adds.most_common(MOST)))


def sentences(ready: Readiness) -> list[str]:
    """Say how many numbers can be computed from the files, and what would add most to them."""
    said = [
        _("All {all} numbers can be computed from your files.").format(all=ready.of)
        if ready.able == ready.of
        else _("{able} of {all} numbers can be computed from your files.").format(able=ready.able, all=ready.of)
    ]
    for name, count in ready.adds:
        table = table_name(name.partition(".")[0])
        said.append(
            _("The column {column} in your {rows} would add {n}.").format(
                column=column_name(name), rows=table, n=count
            )
            if "." in name
            else _("A file of {rows} would add {n}.").format(rows=table, n=count)
        )
    return said


def strip(data: Dataset) -> None:
    """Draw the line."""
    with st.container(border=True, key="readiness"):
        st.markdown(f":gray[{plain(' '.join(sentences(answers.about(data, readiness))))}]")
