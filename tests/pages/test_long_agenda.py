"""What a review shows of much: so many lines and notes as a meeting gets through, and how many are left."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from streamlit.testing.v1 import AppTest

from salesmetrics.analysis.reviews import Action, Review
from ui import agenda, reviews

from .conftest import opening

DAY = date(2025, 12, 1)


@pytest.fixture
def page(monkeypatch: pytest.MonkeyPatch) -> AppTest:
    """The page over twenty reviews, each with its notes and an overdue action."""
    held = tuple(
        Review(
            day, held_on=day, notes=f"Said on {day}", actions=(Action(f"Call customer {place}", due=day),),
        )
        for place in range(20)
        for day in [DAY - timedelta(days=28 * place)]
    )  # fmt: skip
    monkeypatch.setattr(reviews, "in_files", lambda _data: held)
    return opening("reviews")()


def test_the_agenda_names_the_first_and_counts_the_rest(page: AppTest) -> None:
    lists = [one.value.replace("\\", "").splitlines() for one in page.markdown if "Call customer" in one.value]
    [lines] = [lines for lines in lists if len(lines) > 1]
    assert len(lines) == agenda.MOST_LINES + 1
    assert lines[-1] == "- 10 more."


def test_the_notes_of_the_latest_reviews_are_shown(page: AppTest) -> None:
    shown = [one.label for one in page.expander if one.label.startswith("Review of")]
    assert len(shown) == reviews.MOST_TOLD
    assert "1 Dec 2025" in shown[0]
    assert any("the last 12 are shown" in one.value for one in page.caption)
