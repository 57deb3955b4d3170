"""How reps are paid for results: rates by tier of the quota reached, bonuses by product, sums at milestones."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from itertools import pairwise
from typing import Any

from salesmetrics.errors import QueryError
from salesmetrics.i18n import _

MOST_ROWS = 50
"""Tiers, bonuses or milestones that a plan has at most."""


@dataclass(frozen=True)
class Tier:
    """From the share `start` of the quota on, up to where the next tier starts, revenue earns the share `rate`."""

    start: Decimal
    rate: Decimal


@dataclass(frozen=True)
class Bonus:
    """Each unit of `product` that stays sold earns `per_unit`."""

    product: str
    per_unit: Decimal


@dataclass(frozen=True)
class Milestone:
    """Who reaches the share `at` of the quota gets `amount`, once a quota period."""

    at: Decimal
    amount: Decimal


@dataclass(frozen=True)
class Plan:
    """An incentive plan. Tiers start at 0, each above the one before it, and the last has no end.

    A rate applies to the revenue within its tier; where `retroactive`, the rate of the tier reached applies to all.
    `accelerator` is earned on top for revenue above the whole quota. Raises QueryError, in a sentence, where it does
    not fit together.
    """

    tiers: tuple[Tier, ...]
    retroactive: bool = False
    accelerator: Decimal = Decimal(0)
    bonuses: tuple[Bonus, ...] = ()
    milestones: tuple[Milestone, ...] = ()

    def __post_init__(self) -> None:
        """Refuse a plan that pays nobody can tell how much."""
        if not self.tiers:
            raise QueryError(_("The plan has no tier. Add one that starts at 0 %."))
        if max(len(self.tiers), len(self.bonuses), len(self.milestones)) > MOST_ROWS:
            raise QueryError(_("The plan has more than {n} rows of one kind. Take some out.").format(n=MOST_ROWS))
        if self.tiers[0].start != 0:
            raise QueryError(
                _("The first tier starts at {start}. Start it at 0 %, with the rate 0 if nothing is paid there.")
                .format(start=_percent(self.tiers[0].start))
            )  # fmt: skip
        for before, after in pairwise(self.tiers):
            if after.start <= before.start:
                raise QueryError(
                    _(
                        "The tier that starts at {start} does not start above the one before it, {before}. Change one of "
                        "them, or take it out."
                    ).format(start=_percent(after.start), before=_percent(before.start))
                )
        for rate in (*(tier.rate for tier in self.tiers), self.accelerator):
            if not 0 <= rate <= 1:
                raise QueryError(
                    _("The rate {rate} is not between 0 % and 100 %. Write what part of revenue is paid.").format(
                        rate=_percent(rate)
                    )
                )
        if any(not bonus.product for bonus in self.bonuses):
            raise QueryError(_("A bonus names no product. Name one, or take the row out."))
        twice = {one.product for one in self.bonuses if [o.product for o in self.bonuses].count(one.product) > 1}
        if twice:
            raise QueryError(
                _("The product “{product}” has two bonuses. Keep one of them.").format(product=min(twice))
            )
        if any(bonus.per_unit < 0 for bonus in self.bonuses) or any(one.amount < 0 for one in self.milestones):
            raise QueryError(_("A bonus or milestone is below 0. Write what is paid."))
        if any(one.at <= 0 for one in self.milestones):
            raise QueryError(_("A milestone is paid at 0 % of the quota. Say how much has to be reached."))

    @property
    def edges(self) -> tuple[tuple[Decimal, Decimal | None], ...]:
        """Where each tier starts and ends, as shares of the quota; the last has no end."""
        starts = [tier.start for tier in self.tiers]
        return tuple(zip(starts, [*starts[1:], None], strict=True))

    def to_json(self) -> dict[str, Any]:
        """Write it as plain JSON, numbers as texts so that none is rounded."""
        return {
            "form": 1,
            "tiers": [{"start": str(tier.start), "rate": str(tier.rate)} for tier in self.tiers],
            "retroactive": self.retroactive,
            "accelerator": str(self.accelerator),
            "bonuses": [{"product": one.product, "per_unit": str(one.per_unit)} for one in self.bonuses],
            "milestones": [{"at": str(one.at), "amount": str(one.amount)} for one in self.milestones],
        }

    @staticmethod
    def from_json(body: Mapping[str, Any]) -> Plan:
        """Read what `to_json` wrote; raises QueryError where it is something else."""
        try:
            return Plan(
                tuple(Tier(number(one["start"]), number(one["rate"])) for one in body["tiers"]),
                bool(body["retroactive"]),
                number(body["accelerator"]),
                tuple(Bonus(str(one["product"]), number(one["per_unit"])) for one in body["bonuses"]),
                tuple(Milestone(number(one["at"]), number(one["amount"])) for one in body["milestones"]),
            )
        except (KeyError, TypeError) as error:
            raise QueryError(_("The stored incentive plan cannot be read; set it up anew.")) from error


USUAL = Plan(
    (
        Tier(Decimal("0"), Decimal("0.02")),
        Tier(Decimal("0.8"), Decimal("0.04")),
        Tier(Decimal("1"), Decimal("0.06")),
    )
)
"""What the editor starts with where nobody has set up a plan."""


def number(text: Any) -> Decimal:
    """Read a number that is written as text; raises QueryError where it is none.

    >>> number("0.80")
    Decimal('0.80')
    """
    try:
        read = Decimal(str(text))
    except InvalidOperation:
        read = Decimal("NaN")
    if not read.is_finite():
        raise QueryError(_("“{text}” is no number.").format(text=text))
    return read


def from_rows(rows: Iterable[Mapping[str, Any]]) -> Plan | None:
    """Read a plan from rows of the canonical table `incentive_plans`; None where none has a rate.

    Where two tiers leave a gap, or the last one ends, nothing is paid for the revenue there. Raises QueryError where
    tiers overlap or do not fit.

    >>> plan = from_rows([{"tier_from": 0, "tier_to": 1, "rate": 0.02}, {"tier_from": 1.2, "milestone": 1000}])
    >>> [(str(tier.start), str(tier.rate)) for tier in plan.tiers], len(plan.milestones)
    ([('0', '0.02'), ('1', '0')], 1)
    """
    listed = [{name: value for name, value in row.items() if _said(value)} for row in rows]
    paid = sorted(
        (
            (number(row.get("tier_from", 0)), number(row["tier_to"]) if "tier_to" in row else None,
             number(row["rate"]))
            for row in listed if "rate" in row
        ),
        key=lambda row: row[0],
    )  # fmt: skip
    if not paid:
        return None
    return Plan(
        _without_gaps(paid),
        bonuses=tuple(
            Bonus(str(row["product"]), number(row["bonus_per_unit"]))
            for row in listed
            if "product" in row and "bonus_per_unit" in row
        ),
        milestones=tuple(
            Milestone(number(row.get("tier_from", 1)), number(row["milestone"]))
            for row in listed
            if "milestone" in row
        ),
    )


def _without_gaps(paid: Sequence[tuple[Decimal, Decimal | None, Decimal]]) -> tuple[Tier, ...]:
    tiers: list[Tier] = [] if paid[0][0] == 0 else [Tier(Decimal(0), Decimal(0))]
    for place, (start, end, rate) in enumerate(paid):
        following = paid[place + 1][0] if place + 1 < len(paid) else None
        tiers.append(Tier(start, rate))
        if end is None or end == following:
            continue
        if following is not None and end > following:
            raise QueryError(
                _("The tier that starts at {start} ends at {end}, after the next one starts.").format(
                    start=_percent(start), end=_percent(end)
                )
            )
        tiers.append(Tier(end, Decimal(0)))
    return tuple(tiers)


def _said(value: Any) -> bool:
    return value is not None and value == value and value != ""


def _percent(share: Decimal) -> str:
    return f"{share * 100:.6f}".rstrip("0").rstrip(".") + " %"
