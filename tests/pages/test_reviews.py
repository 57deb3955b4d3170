"""KPIs and reviews as a session sees them: the sample's board, files that say less, and what owners keep."""

from __future__ import annotations

import re
from datetime import date

import pytest
from streamlit.testing.v1 import AppTest

import salesmetrics as sm
from salesmetrics.query import compute
from ui import datasets, storage

from .conftest import Drop, Start, opened
from .shown import metrics, said


def keyed(at: AppTest, kind: str, start: str):
    return next(one for one in at.get(kind) if str(one.key).startswith(start))


def orders() -> bytes:
    rows = [f"2024-{month:02d}-{day},{region},10" for month in range(1, 7) for day in ("05", "30") for region in "AB"
            if (month, day) != (2, "30")]  # fmt: skip
    return ("Order Date,Region,Amount\n" + "\n".join(rows)).encode()


@pytest.fixture
def mine(data_page: AppTest, drop: Drop) -> AppTest:
    """The page of somebody with a file of their own: 22 orders of 10 from January to June 2024."""
    return opened(drop(data_page, {"orders.csv": orders()}), "reviews")


def owner(at: AppTest) -> str:
    return str(at.session_state["visitor"])


def workspace(at: AppTest) -> str:
    [one] = [one for one in storage.store().of(owner(at)) if not one.is_sample]
    return one.id


def body(at: AppTest, name: str) -> dict[str, object]:
    return dict(storage.store().documents(workspace(at))[name].body)


def test_the_sample_shows_its_board_its_rates_and_an_agenda(start: Start) -> None:
    at = opened(start(), "reviews")
    told = said(at)
    data = datasets.sample().data
    targets = {"revenue": 9_000_000, "win_rate": 0.4, "response_within_sla": 0.5, "customer_retention_rate": 0.65,
               "gross_margin": 0.38}  # fmt: skip
    year = sm.Period(date(2025, 1, 1), date(2026, 1, 1))
    frame = compute(data, sm.MetricQuery(tuple(targets), year)).frame.set_index("metric")
    shares = [float(frame.at[name, "value"]) / target for name, target in targets.items()]
    counts = [
        sum(one >= 1 for one in shares),
        sum(0.9 <= one < 1 for one in shares),
        sum(one < 0.9 for one in shares),
    ]
    assert "{} on track, {} at risk, {} off.".format(*counts) in told
    assert "Off" in told
    assert re.search(r"Off: Answer within the hour \(Answered in time · 2025\), \d+\.\d % of the target", told)
    assert "Win rate fell by" in told
    # By hand from the file: twelve planned by 28 December, four a week late, one not held; 38 done, 11 open.
    assert metrics(at)["Reviews held on time"] == f"{7 / 12 * 100:.1f} %"
    assert metrics(at)["Actions done"] == f"{38 / 49 * 100:.1f} %"
    assert "7 of 12 reviews due by 31 Dec 2025" in told
    assert "Planned for 28 Dec 2025 and not held yet. It looks at Dec 2025" in told
    assert "11 actions that a file counts as open" in told
    assert "What competitors do" in told
    assert "nothing can be changed here" in told
    assert not [one for one in at.button if "Save" in one.label]


def test_filters_do_not_change_the_board(start: Start) -> None:
    assert "2 on track, 2 at risk, 1 off." in said(opened(start(region="North"), "reviews"))


def test_without_kpis_and_reviews_the_page_says_what_they_are(mine: AppTest) -> None:
    told = said(mine)
    assert "There are no KPIs yet. A KPI is a metric with an objective, a target, a period and an owner" in told
    assert "No review was due yet by 30 Jun 2024" in told
    assert "No action was written down yet" in told
    assert metrics(mine)["Reviews held on time"] == "–"
    assert "No review is planned or was held yet" in told


def test_kpis_of_a_file_say_what_they_lack_and_an_owner_narrows_one_to_a_region(
    data_page: AppTest, drop: Drop
) -> None:
    lines = ["Revenue,Grow,60,2024-Q2,Ann", "win_rate,Win,0.4,2024-Q2,Bo", "reveneu,Grow,1,2024-Q2,Cy"]
    listed = ("metric_id,objective,target,period,owner\n" + "\n".join(lines)).encode()
    at = opened(drop(data_page, {"orders.csv": orders(), "kpis.csv": listed}), "reviews")
    told = said(at)
    # 12 orders of 10 against 60; deals there are none, nor a metric of that name.
    assert "1 on track, 0 at risk, 0 off. 2 more are not known; their cards say why." in told
    assert "Add a file of deals to see this number" in told
    assert "There is no metric “reveneu” that could be worked out for a period." in told
    at.selectbox(key="kpi_which_0").set_value(("revenue", "2024-Q2", "")).run()
    keyed(at, "selectbox", "kpi_region").set_value("A").run()
    at.button(key="kpi_save").click().run()
    assert not at.exception
    # Half of the orders are A's, and the file's row of both is not on the board beside it.
    assert "Revenue: **60** of 60" in said(at)
    assert "1 on track, 0 at risk, 0 off. 2 more" in said(at)

    keyed(at, "selectbox", "kpi_metric").set_value("growth_yoy").run()
    assert [one.label for one in at.number_input if str(one.key).startswith("kpi_target")] == ["Target, in %"]


