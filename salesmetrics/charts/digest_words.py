"""What a digest says, in plain words: sections of sentences and small tables; every figure in them is computed."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from salesmetrics.charts import alert_words
from salesmetrics.charts.figure import metric_title
from salesmetrics.charts.risk_reason import risk_reason
from salesmetrics.charts.values import change, compact, day_name, period_name
from salesmetrics.charts.why_words import FEW, sentences
from salesmetrics.charts.words import reason_in_words
from salesmetrics.i18n import _, ngettext
from salesmetrics.metrics import CATALOGUE
from salesmetrics.metrics.metric import Better, Unit
from salesmetrics.model.calendar import Grain, Period
from salesmetrics.model.dimensions import UNKNOWN
from salesmetrics.query.digest import LATELY, MOST, Digest


@dataclass(frozen=True)
class Grid:
    """A table in words: rows of as many cells as `heads`; `marks` say of each row whether it is good news."""

    heads: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    marks: tuple[bool | None, ...] = ()


@dataclass(frozen=True)
class Section:
    """A part of a digest: sentences, then a table, then a list of what to do."""

    title: str
    sentences: tuple[str, ...] = ()
    grid: Grid | None = None
    steps: tuple[str, ...] = ()


@dataclass(frozen=True)
class Document:
    """A digest in words."""

    title: str
    lead: str
    sections: tuple[Section, ...]


def document(found: Digest) -> Document:
    """Put a digest in words; what could not be told is named with its reason."""
    days = period_name(found.period.start, found.period.end)
    title = _("Sales digest, {days}").format(days=days)
    if found.rep is not None:
        title = _("Sales digest for {rep}, {days}").format(rep=found.rep, days=days)
    lead = _("The last whole {grain} of the data, which ends on {day}.").format(
        grain=_("week") if found.grain is Grain.WEEK else _("month"), day=day_name(found.through)
    )
    said = [_changed(found), _reasons(found), _at_risk(found), _to_do(found), _untold(found)]
    return Document(title, lead, tuple(one for one in said if one.sentences or one.grid or one.steps))


def _rows(found: Digest) -> Iterator[Mapping[str, Any]]:
    for row in found.changes.frame.to_dict("records"):
        yield {str(name): value for name, value in row.items()}


def _changed(found: Digest) -> Section:
    rows, marks = [], []
    for row in _rows(found):
        metric = CATALOGUE[row["metric"]]
        if row["value"] != row["value"] or row["value"] is None:
            continue
        unit, moved = metric.unit, row["previous_change"]
        cells = (change(row[f"{base}_change"], row[f"{base}_growth"], unit) for base in ("previous", "last_year"))
        # A share of few cases may be chance: its cases are told, and no news is made of it.
        few = metric.unit is Unit.PERCENT and row["n"] < FEW
        value = compact(row["value"], unit)
        if few:
            value = _("{value} of {n}").format(value=value, n=compact(float(row["n"]), "count"))
        rows.append((metric_title(metric), value, *cells))
        told = moved == moved and moved and metric.better is not Better.NEITHER and not few
        marks.append((moved > 0) is (metric.better is Better.HIGHER) if told else None)
    heads = (
        _("Number"), period_name(found.period.start, found.period.end),
        _("against {days}").format(days=period_name(found.before.start, found.before.end)),
        _("against {days}").format(days=period_name(found.last_year.start, found.last_year.end)),
    )  # fmt: skip
    return Section(_("What changed"), (), Grid(heads, tuple(rows), tuple(marks)) if rows else None)


def _reasons(found: Digest) -> Section:
    said = sentences(found.why) if found.why is not None else []
    unusual: Sequence[str] = ()
    if found.unusual is not None:
        unusual = [alert_words.sentence(alert) for alert in found.unusual.found]
        if found.unusual.watched and not unusual:
            n = found.unusual.watched
            kept = ngettext(
                "{n} number was looked at, and it kept its usual range.",
                "{n} numbers were looked at, and all kept their usual range.", n,
            )  # fmt: skip
            unusual = [kept.format(n=n)]
    return Section(_("Why"), (*said, *unusual))


def _at_risk(found: Digest) -> Section:
    said = []
    if found.customers is not None and len(found.customers.at_risk["customer_id"]):
        amounts = found.customers.at_risk["amount"]
        n = len(amounts)
        said.append(
            ngettext(
                "{n} customer stays away longer than it uses to; it brought {amount} within a year.",
                "The first {n} customers who stay away longer than they use to brought {amount} within a year.", n,
            ).format(n=n, amount=compact(float(sum(value for value in amounts if value == value)), "money"))
        )  # fmt: skip
    if found.deals is not None and found.deals.late:
        worth = compact(found.deals.worth, "money")
        said.append(
            ngettext(
                "{n} of {all} open deals is past its expected close ({worth}).",
                "{n} of {all} open deals are past their expected close ({worth}).", found.deals.late,
            ).format(n=found.deals.late, all=found.deals.open, worth=worth)
        )  # fmt: skip
    if found.unanswered:
        said.append(
            ngettext(
                "{n} lead of the last {days} days has had no answer.",
                "{n} leads of the last {days} days have had no answer.", found.unanswered,
            ).format(n=found.unanswered, days=LATELY.days)
        )  # fmt: skip
    for one in (found.behind or ())[:MOST]:
        said.append(
            _("The quota of {who} for {days} is behind: {sold} of {quota} sold, {pace} of what was due by now.").format(
                who=one.quota.name, days=_days(one.quota.period), sold=compact(one.quota.sold, "money"),
                quota=compact(one.quota.quota, "money"), pace=compact(one.review.pace, "percent"),
            )
        )  # fmt: skip
    more = len(found.behind or ()) - MOST
    if more > 0:
        said.append(
            ngettext("{n} more quota is behind.", "{n} more quotas are behind.", more).format(n=more)
        )  # fmt: skip
    return Section(_("What is at risk"), tuple(said))


def _days(period: Period) -> str:
    return period_name(period.start, period.end)


def _to_do(found: Digest) -> Section:
    steps = [*_deals(found), *_leads(found), *_customers(found)]
    if not steps:
        steps = [_("Nothing in the data asks for a next step.")]
    return Section(_("What to do next"), steps=tuple(steps))


def _whose(rep: object, found: Digest) -> str:
    if found.rep is not None:
        return ""
    named = str(rep)
    return _("Nobody yet") if rep is None or rep != rep or named == UNKNOWN else named


def _step(said: str, rep: object, found: Digest) -> str:
    whose = _whose(rep, found)
    return _("{rep}: {what}").format(what=_lower(said), rep=whose) if whose else said


def _deals(found: Digest) -> Iterator[str]:
    if found.deals is None:
        return
    deals = found.deals.deals
    for place in range(len(deals["opportunity_id"])):
        customer = str(deals["customer"][place])
        named = {
            "deal": deals["opportunity_id"][place], "days": compact(float(deals["days_overdue"][place]), "count"),
            "amount": _amount(deals["amount"][place]), "customer": customer,
        }  # fmt: skip
        days = int(deals["days_overdue"][place])
        said = (
            ngettext("Move or close deal {deal}, {amount}: {days} day past its expected close.",
                     "Move or close deal {deal}, {amount}: {days} days past its expected close.", days)
            if customer == UNKNOWN
            else ngettext("Move or close deal {deal} of {customer}, {amount}: {days} day past its expected close.",
                          "Move or close deal {deal} of {customer}, {amount}: {days} days past its expected close.",
                          days)
        )  # fmt: skip
        yield _step(said.format(**named), deals["rep"][place], found)


def _amount(value: float) -> str:
    return _("no amount") if value != value else compact(float(value), "money")


def _leads(found: Digest) -> Iterator[str]:
    for lead in found.leads or ():
        source = "" if lead.source == UNKNOWN else lead.source
        said = (
            ngettext("Answer lead {lead} from {source}: it came in {n} day ago.",
                     "Answer lead {lead} from {source}: it came in {n} days ago.", lead.days)
            if source
            else ngettext("Answer lead {lead}: it came in {n} day ago.", "Answer lead {lead}: it came in {n} days ago.",
                          lead.days)
        )  # fmt: skip
        yield _step(said.format(lead=lead.id, source=source, n=lead.days), lead.rep, found)


def _customers(found: Digest) -> Iterator[str]:
    if found.customers is None:
        return
    listed = found.customers.at_risk
    for place in range(len(listed["customer_id"])):
        since, gap, gaps = (float(listed[name][place]) for name in ("days_since", "expected_gap", "gaps"))
        name = listed["name"][place] or listed["customer_id"][place]
        said = _("Call {customer}, {amount} within a year: {reason}.").format(
            customer=name, amount=compact(float(listed["amount"][place]), "money"),
            reason=_lower(risk_reason(since, gap, gaps)),
        )  # fmt: skip
        yield _step(said, listed["rep"][place], found)


def _lower(text: str) -> str:
    return text[:1].lower() + text[1:]


def _untold(found: Digest) -> Section:
    reasons: dict[str, list[str]] = {}
    for row in _rows(found):
        if row["value"] is None or row["value"] != row["value"]:
            metric = CATALOGUE[row["metric"]]
            reasons.setdefault(reason_in_words(row["reason"], found.tables, metric), []).append(
                metric_title(metric)
            )
    parts = {
        "customers": _("customers who stay away"), "deals": _("deals past their expected close"),
        "leads": _("leads without an answer"), "quotas": _("quotas behind their pace"),
    }  # fmt: skip
    for part, reason in found.absent.items():
        reasons.setdefault(reason_in_words(reason, found.tables), []).append(parts[part])
    said = (_("{what}: {reason}").format(what=", ".join(what), reason=reason) for reason, what in reasons.items())
    return Section(_("What is not told"), tuple(one[:1].upper() + one[1:] for one in said))
