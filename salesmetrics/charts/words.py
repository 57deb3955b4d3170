"""Why a number is absent and what to mind about one, in plain words."""

from __future__ import annotations

from salesmetrics.i18n import _
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


def reason_in_words(reason: str | None) -> str:
    """Say why a value is absent and what would give it; a code without words of its own is shown as it stands.

    >>> reason_in_words("missing_column:orders.cost")
    'The files hold no orders.cost (line total cost of goods, same sign as amount). Add it to see this number.'
    """
    if not reason:
        return ""
    code, _colon, subject = reason.partition(":")
    if code == "missing_column":
        return _("The files hold no {column}. Add it to see this number.").format(column=column_meaning(subject))
    if code == "filter_not_applicable":
        return _("This number cannot be filtered by {dimension}: its table does not have it.").format(dimension=subject)
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
        "undated": _("The file has no dates, so this number cannot be cut by period."),
    }
    return sentences.get(code, reason)


def warning_in_words(warning: str) -> str:
    """Say what to mind about a value; `CODE:DETAIL` keeps its detail, an unknown code is shown as it stands.

    >>> warning_in_words("partial")
    'The period is not over yet: the data ends inside it.'
    """
    code, _colon, detail = warning.partition(":")
    sentences = {
        "partial": _("The period is not over yet: the data ends inside it."),
        "left_truncated": _("The data starts shortly before: some customers counted as new may not be."),
        "order_id_synthesized": _("The file has no order number, so each line counts as an order."),
        "unlinked_returns": _("Some returns match no order: they lower net sales, not the orders."),
        "cancelled_excluded": _("Cancelled, void and draft lines are left out."),
        "cost_from_products": _("Cost is worked out from the product list's unit cost."),
        "duplicate_lines": _("Some lines stand in the file more than once; they are all counted."),
        "coverage": _("It is based on a part of the rows."),
        "low_n": _("There are few cases: take it with care."),
        "n_small": _("There are few cases: take it with care."),
        "undated": _("The file has no dates: this is over the whole file."),
        "pre_hire": _("Some events lie before the rep's first day."),
        "overdue_close": _("Some open deals are past their expected close."),
        "as_of_today": _("Past dates use today's amounts."),
    }
    known = sentences.get(code)
    if known is None:
        return warning
    return f"{known} ({detail})" if detail else known
