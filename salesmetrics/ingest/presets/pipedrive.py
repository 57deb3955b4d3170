"""Exports of Pipedrive, whose headers carry what the row is: "Deal - Value".

Sources: headers met in exports of deals; Pipedrive's support pages on lead sources in deals (Source origin is how
a deal was put into Pipedrive, Source channel where the business came from, so the channel is read first); lists of
people, organizations, leads and activities from its default list columns and general knowledge.
"""

from __future__ import annotations

from salesmetrics.i18n import noop as _
from salesmetrics.ingest.presets.preset import Preset


def _after(word: str, **columns: tuple[str, ...]) -> dict[str, tuple[str, ...]]:
    """Name headers in both spellings: with the word before them and, where the file has it so, without."""
    return {column: tuple(f"{word} - {name}" for name in names) + names for column, names in columns.items()}


PIPEDRIVE: tuple[Preset, ...] = (
    Preset(
        "Pipedrive", _("deals"), "opportunities",
        (("Deal - Title", "Deal - Status"), ("Deal - Value", "Deal - Stage"), ("Deal - ID", "Deal - Status"),
         ("Deal - Title", "Deal - Value")),
        {
            **{column: tuple(f"Deal - {name}" for name in names) for column, names in {
                "opportunity_id": ("ID",), "deal_name": ("Title", "Title*"), "rep_name": ("Owner",),
                "amount": ("Value",), "currency": ("Currency of Value", "Currency"),
                "probability": ("Probability",), "customer_name": ("Organization", "Organization name"),
                "customer_id": ("Organization ID",), "stage": ("Stage", "Stage (pipeline)"), "status": ("Status",),
                "created_date": ("Deal created", "Creation date", "Add time", "Deal created on"),
                "won_date": ("Won time",), "lost_date": ("Lost time",),
                "closed_date": ("Deal closed on", "Closed on", "Close time"), "loss_reason": ("Lost reason",),
                "expected_close_date": ("Expected close date",), "product": ("Product name",),
                "lead_source": ("Source channel", "Source origin", "Source"),
            }.items()},
        },
        tuple(f"Deal - {name}" for name in (
            "Creator", "Weighted value", "Currency of Weighted value", "Product quantity", "Product amount",
            "Contact person", "Contact person ID", "Pipeline", "Label", "Update time", "Last stage change",
            "Source origin ID", "Source channel ID", "Visible to", "Archive status", "Archive time",
            "Next activity date", "Last activity date", "ARR", "MRR", "ACV",
        )),
    ),
    Preset(
        "Pipedrive", _("leads"), "leads",
        (("Lead - Title", "Lead - Owner"), ("Lead - ID", "Lead - Title"), ("Lead - Title", "Lead - Lead created")),
        _after(
            "Lead", lead_id=("ID",), rep_name=("Owner",), created_at=("Lead created", "Add time", "Created"),
            customer_name=("Organization", "Organization name"), customer_id=("Organization ID",),
            lead_source=("Source channel", "Source origin", "Source"), status=("Status",),
        ),
        tuple(f"Lead - {name}" for name in (
            "Title", "Creator", "Value", "Expected close date", "Label", "Labels", "Contact person", "Update time",
            "Archive status", "Source origin ID", "Source channel ID",
        )),
    ),
    Preset(
        "Pipedrive", _("organizations"), "customers",
        (("Organization - Name", "Organization - Owner"), ("Organization - Name", "Organization - ID"),
         ("Organization - Name", "Organization - Address")),
        {
            "customer_id": ("Organization - ID",), "name": ("Organization - Name",),
            "rep_name": ("Organization - Owner",), "first_seen": ("Organization - Organization created",
                                                                  "Organization - Add time"),
            "industry": ("Organization - Industry",), "segment": ("Organization - Label",),
            "city": ("Organization - City/town/village/locality of Address",),
        },
        ("Organization - Region of Address", "Organization - Address", "Organization - Update time",
         "Organization - Won deals", "Organization - Lost deals", "Organization - Open deals"),
    ),
    Preset(
        "Pipedrive", _("people"), "leads",
        (("Person - Name", "Person - Owner"), ("Person - Name", "Person - ID")),
        {
            "lead_id": ("Person - ID",), "rep_name": ("Person - Owner",),
            "customer_name": ("Person - Organization",), "customer_id": ("Person - Organization ID",),
            "created_at": ("Person - Person created", "Person - Add time"),
        },
        ("Person - Name", "Person - First name", "Person - Last name", "Person - Label", "Person - Update time"),
    ),
    Preset(
        "Pipedrive", _("activities"), "activities",
        (("Activity - Subject", "Activity - Type"), ("Activity - Type", "Activity - Due date"),
         ("Activity - Done", "Activity - Subject")),
        {
            "rep_name": ("Activity - Assigned to user", "Activity - Owner", "Activity - Assigned to"),
            "at": ("Activity - Marked as done time", "Activity - Due date"), "type": ("Activity - Type",),
            "logged_at": ("Activity - Add time", "Activity - Activity created"),
            "opportunity_id": ("Activity - Deal ID", "Activity - Deal"), "lead_id": ("Activity - Lead ID",
                                                                                    "Activity - Lead"),
            "customer_id": ("Activity - Organization ID",), "customer_name": ("Activity - Organization",),
        },
        ("Activity - Creator", "Activity - Subject", "Activity - Done", "Activity - Duration", "Activity - Note",
         "Activity - Due time", "Activity - Contact person", "Activity - Update time"),
    ),
    Preset(
        "Pipedrive", _("users"), "reps",
        (("User - Name", "User - Email"), ("name", "active_flag", "icon_url", "timezone_name")),
        {"rep_id": ("User - ID", "id"), "name": ("User - Name", "name"), "team": ("User - Team",)},
        ("User - Email", "email", "created", "modified", "last_login", "role_id", "company_id", "lang"),
    ),
)  # fmt: skip
"""What Pipedrive exports."""
