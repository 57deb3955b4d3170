"""Exports of Zoho CRM, whose look-up fields come twice, as a name and as "<field>.id".

Sources: the standard fields of Zoho CRM's modules as its developer documentation names them (Deals, Leads,
Accounts, Contacts, Tasks, Calls), headers met in exports, and general knowledge.
"""

from __future__ import annotations

from salesmetrics.i18n import noop as _
from salesmetrics.ingest.presets.preset import Preset

_SYSTEM = ("Created By", "Created By.id", "Modified By", "Modified By.id", "Modified Time", "Last Activity Time",
           "Tag", "Layout", "Layout.id", "Record Image", "Description", "Rating")  # fmt: skip

ZOHO: tuple[Preset, ...] = (
    Preset(
        "Zoho CRM", _("deals"), "opportunities",
        (("Deal Owner", "Deal Name", "Closing Date"), ("Deal Name", "Closing Date", "Stage", "Account Name")),
        {
            "opportunity_id": ("Record Id", "Deal Id"), "deal_name": ("Deal Name",),
            "rep_id": ("Deal Owner.id", "Deal Owner Id"), "rep_name": ("Deal Owner",), "amount": ("Amount",),
            "currency": ("Currency",), "close_date": ("Closing Date",),
            "customer_id": ("Account Name.id", "Account Id"), "customer_name": ("Account Name",),
            "stage": ("Stage",), "probability": ("Probability (%)", "Probability"),
            "lead_source": ("Lead Source",), "created_date": ("Created Time",),
            "loss_reason": ("Reason For Loss", "Reason For Loss?"), "region": ("Territory",),
        },
        ("Type", "Expected Revenue", "Next Step", "Contact Name", "Contact Name.id", "Campaign Source",
         "Campaign Source.id", "Pipeline", "Exchange Rate", "Overall Sales Duration", "Sales Cycle Duration",
         "Lead Conversion Time", "Stage Modified Time", *_SYSTEM),
    ),
    Preset(
        "Zoho CRM", _("leads"), "leads",
        (("Lead Owner", "Lead Status", "Created Time"), ("Lead Owner.id", "Lead Status"),
         ("Lead Owner", "Lead Source", "Annual Revenue", "Created Time")),
        {
            "lead_id": ("Record Id", "Lead Id"), "rep_id": ("Lead Owner.id", "Lead Owner Id"),
            "rep_name": ("Lead Owner",), "customer_name": ("Company",), "lead_source": ("Lead Source",),
            "status": ("Lead Status",), "created_at": ("Created Time",),
            "converted_at": ("Converted Date Time", "Converted Time"), "is_converted": ("Is Converted",),
            "customer_id": ("Converted Account.id",),
        },
        ("First Name", "Last Name", "Lead Name", "Title", "Email", "Phone", "Industry", "Annual Revenue",
         "No. of Employees", "Converted Account", "Converted Contact", "Converted Deal", "City", "State", "Country",
         *_SYSTEM),
    ),
    Preset(
        "Zoho CRM", _("accounts"), "customers",
        (("Account Owner", "Account Name", "Created Time"), ("Account Owner.id", "Account Name")),
        {
            "customer_id": ("Record Id", "Account Id"), "name": ("Account Name",),
            "rep_id": ("Account Owner.id", "Account Owner Id"), "rep_name": ("Account Owner",),
            "segment": ("Account Type",), "industry": ("Industry",), "city": ("Billing City",),
            "first_seen": ("Created Time",), "region": ("Territories", "Territory"),
        },
        ("Account Number", "Account Site", "Parent Account", "Parent Account.id", "Annual Revenue", "Employees",
         "Ownership", "Shipping City", "Billing State", "Billing Country", *_SYSTEM),
    ),
    Preset(
        "Zoho CRM", _("contacts"), "leads",
        (("Contact Owner", "Account Name", "Created Time"), ("Contact Owner.id", "Account Name.id")),
        {
            "lead_id": ("Record Id", "Contact Id"), "rep_id": ("Contact Owner.id", "Contact Owner Id"),
            "rep_name": ("Contact Owner",), "customer_id": ("Account Name.id",),
            "customer_name": ("Account Name",), "lead_source": ("Lead Source",), "created_at": ("Created Time",),
        },
        ("First Name", "Last Name", "Contact Name", "Vendor Name", "Vendor Name.id", "Reporting To", "Title",
         "Department", "Email", *_SYSTEM),
    ),
    Preset(
        "Zoho CRM", _("tasks"), "activities",
        (("Task Owner", "Subject", "Due Date"), ("Task Owner.id", "Subject")),
        {
            "rep_id": ("Task Owner.id",), "rep_name": ("Task Owner",), "at": ("Closed Time", "Due Date"),
            "type": ("Subject",), "logged_at": ("Created Time",),
        },
        ("Record Id", "Status", "Priority", "Contact Name", "Related To", *_SYSTEM),
    ),
    Preset(
        "Zoho CRM", _("calls"), "activities",
        (("Call Owner", "Call Type", "Call Start Time"), ("Call Owner", "Subject", "Call Type")),
        {
            "rep_id": ("Call Owner.id",), "rep_name": ("Call Owner",), "at": ("Call Start Time",),
            "type": ("Call Purpose", "Subject"), "direction": ("Call Type",), "logged_at": ("Created Time",),
        },
        ("Record Id", "Call Duration", "Call Result", "Contact Name", "Related To", *_SYSTEM),
    ),
    Preset(
        "Zoho CRM", _("users"), "reps",
        (("First Name", "Last Name", "Role", "Profile", "Email"), ("User Name", "Role", "Profile")),
        {
            "rep_id": ("User Id", "Record Id", "Email"), "name": ("Full Name", "User Name"),
            "first_name": ("First Name",), "last_name": ("Last Name",), "manager": ("Reporting To",),
            "region": ("Territories", "Territory"),
        },
        ("Role", "Profile", "Alias", "Status", "City", "State", "Country", "Website", "Mobile"),
    ),
)  # fmt: skip
"""What Zoho CRM exports."""
