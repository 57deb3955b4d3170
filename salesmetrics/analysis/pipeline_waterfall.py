"""How the open pipeline got from one version to another: opening, each movement, closing, and nothing between."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal

OPENING, CLOSING, AMOUNT = "opening", "closing", "amount"

MOVES = ("new", "reopened", "pulled", "won", "lost", "pushed", "gone")
"""The movements in the order in which they are told: what comes in, then what leaves."""


@dataclass(frozen=True)
class Bar:
    """One step: how many deals it is made of, and the amount by which it lifts (above zero) or lowers the pipeline.

    `start` and `end` are where the pipeline stands before and after it, in the same unit as `by`.
    """

    name: str
    deals: int
    by: Decimal
    start: Decimal
    end: Decimal


@dataclass(frozen=True)
class Waterfall:
    """The bars from the opening to the closing pipeline; the steps between them add up to the difference exactly.

    `priced` tells whether bars are amounts; else they count deals, since none carries an amount.
    """

    bars: tuple[Bar, ...]
    priced: bool

    @property
    def steps(self) -> tuple[Bar, ...]:
        """The bars between the opening and the closing."""
        return self.bars[1:-1]


def waterfall(
    opening: tuple[int, Decimal],
    moves: Mapping[str, tuple[int, Decimal]],
    changed: tuple[int, Decimal],
    closing: tuple[int, Decimal],
) -> Waterfall:
    """Set out the bars of a pipeline of which deals and amounts are known; a movement that no deal made is left out.

    Each deal makes one movement at most; by how much the amounts of deals differ that stay or come in is a bar of
    its own. Without any amount the bars count deals. Raises AssertionError if they do not add up, which is a fault
    of this program.

    >>> steps = {"new": (1, Decimal(50)), "won": (2, Decimal(-70))}
    >>> found = waterfall((3, Decimal(100)), steps, (1, Decimal(5)), (2, Decimal(85)))
    >>> [(bar.name, str(bar.by), str(bar.end)) for bar in found.steps]
    [('new', '50', '150'), ('won', '-70', '80'), ('amount', '5', '85')]
    """
    priced = any(amount for _deals, amount in (opening, closing, changed, *moves.values()))
    start = opening[1] if priced else Decimal(opening[0])
    bars, level = [Bar(OPENING, opening[0], start, Decimal(0), start)], start
    steps = [(name, *moves[name]) for name in MOVES if name in moves]
    for name, deals, amount in [*steps, *([(AMOUNT, *changed)] if changed[0] else [])]:
        by = amount if priced else Decimal(deals if name in ("new", "reopened", "pulled") else -deals)
        bars.append(Bar(name, deals, by, level, level + by))
        level += by
    end = closing[1] if priced else Decimal(closing[0])
    if level != end:
        raise AssertionError(f"the pipeline opens with {start}, moves to {level} and closes with {end}")
    return Waterfall((*bars, Bar(CLOSING, closing[0], end, Decimal(0), end)), priced)
