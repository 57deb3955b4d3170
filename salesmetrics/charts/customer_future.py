"""What customers will bring, in words: what is expected, how the test came out, and why nothing is told."""

from __future__ import annotations

import math

from salesmetrics.analysis.holdout import Holdout
from salesmetrics.analysis.lifetime_value import FEWEST_BACK, FEWEST_CUSTOMERS, GAPS_SEEN, MONTH_DAYS
from salesmetrics.charts.values import compact, day_name
from salesmetrics.charts.words import reason_in_words
from salesmetrics.i18n import _, ngettext
from salesmetrics.query.customer_future import CustomerFuture, NoFuture


def worth_name(found: CustomerFuture) -> str:
    """Name what the value is: gross profit, or revenue where no cost is known."""
    return _("revenue") if found.by_revenue else _("gross profit")


def expected_in_words(found: CustomerFuture) -> str:
    """Say what the customers known now are expected to bring."""
    return _(
        "Today's {n} customers are expected to buy {purchases} more times in the {months} months after {day}, which is "
        "worth {value} of {what} today."
    ).format(
        n=f"{found.enough.customers:,}", purchases=f"{found.purchases:,.0f}", months=found.months,
        day=day_name(found.day), value=compact(found.value, "money"), what=worth_name(found),
    )  # fmt: skip


def newcomer_in_words(found: CustomerFuture, cost: float | None) -> str:
    """Say what a customer won now is worth, the first purchase included, and how often that is what one costs.

    `cost` is what winning a customer costs; None where it is not known, and it is not set against revenue.
    """
    said = _(
        "A customer won now is expected to bring {value} of {what} in its first {months} months, the first purchase "
        "included"
    ).format(value=compact(found.of_new, "money"), what=worth_name(found), months=found.months)
    if cost is None or not cost > 0 or found.by_revenue:
        return said + "."
    return _("{said}: {times} what it cost to win one in this period ({cost}).").format(
        said=said, times=compact(found.of_new / cost, "times"), cost=compact(cost, "money")
    )


def time_name(days: int) -> str:
    """Name a length of time as people do.

    >>> time_name(274), time_name(20)
    ('9 months', '20 days')
    """
    months = round(days / MONTH_DAYS)
    if months < 2:
        return ngettext("{n} day", "{n} days", days).format(n=days)
    return _("{n} months").format(n=months)


def holdout_in_words(test: Holdout | None) -> str:
    """Say how the model did on days that it had not seen, beside carrying on each customer's own rate."""
    if test is None:
        return _("It could not be tested: the first three quarters of the history hold too little to learn from.")
    said = _("In the last {time} it would have said {foretold} purchases; {actual} came.").format(
        time=time_name(test.days), foretold=f"{test.foretold:,.0f}", actual=f"{test.actual:,.0f}"
    )
    return said + " " + _(
        "Carrying on each customer's rate so far would have said {by_rate}. Per customer it was off by {error} "
        "purchases on average, the rate by {error_by_rate}."
    ).format(
        by_rate=f"{test.by_rate:,.0f}", error=f"{test.error:.2f}", error_by_rate=f"{test.error_by_rate:.2f}"
    )  # fmt: skip


def warning_of_the_test(test: Holdout | None) -> str:
    """Say what a bad test means; empty after a good one."""
    if test is None or test.near:
        return ""
    if math.isnan(test.ratio):
        return _("Do not plan by this: in the test nobody came back, though {n} purchases were expected.").format(
            n=f"{test.foretold:,.0f}"
        )
    share = abs(test.ratio - 1)
    wrong = _("too many") if test.ratio > 1 else _("too few")
    return _("Do not plan by this: in the test it said {share} {wrong} purchases.").format(
        share=compact(share, "percent"), wrong=wrong
    )


