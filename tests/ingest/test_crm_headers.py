"""Header rows of real CRM exports map without a correction: onto the right table, and the right columns."""

from __future__ import annotations

import csv
import json
from collections.abc import Mapping
from pathlib import Path

import pytest

from salesmetrics.ingest import read
from tests.ingest.header_lists import HeaderList, agreement

pytestmark = pytest.mark.reference

EXPECTED: Mapping[tuple[str, str], tuple[str, Mapping[str, str]]] = {
    ("salesforce", "opportunity_report_customised"): (
        # "<X> Currency" stands before each <X>: the currency is that of the amount, and iARR is no amount.
        "opportunities",
        {"region": "Territory Region", "rep_name": "Opportunity Owner", "customer_name": "Account Name",
         "deal_name": "Opportunity Name", "stage": "Stage", "currency": "Total Amount Currency",
         "amount": "Total Amount", "close_date": "Close Date"},
    ),
    ("salesforce", "opportunity_list_simple"): (
        "opportunities",
        {"opportunity_id": "Opportunity ID", "deal_name": "Opportunity Name", "customer_name": "Account Name",
         "stage": "Stage", "amount": "Amount", "close_date": "Close Date", "probability": "Probability",
         "rep_name": "Owner"},
    ),
    ("salesforce", "opportunity_ui_field_labels"): (
        # Expected Revenue is weighted.
        "opportunities",
        {"rep_name": "Opportunity Owner", "customer_name": "Account Name", "deal_name": "Opportunity Name",
         "stage": "Stage", "amount": "Amount", "probability": "Probability (%)", "close_date": "Close Date",
         "created_date": "Created Date", "lead_source": "Lead Source"},
    ),
    ("salesforce", "opportunity_api_snake_fivetran"): (
        "opportunities",
        {"opportunity_id": "id", "deal_name": "name", "customer_id": "account_id", "rep_id": "owner_id",
         "stage": "stage_name", "amount": "amount", "close_date": "close_date", "created_date": "created_date",
         "is_won": "is_won", "is_closed": "is_closed", "lead_source": "lead_source", "probability": "probability",
         "territory_id": "territory_2_id"},
    ),
    ("salesforce", "lead_api_snake_fivetran"): (
        "leads",
        {"lead_id": "id", "rep_id": "owner_id", "created_at": "created_date", "lead_source": "lead_source",
         "status": "status", "converted_at": "converted_date", "is_converted": "is_converted",
         "customer_id": "converted_account_id", "customer_name": "company", "region": "region_c",
         "qualified_at": "mql_date_c"},
    ),
    ("salesforce", "user_api_snake_fivetran"): (
        # Not the city or the state: those are of an address.
        "reps",
        {"rep_id": "id", "name": "name", "first_name": "first_name", "last_name": "last_name",
         "manager": "manager_id", "team": "department", "user_account": "username"},
    ),
    ("salesforce", "opportunity_api_camel"): (
        "opportunities",
        {"opportunity_id": "OpportunityId", "deal_name": "OpportunityName", "customer_id": "AccountId",
         "close_date": "CloseDate", "stage": "StageName", "amount": "Amount", "probability": "Probability",
         "created_date": "CreatedDate"},
    ),
    ("salesforce", "lead_export_custom"): (
        # Of its two campaign columns the channel says where the lead came from.
        "leads",
        {"lead_id": "Lead ID", "rep_name": "Lead Owner", "status": "Lead Status", "created_at": "Create Date",
         "lead_source": "Campaign Channel"},
    ),
    ("salesforce", "lead_upload"): (
        "leads", {"rep_name": "Lead Owner", "lead_source": "Lead Source", "customer_name": "Company / Account"},
    ),
    ("hubspot", "deals"): (
        # Where deals are in several currencies it is the amount in company currency: see test_one_currency.
        "opportunities",
        {"opportunity_id": "Record ID", "deal_name": "Deal Name", "stage": "Deal Stage", "amount": "Amount",
         "currency": "Currency", "close_date": "Close Date", "created_date": "Create Date",
         "rep_name": "Deal owner", "loss_reason": "Closed Lost Reason", "probability": "Deal probability",
         "lead_source": "Original Traffic Source", "customer_name": "Associated Company (Primary)",
         "customer_id": "Associated Company IDs (Primary)"},
    ),
    ("hubspot", "contacts"): (
        # State/Region and Country/Region are of an address.
        "leads",
        {"lead_id": "Record ID", "rep_name": "Contact owner", "status": "Lead Status", "lead_source": "Lead Source",
         "created_at": "Create Date", "customer_name": "Associated Company",
         "customer_id": "Associated Company IDs"},
    ),
    ("hubspot", "deal_internal_fivetran"): (
        "opportunities",
        {"opportunity_id": "deal_id", "deal_name": "property_dealname", "stage_id": "deal_pipeline_stage_id",
         "amount": "property_amount", "close_date": "property_closedate", "created_date": "property_createdate",
         "rep_id": "owner_id"},
    ),
    ("hubspot", "owner_fivetran"): (
        # created_at is when the owner was put into the system, not when the rep was hired.
        "reps",
        {"rep_id": "owner_id", "first_name": "first_name", "last_name": "last_name",
         "user_account": "active_user_id"},
    ),
    ("pipedrive", "deals"): (
        # The owner and not the creator, the value and not the weighted one; Source origin is how a deal was put in.
        "opportunities",
        {"opportunity_id": "Deal - ID", "deal_name": "Deal - Title", "rep_name": "Deal - Owner",
         "amount": "Deal - Value", "currency": "Deal - Currency of Value", "probability": "Deal - Probability",
         "customer_name": "Deal - Organization", "customer_id": "Deal - Organization ID", "stage": "Deal - Stage",
         "status": "Deal - Status", "created_date": "Deal - Deal created", "won_date": "Deal - Won time",
         "lost_date": "Deal - Lost time", "closed_date": "Deal - Deal closed on",
         "loss_reason": "Deal - Lost reason", "expected_close_date": "Deal - Expected close date",
         "product": "Deal - Product name", "lead_source": "Deal - Source channel"},
    ),
}  # fmt: skip
"""For each export in the list: its table, and for every column that one of its headers means, that header."""


