"""Open deals by stage: the order of stages, what is weighted, and what happens without amounts."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pandas as pd
import pytest

from salesmetrics.charts import Figure, stages_figure
from salesmetrics.query.result import Result
from tests.charts.results import by_value, nothing

Stage = tuple[int, int, float | None, float | None]
"""Deals, deals with an amount, their amount, and the same weighted."""

FUNNEL: dict[str, Stage] = {
    "Proposal": (4, 4, 800.0, 400.0), "Demo": (3, 2, 300.0, 75.0), "Qualify": (10, 10, 900.0, 90.0),
}  # fmt: skip


def by_stage(stages: dict[str, Stage]) -> Result:
    counted = by_value(
        "open_opportunities", "stage", {name: (float(one[0]), None) for name, one in stages.items()}
    )
    priced = {name: one[1] for name, one in stages.items()}
    parts = [
        counted,
        by_value("pipeline_value", "stage", {name: (one[2], None) for name, one in stages.items()}, n=priced),
        by_value("weighted_pipeline", "stage", {name: (one[3], None) for name, one in stages.items()}),
    ]
    return replace(counted, given=pd.concat([part.frame for part in parts], ignore_index=True))


def figure(stages: dict[str, Stage], **differing: Any) -> Figure:
    return stages_figure(by_stage(stages), **differing)


@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize("priced", [True, False])
def test_the_specification_that_is_sent_is_valid(theme: Any, priced: bool) -> None:
    stages = FUNNEL if priced else {name: (one[0], 0, None, None) for name, one in FUNNEL.items()}
    assert figure(stages, theme=theme).chart().to_dict()["layer"]


def test_stages_stand_in_the_order_of_their_chance() -> None:
    data = figure(FUNNEL).data
    assert data["label"].tolist() == ["Qualify", "Demo", "Proposal"]
    assert data["chance_text"].tolist() == ["10.0\u00a0%", "25.0\u00a0%", "50.0\u00a0%"]


def test_without_chances_the_largest_stands_first_and_the_nameless_last() -> None:
    plain: dict[str, Stage] = {
        "(unknown)": (1, 1, 999.0, None), "Demo": (3, 3, 300.0, None), "Proposal": (4, 4, 800.0, None),
    }  # fmt: skip
    drawn = figure(plain)
    assert drawn.data["label"].tolist() == ["Proposal", "Demo", "(unknown)"]
    assert "weighted" not in drawn.subtitle
    assert drawn.data["below"].tolist() == ["4 deals", "3 deals", "1 deal"]


def test_it_says_where_most_is_and_how_many_lack_an_amount() -> None:
    drawn = figure(FUNNEL)
    assert drawn.title == "Most open value is in Qualify: 900 of 2,000"
    assert "1 of 17 open deals carries no amount" in drawn.subtitle
    assert drawn.data.set_index("label").loc["Demo", "unpriced_text"] == "1"
    assert drawn.text.endswith("Proposal 800 (4 deals, weighted 400).")


def test_deals_without_amounts_are_counted_and_it_says_why() -> None:
    drawn = figure({name: (one[0], 0, None, None) for name, one in FUNNEL.items()})
    assert drawn.title == "Most open deals are in Qualify: 10 of 17"
    assert "17 of 17 carry no amount" in drawn.subtitle
    assert drawn.data["value"].tolist() == [10.0, 4.0, 3.0]
    assert (drawn.metric, dict(drawn.picks)) == ("open_opportunities", {"key": "stage"})


def test_as_many_amounts_as_the_company_asks_for_are_enough() -> None:
    half = {"Demo": (4, 2, 100.0, 10.0), "Proposal": (4, 2, 100.0, 50.0)}
    assert figure(half).metric == "pipeline_value"
    strict = by_stage(half)
    conventions = replace(strict.query.conventions, low_coverage=0.6)
    assert stages_figure(replace(strict, query=replace(strict.query, conventions=conventions))).metric == (
        "open_opportunities"
    )


def test_no_open_deal_is_a_sentence() -> None:
    drawn = stages_figure(nothing("open_opportunities", "no_rows", by=("stage",)))
    assert drawn.empty
    assert drawn.text == "Open deals: There is no data for this period and these filters."
