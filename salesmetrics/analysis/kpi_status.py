"""KPIs: a metric with an objective, a target, a period and an owner, and whether it is where it should be by now."""

from __future__ import annotations

import math
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Any

from salesmetrics.errors import QueryError
from salesmetrics.i18n import _
from salesmetrics.model.calendar import MONTHS_IN, Grain, Period, add_months, bucket
from salesmetrics.model.conventions import Conventions

AT_RISK, ON_TRACK = 0.90, 1.0
"""The parts of the paced target from which a KPI is at risk, and on track."""

BAND = 0.10
"""How far from its target a number may lie that should be neither high nor low."""

NEARLY = 1e-9
"""What a float may be off a limit that is met."""

Key = tuple[str, str, str]
"""What tells one KPI from another: metric, period as written, region ("" for all)."""


class Wanted(StrEnum):
    """Which way a number should move."""

    HIGHER = "higher"
    LOWER = "lower"
    NEITHER = "neither"


class Status(StrEnum):
    """Where a KPI stands beside its paced target."""

    ON_TRACK = "on_track"
    AT_RISK = "at_risk"
    OFF = "off"


@dataclass(frozen=True)
class Kpi:
    """A metric and what is wanted of it; without objective or target it is a metric, not a KPI yet.

    `target` is in the metric's unit, shares as fractions. `period` is as people wrote it (see `named_period`).
    """

    metric: str
    period: str
    objective: str = ""
    target: float | None = None
    owner: str = ""
    region: str = ""

    @property
    def key(self) -> Key:
        """What tells it from others."""
        return self.metric, self.period, self.region

    @property
    def missing(self) -> tuple[str, ...]:
        """Name what it lacks to be a KPI: any of objective, target, period, owner.

        >>> Kpi("revenue", "2025", target=9e6).missing
        ('objective', 'owner')
        """
        given = {
            "objective": self.objective, "target": self.target is not None, "period": self.period,
            "owner": self.owner,
        }  # fmt: skip
        return tuple(name for name, there in given.items() if not there)

    def to_json(self) -> dict[str, Any]:
        """Write it as plain JSON."""
        return dict(vars(self))

    @staticmethod
    def from_json(body: Mapping[str, Any]) -> Kpi:
        """Read what `to_json` wrote; raises QueryError where it is something else."""
        try:
            target = body["target"]
            return Kpi(
                str(body["metric"]), str(body["period"]), str(body["objective"]),
                None if target is None else float(target), str(body["owner"]), str(body["region"]),
            )  # fmt: skip
        except (KeyError, TypeError, ValueError) as error:
            raise QueryError(_("The stored KPIs cannot be read; set them anew.")) from error


@dataclass(frozen=True)
class Standing:
    """How far a KPI is: `reached` of its `paced` target (1 where all of it), and what that means."""

    paced: float
    reached: float
    status: Status


def kpi_status(value: float, target: float, wanted: Wanted, passed: float = 1.0) -> Standing | None:
    """Tell where a KPI stands when `passed` of what its period usually brings is over (1 where it is not paced).

    Where lower is better target / value counts, and 0 is on track. Where neither is, it is on track within 10 % of
    its target and off outside, and `reached` is 1 less its distance. None where there is nothing to divide by: a
    target of 0 or less, or a period of which nothing has passed. Source: METRICS.md, section 11.

    >>> kpi_status(550, 700, Wanted.HIGHER).status
    <Status.OFF: 'off'>
    >>> kpi_status(2, 1, Wanted.LOWER)
    Standing(paced=1.0, reached=0.5, status=<Status.OFF: 'off'>)
    """
    paced = target * passed
    if not paced > 0 or not math.isfinite(value):
        return None
    if wanted is Wanted.NEITHER:
        off_by = abs(value / paced - 1)
        return Standing(paced, 1 - off_by, Status.ON_TRACK if off_by <= BAND + NEARLY else Status.OFF)
    reached = value / paced
    if wanted is Wanted.LOWER:
        reached = paced / value if value > 0 else math.inf
    if reached >= ON_TRACK - NEARLY:
        return Standing(paced, reached, Status.ON_TRACK)
    return Standing(paced, reached, Status.AT_RISK if reached >= AT_RISK - NEARLY else Status.OFF)


