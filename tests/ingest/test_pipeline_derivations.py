"""Deals and leads: status, dates and chances told from what an export has, and lists that complete them."""

from __future__ import annotations

from decimal import Decimal

import pytest

from salesmetrics.ingest.derive.options import OPTION_WORDS, deal_status, option_of
from salesmetrics.model.tables import TABLES

from .conftest import Given


@pytest.mark.parametrize(
    ("stage", "status"),
    [
        ("Won", "won"), ("Closed Won", "won"), ("closedwon", "won"), ("6. Closed Won", "won"), ("赢单", "won"),
        ("贏單", "won"), ("已成交", "won"), ("Lost", "lost"), ("Closed Lost", "lost"), ("输单", "lost"), ("丟單",
                                                                                                   "lost"),
        ("Prospecting", "open"), ("Negotiation", "open"), ("谈判", "open"), ("Unwonted", "open"), ("Won't say",
                                                                                                 "open"),
    ],
)  # fmt: skip
def test_a_stage_tells_won_lost_and_open(stage: str, status: str) -> None:
    assert deal_status(stage) == status


def test_options_are_those_declared() -> None:
    declared = {
        f"{table.name}.{column.name}": set(column.options)
        for table in TABLES.values()
        for column in table.columns
        if column.options
    }
    for column, options in declared.items():
        assert set(OPTION_WORDS[column].values()) == options, column
        assert all(option_of(column, option.upper()) == option for option in options)


def test_status_from_the_stage_is_shown_in_the_report(given: Given) -> None:
    got = given({"deals.csv": "商机编号,阶段,金额\n1,赢单,10\n2,输单,20\n3,初步沟通,30\n4,,40\n"})
    assert got.sql("SELECT opportunity_id, status, stage FROM opportunities ORDER BY 1") == [
        ("1", "won", "赢单"),
        ("2", "lost", "输单"),
        ("3", "open", "初步沟通"),
        ("4", "open", None),
    ]
    [told] = [each for each in got.sheet("deals.csv").derivations if each.startswith("Stage tells")]
    assert "赢单 = won" in told
    assert "初步沟通 = open" in told


def test_a_status_that_is_no_known_word_is_set_aside(given: Given) -> None:
    rows = "".join(f"{n},Won,Closed,1\n" for n in range(9))
    got = given({"deals.csv": "deal id,status,stage,amount\n" + rows + "9,Deleted,Closed,1\n"})
    [row] = got.sheet("deals.csv").set_aside
    assert (row.row, row.column, row.value, row.reason) == (
        11,
        "status",
        "Deleted",
        "status cannot be read as a known word",
    )


def test_a_status_column_that_holds_stages_is_a_stage(given: Given) -> None:
    got = given({"deals.csv": "deal id,status,amount\n1,Discovery,1\n2,Proposal,1\n3,Closed Won,1\n"})
    assert got.sql("SELECT stage, status FROM opportunities ORDER BY 1") == [
        ("Closed Won", "won"),
        ("Discovery", "open"),
        ("Proposal", "open"),
    ]


def test_flags_tell_the_status_where_stages_have_names_of_their_own(given: Given) -> None:
    got = given(
        {
            "deals.csv": "id,stage_name,is_won,is_closed,amount\n"
            "1,Signed off,true,true,1\n2,No go,false,true,1\n3,Talks,false,false,1\n"
        }
    )
    assert got.sql("SELECT opportunity_id, status FROM opportunities ORDER BY 1") == [
        ("1", "won"),
        ("2", "lost"),
        ("3", "open"),
    ]


def test_close_date_is_that_of_the_status(given: Given) -> None:
    got = given(
        {
            "deals.csv": """
            Deal - ID,Deal - Status,Deal - Won time,Deal - Lost time,Deal - Expected close date
            1,won,2024-03-01 10:00:00,,2024-02-01
            2,lost,,2024-04-01 10:00:00,2024-02-01
            3,open,,,2024-09-01
            """
        }
    )
    assert got.sql("SELECT status, close_date::VARCHAR FROM opportunities ORDER BY opportunity_id") == [
        ("won", "2024-03-01"),
        ("lost", "2024-04-01"),
        ("open", "2024-09-01"),
    ]


