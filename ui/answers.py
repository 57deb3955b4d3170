"""Answers to a page's one request, kept for the next who asks the same of the same data."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Sequence
from typing import Any, TypeVar

import streamlit as st

from salesmetrics.analysis.coming_back import Comeback
from salesmetrics.model.dataset import Dataset
from salesmetrics.query import compute_many
from salesmetrics.query.customer_future import CustomerFuture, NoFuture
from salesmetrics.query.customer_future import customer_future as future_of
from salesmetrics.query.customer_names import customer_names
from salesmetrics.query.customer_standing import Standings, standings
from salesmetrics.query.overdue import Overdue, overdue
from salesmetrics.query.request import MetricQuery
from salesmetrics.query.result import Result
from salesmetrics.query.second_purchase import second_purchases
from salesmetrics.query.waits import Waits, waits
from ui.memory import Memory

T = TypeVar("T")

_answers: Memory[tuple[Result, ...]] = Memory(256)
_facts: Memory[Any] = Memory(512)
_overdue: Memory[Overdue | None] = Memory(64)
_waits: Memory[Waits | None] = Memory(64)
_standings: Memory[Standings | None] = Memory(64)
_comebacks: Memory[Comeback | None] = Memory(64)
_futures: Memory[CustomerFuture | NoFuture] = Memory(24)
_called: Memory[dict[str, str]] = Memory(128)
_worked_out: Memory[Any] = Memory(256)


def viewer() -> str:
    """Name who is looking: what one may see another may not, so no answer is shared between them."""
    return str(st.user.get("email", "")) if st.user.get("is_logged_in") else ""


def ask(data: Dataset, queries: Sequence[MetricQuery]) -> tuple[Result, ...]:
    """Answer all that a page asks, in one go; answers are shared and must not be changed."""
    asked = tuple(queries)
    return _answers.get(data.version, (viewer(), asked), lambda: tuple(compute_many(data, asked)))


def overdue_deals(data: Dataset, query: MetricQuery, most: int) -> Overdue | None:
    """Give the open deals to act on, `most` at most; see `overdue`. They are shared and must not be changed."""
    return _overdue.get(data.version, (viewer(), query, most), lambda: overdue(data, query, most))


def lead_waits(data: Dataset, query: MetricQuery) -> Waits | None:
    """Give how long leads waited for their first answer; see `waits`."""
    return _waits.get(data.version, (viewer(), query), lambda: waits(data, query))


def customer_standings(data: Dataset, query: MetricQuery, most: int) -> Standings | None:
    """Give how customers stand, and the first `most` of those who leave and of those who matter; see `standings`."""
    return _standings.get(data.version, (viewer(), query, most), lambda: standings(data, query, most))


def comeback(data: Dataset, query: MetricQuery) -> Comeback | None:
    """Give how soon new customers bought a second time; see `second_purchases`."""
    return _comebacks.get(data.version, (viewer(), query), lambda: Comeback.of(second_purchases(data, query)))


def customer_future(data: Dataset, query: MetricQuery, months: int, most: int) -> CustomerFuture | NoFuture:
    """Give what customers will bring in the `months` ahead, and the first `most` of them; see its query."""
    asked = (viewer(), query, months, most)
    return _futures.get(data.version, asked, lambda: future_of(data, query, months, most))


def called(data: Dataset, customers: Sequence[str]) -> dict[str, str]:
    """Give what customers are called, those of whom a file says it; see `customer_names`."""
    wanted = tuple(sorted(set(customers)))
    return _called.get(data.version, (viewer(), wanted), lambda: customer_names(data, wanted))


def kept(data: Dataset, asked: Hashable, work_out: Callable[[], T]) -> T:
    """Give what `work_out` makes of the data for whoever looks; `asked` tells it from other answers."""
    found: T = _worked_out.get(data.version, (viewer(), asked), work_out)
    return found


def about(data: Dataset, work_out: Callable[[Dataset], T]) -> T:
    """Give what `work_out` tells of the data whoever looks and whatever is chosen, worked out once."""
    fact: T = _facts.get(data.version, work_out.__qualname__, lambda: work_out(data))
    return fact


def forget(version: str) -> None:
    """Let go of every answer about a data version, whoever asked."""
    _answers.forget(version)
    _facts.forget(version)
    _overdue.forget(version)
    _waits.forget(version)
    _standings.forget(version)
    _comebacks.forget(version)
    _futures.forget(version)
    _called.forget(version)
    _worked_out.forget(version)
