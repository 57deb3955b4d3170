"""Exports of Salesforce.

Reports have the labels of the standard fields ("Opportunity Owner"); Data Loader and the API have field names
("OwnerId", in capitals or snake case too). Sources: the object reference of Salesforce (Opportunity, Lead, Account,
Contact, User, Task, OpportunityHistory) and headers met in exports; Task reports are from general knowledge.
"""

from __future__ import annotations

from salesmetrics.i18n import noop as _
from salesmetrics.ingest.presets.preset import Preset

_DEALS = {
    "opportunity_id": ("Opportunity ID", "Opportunity Id"),
    "deal_name": ("Opportunity Name",),
    "rep_name": ("Opportunity Owner", "Owner"),
    "customer_name": ("Account Name",),
    "customer_id": ("Account ID",),
    "stage": ("Stage",),
    "amount": ("Amount", "Total Amount"),
    "currency": ("Amount Currency", "Total Amount Currency"),
    "close_date": ("Close Date",),
    "created_date": ("Created Date",),
    "probability": ("Probability (%)", "Probability"),
    "lead_source": ("Lead Source",),
    "is_won": ("Won",),
    "is_closed": ("Closed",),
}
_SYSTEM = (
    "SystemModstamp", "LastModifiedDate", "LastModifiedById", "CreatedById", "IsDeleted", "LastActivityDate",
    "LastViewedDate", "LastReferencedDate", "RecordTypeId", "CurrencyIsoCode",
)  # fmt: skip

