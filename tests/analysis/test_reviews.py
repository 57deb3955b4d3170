"""Reviews held on time, actions done, which review comes next, and what is overdue."""

from __future__ import annotations

import json
from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from salesmetrics.analysis.reviews import (
    Action,
    Review,
    ReviewBook,
    Tick,
    action_close_rate,
    next_review,
    overdue_actions,
    review_on_time_rate,
)
from salesmetrics.errors import QueryError

DAY = date(2025, 3, 10)


def test_three_days_after_its_day_a_review_is_on_time_and_four_are_late() -> None:
    planned = date(2025, 1, 10)
    for days, held in ((-2, 1), (0, 1), (3, 1), (4, 0)):
        rate = review_on_time_rate([Review(planned, planned + timedelta(days=days))], DAY)
        assert (rate.numerator, rate.denominator) == (held, 1)


def test_a_review_is_due_once_its_three_days_are_over() -> None:
    held = [Review(DAY - timedelta(days=2), DAY), Review(DAY - timedelta(days=3)), Review(DAY)]
    # The one held already has days left, so neither it nor the one of today counts; the one missed does.
    rate = review_on_time_rate(held, DAY)
    assert (rate.numerator, rate.denominator, rate.share) == (0, 1, 0.0)
    assert review_on_time_rate([held[0], held[2]], DAY).share is None


days = st.dates(date(2025, 1, 1), date(2025, 4, 30))


@settings(max_examples=200, deadline=None)
@given(st.lists(st.tuples(days, st.none() | days), max_size=12), days)
def test_on_time_reviews_are_counted_one_by_one(pairs: list[tuple[date, date | None]], as_of: date) -> None:
    rate = review_on_time_rate([Review(*pair) for pair in pairs], as_of)
    over = [(planned, held) for planned, held in pairs if (as_of - planned).days >= 3]
    assert rate.denominator == len(over)
    assert rate.numerator == sum(held is not None and (held - planned).days <= 3 for planned, held in over)


def test_actions_written_down_and_actions_counted_by_a_file_count_alike() -> None:
    written = Review(DAY, actions=(Action("call", done=True), Action("write")), open=1, done=5)
    assert (written.all_open, written.all_done) == (2, 6)
    assert action_close_rate([written]).share == 0.75
    assert action_close_rate([Review(DAY)]).share is None


def test_an_action_is_overdue_after_its_day() -> None:
    early, late = Action("a", due=date(2025, 3, 1)), Action("b", due=date(2025, 2, 1))
    others = (Action("c", due=DAY), Action("d"), Action("e", due=date(2025, 1, 1), done=True))
    assert overdue_actions([Review(DAY, actions=(early, *others)), Review(DAY, actions=(late,))], DAY) == (
        late,
        early,
    )


def test_the_next_review_is_the_one_planned_or_follows_the_last() -> None:
    held = Review(date(2025, 1, 31), date(2025, 1, 31))
    missed, ahead, later = (Review(day) for day in (date(2025, 2, 28), date(2025, 3, 28), date(2025, 4, 28)))
    assert next_review([held, missed, ahead, later], DAY, "monthly") == ahead
    assert next_review([held, missed], DAY, "monthly") == missed
    assert next_review([held], DAY, "monthly").scheduled_on == date(2025, 2, 28)
    assert next_review([held], DAY, "quarterly").scheduled_on == date(2025, 4, 30)
    assert next_review([], DAY, "monthly").scheduled_on == date(2025, 3, 17)


def test_what_is_kept_stands_for_the_files_row_of_its_day() -> None:
    files = [Review(date(2025, month, 28), open=1) for month in (1, 2)]
    mine = Review(date(2025, 1, 28), date(2025, 1, 29), notes="Short.", open=1)
    assert ReviewBook().put(mine).beside(files) == (mine, files[1])
    assert ReviewBook().put(files[0]).put(mine).reviews == (mine,)


def test_what_is_kept_reads_back_and_anything_else_is_refused() -> None:
    book = ReviewBook(
        "quarterly",
        (Review(DAY, None, "2025-Q1", "n", "d", (Action("a", "Ann", DAY), Action("b", done=True)), 1, 2),),
        {"market_research": Tick(True, "asked ten")},
    )
    assert ReviewBook.from_json(json.loads(json.dumps(book.to_json()))) == book
    bodies: tuple[dict[str, object], ...] = ({"reviews": [{}]}, {"reviews": 3}, {"checklist": {"x": 1}})
    for body in bodies:
        with pytest.raises(QueryError, match="stored reviews cannot be read"):
            ReviewBook.from_json(body)
