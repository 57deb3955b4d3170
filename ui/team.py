"""What the Team page asks: goals and effort, workload, one rep against all, tenure, and what reps do."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import timedelta

from salesmetrics.analysis.pace import pace
from salesmetrics.charts.desks import METRICS as DESKS
from salesmetrics.i18n import _
from salesmetrics.metrics.benchmark import COMPARED
from salesmetrics.model.dataset import Dataset
from salesmetrics.query.availability import availability
from salesmetrics.query.request import Grain, MetricQuery
from salesmetrics.query.result import Result
from ui import datasets
from ui.each_rep import METRICS as EACH
from ui.one_rep import STANDING
from ui.periods import last_periods
from ui.selection import Selection

SALES_CARDS = ("quota_attainment", "reps_at_quota", "revenue_per_rep", "revenue_per_rep_month")
OTHER_CARDS = ("revenue", "orders", "win_rate", "avg_deal_size", "sales_cycle_length", "open_opportunities")
"""What stands in where the data has no quotas, no hire dates or no orders."""

SALES_FIGURES = ("revenue", "quota_attainment", "revenue_per_rep_month", "average_transaction_value")
DEAL_FIGURES = ("win_rate", "avg_deal_size", "sales_cycle_length", "open_opportunities", "pipeline_value")
"""What one rep is set against the team by, from orders and from deals that name their rep."""

QUOTAS = ("quota_miss_rate", "quota_gap_rate", "net_gain_loss")
PEOPLE = ("rep_roi", "ramp_time", "rep_turnover_rate")
DOING = ("activities_per_rep", "contact_expectation_rate", "training_hours_per_rep")
HANDING = ("handoff_time", "handoff_lost_rate", "crm_adoption", "crm_completeness", "crm_lag")
"""The numbers that need no picture: what came of quotas, of people, of their days, and what they write down."""

TRAINING = "training_vs_performance"
"""Told in a sentence: its value alone says nothing."""

QUADRANT = "effectiveness_efficiency"
HIRED_WITHIN = 3
"""Years back within which those were hired whose start is looked at: in one period there are few."""

TENURE = ("tenure_effectiveness", "revenue_by_tenure", "quota_attainment", "sales_cycle_length")
"""What stands beside the pictures by tenure."""


def ready(data: Dataset) -> bool:
    """Tell whether the data says who sold what."""
    return data.has("orders", "rep_id") or data.has("opportunities", "rep_id")


def what_it_needs() -> str:
    """Say which file or column the page needs."""
    return _(
        "This page needs to know who sold what. Add a column with the rep to your orders or deals; "
        "a list of reps with their hire dates and a file of quotas unlock the rest."
    )


def _able(data: Dataset, metrics: tuple[str, ...]) -> list[str]:
    lacking = availability(data)
    return [metric for metric in metrics if lacking[metric] is None]


def what_is_missing(data: Dataset) -> str:
    """Say in one line which files would show more, and what; empty where nothing is missing."""
    able = _able(data, ("revenue", "quota_attainment"))
    wanted = []
    if not data.has("orders", "rep_id"):
        wanted.append(_("orders that name their rep (revenue of each rep)"))
    if not data.has("reps", "hire_date"):
        wanted.append(_("a list of reps with hire dates (sales per month of work, and whether new reps ramp)"))
    if "quota_attainment" not in able and not data.has("quotas"):
        wanted.append(_("quotas by rep and period (who is ahead and who is behind)"))
    if not data.has("activities", "rep_id"):
        wanted.append(_("calls, mails and meetings by rep (how much they do, hand-overs, use of the CRM)"))
    if not data.has("training", "rep_id"):
        wanted.append(_("training sessions by rep (hours, and whether they help)"))
    return _("To see more, add {files}.").format(files="; ".join(wanted)) if wanted else ""


def cards_of(data: Dataset) -> list[str]:
    """Name the metrics on the cards: those of the team that the data allows, filled up to four."""
    return _able(data, (*SALES_CARDS, *OTHER_CARDS))[:4]


def figures_of(data: Dataset) -> list[str]:
    """Name the metrics by which one rep is set against the team."""
    sales = SALES_FIGURES if data.has("orders", "rep_id") else ()
    deals = DEAL_FIGURES if data.has("opportunities", "rep_id") else ()
    return _able(data, (*sales, *deals))


def by_tenure(data: Dataset) -> list[str]:
    """Name the metrics that are drawn by tenure: the fair comparison, and beside it how often deals are won."""
    if not data.has("reps", "hire_date"):
        return []
    sales = ("revenue_per_rep_month",) if data.has("orders", "rep_id") else ()
    deals = ("win_rate",) if data.has("opportunities", "rep_id") else ()
    return _able(data, (*sales, *deals))


def has_quotas(data: Dataset) -> bool:
    """Tell whether sales can be set against quotas."""
    return "quota_attainment" in _able(data, ("quota_attainment",))


def _under_way(data: Dataset, on: Selection) -> bool:
    reached = datasets.bounds(data)
    return reached is not None and on.period.end - timedelta(days=1) > reached[1]


def questions(data: Dataset, on: Selection) -> Mapping[str, MetricQuery]:
    """Give the one request of the page, each part under its name."""
    cards, figures, tenure = cards_of(data), figures_of(data), by_tenure(data)
    lately = last_periods(on.period, on.grain, conventions=on.settings.conventions)
    # One rep is set against everybody, also where only this rep is shown.
    everybody = tuple(item for item in on.filters if item.dimension != "rep")
    more = more_numbers(data)
    asked = {
        "totals": on.ask(*dict.fromkeys((*cards, *more, *_able(data, (TRAINING,))))),
        "lately": on.ask(*cards, period=lately, grain=on.grain, compare=()),
        "ranking": on.ask(ranked_by(data), by=("rep",)),
        "peers": on.ask(*figures, by=("rep",), compare=(), where=everybody),
    }
    if each := _able(data, EACH):
        asked["each"] = on.ask(*each, by=("rep",), compare=())
    if tenure:
        asked["tenure"] = on.ask(*tenure, by=("tenure",))
        asked["bands"] = on.ask(*_able(data, TENURE), by=("tenure",), compare=())
    if _able(data, (QUADRANT,)):
        asked["quadrant"] = on.ask(QUADRANT, by=("rep",), compare=(), where=everybody)
    if _able(data, DESKS) == list(DESKS):
        asked["desks"] = on.ask(*DESKS, by=("rep",), compare=(), where=everybody)
        asked["desks_of_regions"] = on.ask("overload_flag", by=("region",), compare=())
    if _able(data, ("ramp_time",)):
        hired = last_periods(on.period, Grain.YEAR, HIRED_WITHIN, on.settings.conventions)
        asked["hires"] = on.ask("ramp_time", period=hired, compare=())
    for metric in compared_in(data):
        chosen = (*on.settings.params, (f"{STANDING}.of", metric))
        asked[f"standing_{metric}"] = on.ask(STANDING, compare=(), where=everybody, params=chosen)
    if has_quotas(data):
        asked["attainment"] = on.ask("quota_attainment", by=("rep",))
        if _under_way(data, on):
            asked["months"] = on.ask("quota_attainment", by=("rep",), grain=Grain.MONTH, compare=())
    return asked


def more_numbers(data: Dataset) -> list[str]:
    """Name the numbers that need no picture: of a group of which the files allow none, none."""
    groups = (QUOTAS, PEOPLE, DOING, HANDING)
    return [metric for group in groups if _able(data, group) for metric in group]


def compared_in(data: Dataset) -> list[str]:
    """Name the metrics in which one rep is placed among peers."""
    return _able(data, tuple(COMPARED))


def standings(data: Dataset, found: Mapping[str, Result]) -> Mapping[str, Result]:
    """Give the places of reps among their peers by the metric they are compared in."""
    return {metric: found[f"standing_{metric}"] for metric in compared_in(data)}


def ranked_by(data: Dataset) -> str:
    """Name the metric by which reps are ranked."""
    return "revenue" if data.has("orders", "rep_id") else "win_rate"


def pace_of(found: Mapping[str, Result], on: Selection) -> Mapping[str, float] | None:
    """Give where each rep should be by now; None where the period is over."""
    if "months" not in found:
        return None
    months, whole = found["months"], found["attainment"]
    return pace(
        months.rows("quota_attainment"), whole.rows("quota_attainment"), whole.as_of,
        on.settings.conventions.working_days,
    )  # fmt: skip
