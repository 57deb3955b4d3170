"""The Team page as a session sees it: quotas, ranking, one rep against all, and what is missing."""

from __future__ import annotations

import re
from html import unescape
from statistics import median

import pandas as pd
import pytest
from streamlit.testing.v1 import AppTest

from salesmetrics.query import Filter, MetricQuery, compute, default_period
from ui import datasets

from .conftest import Drop, Start

NO_REPS = b"Order Date,Amount,Region\n2024-01-15,10,North\n2024-02-20,20,South\n"


def opened(at: AppTest) -> AppTest:
    at.switch_page("../pages/team.py").run()
    assert not at.exception, at.exception
    return at


def said(at: AppTest) -> str:
    parts = [*at.markdown, *at.caption, *at.info]
    return "\n".join(one.value for one in parts).replace("\\", "")


def table(at: AppTest, head: str = "Median rep") -> dict[str, list[str]]:
    """Read the small table that has `head` above a column: the cells of each line."""
    body = next(block.proto.body for block in at.get("html") if f">{head}</th>" in block.proto.body)
    rows = re.findall(r'<th scope="row"[^>]*>([^<]+)</th>(.*?)</tr>', body)
    cells = {name: re.findall(r"<td[^>]*>(.*?)</td>", rest) for name, rest in rows}
    return {
        unescape(name): [unescape(re.sub("<[^>]+>", "", cell)) for cell in rest] for name, rest in cells.items()
    }


def orders(*sellers: str) -> bytes:
    rows = [
        f"2024-{month:02}-10,{100 * place},{rep}" for place, rep in enumerate(sellers, 1) for month in (1, 2, 3)
    ]
    return ("Order Date,Amount,Sales Rep\n" + "\n".join(rows) + "\n2024-03-31,1,Ann\n").encode()


@pytest.fixture
def sample_page(start: Start) -> AppTest:
    """The page of a new visitor, on the sample company."""
    return opened(start())


def by_rep(metric: str) -> pd.Series:
    data = datasets.sample().data
    frame = compute(data, MetricQuery((metric,), default_period(data), by=("rep",))).frame
    return frame[frame["rep"] != "(unknown)"].set_index("rep")["value"].dropna()


def test_it_tells_how_many_reps_reached_their_quota(sample_page: AppTest) -> None:
    attained = by_rep("quota_attainment")
    assert f"**{(attained >= 1).sum()} of {len(attained)} reps reached their quota**" in said(sample_page)


def test_one_rep_is_set_against_the_median_of_all(sample_page: AppTest) -> None:
    sample_page.selectbox(key="team_rep_").set_value("Liam Byrne").run()
    revenue, won = by_rep("revenue"), by_rep("win_rate")
    own, usual, difference = table(sample_page)["Revenue"]
    assert own == f"{revenue['Liam Byrne'] / 1000:.0f}\u00a0k"
    assert usual == f"{median(revenue) / 1000:.0f}\u00a0k"
    assert difference == f"{(revenue['Liam Byrne'] / median(revenue) - 1) * 100:+.1f}\u00a0%".replace("-", "−")
    points = (won["Liam Byrne"] - median(won)) * 100
    assert table(sample_page)["Win rate"][2] == f"{points:+.1f}\u00a0pp".replace("-", "−")


def test_the_best_seller_stands_first_in_the_choice(sample_page: AppTest) -> None:
    assert sample_page.selectbox(key="team_rep_").options[0] == by_rep("revenue").idxmax()


def test_a_rep_who_is_filtered_is_still_set_against_everybody(start: Start) -> None:
    at = opened(start(rep="Liam Byrne"))
    assert at.selectbox(key="team_rep_Liam Byrne").value == "Liam Byrne"
    assert table(at)["Revenue"][1] == f"{median(by_rep('revenue')) / 1000:.0f}\u00a0k"
    assert re.search("Liam Byrne: [0-9]+\u00a0% of the quota", said(at)), "the chart shows this rep alone"


def test_before_the_period_is_over_reps_are_measured_by_their_pace(data_page: AppTest, drop: Drop) -> None:
    quotas = b"scope,scope_id,period_start,period_end,amount\n" + b"".join(
        f"rep,{rep},2024-01-01,2024-06-30,{amount}\n".encode() for rep, amount in (("Ann", 500), ("Ben", 5000))
    )
    drop(data_page, {"orders.csv": orders("Ann", "Ben"), "quotas.csv": quotas})
    at = data_page
    at.session_state["filter_period"] = "custom"
    at.session_state["filter_first_day"] = pd.Timestamp("2024-01-01").date()
    at.session_state["filter_last_day"] = pd.Timestamp("2024-06-30").date()
    opened(at.run())
    # Half of the six months is over: Ann sold 301 of 500, Ben 600 of 5,000.
    assert "1 of 2 reps are on pace for their quota" in said(at)
    assert "31 Mar 2024, by working days" in said(at)