SALESFORCE: tuple[Preset, ...] = (
    Preset(
        "Salesforce", _("opportunities"), "opportunities",
        (("Opportunity Owner", "Opportunity Name"), ("Opportunity Name", "Account Name", "Stage", "Close Date")),
        _DEALS,
        ("Forecast Category", "Fiscal Period", "Next Step", "Opportunity Next Steps", "Expected Revenue",
         "Expected Revenue Currency", "Age", "Type", "Owner Role", "Last Modified Date", "Last Stage Change Date"),
    ),
    Preset(
        "Salesforce", _("opportunities"), "opportunities",
        (("StageName", "CloseDate", "AccountId"), ("StageName", "CloseDate", "OwnerId"),
         ("StageName", "CloseDate", "IsWon")),
        {
            "opportunity_id": ("Id", "OpportunityId"), "deal_name": ("Name", "OpportunityName"),
            "customer_id": ("AccountId",), "rep_id": ("OwnerId",), "stage": ("StageName",), "amount": ("Amount",),
            "currency": ("CurrencyIsoCode",), "close_date": ("CloseDate",), "created_date": ("CreatedDate",),
            "probability": ("Probability",), "lead_source": ("LeadSource",), "is_won": ("IsWon",),
            "is_closed": ("IsClosed",), "territory_id": ("Territory2Id",),
        },
        ("ExpectedRevenue", "TotalOpportunityQuantity", "Fiscal", "FiscalYear", "FiscalQuarter", "ForecastCategory",
         "ForecastCategoryName", "Pricebook2Id", "SyncedQuoteId", "CampaignId", "ContactId", "Type", "NextStep",
         "Description", "HasOpportunityLineItem", "HasOpenActivity", "HasOverdueTask", "LastStageChangeDate",
         "_fivetran_synced", *(name for name in _SYSTEM if name != "CurrencyIsoCode")),
    ),
    Preset(
        "Salesforce", _("stage changes"), "stage_history",
        (("OpportunityId", "StageName", "CreatedDate", "ExpectedRevenue"),
         ("OpportunityId", "StageName", "CreatedDate", "CreatedById", "CloseDate")),
        {"opportunity_id": ("OpportunityId",), "stage": ("StageName",), "entered_at": ("CreatedDate",)},
        ("Id", "Amount", "ExpectedRevenue", "Probability", "CloseDate", "ForecastCategory", *_SYSTEM),
    ),
    Preset(
        "Salesforce", _("stage changes"), "stage_history",
        (("Opportunity Name", "To Stage", "From Stage"), ("Opportunity Name", "From Stage", "Stage Duration")),
        {"opportunity_id": ("Opportunity ID", "Opportunity Name"), "stage": ("To Stage", "Stage"),
         "entered_at": ("Last Stage Change Date", "Stage Change Date", "Edit Date", "Last Modified")},
        ("From Stage", "Stage Duration", "Amount", "Probability (%)", "Close Date", "Last Modified By"),
    ),
    Preset(
        "Salesforce", _("leads"), "leads",
        (("Lead Owner", "Company / Account"), ("Lead Owner", "Lead Status", "Lead ID"),
         ("Lead Owner", "Lead Status", "Rating")),
        {
            "lead_id": ("Lead ID",), "rep_name": ("Lead Owner",), "customer_name": ("Company / Account", "Company"),
            "lead_source": ("Lead Source", "Campaign Channel"), "status": ("Lead Status",),
            "created_at": ("Created Date", "Create Date"), "converted_at": ("Converted Date",),
            "is_converted": ("Converted",),
        },
        ("Lead Owner: Manager", "First Name", "Last Name", "Title", "Email", "Rating", "Street", "Phone",
         "Last Activity", "Last Activity Date", "Primary Campaign", "Location Friendly Name",
         "State/Province", "Country"),
    ),
    Preset(
        "Salesforce", _("leads"), "leads",
        (("LeadSource", "ConvertedDate", "IsConverted"), ("LeadSource", "ConvertedAccountId", "OwnerId")),
        {
            "lead_id": ("Id",), "customer_name": ("Company",), "lead_source": ("LeadSource",),
            "status": ("Status",), "rep_id": ("OwnerId",), "created_at": ("CreatedDate",),
            "converted_at": ("ConvertedDate",), "is_converted": ("IsConverted",),
            "customer_id": ("ConvertedAccountId",),
        },
        ("ConvertedContactId", "ConvertedOpportunityId", "MasterRecordId", "Name", "FirstName", "LastName", "Title",
         "State", "Country", "City", "Street", "PostalCode", "Industry", "AnnualRevenue", "NumberOfEmployees",
         "Rating", "Email", *_SYSTEM),
    ),
    Preset(
        "Salesforce", _("accounts"), "customers",
        (("Account Owner", "Account Name"), ("Account Name", "Account ID", "Billing City")),
        {
            "customer_id": ("Account ID",), "name": ("Account Name",), "rep_name": ("Account Owner",),
            "segment": ("Type", "Account Type"), "industry": ("Industry",), "city": ("Billing City",),
            "first_seen": ("Created Date",),
        },
        ("Billing State/Province", "Billing Country", "Last Activity", "Last Modified Date", "Rating",
         "Annual Revenue", "Account Site", "Parent Account"),
    ),
    Preset(
        "Salesforce", _("accounts"), "customers",
        (("Id", "Name", "OwnerId", "BillingCity"), ("Id", "Name", "OwnerId", "NumberOfEmployees", "Industry")),
        {
            "customer_id": ("Id",), "name": ("Name",), "rep_id": ("OwnerId",), "segment": ("Type",),
            "industry": ("Industry",), "city": ("BillingCity",), "first_seen": ("CreatedDate",),
        },
        ("ParentId", "MasterRecordId", "BillingState", "BillingCountry", "ShippingCity", "ShippingState",
         "ShippingCountry", "AccountNumber", "Rating", "AnnualRevenue", "Site", *_SYSTEM),
    ),
    Preset(
        "Salesforce", _("contacts"), "leads",
        (("LeadSource", "AccountId", "MailingCity"), ("LeadSource", "AccountId", "ReportsToId", "OwnerId")),
        {
            "lead_id": ("Id",), "customer_id": ("AccountId",), "lead_source": ("LeadSource",),
            "rep_id": ("OwnerId",), "created_at": ("CreatedDate",),
        },
        ("Name", "FirstName", "LastName", "ReportsToId", "Title", "Department", "Email", "MailingState",
         "MailingCountry", "OtherCity", *_SYSTEM),
    ),
    Preset(
        "Salesforce", _("contacts"), "leads",
        (("Contact Owner", "Account Name", "Lead Source"), ("Contact ID", "Account Name", "Lead Source")),
        {
            "lead_id": ("Contact ID",), "rep_name": ("Contact Owner",), "customer_id": ("Account ID",),
            "customer_name": ("Account Name",), "lead_source": ("Lead Source",), "created_at": ("Created Date",),
        },
        ("First Name", "Last Name", "Account Owner", "Title", "Department", "Email", "Phone", "Mailing City"),
    ),
    Preset(
        "Salesforce", _("users"), "reps",
        (("Username", "ProfileId"), ("Username", "UserRoleId"), ("CommunityNickname", "TimeZoneSidKey")),
        {
            "rep_id": ("Id",), "name": ("Name",), "first_name": ("FirstName",), "last_name": ("LastName",),
            "manager": ("ManagerId",), "team": ("Department", "Division"), "user_account": ("Username",),
        },
        ("AccountId", "ContactId", "EmployeeNumber", "City", "State", "Country", "CompanyName", "Title", "Alias",
         "Email", "IndividualId", "CallCenterId", "DelegatedApproverId", "UserType", "ProfileId", "UserRoleId",
         "LastLoginDate", *_SYSTEM),
    ),
    Preset(
        "Salesforce", _("activities"), "activities",
        (("WhoId", "WhatId"), ("Assigned", "Subject", "Task Subtype"), ("Assigned", "Task/Event Record Type")),
        {
            "rep_id": ("OwnerId",), "rep_name": ("Assigned",), "at": ("ActivityDate", "ActivityDateTime", "Date"),
            "type": ("TaskSubtype", "Task Subtype", "Type", "Task Type", "Subject"), "logged_at": ("CreatedDate",
                                                                                                   "Created Date"),
            "direction": ("CallType", "Call Type"), "customer_id": ("AccountId",),
            "customer_name": ("Company / Account",), "opportunity_id": ("Opportunity ID",), "lead_id": ("Lead ID",),
        },
        ("Id", "WhoId", "WhatId", "Status", "Priority", "Description", "IsClosed", "IsArchived",
         "CallDurationInSeconds", "CallDisposition", "Task", "Opportunity", *_SYSTEM),
    ),
)  # fmt: skip
"""What Salesforce exports."""
