"""Deals: from a qualified lead or an account, through the stages, to won or lost."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from sample_data.chance import Dice
from sample_data.goods import Product, choose
from sample_data.leads import LOST_FROM, LOST_REGION, Lead, Source
from sample_data.people import Rep, Team, ramp
from sample_data.seasons import END, LAST, office_hours

STAGES = ("Qualify", "Demo", "Proposal", "Negotiation")
PROBABILITY = (0.10, 0.25, 0.50, 0.75)
_DAYS = (8.0, 7.0, 13.0, 8.0)
_LOST_IN = (0.30, 0.25, 0.30, 0.15)
_REASONS = {
    "Price": 0.27,
    "Chose a competitor": 0.20,
    "No budget": 0.20,
    "No decision": 0.22,
    "Missing feature": 0.11,
}
_COMPETITORS = {"Officina": 0.45, "Deskline": 0.35, "Kontor Nord": 0.20}
NEWCOMER = "Brightline"

SLOW_FROM = date(2025, 4, 1)
"""Since then proposals need the approval of a second person, and wait longer."""


@dataclass(frozen=True)
class Segment:
    """A kind of customer: its part of all, the median value of a deal and of an order line, orders a year."""

    name: str
    part: float
    deal: float
    line: float
    orders: float
    leaves: float
    pace: float


SEGMENTS = (
    Segment("Small business", 0.54, 2_300, 330, 2.9, 0.110, 0.75),
    Segment("Mid-market", 0.28, 6_000, 620, 4.2, 0.075, 1.0),
    Segment("Enterprise", 0.10, 12_500, 1_300, 6.5, 0.045, 1.5),
    Segment("Public sector", 0.08, 8_500, 900, 3.4, 0.060, 1.4),
)


@dataclass(frozen=True)
class Deal:
    """One deal with its whole course; `closed` is None while it is open, when `expected` is its expected close."""

    created: date
    region: str
    segment: Segment
    source: Source | None
    lead: Lead | None
    customer: int | None
    rep: Rep
    product: Product
    amount: float
    entries: tuple[tuple[str, datetime], ...]
    status: str
    closed: datetime | None
    expected: date
    loss_reason: str
    competitor: str


def pursue(lead: Lead, qualified: datetime, team: Team, products: list[Product], dice: Dice) -> Deal:
    """Make the deal that a lead became when it was qualified."""
    segment = dice.pick(SEGMENTS, [segment.part for segment in SEGMENTS])
    amount = dice.about(segment.deal * lead.source.value, 0.4)
    chance = 0.32 * lead.source.wins * lead.warmth**0.5
    return _course(qualified, lead.region, segment, lead.source, lead, None, lead.rep, amount, chance,
                   team, products, dice)  # fmt: skip


def expand(customer: int, region: str, segment: Segment, source: Source | None, start: datetime, team: Team,
           products: list[Product], dice: Dice) -> Deal:  # fmt: skip
    """Make the deal of an account that wants more than an ordinary order."""
    rep = team.owner(customer, region, start.date())
    amount = dice.about(segment.deal * 0.9, 0.4)
    return _course(start, region, segment, source, None, customer, rep, amount, 0.50, team, products, dice)


def _course(start: datetime, region: str, segment: Segment, source: Source | None, lead: Lead | None,
            customer: int | None, rep: Rep, amount: float, chance: float, team: Team, products: list[Product],
            dice: Dice) -> Deal:  # fmt: skip
    won = dice.happens(min(0.9, chance * (0.6 + 0.4 * min(1.2, ramp(rep.hired, start.date())))))
    stages = _path(won, dice)
    entries, moment = [], start
    for stage in stages:
        entries.append((stage, moment))
        moment = office_hours(moment + timedelta(days=_days(stage, segment, moment.date(), dice)))
    if not won:
        moment = office_hours(moment + timedelta(days=dice.about(6, 0.8)))
    if moment.month in (7, 8) and dice.happens(0.4):
        # Those who decide are on holiday: it waits for September.
        moment = office_hours(moment + timedelta(days=dice.whole(30, 50)))
    never = dice.happens(0.03) and start.year >= 2024
    closed = None if never or moment > END else moment
    # What would have been won is lost where the newcomer sells: deals come in as before, fewer of them close.
    contested = region == LOST_REGION and closed is not None and closed.date() >= LOST_FROM
    taken = won and contested and dice.happens(0.55)
    status = "open" if closed is None else "won" if won and not taken else "lost"
    entries = [entry for entry in entries if entry[1] <= END]
    if never:
        entries = entries[: dice.whole(1, 2)]
    reason = dice.pick(list(_REASONS), list(_REASONS.values())) if status == "lost" else ""
    if taken:
        reason = dice.pick(("Chose a competitor", "Price"), (0.75, 0.25))
    rival = dice.pick(list(_COMPETITORS), list(_COMPETITORS.values())) if reason == "Chose a competitor" else ""
    expected = entries[0][1].date() + timedelta(days=round(dice.about(58 * segment.pace, 0.35)))
    if closed is None and not never and expected < LAST and dice.happens(0.6):
        expected = LAST + timedelta(days=dice.whole(5, 50))
    return Deal(
        created=start.date(), region=region, segment=segment, source=source, lead=lead, customer=customer,
        rep=team.hand_over(rep, (closed or END).date()),
        product=choose(products, start.date(), amount / 2, dice),
        amount=round(amount, -1), entries=tuple(entries), status=status, closed=closed,
        expected=expected,
        loss_reason=reason, competitor=NEWCOMER if taken and rival else rival,
    )  # fmt: skip


def _path(won: bool, dice: Dice) -> list[str]:
    last = len(STAGES) if won else 1 + dice.pick(range(len(STAGES)), _LOST_IN)
    stages = [stage for stage in STAGES[:last] if stage != "Demo" or last == 2 or not dice.happens(0.08)]
    if last == len(STAGES) and dice.happens(0.06):
        stages += ["Proposal", "Negotiation"]
    return stages


def _days(stage: str, segment: Segment, day: date, dice: Dice) -> float:
    slow = 1.5 if stage == "Proposal" and day >= SLOW_FROM else 1.0
    return dice.about(_DAYS[STAGES.index(stage)] * segment.pace * slow, 0.6)
