"""The canonical tables, declared once: validation, mapping, documentation and the sample read this declaration."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from types import MappingProxyType


class ColumnType(StrEnum):
    """How a canonical column is stored, and so how a file's text is read into it."""

    TEXT = "text"
    DATE = "date"
    TIMESTAMP = "timestamp"
    MONEY = "money"
    NUMBER = "number"
    BOOLEAN = "boolean"


@dataclass(frozen=True)
class Column:
    """One canonical column: its name, how it is stored, whether a table needs it, and what it means."""

    name: str
    type: ColumnType
    meaning: str
    required: bool = False
    synonyms: tuple[str, ...] = ()
    options: tuple[str, ...] = ()


@dataclass(frozen=True)
class Table:
    """One canonical table; `key` identifies a row, `events` are the columns that say how far the data reaches."""

    name: str
    meaning: str
    columns: tuple[Column, ...]
    key: tuple[str, ...] = ()
    events: tuple[str, ...] = ()
    synonyms: tuple[str, ...] = ()

    def column(self, name: str) -> Column:
        """Give the column called `name`; raises KeyError when the table has none."""
        for column in self.columns:
            if column.name == name:
                return column
        raise KeyError(f"{self.name}.{name}")

    @property
    def required(self) -> tuple[str, ...]:
        """The columns without which a sheet is not this table."""
        return tuple(column.name for column in self.columns if column.required)


TEXT, DATE, TIMESTAMP = ColumnType.TEXT, ColumnType.DATE, ColumnType.TIMESTAMP
MONEY, NUMBER, BOOLEAN = ColumnType.MONEY, ColumnType.NUMBER, ColumnType.BOOLEAN

ORDERS = Table(
    "orders",
    "what was sold, one row a line; a negative amount is a return or credit line",
    (
        Column("order_date", DATE, "date the line was booked", required=True),
        Column("amount", MONEY, "line total after discount; below zero is a return or credit", required=True),
        Column("order_id", TEXT, "groups lines into an order"),
        Column("customer_id", TEXT, "who bought"),
        Column("rep_id", TEXT, "who sold"),
        Column("region", TEXT, "region as it was on the order"),
        Column("product", TEXT, "product name as on the order"),
        Column("product_id", TEXT, "key into products"),
        Column("category", TEXT, "product category as on the order"),
        Column("channel", TEXT, "sales channel"),
        Column("lead_source", TEXT, "where the business came from"),
        Column("segment", TEXT, "customer segment as on the order"),
        Column("quantity", NUMBER, "units in the line; negative on return lines"),
        Column("cost", MONEY, "line total cost of goods, same sign as amount"),
        Column("discount", MONEY, "line discount in money, not negative"),
        Column("returned", BOOLEAN, "the line was later fully returned"),
        Column("return_date", DATE, "when the line came back"),
        Column("orig_order_id", TEXT, "the order that a negative line reverses"),
        Column("delivered_date", DATE, "when the line was delivered"),
        Column("status", TEXT, "order status; cancelled, void and draft lines leave the ledger"),
    ),
    events=("order_date", "return_date"),
)

CUSTOMERS = Table(
    "customers",
    "who buys, one row a customer",
    (
        Column("customer_id", TEXT, "identifies the customer", required=True),
        Column("name", TEXT, "customer name"),
        Column("segment", TEXT, "customer segment"),
        Column("industry", TEXT, "customer's industry"),
        Column("region", TEXT, "customer's region"),
        Column("city", TEXT, "customer's city"),
        Column("rep_id", TEXT, "the rep who owns the account"),
        Column("first_seen", DATE, "when the customer was first known"),
    ),
    key=("customer_id",),
)

PRODUCTS = Table(
    "products",
    "what is sold, one row a product",
    (
        Column("product", TEXT, "product name", required=True),
        Column("product_id", TEXT, "identifies the product"),
        Column("category", TEXT, "product category"),
        Column("subcategory", TEXT, "product subcategory"),
        Column("list_price", MONEY, "price of one unit before discount"),
        Column("unit_cost", MONEY, "cost of one unit"),
        Column("launched_on", DATE, "when the product was launched"),
        Column("is_new", BOOLEAN, "counted as a new product whatever its first sale"),
    ),
    key=("product",),
)

