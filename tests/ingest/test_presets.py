"""Exports that are known by their headers are named in the report, and read as that system means its headers."""

from __future__ import annotations

import pytest

from salesmetrics.ingest.kinds import kinds
from salesmetrics.ingest.presets import PRESETS, Preset, known_export
from salesmetrics.ingest.recognise import recognise
from tests.ingest.conftest import Given
from tests.ingest.known_exports import EXPORTS

HELD = {
    "opportunities": "deals",
    "leads": "leads",
    "customers": "accounts",
    "reps": "users",
    "activities": "activities",
}


def named(preset: Preset) -> str:
    return f"{preset.origin} {preset.holds}"


@pytest.mark.parametrize("preset", PRESETS, ids=named)
def test_a_preset_names_columns_that_its_table_has(preset: Preset) -> None:
    columns = {column.name for column in kinds()[preset.kind].columns.readable}
    assert set(preset.columns) <= columns
    assert not {name for names in preset.columns.values() for name in names} & set(preset.unread)


@pytest.mark.parametrize(
    "origin", ["Salesforce", "HubSpot", "Pipedrive", "Zoho CRM", "Dynamics 365", "纷享销客", "悟空 CRM"]
)
def test_each_system_has_deals_leads_companies_users_and_activities(origin: str) -> None:
    assert set(HELD) <= {preset.kind for preset in PRESETS if preset.origin == origin}


@pytest.mark.parametrize("preset", PRESETS, ids=named)
def test_all_headers_of_a_preset_are_known_as_that_export(preset: Preset) -> None:
    firsts = [names[0] for names in preset.columns.values()]
    header = tuple(dict.fromkeys([*preset.known_by[0], *firsts, *preset.unread]))
    known = known_export(header)
    assert known is not None
    assert (known.origin, known.kind) == (preset.origin, preset.kind)
    found = recognise(header)
    assert found.kind is not None
    assert found.kind.name == preset.kind
    unread = {match.header for match in found.matches} & set(preset.unread)
    assert unread <= {name for names in preset.columns.values() for name in names}


@pytest.mark.parametrize(
    ("export", "origin"),
    [
        ("Zoho deals", "Zoho CRM"), ("Dynamics tables", "Dynamics 365"), ("HubSpot companies", "HubSpot"),
        ("Pipedrive leads", "Pipedrive"), ("悟空 商机", "悟空 CRM"), ("纷享销客 商机", "纷享销客"),
        ("Shopify", "Shopify"), ("superstore", None), ("Online Retail II", None), ("abbreviated", None),
    ],
)  # fmt: skip
def test_an_export_is_taken_for_that_of_its_system_only(export: str, origin: str | None) -> None:
    known = known_export(EXPORTS[export].headers)
    assert (known.origin if known else None) == origin


def test_the_report_names_the_export(given: Given) -> None:
    read = given(
        {
            "deals.csv": """
            Record ID,Deal Name,Deal Stage,Amount,Close Date,Create Date,Deal owner,Region
            1,Alpha,Closed Won,100,2024-02-01,2024-01-05,Ann,North
            2,Beta,Closed Lost,50,2024-03-01,2024-01-09,Bob,South
            """
        }
    )
    sheet = read.sheet("deals.csv")
    assert "Its headers are those of a HubSpot export of deals." in sheet.derivations
    # What the company added itself is read as everywhere.
    assert {column.header: column.column for column in sheet.mapping}["Region"] == "region"
    [stage] = [column for column in sheet.mapping if column.column == "stage"]
    assert stage.evidence.startswith("header `Deal Stage` is stage in a HubSpot export of deals")


def test_totals_of_an_order_that_stand_on_its_first_line_are_not_the_amount(given: Given) -> None:
    read = given(
        {
            "shop.csv": """
            Name,Email,Financial Status,Subtotal,Total,Created at,Lineitem quantity,Lineitem name,Lineitem price
            #1,a@x.example,paid,35,42,2024-01-05,1,Cup,5
            #1,a@x.example,,,,2024-01-05,2,Pot,15
            """
        }
    )
    assert read.sql("SELECT product, amount FROM orders ORDER BY 1") == [("Cup", 5), ("Pot", 30)]


def test_the_channel_is_read_before_how_a_deal_was_put_in_and_the_latter_where_there_is_none(given: Given) -> None:
    head = "Deal - ID,Deal - Title,Deal - Value,Deal - Status,Deal - Source origin,Deal - Source channel\n"
    filled = given({"a.csv": head + "1,A,10,won,Import,Fair\n2,B,20,lost,Import,Web"})
    assert filled.sql("SELECT DISTINCT lead_source FROM opportunities ORDER BY 1") == [("Fair",), ("Web",)]
    empty = given({"a.csv": head + "1,A,10,won,Import,\n2,B,20,lost,API,"})
    assert empty.sql("SELECT lead_source FROM opportunities ORDER BY opportunity_id") == [("Import",), ("API",)]
