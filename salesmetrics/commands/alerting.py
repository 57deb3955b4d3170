"""`alerts`: the numbers that need a look, for people, for a scheduler, and for whoever listens at an address."""

from __future__ import annotations

import argparse
import json
import math
from typing import Any

import salesmetrics.ingest
from salesmetrics.analysis.threshold import Threshold
from salesmetrics.commands.request import add_files, add_filters, query_of, settings_of
from salesmetrics.commands.webhook import check_address, post
from salesmetrics.errors import QueryError, nearest
from salesmetrics.i18n import _, ngettext
from salesmetrics.metrics import CATALOGUE
from salesmetrics.metrics.metric import Unit
from salesmetrics.query.alerts import Alert, Alerts, alerts

HELP = "list the numbers of the last whole month that are unusual or crossed a limit"


def arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the options."""
    add_files(parser)
    add_filters(parser)
    for option, help_ in (("--above", "above"), ("--below", "below")):
        parser.add_argument(
            option,
            action="append",
            default=[],
            metavar="METRIC=VALUE",
            help=f"tell where a number is {help_} this",
        )
    parser.add_argument("--webhook", metavar="URL", help="post the JSON to this address")
    parser.add_argument("--json", action="store_true", help="print JSON")


def run(given: argparse.Namespace) -> None:
    """Read the files, look for alerts, send them where that is asked, and print."""
    thresholds = [
        *(_threshold("--above", word, above=True) for word in given.above),
        *(_threshold("--below", word, above=False) for word in given.below),
    ]  # fmt: skip
    if given.webhook is not None:
        check_address(given.webhook)
    # The words' home imports the drawing library, which takes a second that other commands need not spend.
    from salesmetrics.charts.money import use_currency

    data = salesmetrics.ingest.read(given.files, maps=given.maps).dataset
    found = alerts(data, query_of(given, data), thresholds)
    use_currency(settings_of(given).currency)
    text = json.dumps([as_json(alert) for alert in found.found], ensure_ascii=False, indent=1)
    if given.webhook is not None:
        post(given.webhook, text)
    print(text if given.json else _for_people(found))


def as_json(alert: Alert) -> dict[str, Any]:
    """Give an alert as the JSON object that scripts depend on."""
    from salesmetrics.charts import alert_words

    usual, limit, why = alert.usual, alert.threshold, alert.why
    return {
        "metric": alert.metric.id,
        "part": {alert.part[0]: alert.part[1]} if alert.part else None,
        "period_start": alert.period.start.isoformat(),
        "period_end": alert.period.end.isoformat(),
        "value": alert.value,
        "unit": str(alert.metric.unit),
        "kind": "unusual" if usual else "threshold",
        "expected": usual.expected if usual else None,
        "low": usual.low if usual else None,
        "high": usual.high if usual else None,
        "threshold": limit.value if limit else None,
        "direction": "above" if alert.above else "below",
        "good": alert.good,
        "times": alert.times,
        "sentence": alert_words.sentence(alert),
        "drivers": alert_words.drivers(alert),
        "compared_with": {"start": why.base.start.isoformat(), "end": why.base.end.isoformat()} if why else None,
    }


def _for_people(found: Alerts) -> str:
    from salesmetrics.charts import alert_words
    from salesmetrics.charts.why_names import title_of
    from salesmetrics.charts.words import reason_in_words

    lines = [
        ngettext(
            "{n} number was looked at, {all} needs you.", "{n} numbers were looked at, {all} need you.", found.watched
        ).format(n=found.watched, all=found.all)
    ]  # fmt: skip
    for alert in found.found:
        mark = {True: "+", False: "!", None: "?"}[alert.good]
        lines += [f"{mark} {alert_words.sentence(alert)}", *(f"    {said}" for said in alert_words.drivers(alert))]
    lines += [
        _("Not looked at: {metric}. {reason}").format(
            metric=title_of(CATALOGUE[name]), reason=reason_in_words(reason)
        )
        for name, reason in found.reasons.items()
    ]
    return "\n".join(lines)


def _threshold(option: str, word: str, *, above: bool) -> Threshold:
    name, equals, text = word.partition("=")
    if not (name and equals):
        raise QueryError(
            _("{option} “{word}” is not of the form {form}.").format(option=option, word=word, form="METRIC=VALUE")
        )
    if name not in CATALOGUE:
        raise QueryError(_("There is no metric “{name}”.").format(name=name) + nearest(name, CATALOGUE))
    percent = CATALOGUE[name].unit is Unit.PERCENT and text.endswith("%")
    try:
        value = float(text.removesuffix("%")) / 100 if percent else float(text)
    except ValueError:
        value = math.nan
    if not math.isfinite(value):
        raise QueryError(
            _("{option} “{word}”: “{text}” is no number; write a share as 0.3 or 30%.").format(
                option=option, word=word, text=text
            )
        )
    return Threshold(name, above, value)