OPPORTUNITIES = Table(
    "opportunities",
    "deals in the pipeline, one row a deal",
    (
        Column("opportunity_id", TEXT, "identifies the deal", required=True),
        Column("status", TEXT, "open, won or lost", required=True, options=("open", "won", "lost")),
        Column("created_date", DATE, "when the deal was created"),
        Column("amount", MONEY, "value of the deal"),
        Column("close_date", DATE, "actual close when won or lost, expected close when open"),
        Column("stage", TEXT, "pipeline stage"),
        Column("probability", NUMBER, "chance of winning, 0 to 1"),
        Column("rep_id", TEXT, "who owns the deal"),
        Column("region", TEXT, "region of the deal"),
        Column("product", TEXT, "product offered"),
        Column("category", TEXT, "product category"),
        Column("segment", TEXT, "customer segment"),
        Column("lead_source", TEXT, "where the deal came from"),
        Column("customer_id", TEXT, "who would buy"),
        Column("lead_id", TEXT, "the lead it came from"),
        Column("loss_reason", TEXT, "why it was lost"),
        Column("competitor", TEXT, "who it was lost to"),
    ),
    key=("opportunity_id",),
    # An expected close says nothing of how far the data reaches: the close counts for closed deals only.
    events=("created_date", "close_date"),
)

STAGE_HISTORY = Table(
    "stage_history",
    "when deals entered their stages, one row an entry",
    (
        Column("opportunity_id", TEXT, "the deal", required=True),
        Column("stage", TEXT, "the stage entered", required=True),
        Column("entered_at", TIMESTAMP, "when it was entered", required=True),
    ),
    events=("entered_at",),
)

LEADS = Table(
    "leads",
    "people or companies that asked, one row a lead",
    (
        Column("lead_id", TEXT, "identifies the lead", required=True),
        Column("created_at", TIMESTAMP, "when the lead came in", required=True),
        Column("first_response_at", TIMESTAMP, "when it was first answered by a person"),
        Column("qualified_at", TIMESTAMP, "when it was qualified"),
        Column("converted_at", TIMESTAMP, "when it became a customer"),
        Column("customer_id", TEXT, "the customer it became"),
        Column("lead_source", TEXT, "where it came from"),
        Column("rep_id", TEXT, "who handles it"),
        Column("region", TEXT, "region of the lead"),
        Column("product", TEXT, "product asked for"),
        Column("status", TEXT, "open, disqualified or converted", options=("open", "disqualified", "converted")),
    ),
    key=("lead_id",),
    events=("created_at", "first_response_at", "qualified_at", "converted_at"),
)

ACTIVITIES = Table(
    "activities",
    "what reps did, one row a call, email or meeting",
    (
        Column("rep_id", TEXT, "who did it", required=True),
        Column("at", TIMESTAMP, "when it took place", required=True),
        Column("type", TEXT, "call, email, meeting, service, auto, ...", required=True),
        Column("lead_id", TEXT, "the lead it was for"),
        Column("opportunity_id", TEXT, "the deal it was for"),
        Column("customer_id", TEXT, "the customer it was for"),
        Column("direction", TEXT, "in or out; out where it is not said", options=("in", "out")),
        Column("logged_at", TIMESTAMP, "when it was written down"),
    ),
    events=("at",),
)

REPS = Table(
    "reps",
    "the sales team, one row a rep",
    (
        Column("rep_id", TEXT, "identifies the rep", required=True),
        Column("name", TEXT, "rep's name"),
        Column("region", TEXT, "rep's sales region, never a home address"),
        Column("team", TEXT, "rep's team"),
        Column("manager", TEXT, "rep's manager"),
        Column("hire_date", DATE, "first day employed"),
        Column("leave_date", DATE, "last day employed"),
        Column("salary", MONEY, "yearly salary"),
        Column("capacity", NUMBER, "leads and deals the rep can carry at once"),
    ),
    key=("rep_id",),
)