def to_mind(found: CustomerFuture) -> list[str]:
    """Say what makes the value another than it seems."""
    said = []
    if found.by_revenue:
        said.append(_("The orders carry no cost: this is revenue, not profit."))
    elif found.margin < 1:
        said.append(
            _(
                "Not every order line has a cost: revenue is counted at the margin of those that do, {share}."
            ).format(share=compact(found.margin, "percent"))
        )
    if found.tied:
        more = _("more") if found.tie > 0 else _("less")
        said.append(
            _("Who buys often also spends {more} each time (correlation {tie}): the value leans on it not being so.")
            .format(more=more, tie=f"{found.tie:.2f}")
        )  # fmt: skip
    if found.unvalued:
        said.append(
            ngettext(
                "{n} customer lost money on what it bought again, and has no value here.",
                "{n} customers lost money on what they bought again, and have no value here.",
                found.unvalued,
            ).format(n=f"{found.unvalued:,}")
        )
    return said


def no_future_in_words(found: NoFuture) -> str:
    """Say why nothing is told of what customers will bring."""
    enough, test = found.enough, found.test
    if found.reason == "customers" and enough:
        return ngettext(
            "{n} customer is too few to learn from: it takes {least}. Who is away longer than usual is told below.",
            "{n} customers are too few to learn from: it takes {least}. Who is away longer than usual is told below.",
            enough.customers,
        ).format(n=f"{enough.customers:,}", least=FEWEST_CUSTOMERS)
    if found.reason == "came_back" and enough:
        return ngettext(
            "{n} customer came back, too few to learn from: it takes {least}. Who is away longer than usual is told "
            "below.",
            "{n} customers came back, too few to learn from: it takes {least}. Who is away longer than usual is told "
            "below.",
            enough.came_back,
        ).format(n=f"{enough.came_back:,}", least=FEWEST_BACK)
    if found.reason == "history" and enough:
        return _(
            "The data covers {days} days, too short to learn from: customers usually come back after {gap}, and it "
            "takes {times} times as long."
        ).format(days=f"{enough.history_days:,}", gap=f"{enough.usual_gap:,.0f}", times=GAPS_SEEN)
    if found.reason == "beaten" and test:
        return _(
            "Nothing is foretold: in the last {time} carrying on each customer's rate so far did better. It said "
            "{by_rate} purchases, the model {foretold}; {actual} came."
        ).format(
            time=time_name(test.days), by_rate=f"{test.by_rate:,.0f}", foretold=f"{test.foretold:,.0f}",
            actual=f"{test.actual:,.0f}",
        )  # fmt: skip
    if found.reason == "model_not_identified":
        return _("What customers spend differs too wildly for a value to be worked out.")
    return reason_in_words(found.reason)


def how_it_is_worked_out(found: CustomerFuture) -> list[str]:
    """Say how the numbers come about, for those who want to know; the parameters are told in days."""
    buying, spending = found.buying, found.spending
    return [
        _(
            "How often each customer buys and whether it still does comes from how often and how lately it bought "
            "(BG/NBD; Fader, Hardie and Lee 2005), learnt from {n} customers, {back} of whom came back: r {r}, alpha "
            "{alpha} days, a {a}, b {b}."
        ).format(
            n=f"{found.enough.customers:,}", back=f"{found.enough.came_back:,}", r=f"{buying.r:.3f}",
            alpha=f"{buying.alpha:.1f}", a=f"{buying.a:.3f}", b=f"{buying.b:.3f}",
        ),
        _(
            "What one purchase is worth comes from the customer's repeat purchases, drawn towards the mean of all, "
            "{mean}, where they are few (gamma-gamma; Fader and Hardie 2013): p {p}, q {q}, v {v}."
        ).format(
            mean=compact(spending.mean * found.margin, "money"), p=f"{spending.p:.3f}", q=f"{spending.q:.3f}",
            v=f"{spending.v:,.2f}",
        ),
        _(
            "Expected value is the purchases expected in each month times what one is worth, at {yearly} a year less "
            "the later it comes. Purchases so far and first purchases of new customers are not in it. Purchases of "
            "one day are one, returns are taken off, and a customer belongs to the region, rep and product of its last "
            "purchase. Of those who bought once nothing tells whether they left."
        ).format(yearly=compact(found.yearly, "percent")),
    ]  # fmt: skip
