"""Why a number is absent and what to mind about one, in plain words."""

from __future__ import annotations

from collections.abc import Collection

from salesmetrics.charts.values import full
from salesmetrics.i18n import _
from salesmetrics.metrics import Metric
from salesmetrics.model.dimensions import DIMENSIONS
from salesmetrics.model.tables import TABLES


def column_meaning(column: str) -> str:
    """Say what a canonical `table.column` (or `table`) is.

    >>> column_meaning("orders.cost")
    'orders.cost (line total cost of goods, same sign as amount)'
    """
    table, _dot, name = column.partition(".")
    declared = TABLES.get(table)
    if declared is None:
        return column
    if not name:
        return f"{table} ({declared.meaning})"
    for known in declared.columns:
        if known.name == name:
            return f"{column} ({known.meaning})"
    return column


def table_name(table: str) -> str:
    """Call a canonical table what people call its rows.

    >>> table_name("opportunities")
    'deals'
    """
    names = {
        "orders": _("orders"), "customers": _("customers"), "products": _("products"),
        "opportunities": _("deals"), "stage_history": _("stage changes of deals"), "leads": _("leads"),
        "activities": _("calls, mails and meetings"), "reps": _("reps"), "quotas": _("quotas"),
        "spend": _("marketing and sales costs"), "feedback": _("customer feedback"),
        "market_size": _("market sizes"), "training": _("training sessions"),
    }  # fmt: skip
    return names.get(table, table.replace("_", " "))


def column_name(column: str) -> str:
    """Call a canonical `table.column` what people call it.

    >>> column_name("orders.order_date")
    'order date'
    """
    return column.partition(".")[2].removesuffix("_id").replace("_", " ")


def reason_in_words(
    reason: str | None, tables: Collection[str] | None = None, metric: Metric | None = None
) -> str:
    """Say why a value is absent and what would give it; a code without words of its own is shown as it stands.

    `tables` are those that the data holds, where they are known: a missing column is then told from a missing
    file. With `metric` a filter that does not apply is told with what the metric counts.

    >>> reason_in_words("missing_column:orders.cost")
    'The orders carry no cost (line total cost of goods, same sign as amount). Add it to see this number.'
    >>> reason_in_words("missing_column:leads.created_at", ["orders"])
    'Add a file of leads to see this number.'
    """
    if not reason:
        return ""
    code, _colon, subject = reason.partition(":")
    table = subject.partition(".")[0]
    if code == "missing_column" and tables is not None and table not in tables:
        return _("Add a file of {rows} to see this number.").format(rows=table_name(table))
    if code == "missing_column":
        meaning = column_meaning(subject)
        return _("The {rows} carry no {column}. Add it to see this number.").format(
            rows=table_name(table),
            column=column_name(subject) + (meaning.removeprefix(subject) if meaning != subject else ""),
        )
    if code == "filter_not_applicable":
        named = DIMENSIONS[subject].title().lower() if subject in DIMENSIONS else subject
        if metric is None:
            return _("This number cannot be filtered by {dimension}.").format(dimension=named)
        return _("This number cannot be filtered by {dimension}: {rows} carry no {dimension}.").format(
            dimension=named, rows=table_name(counted_table(metric))
        )
    sentences = {
        "no_rows": _("There is no data for this period and these filters."),
        "zero_denominator": _("There is nothing to divide by in this period."),
        "negative_base": _("The amount it is a share of is not above zero."),
        "immature_cohort": _("It is too early to tell: the people or deals counted are too recent."),
        "incomplete_period": _("The period is not over yet, and this number needs a whole one."),
        "n_too_small": _("There are too few cases for this number to mean anything."),
        "low_coverage": _("Too few of the rows hold what this number needs."),
        "not_reached": _("It has not been reached yet within the data."),
        "model_not_identified": _("The data does not settle this estimate."),
        "quota_met": _("The quota is already met."),
        "unallocated": _("This spend names no lead source, so no customers can be set against it."),
        "undated": _("The file has no dates, so this number cannot be cut by period."),
    }
    return sentences.get(code, reason)


def counted_table(metric: Metric) -> str:
    """Give the table whose rows a metric counts.

    >>> from salesmetrics.metrics import CATALOGUE
    >>> counted_table(CATALOGUE["win_rate"])
    'opportunities'
    """
    inputs = (name for measure in metric.made_of(metric.settings({})) for name in measure.inputs)
    return next((name.partition(".")[0] for name in inputs), "")


def _figure(text: str) -> float:
    try:
        return float(text)
    except ValueError:
        return 0.0