@pytest.mark.parametrize(("first", "second"), [("75", "5"), ("75%", "5%"), ("0.75", "0.05")])
def test_a_chance_in_percent_is_divided_for_the_whole_column(given: Given, first: str, second: str) -> None:
    got = given({"deals.csv": f"deal id,stage,probability\n1,A,{first}\n2,B,{second}\n"})
    assert got.sql("SELECT probability FROM opportunities ORDER BY 1 DESC") == [
        (Decimal("0.75"),),
        (Decimal("0.05"),),
    ]


def test_one_percent_beside_higher_ones_is_one_percent(given: Given) -> None:
    got = given({"deals.csv": "deal id,stage,probability\n1,A,1\n2,B,90\n"})
    assert got.sql("SELECT probability FROM opportunities ORDER BY 1") == [(Decimal("0.01"),), (Decimal("0.9"),)]


def test_deals_without_an_id_are_numbered_and_said_to_be(given: Given) -> None:
    got = given({"deals.csv": "Opportunity Name,Stage,Amount\nA,Won,1\nA,Won,1\n"})
    assert got.one("SELECT count(DISTINCT opportunity_id) FROM opportunities") == 2
    assert got.notes("opportunities") == {"opportunity_id_synthesized": 2}


def test_deals_without_dates_are_deals(given: Given) -> None:
    got = given({"deals.csv": "deal id,stage,amount\n1,Won,1\n"})
    assert not got.reading.dataset.has("opportunities", "close_date")
    assert got.one("SELECT count(*) FROM opportunities") == 1


def test_leads_without_dates_are_leads(given: Given) -> None:
    got = given({"leads.csv": "lead id,source,converted\n1,web,yes\n2,web,no\n"})
    assert got.sql("SELECT lead_id, status FROM leads ORDER BY 1") == [("1", "converted"), ("2", "open")]
    assert not got.reading.dataset.has("leads", "created_at")


def test_stages_named_in_another_file_tell_the_status(given: Given) -> None:
    got = given(
        {
            "deals.csv": "deal_id,deal_pipeline_stage_id,property_amount\n1,77,10\n2,78,20\n3,79,30\n",
            "stages.csv": "stage_id,stage\n77,Closed Won\n78,Closed Lost\n79,Demo\n",
        }
    )
    assert got.sql("SELECT stage, status FROM opportunities ORDER BY opportunity_id") == [
        ("Closed Won", "won"),
        ("Closed Lost", "lost"),
        ("Demo", "open"),
    ]
    assert got.sheet("stages.csv").table == "opportunities"


def test_outcomes_complete_leads_by_key(given: Given) -> None:
    got = given(
        {
            "leads.csv": "mql_id,first_contact_date,origin\na,2024-01-01,web\nb,2024-01-02,\n",
            "deals.csv": "mql_id,sr_id,won_date\n"
            "b,R1,2024-02-01 10:30:00\nz,R2,2024-02-02 00:00:00\nb,R3,2024-03-01 00:00:00\n",
        }
    )
    assert got.sql("SELECT lead_id, converted_at::VARCHAR, rep_id FROM leads ORDER BY 1") == [
        ("a", None, None),
        ("b", "2024-02-01 10:30:00", "R1"),
    ]
    sheet = got.sheet("deals.csv")
    assert [(row.row, row.reason) for row in sheet.set_aside] == [
        (4, "the same lead_id stands in another row, which counts")
    ]
    assert "1 row names a lead that is not in the list." in sheet.derivations


def test_words_of_a_fixed_choice_are_folded(given: Given) -> None:
    got = given(
        {
            "leads.csv": "lead id,created at,lead status\n"
            "1,2024-01-01,New\n2,2024-01-02,Unqualified\n3,2024-01-02,已转化\n4,2024-01-02,Purple\n",
            "activities.csv": "rep,activity date,type,direction\n"
            "Ann,2024-01-01,Phone Call,Inbound\nAnn,2024-01-02,拜访,外呼\nAnn,2024-01-02,Webinar,\n",
        }
    )
    assert got.sql("SELECT status FROM leads ORDER BY lead_id") == [
        ("open",),
        ("disqualified",),
        ("converted",),
        (None,),
    ]
    assert got.sql('SELECT rep_id, type, direction FROM activities ORDER BY "at", type DESC') == [
        ("Ann", "call", "in"),
        ("Ann", "webinar", None),
        ("Ann", "meeting", "out"),
    ]


