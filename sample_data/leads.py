"""Leads: where they come from, how soon somebody answers, which of them are worth pursuing."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from sample_data.chance import Dice
from sample_data.goods import Product, choose
from sample_data.people import REGION_SHARE, REGIONS, Rep, Team
from sample_data.seasons import END, LAST, WARM_UP, months, office_hours, season

A_YEAR = 3_700
"""Leads in the first year."""


@dataclass(frozen=True)
class Source:
    """A lead source: its part of the leads, the cost of one, and what becomes of it against an average one."""

    name: str
    part: float
    cost: float
    qualifies: float
    wins: float
    value: float


SOURCES = (
    Source("Website", 0.26, 35, 1.0, 1.0, 1.0),
    Source("Search ads", 0.20, 95, 0.95, 0.95, 1.0),
    Source("Social ads", 0.18, 16, 0.28, 0.45, 0.45),
    Source("Event", 0.10, 160, 0.95, 1.0, 1.1),
    Source("Referral", 0.10, 25, 1.35, 1.45, 1.1),
    Source("Outbound", 0.10, 60, 0.75, 0.85, 1.05),
    Source("Partner", 0.06, 70, 1.15, 1.15, 1.0),
)

# Hours waited for the first answer, up to which the lead is worth this much of an average one.
_PATIENCE = ((1, 1.35), (4, 1.10), (24, 0.90), (72, 0.60), (float("inf"), 0.38))

LOST_REGION, LOST_FROM = "South", date(2025, 1, 1)
"""Where, and since when, a new competitor takes deals."""


@dataclass(frozen=True)
class Lead:
    """One lead as it came in; `number` is its place in time."""

    number: int
    created: datetime
    source: Source
    region: str
    rep: Rep
    product: Product
    answered: datetime | None
    qualified: datetime | None

    @property
    def lead_id(self) -> str:
        """The id that the files carry."""
        return f"L{self.number:05d}"

    @property
    def warmth(self) -> float:
        """What the wait for an answer made of the lead: above 1 after a quick one, 0 without any."""
        if self.answered is None:
            return 0.0
        hours = (self.answered - self.created) / timedelta(hours=1)
        return next(worth for up_to, worth in _PATIENCE if hours < up_to)


def come_in(team: Team, products: list[Product], dice: Dice) -> list[Lead]:
    """Make all leads of the simulated time, in the order in which they came in."""
    moments = []
    for month in months(WARM_UP, LAST):
        # Who buys in November asked in September, so leads run ahead of the season.
        expected = A_YEAR / 12 * season(month + timedelta(days=50)) ** 1.2 * 1.09 ** (month.year - 2023)
        moments += [_moment(month, dice) for _ in range(dice.count(expected))]
    moments = sorted(moment for moment in moments if moment <= END - timedelta(hours=6))
    return [_lead(number, moment, team, products, dice) for number, moment in enumerate(moments, start=1)]


def _moment(month: date, dice: Dice) -> datetime:
    day = month + timedelta(days=dice.whole(0, 27 if month.month == 2 else 29))
    if day.weekday() >= 5 and dice.happens(0.6):
        day += timedelta(days=2 if day.day < 27 else -2)
    hour = dice.pick(range(24), (1, 1, 1, 1, 1, 2, 4, 8, 16, 24, 26, 24, 18, 22, 24, 24, 20, 14, 9, 8, 8, 7, 4, 2))
    return datetime.combine(day, time(hour, dice.whole(0, 59)))


def _lead(number: int, created: datetime, team: Team, products: list[Product], dice: Dice) -> Lead:
    day = created.date()
    source = dice.pick(SOURCES, [source.part for source in SOURCES])
    region = dice.pick(REGIONS, REGION_SHARE)
    rep = team.assign(region, day)
    product = choose(products, day, dice.about(500, 0.9), dice)
    answered = _answer(created, dice)
    lead = Lead(number, created, source, region, rep, product, answered, None)
    if answered is None:
        return lead
    trouble = 0.85 if region == LOST_REGION and day >= LOST_FROM else 1.0
    qualified = office_hours(answered + timedelta(days=dice.about(2.5, 0.9)))
    worth_it = dice.happens(min(0.95, 0.37 * source.qualifies * lead.warmth * trouble)) and qualified <= END
    return Lead(number, created, source, region, rep, product, answered, qualified if worth_it else None)


def _answer(created: datetime, dice: Dice) -> datetime | None:
    if dice.happens(0.06):
        return None
    seen = created if dice.happens(0.2) else office_hours(created)
    answered = seen + timedelta(minutes=round(dice.about(95, 1.9)))
    return answered if answered <= END else None
