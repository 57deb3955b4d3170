"""Targets: levels, splits, who would have made them, when to look again, and how they are kept."""

from __future__ import annotations

import json
from datetime import date
from decimal import Decimal

import pytest

from salesmetrics.analysis.pace import elapsed
from salesmetrics.analysis.suggested_target import Likely, made_it, suggested
from salesmetrics.analysis.target_review import review, seasonal_share
from salesmetrics.analysis.target_set import MOST_KEPT, Target, TargetSet, find, keep, kept_sets
from salesmetrics.analysis.target_split import split, spread_rest, to_cents, weights
from salesmetrics.errors import QueryError
from salesmetrics.model.calendar import Period

D = Decimal
WEEKDAYS = (1, 2, 3, 4, 5)
Q1 = Period(date(2026, 1, 1), date(2026, 4, 1))


def test_where_one_half_is_missing_the_other_counts_alone() -> None:
    assert weights({"A": 3, "B": 1}, {}, {"A": 1, "B": 1}) == {"A": 0.75, "B": 0.25}
    assert weights({}, {"A": 1, "B": 3}, {"A": 1, "B": 1}) == {"A": 0.25, "B": 0.75}
    assert weights({}, {}, {"A": 1, "B": 0.5}) == {"A": 1.0, "B": 0.5}


def test_who_has_left_or_stands_below_zero_takes_no_share_from_others() -> None:
    found = weights({"A": 60, "B": 40, "Gone": 900, "C": -50}, {}, {"A": 1, "B": 1, "C": 1})
    assert found == {"A": 0.6, "B": 0.4, "C": 0.0}


def test_cents_that_are_left_go_to_the_largest_remainders_then_to_the_first() -> None:
    assert split(D("1.00"), {"A": 1, "B": 1, "C": 1}) == {"A": D("0.34"), "B": D("0.33"), "C": D("0.33")}
    assert split(D("0.05"), {"A": 1.0, "B": 2.0, "C": 4.0}) == {"A": D("0.01"), "B": D("0.01"), "C": D("0.03")}
    assert split(D("7"), {"A": 0, "B": 0}) == {"A": D("3.50"), "B": D("3.50")}
    assert split(D("7"), {}) == {}


def test_a_large_total_is_split_without_the_loss_of_a_cent() -> None:
    parts = split(D("9999999999999.99"), {str(place): 1 / 3 for place in range(997)})
    assert sum(parts.values()) == D("9999999999999.99")


def test_locked_amounts_above_the_total_cannot_be_spread() -> None:
    now = {"A": D(600), "B": D(500)}
    assert spread_rest(D(1000), now, frozenset({"A", "B"}), {}) is None
    assert spread_rest(D(500), now, frozenset({"A"}), {}) is None
    assert spread_rest(D(1000), now, frozenset({"A"}), {}) == {"A": D(600), "B": D(400)}


def test_half_a_cent_is_rounded_up() -> None:
    assert [str(to_cents(one)) for one in (0.125, 2.675, 1e-9)] == ["0.13", "2.68", "0.00"]


def test_too_hard_and_too_easy_begin_below_forty_and_above_eighty_per_cent() -> None:
    def verdict(made: int, of: int) -> str:
        sold = {str(place): 10.0 if place < made else 1.0 for place in range(of)}
        return made_it(dict.fromkeys(sold, D(10)), sold).verdict

    assert [verdict(made, 5) for made in (1, 2, 4, 5)] == ["too_hard", "fair", "fair", "too_easy"]
    assert verdict(0, 4) == ""


def test_who_was_not_there_last_year_is_not_asked() -> None:
    found = made_it({"A": D(1), "New": D(1)}, {"A": 1.0, "Gone": 5.0})
    assert (found.made, found.reps) == (1, 1)


@pytest.mark.parametrize(
    ("sold", "passed", "reasons"),
    [
        (39, 0.49, ()), (39, 0.50, ("behind",)), (40, 0.50, ()), (60, 0.50, ()), (60.1, 0.50, ("ahead",)),
        (None, 1.0, ()), (0, 0.0, ()),
    ],
)  # fmt: skip
def test_pace_counts_from_half_the_season_on(sold, passed, reasons) -> None:
    assert review(100, sold, passed).reasons == reasons


