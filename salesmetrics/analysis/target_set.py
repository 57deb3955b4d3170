"""Targets as a team keeps them: who is to reach how much in a period, and the quotas file that says so."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from salesmetrics.analysis.incentive_plan import number
from salesmetrics.errors import QueryError
from salesmetrics.i18n import _
from salesmetrics.model.calendar import Period

COLUMNS = ("scope", "scope_id", "period_start", "period_end", "amount", "measure")
"""The columns of a quotas file."""

MOST_KEPT = 40
"""Sets of targets that are kept: ten years of quarters."""


@dataclass(frozen=True)
class Target:
    """What one rep or region is to reach: `id` as a quotas file names them, whole cents of at least 0.

    A `locked` amount stays when the rest is spread anew.
    """

    id: str
    name: str
    amount: Decimal
    locked: bool = False


@dataclass(frozen=True)
class TargetSet:
    """The targets of a period, split by `scope` (rep or region), and the total that they should come to."""

    scope: str
    period: Period
    total: Decimal
    targets: tuple[Target, ...]

    def __post_init__(self) -> None:
        """Refuse targets below 0 and names that stand twice."""
        for one in self.targets:
            if one.amount < 0:
                raise QueryError(_("The target of {name} is below 0. Write 0 or more.").format(name=one.name))
        names = [one.id for one in self.targets]
        if len(set(names)) < len(names):
            twice = next(name for name in names if names.count(name) > 1)
            raise QueryError(_("“{name}” has two targets. Keep one.").format(name=twice))

    @property
    def sum(self) -> Decimal:
        """What the targets come to."""
        return sum((one.amount for one in self.targets), Decimal(0))

    @property
    def over(self) -> Decimal:
        """By how much the sum exceeds the total; below 0 where something is missing, 0 where it adds up."""
        return self.sum - self.total

    def to_json(self) -> dict[str, Any]:
        """Write it as plain JSON, amounts as texts so that no cent is lost."""
        return {
            "scope": self.scope,
            "from": self.period.start.isoformat(),
            "to": self.period.end.isoformat(),
            "total": str(self.total),
            "targets": [
                {"id": one.id, "name": one.name, "amount": str(one.amount), "locked": one.locked}
                for one in self.targets
            ],
        }

    @staticmethod
    def from_json(body: Mapping[str, Any]) -> TargetSet:
        """Read what `to_json` wrote; raises QueryError where it is something else."""
        try:
            return TargetSet(
                str(body["scope"]),
                Period(date.fromisoformat(body["from"]), date.fromisoformat(body["to"])),
                number(body["total"]),
                tuple(
                    Target(str(one["id"]), str(one["name"]), number(one["amount"]), bool(one["locked"]))
                    for one in body["targets"]
                ),
            )
        except (KeyError, TypeError, ValueError) as error:
            raise QueryError(_("The stored targets cannot be read; set them anew.")) from error

    def quota_lines(self) -> list[tuple[str, ...]]:
        """Give the lines of a quotas file (`COLUMNS`), the last day of the period inclusive as such files have it.

        >>> first = Period(date(2026, 1, 1), date(2026, 4, 1))
        >>> TargetSet("rep", first, Decimal(10), (Target("R1", "Ann", Decimal("10.00")),)).quota_lines()
        [('rep', 'R1', '2026-01-01', '2026-03-31', '10.00', 'revenue')]
        """
        last = self.period.end - timedelta(days=1)
        return [
            (self.scope, one.id, self.period.start.isoformat(), last.isoformat(), str(one.amount), "revenue")
            for one in self.targets
        ]


def kept_sets(body: Mapping[str, Any]) -> tuple[TargetSet, ...]:
    """Read the stored sets of targets; raises QueryError where they are something else."""
    sets = body.get("sets", ())
    if not isinstance(sets, Sequence):
        raise QueryError(_("The stored targets cannot be read; set them anew."))
    return tuple(TargetSet.from_json(one) for one in sets)


def find(sets: Sequence[TargetSet], scope: str, period: Period) -> TargetSet | None:
    """Give the set of a scope and period; None where none is kept."""
    return next((one for one in sets if (one.scope, one.period) == (scope, period)), None)


def keep(sets: Sequence[TargetSet], new: TargetSet) -> dict[str, Any]:
    """Write sets with `new` in the place of the one of its scope and period; the oldest go where they are many."""
    others = [one for one in sets if (one.scope, one.period) != (new.scope, new.period)]
    latest = sorted([*others, new], key=lambda one: (one.period, one.scope))[-MOST_KEPT:]
    return {"form": 1, "sets": [one.to_json() for one in latest]}