def warning_in_words(warning: str) -> str:
    """Say what to mind about a value, from a code such as `overdue:150`; an unknown one is shown as it stands.

    >>> warning_in_words("overdue:150")
    '150 open deals are past their expected close.'
    >>> warning_in_words("cancelled_excluded:3:450.00")
    '3 cancelled, void or draft lines, 450.00 in all, are left out.'
    """
    code, *details = warning.split(":")
    figures = [_figure(detail) for detail in details]
    count = f"{figures[0]:,.0f}" if figures else _("Some")
    sentences = {
        "partial": _("The period is not over yet: the data ends inside it."),
        "left_truncated": _("The data starts shortly before: some customers counted as new may not be."),
        "short_history": _("The data begins inside the days that this looks back over: it knows fewer of them."),
        "order_id_synthesized": _("The file has no order number: each line counts as an order."),
        "unlinked_returns": _("{n} returns match no order: they lower revenue, not orders."),
        "cancelled_excluded": _("{n} cancelled, void or draft lines, {amount} in all, are left out."),
        "cost_from_products": _("On {n} lines the cost comes from the product list's unit cost."),
        "duplicate_lines": _("{n} lines stand in the file more than once; they are all counted."),
        "duplicate_opportunity_id": _("{n} deals stood in the file more than once; the latest row counts."),
        "duplicate_lead_id": _("{n} leads stood in the file more than once; the earliest counts."),
        "dated_after_reading": _("{n} rows are dated after the day the files were read."),
        "mixed_currency": _("The file names more than one currency; the amounts are added as they stand."),
        "coverage": _("It is based on {share} of the amount or cases: the rest lacks what it needs."),
        "undated": _("The file has no dates: this is over the whole file, whatever the period."),
        "pre_hire": _("These lie before the rep's first day."),
        "overdue": _("{n} open deals are past their expected close."),
        "open_without_created_date": _(
            "{n} open deals have no creation date: they count today but on no day before, so a change looks larger."
        ),
        "amounts_as_of_today": _("For a past day the amounts are those of today."),
        "no_returns_named": _("The files name no returns: none came back, or they do not say."),
        "losses_carry_no_amount": _("Lost deals carry no amount in the file."),
        "orders_under_two_customers": _(
            "{n} orders stand under two customers; each counts for the larger amount's."
        ),
        "negative_durations": _("{n} deals close before they start and are left out."),
        "from_first_contact": _("{n} deals are timed from the first contact of their lead."),
        "immature_left_out": _("The latest are left out: they have not had the days that they are given."),
        "lead_dates_backwards": _("Some leads are dated as done before the day they came in, and are left out."),
        "lead_answers_backwards": _("{n} leads are answered before they come in; their wait is left out."),
        "if_the_link_were_causal": _(
            "This is so only if the answer makes the difference; reps may answer better leads first."
        ),
        "spend_booked_by_month": _("Spend is booked once a month, so it can be told for whole months only."),
        "valued_by_revenue": _("The orders carry no cost: this is revenue, not profit."),
        "many_waiting": _("Many deals still stand in the stage: deals decided fast weigh too much."),
        "stays_backwards": _("{n} stays in a stage end before they begin and are left out."),
        "without_activities": _("No file tells when {n} open deals were worked on: silence is no reason here."),
        "without_stage_entry": _("Of {n} open deals nobody knows since when they are in their stage."),
        "quota_review": _("Most reps missed in two quota periods or more: review the quota, not only the reps."),
        "overload_by_load_alone": _("Nothing tells how fast leads are answered: only what is on the desk counts."),
        "all_overloaded": _("Every rep here has more than a full desk: more hands are needed."),
        "period_shorter_than_buying_cycle": _(
            "Customers usually let more days pass than the period has: those who did not buy may just not be due."
        ),
        "quotas_pro_rated": _("{n} quotas reach beyond the period and count by their days in it."),
        "few_answers": _("Fewer than ten answered: look at the range, not at the number."),
        "more_than_the_market": _(
            "We sold more than the market is said to be: its size is wrong or of something else."
        ),
        "market_by_days": _("{n} market sizes reach beyond the period and count by their days in it."),
        "new_segment": _("Nothing was sold here in the period before."),
        "lost_segment": _("Nothing is sold here any more."),
        "not_seasonal": _("The months differ by chance more than by season: do not plan by this."),
        "season_seen_once": _(
            "Under three years of data each month is seen once: whether it repeats cannot be told."
        ),
        "seasons_as_differences": _("Some months sold nothing: the season is taken from differences, not ratios."),
        "regression_to_the_mean": _(
            "Who trains after a weak quarter would mostly recover anyway: this is no proof that training works."
        ),
        "logged_before": _("{n} activities are written down before they took place and are left out."),
    }
    known = sentences.get(code)
    if known is None:
        return warning
    return known.format(
        n=count,
        amount=full(figures[1], "money") if len(figures) > 1 else "–",
        share=f"{figures[0] * 100:.1f}\u00a0%" if figures else "–",
    )
