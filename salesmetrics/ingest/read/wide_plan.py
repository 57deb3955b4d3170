"""How a wide sheet becomes long: which columns stay, which become rows, and what is said of it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

import duckdb

from salesmetrics.i18n import _
from salesmetrics.ingest.coerce.coerced import is_filled, literal
from salesmetrics.ingest.coerce.yearless import Yearless
from salesmetrics.ingest.period_names import Period
from salesmetrics.ingest.read.measures import Measure, counts_units
from salesmetrics.ingest.read.period_years import Years
from salesmetrics.ingest.read.totals import Extra

# Names by which the tables know these columns: they are canonical, not prose.
FIGURES = {Measure.QUOTA: "Quota", Measure.SPEND: "Spend", Measure.MARKET: "Market size", Measure.SALES: "Sales"}
DATES = {Measure.SPEND: "Date", Measure.SALES: "Order date"}


@dataclass(frozen=True)
class WideColumn:
    """A column of figures of one period: its place, its header and the words in it beside the period."""

    index: int
    header: str
    period: Period
    words: str


Groups = dict[str, list[WideColumn]]
"""The columns of each figure, by the name it gets; the figure that the sheet is about comes first."""


@dataclass(frozen=True)
class Plan:
    """How a wide sheet becomes long: `kept` are the places of the columns that stay, `groups` those that turn."""

    old: tuple[str, ...]
    kept: Sequence[int]
    groups: Groups
    measure: Measure | None
    years: Years
    unnamed: bool

    @property
    def dated(self) -> bool:
        """Whether the year of every period is known."""
        return self.years.first is not None

    @property
    def units(self) -> bool:
        """Whether the quotas are numbers of units."""
        return self.measure is Measure.QUOTA and any(
            counts_units(column.words) for columns in self.groups.values() for column in columns
        )

    @property
    def header(self) -> tuple[str, ...]:
        """The names of the long sheet's columns."""
        ids = [self.old[at] for at in self.kept]
        date = DATES.get(self.measure) if self.measure else None
        when = [date] if date else ["Period start", "Period end"] if self.dated else ["Period"]
        figures = list(self.groups)
        if self.unnamed:
            # Without a name for whom the quota is, it would be taken for the whole company's.
            figures = [_("Value by period") if name == FIGURES[Measure.QUOTA] else name for name in figures]
        return (*ids, *when, *figures, *(["Measure"] if self.units else []))

    @property
    def yearless(self) -> Yearless | None:
        """The column whose periods lack their year, if they do."""
        if self.dated:
            return None
        columns = next(iter(self.groups.values()))
        later = _rolled([column.period for column in columns])
        return Yearless(
            len(self.kept), {c.header: (c.period, more) for c, more in zip(columns, later, strict=True)}
        )

    def run(self, connection: duckdb.DuckDBPyConnection, relation: str) -> tuple[tuple[Extra, ...], int, int]:
        """Replace the relation; give the rows that hold no figure, how many cells were blank, and the rows now."""
        first = next(iter(self.groups.values()))
        structs = []
        for order, column in enumerate(first):
            when = self._when(column, order)
            parts = [f"'o': {order}", *(f"'t{at}': {literal(text)}" for at, text in enumerate(when))]
            for at, columns in enumerate(self.groups.values()):
                same = [
                    c
                    for c in columns
                    if (c.period.number, c.period.year) == (column.period.number, column.period.year)
                ]
                cell = f"c{same[0].index}" if same else "CAST(NULL AS VARCHAR)"
                parts.append(
                    f"'v{at}': CASE WHEN {is_filled(cell)} THEN {cell} END" if same else f"'v{at}': {cell}"
                )
            structs.append("{" + ", ".join(parts) + "}")
        texts = [f"p.t{at}" for at in range(len(self._when(first[0], 0)))]
        values = [f"p.v{at}" for at in range(len(self.groups))]
        new = [f"c{at}" for at in self.kept] + texts + values + (["'units'"] if self.units else [])
        chosen = ", ".join(f"{expression} AS n{at}" for at, expression in enumerate(new))
        spread = f"(SELECT *, unnest([{', '.join(structs)}]) AS p FROM {relation})"
        any_value = f"coalesce({', '.join(values)}) IS NOT NULL"
        connection.execute(
            f"CREATE OR REPLACE TEMP TABLE turned AS SELECT row, p.o AS o, {chosen} FROM {spread} WHERE {any_value}"
        )
        cells = ", ".join(f"c{at}" for at in range(len(self.old)))
        none = connection.execute(
            f"SELECT row, {cells} FROM {relation} WHERE row NOT IN (SELECT row FROM turned) ORDER BY row"
        ).fetchall()
        [(before,)] = connection.execute(f"SELECT count(*) FROM {relation}").fetchall()
        names = ", ".join(f"n{at} AS c{at}" for at in range(len(new)))
        connection.execute(
            f"CREATE OR REPLACE TABLE {relation} AS SELECT row, {names} FROM turned ORDER BY row, o"
        )
        connection.execute("DROP TABLE turned")
        [(rows,)] = connection.execute(f"SELECT count(*) FROM {relation}").fetchall()
        reason = _("This row holds no figure for any period.")
        without = tuple(Extra(row, tuple(value or "" for value in values), reason) for row, *values in none)
        return without, (before - len(none)) * len(first) - rows, rows

    def _when(self, column: WideColumn, order: int) -> list[str]:
        if self.years.first is None:
            return [column.header]
        year = self.years.each[order]
        first, last = column.period.first_day(year), column.period.last_day(year)
        one = self.measure is not None and self.measure in DATES
        return [first.isoformat()] if one else [first.isoformat(), last.isoformat()]


def _rolled(periods: Sequence[Period]) -> list[int]:
    later = [0]
    for before, after in pairwise(periods):
        later.append(later[-1] + (after.number <= before.number))
    return later


def said_of(plan: Plan, rows: int, blanks: int, totals: Sequence[str]) -> list[str]:
    """Say what was made of a wide sheet: `rows` rows, with `blanks` empty cells and the columns `totals` left out."""
    columns = next(iter(plan.groups.values()))
    figures = {
        Measure.QUOTA: _("quotas"), Measure.SPEND: _("spend"), Measure.MARKET: _("the size of the market"),
        Measure.SALES: _("sales"), None: _("figures"),
    }[plan.measure]  # fmt: skip
    message = _(
        "The columns {first} to {last} are turned into rows: {rows} rows of {figures}, one for each period."
    )
    said = [message.format(first=columns[0].header, last=columns[-1].header, rows=f"{rows:,}", figures=figures)]
    if blanks:
        said.append(_("{n} empty cells of these columns make no row.").format(n=f"{blanks:,}"))
    if totals:
        said.append(_("Left out, because they are totals: {columns}.").format(columns=", ".join(totals)))
    if plan.measure is None:
        said.append(
            _("Nothing says whether the figures are quotas, sales or spend; say it with --map, for example {example}.")
            .format(example="quotas.amount=" + plan.header[len(plan.kept) + (2 if plan.dated else 1)])
        )  # fmt: skip
    if plan.unnamed:
        said.append(_("No header says whose quotas these are; say it with --map, for example quotas.rep=HEADER."))
    if plan.measure is Measure.SALES:
        said.append(
            _("Each row is the sales of a whole period, dated its first day: its rows are not single orders.")
        )
    if plan.units:
        said.append(_("The quotas are read as numbers of units."))
    return said
