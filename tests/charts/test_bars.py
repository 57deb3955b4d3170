"""Ranked bars: order, the rest as one, changes, colours, and the sentence beside them."""

from __future__ import annotations

from dataclasses import replace

import pytest

from salesmetrics.charts import bars, bars_figure, describe
from salesmetrics.charts.colours import colours
from salesmetrics.charts.figure import OTHER, PICK, compared_with
from salesmetrics.charts.theme import PALETTES
from salesmetrics.query.request import Compare
from tests.charts.results import by_value, nothing

REGIONS = {"South": (100.0, 120.0), "North": (300.0, 200.0), "(unknown)": (500.0, 400.0), "East": (100.0, None)}
LIGHT = PALETTES["light"]


@pytest.mark.parametrize("dimension", ["region", "product", "tenure"])
@pytest.mark.parametrize("metric", ["revenue", "win_rate"])
def test_the_specification_that_is_sent_is_valid(metric: str, dimension: str) -> None:
    for theme in ("light", "dark"):
        assert bars(by_value(metric, dimension, REGIONS), metric, dimension, theme=theme).to_dict()["layer"]


def test_the_largest_comes_first_and_what_has_no_name_last() -> None:
    data = bars_figure(by_value("revenue", "region", REGIONS), "revenue", "region").data
    assert data["label"].tolist() == ["North", "South", "East", "(unknown)"]


def test_tenure_stands_from_new_to_old_whatever_its_size() -> None:
    bands = {"5y+": (9.0, 9.0), "0-3m": (1.0, 1.0), "(unknown)": (20.0, 1.0), "1-2y": (5.0, 5.0)}
    data = bars_figure(by_value("revenue", "tenure", bands), "revenue", "tenure").data
    assert data["label"].tolist() == ["0–3 months", "1–2 years", "5 years and more", "(unknown)"]


def test_changes_are_coloured_by_what_is_better_and_new_ones_are_not() -> None:
    data = bars_figure(by_value("revenue", "region", REGIONS), "revenue", "region").data.set_index("label")
    assert data.loc["North", ["change_text", "change_colour"]].tolist() == ["+50.0\u00a0%", LIGHT.better]
    assert data.loc["South", ["change_text", "change_colour"]].tolist() == ["−16.7\u00a0%", LIGHT.worse]
    assert data.loc["East", ["change_text", "change_colour"]].tolist() == ["new", LIGHT.quiet]
    # A longer sales cycle is worse.
    slower = bars_figure(by_value("sales_cycle_length", "region", REGIONS), "sales_cycle_length", "region").data
    assert slower.set_index("label").loc["North", "change_colour"] == LIGHT.worse


MANY = {f"P{place:02}": (100.0 - place, 50.0) for place in range(40)}


def test_what_is_beyond_twelve_is_one_sum() -> None:
    data = bars_figure(by_value("revenue", "product", MANY), "revenue", "product").data
    assert len(data) == 12
    rest = data.iloc[-1]
    assert rest["label"] == "other (29)"
    assert rest["value_text"] == f"{sum(100.0 - place for place in range(11, 40)):,.2f}"
    assert rest["compared_text"] == f"{29 * 50.0:,.2f}"


def test_ratios_beyond_twelve_are_divided_after_adding() -> None:
    parts = {name: (float(place), 100.0) for place, name in enumerate(MANY)}
    result = by_value(
        "win_rate", "product", {name: (won / all_, 0.5) for name, (won, all_) in parts.items()},
        numerator={name: won for name, (won, _all) in parts.items()},
        denominator={name: all_ for name, (_won, all_) in parts.items()},
        last_year_numerator=dict.fromkeys(parts, 1.0), last_year_denominator=dict.fromkeys(parts, 4.0),
    )  # fmt: skip
    rest = bars_figure(result, "win_rate", "product").data.iloc[-1]
    assert rest["value_text"] == f"{sum(range(29)) / (29 * 100) * 100:.4f}\u00a0%"
    assert rest["change_text"] == f"−{(0.25 - sum(range(29)) / 2900) * 100:.1f}\u00a0pp"


