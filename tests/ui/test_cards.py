"""What stands on a card: the number, its changes by name and colour, the target, and what to mind about it."""

from __future__ import annotations

import re
from typing import Any

import pytest

from salesmetrics.charts.figure import rows_of
from salesmetrics.charts.theme import PALETTES
from salesmetrics.metrics import CATALOGUE
from salesmetrics.query.request import Compare
from tests.charts.results import by_value
from ui import cards

COLOURS = PALETTES["light"]
AGAINST = [Compare.LAST_YEAR]


def row_of(metric: str, now: float | None, before: float | None, **more: Any) -> dict[str, Any]:
    (row,) = rows_of(by_value(metric, "region", {"all": (now, before)}), metric)
    return row | more


def head(metric: str, row: dict[str, Any], target: dict[str, Any] | None = None) -> str:
    return cards._head(row, CATALOGUE[metric], AGAINST, target, "light")


def width_of_bar(body: str) -> float:
    found = re.search(r"width:([\d.]+)%", body)
    assert found
    return float(found[1])


def mark_of_bar(body: str) -> float:
    found = re.search(r"left:([\d.]+)%", body)
    assert found
    return float(found[1])


@pytest.mark.parametrize(
    ("metric", "now", "before", "text", "colour"),
    [
        ("revenue", 120.0, 100.0, "+20.0\u00a0%", COLOURS.better),
        ("revenue", 80.0, 100.0, "−20.0\u00a0%", COLOURS.worse),
        ("win_rate", 0.36, 0.40, "−4.0\u00a0pp", COLOURS.worse),
        # A longer cycle is worse.
        ("sales_cycle_length", 60.0, 50.0, "+20.0\u00a0%", COLOURS.worse),
        # What rounds to nothing is neither better nor worse.
        ("win_rate", 0.40001, 0.40, "±0.0\u00a0pp", COLOURS.quiet),
        ("units", 5.0, 5.0, "±0.0\u00a0%", COLOURS.quiet),
    ],
)
def test_a_change_is_named_and_coloured_by_what_is_better(
    metric: str, now: float, before: float, text: str, colour: str
) -> None:
    body = head(metric, row_of(metric, now, before))
    assert f'color:{colour}">{text}</b> vs 2024<' in body


def test_a_change_that_is_not_known_is_no_zero() -> None:
    body = head("revenue", row_of("revenue", 120.0, None))
    assert "no figure vs 2024" in body
    assert "0.0" not in body.replace("120.0", "")


def test_the_value_stands_in_full_for_whoever_cannot_see_it() -> None:
    body = head("revenue", row_of("revenue", 2326534.35, 1.0))
    assert '<data value="2326534.35" aria-label="Revenue: 2,326,534.35">2.33\u00a0M</data>' in body


def test_the_bar_reaches_as_far_as_the_target_was_reached() -> None:
    for share in (0.786, 1.0, 1.1):
        quota = row_of("quota_attainment", share, None, numerator=share * 700, denominator=700.0)
        body = head("revenue", row_of("revenue", 550.0, 500.0), quota)
        assert width_of_bar(body) / mark_of_bar(body) == pytest.approx(share, abs=0.002)
        assert f"{share * 100:.1f}\u00a0% of quota" in body


def test_the_bar_never_leaves_the_card_and_is_absent_without_a_quota() -> None:
    far = row_of("quota_attainment", 4.0, None, numerator=2800.0, denominator=700.0)
    assert width_of_bar(head("revenue", row_of("revenue", 1.0, 1.0), far)) == 100.0
    below = row_of("quota_attainment", -0.5, None, numerator=-350.0, denominator=700.0)
    assert width_of_bar(head("revenue", row_of("revenue", 1.0, 1.0), below)) == 0.0
    unknown = row_of("quota_attainment", None, None, reason="no_rows")
    assert "of quota" not in head("revenue", row_of("revenue", 1.0, 1.0), unknown)


def test_a_number_over_the_whole_file_says_so_on_the_card() -> None:
    assert "it has no dates" in head("win_rate", row_of("win_rate", 0.5, None, warnings=("undated",)))
    assert "not over yet" in head(
        "revenue", row_of("revenue", 5.0, 4.0, warnings=("partial", "duplicate_lines:6"))
    )


def test_how_names_every_part_of_a_ratio_and_what_was_left_out() -> None:
    row = row_of(
        "win_rate", 0.4, 0.5, numerator=8.0, denominator=20.0, n=20, warnings=("cancelled_excluded:3:450.00",)
    )
    said = cards._how(row, CATALOGUE["win_rate"], AGAINST).replace("\\", "")
    for part in (
        "**Formula:**",
        "40.0000\u00a0%",
        "**2024:** 50.0000\u00a0%",
        "**Numerator:** 8",
        "**Denominator:** 20",
    ):
        assert part in said
    assert "**Counted:** 20" in said
    assert "3 cancelled, void or draft lines, 450.00 in all, are left out." in said


def test_what_is_absent_says_what_would_unlock_it_and_shows_no_number() -> None:
    body = cards._absent(CATALOGUE["win_rate"], "missing_column:opportunities.status", ["orders"], "light")
    assert "Add a file of deals to see this number." in body
    assert "<data" not in body
    assert not re.search(r">0(\.0)?<", body)


def test_names_from_a_file_cannot_become_markup() -> None:
    body = cards._absent(CATALOGUE["win_rate"], "missing_column:<img src=x>", ["<img src=x>"], "light")
    assert "<img" not in body


@pytest.mark.parametrize(("cases", "said"), [(1, "Only 1 case:"), (19, "Only 19 cases:"), (20, ""), (500, "")])
def test_a_rate_of_few_cases_is_pale_and_says_how_many(cases: int, said: str) -> None:
    body = head("win_rate", row_of("win_rate", 1.0, 0.5, n=cases, denominator=float(cases)))
    assert ("opacity:.55" in body, "Only" in body) == (bool(said), bool(said))
    assert said in body


def test_an_amount_of_few_cases_is_whole_and_no_rate() -> None:
    assert "Only" not in head("revenue", row_of("revenue", 100.0, 50.0, n=2))
    assert "Only" not in head("quota_attainment", row_of("quota_attainment", 0.9, 0.8, n=2, denominator=10.0))