def test_quotas_by_what_stands_beside_them(given: Given) -> None:
    got = given(
        {
            "quota.csv": "rep,quarter,quota\nAnn,2024Q1,100\nBob,2024-Q2,200\n",
            "target.csv": "level,scope id,period start,period end,target,target type\n"
            "公司,all,2024-01-01,2024-12-31,900,销量\nnobody,x,2024-01-01,2024-12-31,1,\n",
        }
    )
    assert got.sql(
        "SELECT scope, scope_id, period_start::VARCHAR, period_end::VARCHAR, amount, measure FROM quotas ORDER BY amount"
    ) == [
        ("rep", "Ann", "2024-01-01", "2024-03-31", 100, "revenue"),
        ("rep", "Bob", "2024-04-01", "2024-06-30", 200, "revenue"),
        ("company", "all", "2024-01-01", "2024-12-31", 900, "units"),
    ]
    [row] = got.sheet("target.csv").set_aside
    assert (row.value, row.reason) == ("nobody", "scope cannot be read as a known word")


@pytest.mark.parametrize(
    ("period", "first", "last"),
    [
        ("2024-02", "2024-02-01", "2024-02-29"), ("2024年3月", "2024-03-01", "2024-03-31"), ("2024", "2024-01-01",
                                                                                           "2024-12-31"),
        ("2024年第2季度", "2024-04-01", "2024-06-30"), ("Q3 2024", "2024-07-01", "2024-09-30"), ("202411",
                                                                                             "2024-11-01",
                                                                                             "2024-11-30"),
    ],
)  # fmt: skip
def test_a_period_has_a_first_and_a_last_day(given: Given, period: str, first: str, last: str) -> None:
    got = given({"quota.csv": f"region,period,target\nEast,{period},5\n"})
    assert got.sql("SELECT scope, period_start::VARCHAR, period_end::VARCHAR FROM quotas") == [
        ("region", first, last)
    ]


def test_spend_and_feedback_say_their_kind_or_their_sheet_does(given: Given) -> None:
    got = given(
        {
            "marketing spend.csv": "month,spend,lead source\n2024-01-01,100,web\n",
            "nps.csv": "customer id,date,score\nA,2024-01-01,9\n",
            "csat.csv": "customer,survey date,CSAT\nB,2024-01-02,4\n",
        }
    )
    assert got.sql("SELECT kind, amount FROM spend") == [("marketing", 100)]
    assert got.sql("SELECT customer_id, kind, score FROM feedback ORDER BY 1") == [
        ("A", "nps", 9),
        ("B", "csat", 4),
    ]


def test_a_canonical_file_needs_no_derivation(given: Given) -> None:
    """Each table in its own column names comes back as it was written."""
    files = {
        "stage_history.csv": "opportunity_id,stage,entered_at\nD1,Qualify,2024-01-01 00:00:00\n",
        "training.csv": "rep_id,date,hours,topic\nR1,2024-01-01,6,Selling\n",
        "market_size.csv": "period_start,period_end,amount,region,product\n2024-01-01,2024-03-31,5000,East,\n",
        "kpis.csv": "metric_id,objective,target,period,owner\nrevenue,grow,700,2024Q2,Ann\n",
        "reviews.csv": "scheduled_on,held_on,period,actions_open,actions_done\n2024-04-01,2024-04-02,2024Q1,1,3\n",
        "incentive_plans.csv": "tier_from,tier_to,rate,product,bonus_per_unit,milestone\n0,1,0.05,,,\n",
    }
    got = given(files)
    assert {name: facts.rows for name, facts in got.reading.dataset.tables.items()} == {
        name.removesuffix(".csv"): 1 for name in files
    }
    assert got.sql("SELECT hours, topic FROM training") == [(6, "Selling")]
    assert got.sql("SELECT amount, region, product FROM market_size") == [(5000, "East", None)]
