"""Wide sheets, one column a month or quarter, turned long: one row for each figure, with its period."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

import duckdb

from salesmetrics.i18n import _
from salesmetrics.ingest.coerce.coerced import is_filled
from salesmetrics.ingest.coerce.yearless import Yearless
from salesmetrics.ingest.kinds import STRONG, candidates
from salesmetrics.ingest.period_names import MONTHS_IN, serial_months
from salesmetrics.ingest.read.measures import Measure, counts_units, measure_of, period_and_words
from salesmetrics.ingest.read.period_years import years_of
from salesmetrics.ingest.read.totals import Extra, says_total
from salesmetrics.ingest.read.wide_plan import FIGURES, Groups, Plan, WideColumn, said_of
from salesmetrics.model.tables import TABLES

_TOTAL = re.compile(
    r"(?i)(?:(?:grand |sub|full[ -]?year |annual |yearly |year |ytd |fy ?)?(?:totals?|sum)|total (?:year|fy)"
    r"|ytd|annual|yearly|full[ -]?year|year|fy|average|avg|mean"
    r"|(?:全年|年度|累计|本年)?(?:合计|总计|小计|合計|總計|小計|总和)|全年|年度|累计|平均|均值)"
)
_YEAR = re.compile(r"(?i)(?:fy|cy)?[\s'-]*(?<!\d)(?:(?:19|20)\d\d|\d\d(?=\s|$))(?:年|年度)?")
_SCOPES = ("rep", "region", "product", "team", "scope", "scope_id")


@dataclass(frozen=True)
class Long:
    """A wide sheet turned long: its header, what to say of it, the rows that hold no figure, and open years."""

    header: tuple[str, ...]
    notes: tuple[str, ...]
    without: tuple[Extra, ...] = ()
    yearless: Yearless | None = None


def turn_long(
    connection: duckdb.DuckDBPyConnection,
    relation: str,
    header: Sequence[str],
    titles: Sequence[str],
    places: Sequence[str],
) -> Long | None:
    """Turn the staged relation of a wide sheet long, in place; None (and untouched) where the sheet is not wide.

    `titles` are the texts above its names, `places` the names of its sheet and file: they say what the figures are,
    and of which year where the headers do not.
    """
    columns = _columns(header)
    unit = _unit(columns)
    spread = [column for column in columns if column.period.unit == unit]
    figures = {column: _measure(column.words) for column in spread}
    means = [measure for text in (*titles, *places) if (measure := measure_of(text))]
    # "Sales report" above a table in a file of quotas only names the department.
    said = next((measure for measure in means if measure is not Measure.SALES), means[0] if means else None)
    if unit is None or not _is_wide(connection, relation, spread, known=bool(said or any(figures.values()))):
        return None
    totals = [column.index for column in columns if column.period.unit != unit]
    totals += [at for at, name in enumerate(header) if at not in totals and _is_total(name)]
    kept = [at for at in range(len(header)) if at not in totals and at not in [c.index for c in spread]]
    said = said if said is not None else next((measure for measure in figures.values() if measure), None)
    if said is Measure.QUOTA and _is_spent(tuple(header[at] for at in kept)):
        said = Measure.SPEND
    groups = _groups(spread, figures, said)
    if groups is None:
        return Long(tuple(header), (_twice(spread),))
    years = years_of([column.period for column in next(iter(groups.values()))], titles, places)
    if years.first is None and unit == "half":
        return None
    unnamed = said is Measure.QUOTA and not _names_scope(tuple(header[at] for at in kept))
    plan = Plan(tuple(header), kept, groups, said, years, unnamed=unnamed)
    long_header, yearless = plan.header, plan.yearless
    without, blanks, rows = plan.run(connection, relation)
    left = [header[at] for at in sorted(totals)]
    notes = (*said_of(plan, rows, blanks, left), *years.notes)
    return Long(long_header, notes, without, yearless)


def has_periods(header: Sequence[str]) -> bool:
    """Tell whether a sheet with these names may be wide: several of its columns are called for periods."""
    return _unit(_columns(header)) is not None


def _columns(header: Sequence[str]) -> list[WideColumn]:
    serial = serial_months(list(header))
    found = []
    for index, name in enumerate(header):
        period, words = (serial[name], "") if name in serial else period_and_words(name)
        if period is not None:
            found.append(WideColumn(index, name, period, words))
    return found


def _unit(columns: Sequence[WideColumn]) -> str | None:
    """Give the finest kind of period that several columns have; coarser ones are their totals."""
    for unit in MONTHS_IN:
        if (
            len({(column.period.number, column.period.year) for column in columns if column.period.unit == unit})
            > 1
        ):
            return unit
    return None


def _measure(words: str) -> Measure | None:
    return measure_of(words) if words else None


def _is_wide(
    connection: duckdb.DuckDBPyConnection, relation: str, spread: Sequence[WideColumn], *, known: bool
) -> bool:
    dated = any(column.period.year for column in spread)
    unit = spread[0].period.unit
    if not known and (len(spread) < 3 or unit in ("year", "half") or (unit == "quarter" and not dated)):
        # "Q1" to "Q4" alone may be questions, and years may be anything.
        return False
    cells = " UNION ALL ".join(f"SELECT c{column.index} AS v FROM {relation}" for column in spread)
    [(filled, numbers)] = connection.execute(
        f"SELECT count(*), count(*) FILTER (regexp_matches(v, '\\d')) FROM (SELECT v FROM ({cells}) WHERE {is_filled('v')})"
    ).fetchall()
    return bool(filled) and numbers >= 0.8 * filled


def _is_total(name: str) -> bool:
    bare = " ".join(_YEAR.sub(" ", name).split())
    if says_total(name) or says_total(bare) or _TOTAL.fullmatch(bare):
        return True
    # "Annual target", "Total quota 2025": what is left beside the word for the figures.
    rest = " ".join(word for word in bare.split() if measure_of(word) is None)
    return rest != bare and bool(_TOTAL.fullmatch(rest) or says_total(rest))


def _is_spent(names: tuple[str, ...]) -> bool:
    """Tell whether a budget is one of spend: it is by channel or campaign, and by nobody who sells."""
    spent = {found.column.name for found in candidates(names, TABLES["spend"])}
    return bool(spent & {"channel", "campaign", "lead_source"}) and not _names_scope(names)


def _names_scope(names: tuple[str, ...]) -> bool:
    found = {each.column.name for each in candidates(names, TABLES["quotas"]) if each.confidence >= STRONG}
    return not names or bool(found & set(_SCOPES))


def _groups(
    spread: Sequence[WideColumn], figures: dict[WideColumn, Measure | None], said: Measure | None
) -> Groups | None:
    """Put the columns together that hold the same figure, by the name it gets; None where one comes twice."""
    groups: Groups = {}
    for column in sorted(spread, key=lambda each: each.index):
        measure = figures[column]
        if measure is None and said is not None:
            name = column.words if column.words and not counts_units(column.words) else FIGURES[said]
        elif measure is None:
            name = column.words or _("Value by period")
        else:
            name = FIGURES[measure] if measure is said else column.words
        groups.setdefault(name, []).append(column)
    for columns in groups.values():
        periods = [(column.period.number, column.period.year) for column in columns]
        if len(set(periods)) < len(periods):
            return None
    first = FIGURES.get(said) if said else None
    return dict(sorted(groups.items(), key=lambda item: item[0] != first))


def _twice(spread: Sequence[WideColumn]) -> str:
    message = _(
        "The columns from {first} to {last} come twice and nothing says of what: name the years or figures."
    )
    return message.format(first=spread[0].header, last=spread[-1].header)
