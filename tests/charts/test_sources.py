"""Lead sources side by side: their order, what is summed up, what is pale, and what the title dares to say."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import pytest

import salesmetrics as sm
from salesmetrics.charts.sources import METRICS, RETURN, Table, sources_table
from salesmetrics.query.request import Filter, MetricQuery, Period
from tests.charts.results import YEAR
from tests.company import dataset
from ui import datasets

RIPE = Period(date(2025, 1, 1), date(2025, 10, 1))


def table(data: sm.Dataset, **more: Any) -> Table | None:
    brought, returned, totals = sm.compute_many(
        data,
        [
            MetricQuery(METRICS, YEAR, by=("lead_source",), **more),
            MetricQuery((RETURN,), RIPE, by=("lead_source",), **more),
            MetricQuery(("leads", "qualified_leads", "lead_conversion_rate", "lead_response_time"), YEAR, **more),
        ],
    )
    return sources_table(brought, returned, totals)


@pytest.fixture(scope="module")
def sample() -> Table:
    found = table(datasets.sample().data)
    assert found is not None
    return found


def column(found: Table, head: str) -> dict[str, Any]:
    place = [name for name, _more in found.heads].index(head)
    return {line.name: line.cells[place] for line in (*found.lines, found.whole)}


def value(data: sm.Dataset, metric: str, **more: Any) -> dict[str, float]:
    frame = sm.compute(data, MetricQuery((metric,), YEAR, by=("lead_source",), **more)).frame
    return dict(zip(frame["lead_source"], frame["value"], strict=True))


def test_the_source_of_most_leads_stands_first_and_the_nameless_last(sample: Table) -> None:
    leads = value(datasets.sample().data, "leads")
    named = sorted((name for name in leads if name != "(unknown)"), key=lambda name: -leads[name])
    assert [line.name for line in sample.lines] == [*named, "(unknown)"]
    assert "(unallocated)" not in {line.name for line in sample.lines}


def test_the_longest_bar_of_a_column_is_that_of_its_largest_value(sample: Table) -> None:
    leads = value(datasets.sample().data, "leads")
    bars = {name: cell.bar for name, cell in column(sample, "Leads").items()}
    assert bars["All sources"] is None
    assert bars["Event"] == pytest.approx(leads["Event"] / max(leads.values()))


def test_all_sources_together_are_what_the_metrics_say_without_a_cut(sample: Table) -> None:
    data = datasets.sample().data
    revenue, cac = (
        sm.compute(data, MetricQuery((metric,), YEAR)).frame["value"].iloc[0] for metric in ("revenue", "cac")
    )
    assert column(sample, "Revenue")["All sources"].hint == f"{revenue:,.2f}"
    # What names no source is spent too: all customers together cost more than those of any source known.
    assert column(sample, "Cost")["All sources"].text == f"{cac:,.0f}"
    assert any("names no source" in note for note in sample.notes)


def test_a_cost_of_few_customers_is_pale(sample: Table) -> None:
    data = datasets.sample().data
    frame = sm.compute(data, MetricQuery(("cac_by_source",), YEAR, by=("lead_source",))).frame
    few = set(frame[frame["value"].notna() & (frame["denominator"] < 20)]["lead_source"])
    assert few
    assert {name for name, cell in column(sample, "Cost").items() if cell.pale} == few
    assert sample.has_few


def test_a_share_says_on_hover_what_it_is_of(sample: Table) -> None:
    frame = sm.compute(
        datasets.sample().data, MetricQuery(("lead_conversion_rate",), YEAR, by=("lead_source",))
    ).frame.set_index("lead_source")
    hint = column(sample, "Became customers")["Referral"].hint
    assert hint.startswith(
        f"{frame.loc['Referral', 'numerator']:.0f} of {frame.loc['Referral', 'denominator']:.0f} leads"
    )
    assert "Referral" in sample.title


def test_what_cannot_be_filtered_so_is_left_out_and_said_once() -> None:
    found = table(datasets.sample().data, where=(Filter("product", ("Laptop Stand",)),))
    assert found is not None
    heads = {name for name, _more in found.heads}
    assert "Leads" in heads
    assert not heads & {"Cost", "Return on spend"}
    [note] = found.notes
    assert note.endswith("This number cannot be filtered by product.")


def test_beyond_a_dozen_sources_the_rest_is_one_line_that_adds_up(tmp_path: Path) -> None:
    leads = [
        {"lead_id": f"{number}-{one}", "created_at": "2025-03-01", "lead_source": f"S{number:02}"}
        for number in range(1, 16)
        for one in range(number)
    ]
    found = table(dataset({"leads": leads}, tmp_path, read_on=date(2025, 12, 1)))
    assert found is not None
    assert [line.name for line in found.lines][:2] == ["S15", "S14"]
    assert found.lines[-1].name == "other (4)"
    assert column(found, "Leads")["other (4)"].text == "10"
    assert column(found, "Leads")["All sources"].text == "120"
    assert found.title == "What each lead source brings"


def test_without_any_name_there_is_no_table(tmp_path: Path) -> None:
    assert table(dataset({"leads": [{"lead_id": "1", "created_at": "2025-03-01"}]}, tmp_path)) is None