_YEAR = re.compile(r"(?:FY ?)?(\d{4})", re.IGNORECASE)
_MONTH = re.compile(r"(\d{4})[-/. ](\d{1,2})")
_PART = re.compile(r"(\d{4})[-/. ]?([QH])(\d)|([QH])(\d)[-/. ]?(\d{4})", re.IGNORECASE)


def named_period(text: str, conventions: Conventions = Conventions()) -> Period | None:
    """Give the days that a year, half, quarter or month stands for; None where the text is none of them.

    A year is the one that begins in the calendar year of its name, and its halves and quarters are its own.

    >>> [str(named_period(text).start) for text in ("2025", "2025-Q2", "Q2 2025", "2025-03", "2025H2", "2025年3月")]
    ['2025-01-01', '2025-04-01', '2025-04-01', '2025-03-01', '2025-07-01', '2025-03-01']
    >>> named_period("2025", Conventions(fiscal_year_start=4)).end
    datetime.date(2026, 4, 1)
    >>> named_period("soon")
    """
    asked = text.strip().replace("年", "-").replace("月", "").rstrip("-")
    if (found := _YEAR.fullmatch(asked)) and _possible(found[1]):
        return _year(int(found[1]), conventions)
    if (found := _MONTH.fullmatch(asked)) and _possible(found[1]) and 1 <= int(found[2]) <= MONTHS_IN[Grain.YEAR]:
        first = _year(int(found[1]), Conventions()).start
        return bucket(add_months(first, int(found[2]) - 1), Grain.MONTH)
    if found := _PART.fullmatch(asked):
        year, kind, place = (found[1], found[2], found[3]) if found[1] else (found[6], found[4], found[5])
        months = 3 if kind.upper() == "Q" else 6
        if _possible(year) and 1 <= int(place) <= MONTHS_IN[Grain.YEAR] // months:
            start = add_months(_year(int(year), conventions).start, months * (int(place) - 1))
            return Period(start, add_months(start, months))
    return None


def _possible(year: str) -> bool:
    return 1900 <= int(year) <= 2200


def _year(year: int, conventions: Conventions) -> Period:
    return bucket(date(year, conventions.fiscal_year_start, 1), Grain.YEAR, conventions)


@dataclass(frozen=True)
class KpiSet:
    """What people keep on the board: their own rows, and which rows of the files they replaced or took off."""

    kpis: tuple[Kpi, ...] = ()
    instead_of: tuple[Key, ...] = ()

    def find(self, key: Key) -> Kpi | None:
        """Give the row of a key; None where there is none."""
        return next((one for one in self.kpis if one.key == key), None)

    def beside(self, files: Sequence[Kpi]) -> tuple[Kpi, ...]:
        """Give all rows of the board: the files' that nothing stands for, then those kept here."""
        hidden = {*self.instead_of, *(one.key for one in self.kpis)}
        theirs = {one.key: one for one in files if one.key not in hidden}
        return (*theirs.values(), *self.kpis)

    def put(self, new: Kpi, before: Key | None = None) -> KpiSet:
        """Keep a row, in the place of the one that was called `before`."""
        gone = {new.key, before}
        kept = [one for one in self.kpis if one.key not in gone]
        at = next((place for place, one in enumerate(self.kpis) if one.key == before), len(kept))
        hidden = [key for key in self.instead_of if key != new.key]
        if before is not None and before != new.key:
            hidden.append(before)
        return KpiSet((*kept[:at], new, *kept[at:]), tuple(dict.fromkeys(hidden)))

    def without(self, key: Key) -> KpiSet:
        """Take a row off the board, whoever put it there."""
        kept = tuple(one for one in self.kpis if one.key != key)
        return KpiSet(kept, tuple(dict.fromkeys((*self.instead_of, key))))

    def to_json(self) -> dict[str, Any]:
        """Write it as plain JSON."""
        return {
            "form": 1,
            "kpis": [one.to_json() for one in self.kpis],
            "instead_of": [list(key) for key in self.instead_of],
        }

    @staticmethod
    def from_json(body: Mapping[str, Any]) -> KpiSet:
        """Read what `to_json` wrote; raises QueryError where it is something else."""
        try:
            return KpiSet(
                tuple(Kpi.from_json(one) for one in body.get("kpis", ())),
                tuple((str(one[0]), str(one[1]), str(one[2])) for one in body.get("instead_of", ())),
            )
        except (AttributeError, IndexError, TypeError) as error:
            raise QueryError(_("The stored KPIs cannot be read; set them anew.")) from error