QUOTAS = Table(
    "quotas",
    "what was to be reached, one row a scope and period",
    (
        Column(
            "scope", TEXT, "whose quota it is", required=True,
            options=("company", "rep", "region", "product", "team"),
        ),
        Column("scope_id", TEXT, "which rep, region, product or team", required=True),
        Column("period_start", DATE, "first day of the period", required=True),
        Column("period_end", DATE, "last day of the period, inclusive", required=True),
        Column("amount", MONEY, "the quota", required=True),
        Column("measure", TEXT, "what is counted: revenue or units", options=("revenue", "units")),
    ),
)  # fmt: skip

SPEND = Table(
    "spend",
    "what marketing and sales cost, one row a booking",
    (
        Column("date", DATE, "when it was booked", required=True),
        Column("amount", MONEY, "what was spent", required=True),
        Column("kind", TEXT, "marketing or sales", required=True, options=("marketing", "sales")),
        Column("lead_source", TEXT, "the lead source it paid for"),
        Column("channel", TEXT, "the sales channel it paid for"),
        Column("region", TEXT, "the region it was spent in"),
        Column("campaign", TEXT, "the campaign"),
    ),
    events=("date",),
)

FEEDBACK = Table(
    "feedback",
    "what customers said, one row an answer",
    (
        Column("customer_id", TEXT, "who answered", required=True),
        Column("date", DATE, "when", required=True),
        Column("score", NUMBER, "the score given", required=True),
        Column("kind", TEXT, "csat or nps", required=True, options=("csat", "nps")),
        Column("scale_min", NUMBER, "lowest score possible"),
        Column("scale_max", NUMBER, "highest score possible"),
    ),
    events=("date",),
)

MARKET_SIZE = Table(
    "market_size",
    "how large the market was, one row a period, region and product",
    (
        Column("period_start", DATE, "first day of the period", required=True),
        Column("period_end", DATE, "last day of the period, inclusive", required=True),
        Column("amount", MONEY, "total sales in the market", required=True),
        Column("region", TEXT, "the region; blank is all"),
        Column("product", TEXT, "the product; blank is all"),
    ),
)

TRAINING = Table(
    "training",
    "what training reps had, one row a session",
    (
        Column("rep_id", TEXT, "who was trained", required=True),
        Column("date", DATE, "when", required=True),
        Column("hours", NUMBER, "for how long", required=True),
        Column("topic", TEXT, "in what"),
    ),
    events=("date",),
)

KPIS = Table(
    "kpis",
    "metrics with an objective, made in the app",
    (
        Column("metric_id", TEXT, "the metric", required=True),
        Column("objective", TEXT, "what it serves", required=True),
        Column("target", NUMBER, "the value to reach", required=True),
        Column("period", TEXT, "the period it is for", required=True),
        Column("owner", TEXT, "who answers for it", required=True),
    ),
)

REVIEWS = Table(
    "reviews",
    "sales reviews planned and held, made in the app",
    (
        Column("scheduled_on", DATE, "when it was planned", required=True),
        Column("held_on", DATE, "when it was held"),
        Column("period", TEXT, "the period reviewed"),
        Column("actions_open", NUMBER, "actions still open"),
        Column("actions_done", NUMBER, "actions done"),
    ),
    events=("held_on",),
)

INCENTIVE_PLANS = Table(
    "incentive_plans",
    "how reps are paid for results, made in the app",
    (
        Column("tier_from", NUMBER, "attainment from which the tier's rate applies"),
        Column("tier_to", NUMBER, "attainment up to which it applies"),
        Column("rate", NUMBER, "share of revenue paid"),
        Column("product", TEXT, "product with a bonus of its own"),
        Column("bonus_per_unit", MONEY, "bonus a net unit of that product"),
        Column("milestone", MONEY, "sum paid once"),
    ),
)

TABLES: Mapping[str, Table] = MappingProxyType(
    {
        table.name: table
        for table in (
            ORDERS, CUSTOMERS, PRODUCTS, OPPORTUNITIES, STAGE_HISTORY, LEADS, ACTIVITIES, REPS, QUOTAS,
            SPEND, FEEDBACK, MARKET_SIZE, TRAINING, KPIS, REVIEWS, INCENTIVE_PLANS,
        )
    }
)  # fmt: skip
"""Every canonical table by name."""