def test_counts_that_do_not_add_up_are_not_added() -> None:
    figure = bars_figure(by_value("orders", "product", MANY), "orders", "product")
    assert figure.data["label"].tolist() == sorted(MANY)[:12]
    assert "28 more are not drawn" in figure.subtitle


def test_a_name_has_its_colour_whatever_else_is_on_the_page() -> None:
    values = ("North", "South", "East", "West")
    alone = bars_figure(by_value("revenue", "region", {"East": (1.0, 1.0)}), "revenue", "region", values).data
    beside = bars_figure(
        by_value("win_rate", "region", {"South": (1.0, 1.0), "East": (1.0, 1.0)}), "win_rate", "region", values
    ).data
    assert alone["colour"][0] == beside.set_index("label")["colour"]["East"]


def test_names_share_no_colour_while_there_are_enough_and_red_and_green_stay_free() -> None:
    names = tuple(f"Region {place}" for place in range(10))
    for theme, palette in PALETTES.items():
        given = colours("region", names, theme)
        assert len(set(given.values())) == 10
        assert not {palette.better, palette.worse} & set(given.values())


def test_the_title_is_a_finding_and_the_sentence_names_every_bar() -> None:
    figure = bars_figure(by_value("revenue", "region", REGIONS), "revenue", "region")
    assert figure.title == "Most from North: 30.0\u00a0% of revenue"
    assert figure.subtitle == "Revenue by region, 2025; grey behind: 2024"
    said = describe(by_value("revenue", "region", REGIONS), "revenue")
    assert said.endswith(
        "North 300 (+50.0\u00a0%); South 100 (−16.7\u00a0%); East 100 (new); (unknown) 500 (+25.0\u00a0%)."
    )


def test_a_bar_stands_for_its_value_and_the_rest_for_none() -> None:
    figure = bars_figure(by_value("revenue", "product", MANY), "revenue", "product")
    assert (figure.metric, figure.picks) == ("revenue", {"key": "product"})
    assert figure.data["key"].tolist() == [*sorted(MANY)[:11], OTHER]
    assert [param["select"]["fields"] for param in figure.spec["params"] if param["name"] == PICK] == [["key"]]


def test_last_year_is_what_bars_are_set_against_where_the_data_reaches_back() -> None:
    both = by_value("revenue", "region", REGIONS)
    previous = {"previous_value": 7.0}
    days = {"previous_start": both.frame["last_year_start"], "previous_end": both.frame["last_year_end"]}
    rest = {f"previous_{name}": both.frame[f"last_year_{name}"] for name in ("change", "growth")}
    query = replace(both.query, compare=tuple(Compare))
    asked = replace(both, query=query, given=both.frame.assign(**previous, **days, **rest))
    assert compared_with(asked, "revenue") is Compare.LAST_YEAR
    young = replace(asked, given=asked.frame.assign(last_year_value=float("nan")))
    assert compared_with(young, "revenue") is Compare.PREVIOUS
    assert bars_figure(young, "revenue", "region").data["compared"].tolist() == [7.0] * 4


def test_what_cannot_be_had_is_a_sentence() -> None:
    figure = bars_figure(nothing("revenue", "no_rows", by=("region",)), "revenue", "region")
    assert figure.empty
    assert figure.text == "Revenue: There is no data for this period and these filters."


def test_a_measure_that_names_its_own_dimension_is_not_said_twice() -> None:
    reasons = {"Price": (30.0, 20.0), "Budget": (10.0, 20.0)}
    figure = bars_figure(by_value("loss_reasons", "loss_reason", reasons), "loss_reasons", "loss_reason")
    assert figure.title == "Price most often: 75.0\u00a0% of 40"
    assert figure.subtitle == "Loss reasons, 2025; grey behind: 2024"


def test_that_bars_of_few_cases_are_pale_is_said_where_there_are_some() -> None:
    rates = {"North": (0.5, 0.4), "South": (0.2, 0.3)}
    cases = [dict.fromkeys(rates, 50) | {"South": south} for south in (5, 50)]
    found = [by_value("win_rate", "region", rates, n=counted, denominator=counted) for counted in cases]
    said = [bars_figure(one, "win_rate", "region").subtitle for one in found]
    assert ["pale: fewer than 20 cases" in one for one in said] == [True, False]
