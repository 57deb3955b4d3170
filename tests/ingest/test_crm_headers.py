"""Header rows of real CRM exports map without a correction: onto the right table, and the right columns."""

from __future__ import annotations

import csv
import json
from collections.abc import Mapping
from pathlib import Path

import pytest

from salesmetrics.ingest import read
from salesmetrics.ingest.recognise import recognise

pytestmark = pytest.mark.reference

EXPECTED: Mapping[tuple[str, str], tuple[str, Mapping[str, str]]] = {
    ("salesforce", "opportunity_report_customised"): (
        "opportunities",
        {"region": "Territory Region", "rep_name": "Opportunity Owner", "customer_name": "Account Name",
        "stage": "Stage",
         "amount": "Total Amount", "close_date": "Close Date"},
    ),
    ("salesforce", "opportunity_list_simple"): (
        "opportunities",
        {"opportunity_id": "Opportunity ID", "stage": "Stage", "amount": "Amount", "close_date": "Close Date",
         "probability": "Probability", "rep_name": "Owner"},
    ),
    ("salesforce", "opportunity_ui_field_labels"): (
        "opportunities",
        {"created_date": "Created Date", "probability": "Probability (%)", "lead_source": "Lead Source",
        "amount": "Amount"},
    ),
    ("salesforce", "opportunity_api_snake_fivetran"): (
        "opportunities",
        {"opportunity_id": "id", "stage": "stage_name", "rep_id": "owner_id", "customer_id": "account_id",
         "is_won": "is_won", "is_closed": "is_closed"},
    ),
    ("salesforce", "lead_api_snake_fivetran"): (
        "leads",
        {"lead_id": "id", "created_at": "created_date", "lead_source": "lead_source", "status": "status",
         "converted_at": "converted_date", "rep_id": "owner_id"},
    ),
    ("salesforce", "user_api_snake_fivetran"): (
        "reps", {"rep_id": "id", "name": "name", "manager": "manager_id"},
    ),
    ("salesforce", "opportunity_api_camel"): (
        "opportunities",
        {"opportunity_id": "OpportunityId", "stage": "StageName", "created_date": "CreatedDate",
        "customer_id": "AccountId"},
    ),
    ("salesforce", "lead_export_custom"): (
        "leads",
        {"lead_id": "Lead ID", "rep_name": "Lead Owner", "status": "Lead Status", "created_at": "Create Date"},
    ),
    ("salesforce", "lead_upload"): (
        "leads", {"rep_name": "Lead Owner", "lead_source": "Lead Source", "customer_name": "Company / Account"},
    ),
    ("hubspot", "deals"): (
        "opportunities",
        {"opportunity_id": "Record ID", "stage": "Deal Stage", "amount": "Amount", "close_date": "Close Date",
         "created_date": "Create Date", "rep_name": "Deal owner", "loss_reason": "Closed Lost Reason",
         "probability": "Deal probability", "lead_source": "Original Traffic Source"},
    ),
    ("hubspot", "contacts"): (
        "leads",
        {"lead_id": "Record ID", "rep_name": "Contact owner", "status": "Lead Status",
        "lead_source": "Lead Source",
         "created_at": "Create Date"},
    ),
    ("hubspot", "deal_internal_fivetran"): (
        "opportunities",
        {"opportunity_id": "deal_id", "stage_id": "deal_pipeline_stage_id", "amount": "property_amount",
         "close_date": "property_closedate", "created_date": "property_createdate", "rep_id": "owner_id"},
    ),
    ("hubspot", "owner_fivetran"): (
        "reps", {"rep_id": "owner_id", "first_name": "first_name", "last_name": "last_name"},
    ),
    ("pipedrive", "deals"): (
        "opportunities",
        {"opportunity_id": "Deal - ID", "status": "Deal - Status", "stage": "Deal - Stage",
        "amount": "Deal - Value",
         "created_date": "Deal - Deal created", "rep_name": "Deal - Owner", "probability": "Deal - Probability",
         "customer_name": "Deal - Organization", "loss_reason": "Deal - Lost reason",
         "expected_close_date": "Deal - Expected close date", "won_date": "Deal - Won time"},
    ),
}  # fmt: skip


def headers(trial_files: Path, crm: str, export: str) -> tuple[str, ...]:
    known = json.loads((trial_files / "crm_headers.json").read_text(encoding="utf-8"))
    return tuple(known[crm][export]["headers"])


@pytest.mark.parametrize(("crm", "export"), EXPECTED)
def test_headers_map_without_a_correction(trial_files: Path, crm: str, export: str) -> None:
    table, columns = EXPECTED[crm, export]
    recognised = recognise(headers(trial_files, crm, export))
    assert recognised.kind is not None
    assert recognised.kind.table == table
    mapped = {match.column.name: match.header for match in recognised.matches}
    assert {column: mapped.get(column) for column in columns} == columns


def test_every_export_is_expected_here(trial_files: Path) -> None:
    known = json.loads((trial_files / "crm_headers.json").read_text(encoding="utf-8"))
    assert {(crm, export) for crm, exports in known.items() for export in exports} == set(EXPECTED)


VALUES = {
    "date": "2024-03-0{n}", "amount": "1{n}00", "status": "won", "stage": "Closed Won", "probability": "7{n}",
    "is_won": "true", "is_closed": "true",
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