def test_a_target_out_of_the_forecast_is_looked_at_from_the_first_day() -> None:
    assert review(100, None, 0.0, Likely(70, 80, 99)).reasons == ("out_of_reach",)
    assert review(100, None, 0.0, Likely(101, 120, 140)).reasons == ("too_easy",)
    assert review(100, None, 0.0, Likely(100, 100, 100)).reasons == ()
    assert review(100, 10, 0.9, Likely(5, 11, 12)).reasons == ("behind", "out_of_reach")


def test_without_a_season_a_quarter_passes_month_by_month() -> None:
    assert seasonal_share(Q1, date(2026, 2, 28), None, WEEKDAYS) == pytest.approx(2 / 3)
    assert seasonal_share(Q1, date(2025, 12, 31), None, WEEKDAYS) == 0
    assert seasonal_share(Q1, date(2027, 1, 1), None, WEEKDAYS) == pytest.approx(1)


def test_a_season_weighs_the_months_and_working_days_the_days_in_them() -> None:
    season = [2.0, 1.0, 1.0] + [1.0] * 9
    assert seasonal_share(Q1, date(2026, 1, 31), season, WEEKDAYS) == pytest.approx(0.5)
    half = elapsed(Period(date(2026, 2, 1), date(2026, 3, 1)), date(2026, 2, 13), WEEKDAYS)
    assert seasonal_share(Q1, date(2026, 2, 13), season, WEEKDAYS) == pytest.approx((2 + half) / 4)


def test_a_part_of_a_month_weighs_by_its_days() -> None:
    weeks = Period(date(2026, 1, 16), date(2026, 3, 1))
    assert seasonal_share(weeks, date(2026, 1, 31), None, (1, 2, 3, 4, 5, 6, 7)) == pytest.approx(
        (16 / 31) / (16 / 31 + 1)
    )


SET = TargetSet("rep", Q1, D("10.00"), (Target("R1", "Ann", D("4.00"), True), Target("R2", "Bo", D("6.50"))))


def test_a_set_comes_back_from_json_as_it_was_and_says_by_how_much_it_is_off() -> None:
    assert TargetSet.from_json(json.loads(json.dumps(SET.to_json()))) == SET
    assert (SET.sum, SET.over) == (D("10.50"), D("0.50"))


def test_sets_of_other_periods_and_scopes_stay_when_one_is_kept() -> None:
    other = TargetSet("region", Q1, D(5), ())
    once = kept_sets(keep([other], SET))
    changed = TargetSet("rep", Q1, D(7), ())
    again = kept_sets(keep(once, changed))
    assert find(again, "rep", Q1) == changed
    assert find(again, "region", Q1) == other
    assert len(again) == 2


def test_the_oldest_sets_make_room() -> None:
    sets = [
        TargetSet("rep", Period(date(2000 + year, 1, 1), date(2001 + year, 1, 1)), D(year), ())
        for year in range(MOST_KEPT)
    ]
    kept = kept_sets(keep(sets, TargetSet("rep", Period(date(2090, 1, 1), date(2091, 1, 1)), D(1), ())))
    assert len(kept) == MOST_KEPT
    assert kept[0].period.start.year == 2001


@pytest.mark.parametrize(
    "body",
    [
        {"sets": 5}, {"sets": [5]}, {"sets": [{}]}, {"sets": [{**SET.to_json(), "from": "soon"}]},
        {"sets": [{**SET.to_json(), "total": "NaN"}]},
    ],
)  # fmt: skip
def test_what_is_no_set_is_refused(body) -> None:
    with pytest.raises(QueryError):
        kept_sets(body)


def test_targets_below_zero_and_names_that_stand_twice_are_refused() -> None:
    with pytest.raises(QueryError, match="Ann is below 0"):
        TargetSet("rep", Q1, D(1), (Target("R1", "Ann", D(-1)),))
    with pytest.raises(QueryError, match="“R1” has two"):
        TargetSet("rep", Q1, D(1), (Target("R1", "Ann", D(1)), Target("R1", "Bo", D(1))))


def test_an_ambition_below_zero_lowers_the_target() -> None:
    assert suggested(Likely(800, 1000, 1200), -0.05).target == 950