def headers(trial_files: Path, crm: str, export: str) -> tuple[str, ...]:
    known = json.loads((trial_files / "crm_headers.json").read_text(encoding="utf-8"))
    return tuple(known[crm][export]["headers"])


def expected(trial_files: Path, crm: str, export: str) -> HeaderList:
    kind, columns = EXPECTED[crm, export]
    pairs = frozenset((header, column) for column, header in columns.items())
    return HeaderList(kind, headers(trial_files, crm, export), pairs)


@pytest.mark.parametrize(("crm", "export"), EXPECTED)
def test_headers_map_without_a_correction(trial_files: Path, crm: str, export: str) -> None:
    assert agreement([(f"{crm} {export}", expected(trial_files, crm, export))]).wrong == ()


def test_precision_and_recall_of_columns_are_whole(trial_files: Path) -> None:
    found = agreement((f"{crm} {export}", expected(trial_files, crm, export)) for crm, export in EXPECTED)
    print(f"{len(EXPECTED)} lists, {found.expected} columns: precision {found.precision}, recall {found.recall}")
    assert (found.precision, found.recall) == (1.0, 1.0)


def test_every_export_is_expected_here(trial_files: Path) -> None:
    known = json.loads((trial_files / "crm_headers.json").read_text(encoding="utf-8"))
    assert {(crm, export) for crm, exports in known.items() for export in exports} == set(EXPECTED)


VALUES = {
    "date": "2024-03-0{n}", "amount": "1{n}00", "status": "won", "stage": "Closed Won", "probability": "7{n}",
    "is_won": "true", "is_closed": "true", "is_converted": "false", "currency": "USD",
}  # fmt: skip


@pytest.mark.parametrize(("crm", "export"), EXPECTED)
def test_an_export_with_rows_is_read(trial_files: Path, tmp_path: Path, crm: str, export: str) -> None:
    names = headers(trial_files, crm, export)
    table, columns = EXPECTED[crm, export]
    known = {header: column for column, header in columns.items()}
    with (tmp_path / "export.csv").open("w", newline="", encoding="utf-8") as file:
        writer = csv.writer(file)
        writer.writerow(names)
        for n in (1, 2, 3):
            cells = []
            for name in names:
                column = known.get(name, "")
                kind = "date" if column.endswith(("date", "_at")) else column
                cells.append(VALUES.get(kind, f"{name} {n}").format(n=n))
            writer.writerow(cells)
    reading = read(tmp_path / "export.csv")
    assert reading.dataset.tables[table].rows == 3
    [sheet] = reading.report.sheets
    assert (sheet.kept, sheet.left_out) == (3, 0)