def test_an_owner_adds_changes_and_takes_off_a_kpi(mine: AppTest) -> None:
    at = mine
    at.button(key="kpi_save").click().run()
    assert "Say which period it is for" in said(at)
    keyed(at, "text_input", "kpi_period").set_value("spring").run()
    at.button(key="kpi_save").click().run()
    assert "“spring” is no period" in said(at)
    keyed(at, "text_input", "kpi_period").set_value("2024-Q2").run()
    at.button(key="kpi_save").click().run()
    assert not at.exception
    told = said(at)
    assert "A metric, not a KPI yet. It lacks: an objective, a target, an owner." in told
    assert "1 more is not known; its card says why" in told

    at.selectbox(key="kpi_which_1").set_value(("revenue", "2024-Q2", "")).run()
    keyed(at, "number_input", "kpi_target").set_value(125.0).run()
    keyed(at, "text_input", "kpi_objective").set_value("Grow *fast*").run()
    keyed(at, "text_input", "kpi_owner").set_value("Ann").run()
    at.button(key="kpi_save").click().run()
    assert not at.exception
    # 12 orders of 10 against 125.
    assert "0 on track, 1 at risk, 0 off." in said(at)
    assert "At risk: Grow *fast* (Revenue · 2024-Q2), 96.0 % of the target. Owner: Ann." in said(at)
    [kept] = body(at, "kpis")["kpis"]  # type: ignore[misc]
    assert (kept["target"], kept["owner"], kept["period"]) == (125.0, "Ann", "2024-Q2")

    # The same once more is refused; a share is typed in per cent.
    keyed(at, "text_input", "kpi_period").set_value("2024-Q2").run()
    at.button(key="kpi_save").click().run()
    assert "There is a KPI of this metric, period and region" in said(at)

    at.selectbox(key="kpi_which_2").set_value(("revenue", "2024-Q2", "")).run()
    at.button(key="kpi_remove").click().run()
    assert "There are no KPIs yet" in said(at)


def test_who_was_slower_reads_that_somebody_changed_the_kpi(mine: AppTest) -> None:
    at = mine
    keyed(at, "text_input", "kpi_period").set_value("2024-Q2").run()
    at.button(key="kpi_save").click().run()
    at.selectbox(key="kpi_which_1").set_value(("revenue", "2024-Q2", "")).run()
    keyed(at, "text_input", "kpi_owner").set_value("Ann").run()
    [row] = body(at, "kpis")["kpis"]  # type: ignore[misc]
    theirs = {"form": 1, "kpis": [{**row, "owner": "Bo"}], "instead_of": []}
    storage.store().keep_document(workspace(at), owner(at), "kpis", theirs, 1)
    at.button(key="kpi_save").click().run()
    assert "Somebody changed this KPI meanwhile" in said(at)
    assert body(at, "kpis") == theirs
    at.button(key="kpi_reload").click().run()
    at.selectbox(key="kpi_which_2").set_value(("revenue", "2024-Q2", "")).run()
    assert keyed(at, "text_input", "kpi_owner").value == "Bo"


def test_an_owner_plans_a_review_and_writes_down_what_was_said(mine: AppTest) -> None:
    at = mine
    keyed(at, "date_input", "review_planned").set_value(date(2024, 6, 20)).run()
    keyed(at, "radio", "review_every").set_value("quarterly").run()
    at.button(key="review_save").click().run()
    assert not at.exception
    assert "0 of 1 reviews due by 30 Jun 2024 were held" in said(at)
    assert "Planned for 20 Jun 2024 and not held yet. It looks at Q2 2024" in said(at)

    keyed(at, "date_input", "review_held").set_value(date(2024, 6, 21)).run()
    keyed(at, "text_area", "review_decisions").set_value("Call *all* of them").run()
    at.button(key="review_save").click().run()
    assert not at.exception
    told = said(at)
    assert metrics(at)["Reviews held on time"] == "100.0 %"
    assert "Nothing is planned yet; 20 Sep 2024 would be next" in told
    assert "Call *all* of them" in [one.value for one in at.text]
    [kept] = body(at, "reviews")["reviews"]  # type: ignore[misc]
    assert (kept["scheduled_on"], kept["held_on"]) == ("2024-06-20", "2024-06-21")


def test_an_owner_ticks_the_checklist_and_others_read_it(mine: AppTest, start: Start) -> None:
    at = mine
    keyed(at, "checkbox", "checklist_done_market_research").check().run()
    keyed(at, "text_input", "checklist_note_market_research").set_value("asked ten").run()
    at.button(key="checklist_save").click().run()
    assert not at.exception
    assert body(at, "reviews")["checklist"]["market_research"] == {"done": True, "note": "asked ten"}  # type: ignore[index]

    link = storage.store().new_link(workspace(at), owner(at))
    visitor = opened(start(w=str(link)), "reviews")
    told = said(visitor)
    assert "☑ What the market asks for: asked ten" in told
    assert "☐ What competitors do" in told
    assert "Only an owner of the data can change KPIs and reviews" in told
    assert not [one for one in visitor.button if "Save" in one.label]
