"""The options that `compute` and `records` share, and the request that they make."""

from __future__ import annotations

import argparse
from collections.abc import Sequence
from dataclasses import replace
from datetime import date, datetime, timedelta

from salesmetrics.engine import default_engine
from salesmetrics.errors import QueryError, nearest
from salesmetrics.i18n import _
from salesmetrics.model.calendar import Grain, Period
from salesmetrics.model.dataset import Dataset
from salesmetrics.query.request import Compare, Filter, MetricQuery
from salesmetrics.query.resolve import resolve
from salesmetrics.query.settings import SETTINGS, Settings, read_settings
from salesmetrics.query.values import check_values

_COMPARE = {
    "previous": (Compare.PREVIOUS,),
    "last_year": (Compare.LAST_YEAR,),
    "both": (Compare.PREVIOUS, Compare.LAST_YEAR),
}


_SET_HELP = "set how to count: " + "; ".join(
    f"{setting.name}: {setting.meaning}" for setting in SETTINGS.values() if "." not in setting.name
)


def add_files(parser: argparse.ArgumentParser) -> None:
    """Add the files to read and the corrections to how they are read."""
    parser.add_argument("files", nargs="+", metavar="FILE", help="a file, a folder, a workbook or a ZIP")
    parser.add_argument(
        "--map", action="append", default=[], metavar="TABLE.COLUMN=HEADER", dest="maps",
        help="read HEADER as this column",
    )  # fmt: skip


def add_request(parser: argparse.ArgumentParser) -> None:
    """Add what is asked: metrics, breakdowns, period, filters, comparisons, parameters."""
    parser.add_argument(
        "--metric", nargs="+", action="extend", required=True, metavar="ID", help="what to compute"
    )
    parser.add_argument("--by", nargs="+", action="extend", default=[], metavar="DIM", help="cut by a dimension")
    parser.add_argument("--grain", metavar="GRAIN", help="cut time: day, week, month, quarter or year")
    parser.add_argument("--from", dest="start", metavar="D", help="first day, such as 2024-01-31")
    parser.add_argument("--to", dest="end", metavar="D", help="the day after the last")
    parser.add_argument("--compare", metavar="WITH", help="previous, last_year or both")
    _add_narrowing(parser)


def add_filters(parser: argparse.ArgumentParser) -> None:
    """Add the filters and parameters alone, for a command that settles itself what is asked over which days."""
    parser.set_defaults(metric=["revenue"], by=[], grain=None, start=None, end=None, compare=None)
    _add_narrowing(parser)


def _add_narrowing(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--as-of", metavar="D", help="look at the data as it stood at the end of this day")
    parser.add_argument("--where", action="append", default=[], metavar="DIM=VALUE", help="keep only this value")
    parser.add_argument(
        "--param", action="append", default=[], metavar="METRIC.NAME=VALUE", help="set a parameter of a metric"
    )
    add_settings(parser)
    parser.add_argument(
        "--engine", default="duckdb://", metavar="URL", help="where to compute; duckdb:// by default"
    )


def add_settings(parser: argparse.ArgumentParser) -> None:
    """Add how to count."""
    parser.add_argument(
        "--set", action="append", default=[], metavar="NAME=VALUE", dest="settings", help=_SET_HELP
    )


def metrics_of(given: argparse.Namespace) -> tuple[str, ...]:
    """Give the ids that were asked for, however they were written."""
    return tuple(name for word in given.metric for name in word.split(",") if name)


def query_of(given: argparse.Namespace, data: Dataset, metrics: tuple[str, ...] | None = None) -> MetricQuery:
    """Build the request, for other `metrics` than those asked for where they are given.

    Raises QueryError for anything that does not exist or does not fit.
    """
    if given.engine.removesuffix("://") != "duckdb":
        raise QueryError(_("There is no engine “{url}”; there is duckdb://.").format(url=given.engine))
    settings = settings_of(given)
    query = MetricQuery(
        metrics=metrics_of(given) if metrics is None else metrics,
        grain=Grain(_one_of("--grain", given.grain, list(Grain))) if given.grain else None,
        by=tuple(name for word in given.by for name in word.split(",") if name),
        where=_filters(given.where),
        compare=_COMPARE[_one_of("--compare", given.compare, list(_COMPARE))] if given.compare else (),
        as_of=_day("--as-of", given.as_of) if given.as_of else None,
        params=(*settings.params, *(_pair("--param", word, "METRIC.NAME=VALUE") for word in given.param)),
        conventions=settings.conventions,
    )
    asked = resolve(default_engine(), data, query)
    check_values(data, query.where)
    if given.start is None and given.end is None:
        return query
    first = min(span.whole.start for one in asked for span in one.spans)
    last = max(one.as_of for one in asked) + timedelta(days=1)
    start = _day("--from", given.start) if given.start else first
    end = _day("--to", given.end) if given.end else max(last, start + timedelta(days=1))
    if end <= start:
        raise QueryError(
            _("The period ends before it begins: --from {start} is not before --to {end}.").format(
                start=start, end=end
            )
        )
    return replace(query, period=Period(start, end))


def settings_of(given: argparse.Namespace) -> Settings:
    """Read what `--set` gives; raises QueryError for a name or value that cannot be."""
    return read_settings(dict(_pair("--set", word, "NAME=VALUE") for word in given.settings))


def _one_of(option: str, word: str, words: Sequence[str]) -> str:
    if word not in words:
        raise QueryError(
            _("{option} cannot be “{word}”; it can be {words}.").format(
                option=option, word=word, words=", ".join(words)
            )
            + nearest(word, words)
        )
    return word


def _day(option: str, word: str) -> date:
    try:
        return datetime.fromisoformat(word).date()
    except ValueError:
        raise QueryError(
            _("{option} cannot be “{word}”; write the date as year-month-day, such as 2024-01-31.").format(
                option=option, word=word
            )
        ) from None


def _pair(option: str, word: str, form: str) -> tuple[str, str]:
    name, equals, value = word.partition("=")
    if not (name and equals):
        raise QueryError(
            _("{option} “{word}” is not of the form {form}.").format(option=option, word=word, form=form)
        )
    return name, value


def _filters(words: Sequence[str]) -> tuple[Filter, ...]:
    values: dict[str, list[str]] = {}
    for word in words:
        name, value = _pair("--where", word, "DIM=VALUE")
        values.setdefault(name, []).append(value)
    return tuple(Filter(name, tuple(wanted)) for name, wanted in values.items())
