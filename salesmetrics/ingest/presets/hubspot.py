"""Exports of HubSpot.

Exports of the index pages have the labels of the properties ("Deal Stage"). Sources: HubSpot's knowledge base on
default deal, contact, company and activity properties, and headers met in exports. "Amount in company currency"
is read in the place of "Amount" where the deals are in several currencies, which the values tell (`typed`).
"""

from __future__ import annotations

from salesmetrics.i18n import noop as _
from salesmetrics.ingest.presets.preset import Preset

HUBSPOT: tuple[Preset, ...] = (
    Preset(
        "HubSpot", _("deals"), "opportunities",
        (("Deal Name", "Deal Stage", "Record ID"), ("Deal Name", "Deal Stage", "Deal owner"),
         ("Deal Name", "Pipeline", "Deal Stage")),
        {
            "opportunity_id": ("Record ID", "Deal ID", "Record ID - Deal"), "deal_name": ("Deal Name",),
            "stage": ("Deal Stage",),
            "amount": ("Amount", "Amount in company currency"), "currency": ("Currency",),
            "close_date": ("Close Date",), "created_date": ("Create Date",), "rep_name": ("Deal owner",),
            "loss_reason": ("Closed Lost Reason",), "probability": ("Deal probability",),
            "lead_source": ("Original Traffic Source", "Original Source Type", "Record source"),
            "customer_id": ("Associated Company IDs (Primary)", "Associated Company IDs"),
            "customer_name": ("Associated Company (Primary)", "Associated Company"),
            "is_won": ("Is Closed Won", "Is closed won"), "is_closed": ("Is Deal Closed?",),
        },
        ("Deal Type", "Deal Description", "Closed Won Reason", "Last Activity Date", "Last Contacted",
         "Weighted amount", "Weighted amount in company currency", "Forecast amount", "Forecast probability",
         "Annual recurring revenue", "Monthly recurring revenue", "Total contract value", "Annual contract value",
         "Next Activity Date", "Last Modified Date", "Date entered current stage", "Associated Contact",
         "Associated Contact IDs", "Number of Sales Activities", "Number of times contacted", "HubSpot Team",
         "Original Traffic Source Drill-Down 1", "Original Traffic Source Drill-Down 2", "Days to close",
         "Closed Deal Amount", "Closed Deal Amount In Company Currency", "Created by user ID"),
    ),
    Preset(
        "HubSpot", _("contacts"), "leads",
        (("Record ID", "Contact owner"), ("Record ID", "Lifecycle Stage", "First Name"),
         ("Record ID - Contact", "Contact owner")),
        {
            "lead_id": ("Record ID", "Record ID - Contact"), "rep_name": ("Contact owner",),
            "customer_id": ("Associated Company IDs", "Associated Company IDs (Primary)", "Primary Associated "
                            "Company ID"),
            "customer_name": ("Associated Company", "Associated Company (Primary)", "Company Name"),
            "status": ("Lead Status",),
            "lead_source": ("Lead Source", "Original Traffic Source", "Original Source"),
            "created_at": ("Create Date",), "converted_at": ("Became a Customer Date",),
            "qualified_at": ("Became a Marketing Qualified Lead Date", "Became a Sales Qualified Lead Date"),
        },
        ("First Name", "Last Name", "Email", "Phone Number", "Lifecycle Stage", "Country/Region", "State/Region",
         "City", "Last Activity Date", "Recent Deal Amount", "Number of Associated Deals", "First Deal Created Date",
         "Recent Deal Close Date", "Close Date", "Became a Lead Date", "Became an Opportunity Date",
         "Last Modified Date", "Annual Revenue", "Job Title"),
    ),
    Preset(
        "HubSpot", _("companies"), "customers",
        (("Record ID", "Company owner"), ("Record ID", "Company name", "Company Domain Name")),
        {
            "customer_id": ("Record ID",), "name": ("Company name",), "rep_name": ("Company owner",),
            "first_seen": ("Create Date",), "city": ("City",), "industry": ("Industry",), "segment": ("Type",),
        },
        ("Company Domain Name", "Country/Region", "State/Region", "Phone Number", "Last Activity Date",
         "Annual Revenue", "Number of Employees", "Lead Status", "Lifecycle Stage", "Close Date",
         "Original Traffic Source", "Recent Deal Amount", "Total Revenue"),
    ),
    Preset(
        "HubSpot", _("activities"), "activities",
        (("Activity date", "Activity type", "Activity assigned to"), ("Activity date", "Activity assigned to"),
         ("Engagement Type", "Engagement Date", "Owner")),
        {
            "rep_name": ("Activity assigned to", "Assigned to", "Owner"),
            "at": ("Activity date", "Engagement Date"),
            "type": ("Activity type", "Engagement Type", "Call and meeting type"),
            "direction": ("Call direction", "Email direction"), "logged_at": ("Create date",),
            "opportunity_id": ("Associated Deal IDs",), "lead_id": ("Associated Contact IDs",),
            "customer_id": ("Associated Company IDs",), "customer_name": ("Associated Company",),
        },
        ("Record ID", "Associated Contact", "Associated Deal", "Call outcome", "Call duration", "Call notes",
         "Last modified date"),
    ),
    Preset(
        "HubSpot", _("users"), "reps",
        (("owner_id", "active_user_id"), ("Email", "Last Active", "Permission Sets"),
         ("User ID", "Seat", "Main team")),
        {
            "rep_id": ("owner_id", "User ID", "Email"), "first_name": ("First Name",), "last_name": ("Last Name",),
            "name": ("Name", "Full Name"), "team": ("Main team", "Team", "Teams"),
            "user_account": ("active_user_id",),
        },
        ("created_at", "updated_at", "type", "portal_id", "Last Active", "Permission Sets", "Seat"),
    ),
)  # fmt: skip
"""What HubSpot exports."""
