"""What a forecast says in words: where a period will land, how sure that is, and how far earlier ones were off."""

from __future__ import annotations

from salesmetrics.analysis.forecast.history import CYCLE
from salesmetrics.analysis.forecast.outlook import LAST_MONTHS, NARROW
from salesmetrics.charts.values import compact, period_name
from salesmetrics.i18n import _
from salesmetrics.query.forecasts import Forecasts, Stand

_LEANS = 0.02
"""Share of revenue from which forecasts are said to lie too high or too low."""

_FEW = 20
"""Tested forecasts below which their share within the band is told with a caution."""


def likely(chance: float) -> str:
    """Say a chance in words, with a number where it is worth one.

    >>> [likely(chance) for chance in (0.97, 0.72, 0.5, 0.2, 0.03)]
    ['very likely (more than 9 in 10)', 'likely (about 7 in 10)', 'as likely as not', 'unlikely (about 2 in 10)', \
'very unlikely (less than 1 in 10)']
    """
    of_ten = round(chance * 10)
    if chance > 0.9:
        return _("very likely (more than 9 in 10)")
    if chance < 0.1:
        return _("very unlikely (less than 1 in 10)")
    if of_ten == 5:
        return _("as likely as not")
    if chance > 0.5:
        return _("likely (about {n} in 10)").format(n=of_ten)
    return _("unlikely (about {n} in 10)").format(n=of_ten)


def landing_in_words(stand: Stand) -> str:
    """Say where a period is likely to land and, where there is a quota, how likely it is to be reached."""
    land, name = stand.landing, period_name(stand.period.start, stand.period.end)
    if land.low is None or land.high is None:
        said = _("{period} is expected to land at {amount}; how far that may be off cannot be told yet.").format(
            period=name, amount=compact(land.expected, "money")
        )
    else:
        said = _("{period} is expected to land at {amount}, between {low} and {high} in 8 of 10 cases.").format(
            period=name, amount=compact(land.expected, "money"), low=compact(land.low, "money"),
            high=compact(land.high, "money"),
        )  # fmt: skip
    if land.quota is None:
        return said
    share = compact(land.expected / land.quota, "percent")
    if land.booked >= land.quota:
        return (
            said + " " + _("Its quota of {quota} is reached already.").format(quota=compact(land.quota, "money"))
        )
    against = _("That is {share} of the quota of {quota}").format(share=share, quota=compact(land.quota, "money"))
    if land.chance is None:
        return f"{said} {against}."
    return (
        said + " " + _("{against}: to reach it is {chance}.").format(against=against, chance=likely(land.chance))
    )


def errors_in_words(found: Forecasts) -> str:
    """Say how far forecasts of the last months were off, beside taking last year again, and how often bands held."""
    whole = found.whole
    errors, naive = whole.errors(LAST_MONTHS), whole.naive_errors(LAST_MONTHS)
    if errors is None or naive is None or errors.wape is None or naive.wape is None:
        return _(
            "With {n} whole months there are too few to test a forecast on earlier ones: what is shown is the last "
            "month again, and nothing is said of how far it may be off."
        ).format(n=len(whole.values))
    again = (
        _("the same month of last year taken again")
        if len(whole.values) >= 2 * CYCLE
        else _("the last known month taken again")
    )
    said = [
        _(
            "Over the last {n} months, forecasts made up to 12 months before were off by {share} on average; {again} "
            "would have been off by {naive}."
        ).format(
            n=errors.months,
            share=compact(errors.wape, "percent"),
            again=again,
            naive=compact(naive.wape, "percent"),
        )
    ]
    if errors.bias is not None and abs(errors.bias) >= _LEANS:
        said.append(
            (_("They lay {share} too high.") if errors.bias > 0 else _("They lay {share} too low.")).format(
                share=compact(abs(errors.bias), "percent")
            )
        )
    if not whole.trust:
        said.append(_("As no other way did better, that is what is shown."))
    held = whole.coverage(NARROW)
    if held is not None:
        inside, tested = held
        said.append(
            _(
                "Of {tested} tested forecasts {inside} came to lie in their band, which should hold 8 of 10."
            ).format(tested=tested, inside=inside)
        )
        if tested < _FEW:
            said.append(_("These are too few to judge the band by."))
    return " ".join(said)


def way_in_words(found: Forecasts) -> str:
    """Say how the forecast is made, and how much of it is what."""
    names = {
        "seasonal_naive": _("last year again"),
        "drift": _("the season on a straight line from the first month to the last"),
        "damped_trend": _("the season on a trend that flattens (damped exponential smoothing)"),
        "theta": _("the season on the Theta method's line"),
        "holt_winters": _("a season that changes from year to year (Holt-Winters)"),
    }
    listed = "; ".join(names.values())
    said = [
        _(
            "Ways to forecast are tried from up to 24 earlier months, each knowing only what was known then: {ways}. "
            "Each counts by how little it was off, and their mean is drawn towards last year again where it was not "
            "clearly better. The bands are as wide as the errors made there, wider where there were few tests."
        ).format(ways=listed),
        _("Here the mean counts {share}, last year again the rest.").format(
            share=compact(found.whole.trust, "percent")
        ),
    ]
    if found.summed_by:
        said.append(
            _("Each part is forecast by itself by {dimension} and the whole is their sum; the other breakdowns are fitted "
              "to it, so that parts always sum to the whole.").format(dimension=found.summed_by)
        )  # fmt: skip
    return " ".join(said)
