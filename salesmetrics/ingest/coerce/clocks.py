"""One clock for a column of times: that of the place where one offset occurs, UTC where several do."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

import duckdb

from salesmetrics.i18n import _
from salesmetrics.ingest.coerce.coerced import literal
from salesmetrics.ingest.coerce.date_forms import Prepared
from salesmetrics.ingest.coerce.zones import AFTER_TIME, minutes, named
from salesmetrics.model.tables import ColumnType


@dataclass(frozen=True)
class Clock:
    """The clock of a column: the offsets found in it and, where moments go to UTC, those of each zone's text."""

    offsets: tuple[int, ...] = ()
    shifts: Mapping[str, int] = field(default_factory=dict)
    zone: str = ""
    notes: tuple[str, ...] = ()

    def told(self, moment: str) -> str:
        """SQL for `moment` on this clock."""
        if not self.shifts:
            return moment
        cases = " ".join(f"WHEN {literal(zone)} THEN {offset}" for zone, offset in self.shifts.items())
        return f"({moment} - to_minutes(CAST(CASE {self.zone} {cases} ELSE 0 END AS INTEGER)))"


def plain_utc(type: ColumnType, *, utc: bool) -> Clock:
    """Give the clock of a column whose every moment ends in Z."""
    return Clock((0,), notes=_said((0,), 0, type, utc=utc))


def clock_of(
    connection: duckdb.DuckDBPyConnection,
    relation: str,
    filled_if: str,
    plain: Prepared,
    type: ColumnType,
    *,
    utc: bool,
    epoch: bool,
) -> Clock:
    """Tell the clock of a column: numbers since 1970 are in UTC, text says it by the zones beside its times."""
    if not plain.zoned:
        return Clock((0,)) if epoch else Clock()
    zone = f"regexp_extract({plain.zoned}, {literal(AFTER_TIME)}, 2)"
    rows = connection.execute(
        f"SELECT {zone}, count(*) FROM {relation} WHERE {filled_if} GROUP BY 1 ORDER BY 2 DESC, 1"
    ).fetchall()
    known = {text: offset for text, _cells in rows if text and (offset := minutes(text)) is not None}
    without = sum(cells for text, cells in rows if not text)
    offsets = tuple(dict.fromkeys((*known.values(), *((0,) if epoch else ()))))
    several = (utc or len(offsets) > 1) and type is ColumnType.TIMESTAMP
    return Clock(offsets, known if several else {}, zone, _said(offsets, 0 if epoch else without, type, utc=utc))


def _said(offsets: tuple[int, ...], without: int, type: ColumnType, *, utc: bool) -> tuple[str, ...]:
    zones = named(offsets)
    if type is not ColumnType.TIMESTAMP:
        if len(offsets) < 2:
            return ()
        return (
            "zone_dates: "
            + _("Each date is that of the place where it was written ({zones}).").format(zones=zones),
        )
    notes = []
    if utc or len(offsets) > 1:
        notes.append(
            "zone_utc: " + _("Times are brought to UTC: several offsets occur ({zones}).").format(zones=zones)
        )
        if without:
            told = _("{n} times without an offset are taken to be in UTC.").format(n=f"{without:,}")
            notes.append("zone_missing: " + told)
    elif offsets:
        notes.append(
            "zone_left_out: " + _("All times have one offset and are as written: {zones}.").format(zones=zones)
        )
    return tuple(notes)
