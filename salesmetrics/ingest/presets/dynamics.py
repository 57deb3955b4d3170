"""Exports of Microsoft Dynamics 365 Sales.

Excel exports have display names and, before them, three columns marked "(Do Not Modify)", of which the first is
the key; exports of the tables have schema names. Sources: Microsoft's table reference for opportunity, lead,
account, contact, systemuser and activitypointer (schema names, display names); default views from general knowledge.
"""

from __future__ import annotations

from salesmetrics.i18n import noop as _
from salesmetrics.ingest.presets.preset import Preset

_MARKED = ("(Do Not Modify) Row Checksum", "(Do Not Modify) Modified On", "Modified On", "modifiedon", "versionnumber",
           "createdby", "_createdby_value", "modifiedby", "Created By", "Modified By", "Record Created On",
           "transactioncurrencyid", "exchangerate", "Exchange Rate")  # fmt: skip

DYNAMICS: tuple[Preset, ...] = (
    Preset(
        "Dynamics 365", _("opportunities"), "opportunities",
        (("Topic", "Potential Customer", "Est. Close Date"), ("Topic", "Est. Revenue"),
         ("(Do Not Modify) Opportunity",), ("opportunityid", "estimatedvalue"),
         ("opportunityid", "estimatedclosedate")),
        {
            "opportunity_id": ("(Do Not Modify) Opportunity", "opportunityid", "Opportunity"),
            "deal_name": ("Topic", "name"), "customer_name": ("Potential Customer", "customeridname", "Account"),
            "customer_id": ("customerid", "_customerid_value"),
            "amount": ("Est. Revenue", "estimatedvalue", "Actual Revenue", "actualvalue"),
            "currency": ("Currency", "transactioncurrencyidname"),
            "expected_close_date": ("Est. Close Date", "estimatedclosedate"),
            "closed_date": ("Actual Close Date", "actualclosedate"), "created_date": ("Created On", "createdon"),
            "probability": ("Probability", "closeprobability"),
            "status": ("Status", "statecode", "statecodename"),
            "stage": ("Sales Stage", "Pipeline Phase", "salesstage", "stepname"),
            "rep_name": ("Owner", "owneridname"), "rep_id": ("ownerid", "_ownerid_value"),
            "lead_id": ("originatingleadid", "_originatingleadid_value"),
            "region": ("Territory",),
        },
        ("Rating", "Contact", "Status Reason", "statuscode", "Process Stage", "Budget Amount", "budgetamount",
         "Total Amount", "totalamount", "Est. Revenue (Base)", "estimatedvalue_base", "Actual Revenue (Base)",
         "actualvalue_base", "Email Address", "Purchase Timeframe", *_MARKED),
    ),
    Preset(
        "Dynamics 365", _("leads"), "leads",
        (("(Do Not Modify) Lead",), ("Topic", "Status Reason", "Lead Source"), ("leadid", "leadsourcecode"),
         ("leadid", "companyname", "createdon")),
        {
            "lead_id": ("(Do Not Modify) Lead", "leadid"), "customer_name": ("Company Name", "companyname"),
            "lead_source": ("Lead Source", "leadsourcecode", "leadsourcecodename"),
            "status": ("Status", "statecode", "statecodename"), "rep_name": ("Owner", "owneridname"),
            "rep_id": ("ownerid", "_ownerid_value"), "created_at": ("Created On", "createdon"),
            "customer_id": ("parentaccountid", "_parentaccountid_value"),
        },
        ("Topic", "Name", "fullname", "subject", "Status Reason", "statuscode", "Rating", "Source Campaign",
         "Job Title", "Email", "Est. Value", "estimatedamount", "Est. Close Date", "Industry", *_MARKED),
    ),
    Preset(
        "Dynamics 365", _("accounts"), "customers",
        (("(Do Not Modify) Account",), ("Account Name", "Primary Contact", "Main Phone"),
         ("accountid", "accountnumber"), ("accountid", "name", "ownerid")),
        {
            "customer_id": ("(Do Not Modify) Account", "accountid"), "name": ("Account Name", "name"),
            "rep_name": ("Owner", "owneridname"), "rep_id": ("ownerid", "_ownerid_value"),
            "industry": ("Industry", "industrycode", "industrycodename"),
            "city": ("Address 1: City", "address1_city"), "first_seen": ("Created On", "createdon"),
            "segment": ("Relationship Type", "customertypecode", "customertypecodename"), "region": ("Territory",),
        },
        ("accountnumber", "Account Number", "Primary Contact", "Parent Account", "Status", "statecode",
         "Address 1: State/Province", "Annual Revenue", "revenue", *_MARKED),
    ),
    Preset(
        "Dynamics 365", _("contacts"), "leads",
        (("(Do Not Modify) Contact",), ("contactid", "fullname"), ("contactid", "parentcustomerid")),
        {
            "lead_id": ("(Do Not Modify) Contact", "contactid"), "rep_name": ("Owner", "owneridname"),
            "rep_id": ("ownerid", "_ownerid_value"), "customer_id": ("parentcustomerid", "_parentcustomerid_value"),
            "customer_name": ("Company Name", "parentcustomeridname"), "created_at": ("Created On", "createdon"),
            "lead_source": ("Lead Source", "leadsourcecode"),
        },
        ("Full Name", "fullname", "Status", "statecode", "Job Title", "Email", *_MARKED),
    ),
    Preset(
        "Dynamics 365", _("users"), "reps",
        (("(Do Not Modify) User",), ("systemuserid", "fullname"), ("Full Name", "Business Unit", "Site")),
        {
            "rep_id": ("(Do Not Modify) User", "systemuserid"), "name": ("Full Name", "fullname"),
            "team": ("Business Unit", "businessunitidname"), "region": ("Territory", "territoryidname"),
            "manager": ("Manager", "parentsystemuseridname", "parentsystemuserid"),
            "first_name": ("firstname",), "last_name": ("lastname",), "user_account": ("User Name", "domainname"),
        },
        ("Site", "Main Phone", "Title", "title", "Position", "Primary Email", "internalemailaddress", *_MARKED),
    ),
    Preset(
        "Dynamics 365", _("activities"), "activities",
        (("(Do Not Modify) Activity",), ("Activity Type", "Regarding", "Owner"),
         ("activityid", "activitytypecode")),
        {
            "rep_name": ("Owner", "owneridname"), "rep_id": ("ownerid", "_ownerid_value"),
            "at": ("Actual End", "actualend", "Start Date", "scheduledstart", "Due Date", "scheduledend"),
            "type": ("Activity Type", "activitytypecode"), "direction": ("Direction", "directioncode"),
            "logged_at": ("Created On", "createdon"),
        },
        ("(Do Not Modify) Activity", "activityid", "Subject", "subject", "Regarding", "regardingobjectid",
         "Activity Status", "Status Reason", "statecode", "Priority", *_MARKED),
    ),
)  # fmt: skip
"""What Dynamics 365 exports."""