def test_without_reps_one_sentence_says_what_it_needs(data_page: AppTest, drop: Drop) -> None:
    at = opened(drop(data_page, {"orders.csv": NO_REPS}))
    assert "This page needs to know who sold what" in said(at)
    assert not at.get("vega_lite_chart")
    assert not at.get("html")


def test_without_roster_and_quotas_it_ranks_and_says_what_would_show_more(data_page: AppTest, drop: Drop) -> None:
    at = opened(drop(data_page, {"orders.csv": orders("Ann", "Ben", "Cy")}))
    assert "To see more, add a list of reps with hire dates" in said(at)
    assert "quotas by rep and period" in said(at)
    assert "Revenue by rep" in said(at)
    assert list(table(at)) == ["Revenue", "Average order value"]
    # 900 of Cy against 600 of Ben, the median of the three.
    assert table(at)["Revenue"] == ["900", "600", "+50.0\u00a0%"]


def test_too_few_reps_have_no_median(data_page: AppTest, drop: Drop) -> None:
    at = opened(drop(data_page, {"orders.csv": orders("Ann", "Ben")}))
    assert table(at)["Revenue"][1:] == ["–", "–"]
    assert "too few reps" in said(at)


def of_everybody(metric: str, by: tuple[str, ...] = ("rep",), **params: str) -> pd.DataFrame:
    data = datasets.sample().data
    asked = tuple((f"{metric}.{name}", value) for name, value in params.items())
    return compute(data, MetricQuery((metric,), default_period(data), by=by, params=asked)).frame


def test_one_rep_is_placed_among_peers(sample_page: AppTest) -> None:
    rep = str(sample_page.selectbox(key="team_rep_").value)
    row = of_everybody("rep_benchmark", of="revenue").set_index("rep").loc[rep]
    own, usual, standing = table(sample_page, "Median peer")["Revenue"]
    assert own == f"{by_rep('revenue')[rep] / 1000:.0f}\u00a0k"
    assert usual == f"{row['details']['peer_median'] / 1000:.0f}\u00a0k"
    assert standing == f"{row['value']:.0f}"
    assert f"{row['details']['peers']:.0f} of the same tenure" in said(sample_page)


def test_it_counts_who_is_effective_and_efficient(sample_page: AppTest) -> None:
    found = of_everybody("effectiveness_efficiency").dropna(subset=["value"])
    both = sum(one["effectiveness"] >= 1 and one["efficiency"] >= 50 for one in found["details"])
    assert f"{both} of {len(found)} reps are effective and efficient" in said(sample_page)


def test_the_overloaded_are_named_and_hiring_is_not_advised_while_others_have_room(sample_page: AppTest) -> None:
    flags = of_everybody("overload_flag").set_index("rep")["value"].dropna()
    for rep in flags[flags > 0].index:
        assert rep in next(one.value for one in sample_page.markdown if "on the desk" in one.value)
    assert "share the work out before hiring" in said(sample_page)


def test_each_rep_stands_in_a_line_the_furthest_behind_first(sample_page: AppTest) -> None:
    listed = sample_page.dataframe[0].value
    attained = by_rep("quota_attainment")
    assert listed["rep"].iloc[0] == attained.idxmin()
    shown = listed.set_index("rep")["quota_attainment"].dropna() / 100
    pd.testing.assert_series_equal(
        shown.sort_index(), attained.sort_index(), check_names=False, atol=0.0006, check_index_type=False
    )


def numbers(at: AppTest) -> dict[str, float]:
    body = next(block.proto.body for block in at.get("html") if ">To mind</th>" in block.proto.body)
    return {name: float(value) for value, name in re.findall(r'<data value="([^"]+)" aria-label="([^"]+)"', body)}


def test_the_numbers_without_a_picture_are_those_computed(sample_page: AppTest) -> None:
    shown = numbers(sample_page)
    for metric, title in (("net_gain_loss", "Net gain or loss against quota"), ("crm_adoption", "CRM use")):
        assert shown[title] == pytest.approx(of_everybody(metric, by=())["value"].iloc[0])


def test_a_filter_by_region_and_tenure_holds_on_the_whole_page(start: Start) -> None:
    at = opened(start(region="North", tenure="2-5y"))
    data = datasets.sample().data
    where = (Filter("region", ("North",)), Filter("tenure", ("2-5y",)))
    found = compute(data, MetricQuery(("quota_gap_rate",), default_period(data), where=where)).frame
    assert numbers(at)["Share of quota missed"] == pytest.approx(found["value"].iloc[0])


def test_without_activities_and_training_it_names_the_files_that_tell(data_page: AppTest, drop: Drop) -> None:
    at = opened(drop(data_page, {"orders.csv": orders("Ann", "Ben", "Cy")}))
    assert "calls, mails and meetings by rep" in said(at)
    assert "training sessions by rep" in said(at)
    assert not at.dataframe
    assert not [block for block in at.get("html") if "To mind" in block.proto.body]
