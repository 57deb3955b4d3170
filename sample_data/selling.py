"""Customers and what they buy: first orders from won deals, repeat orders, returns and credit notes."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, timedelta

from sample_data.chance import Dice
from sample_data.deals import SEGMENTS, Deal, Segment, expand
from sample_data.goods import Product, choose
from sample_data.leads import SOURCES, Source
from sample_data.people import REGION_SHARE, REGIONS, Rep, Team
from sample_data.seasons import FIRST, LAST, WARM_UP, at_work, day_in, months, season, working_day

CHANNELS = ("Direct", "Partner", "Web")
_AT_START = 820


@dataclass(frozen=True)
class Customer:
    """One customer; `first` is the day it was first known, `eagerness` how often it buys against its segment."""

    number: int
    region: str
    segment: Segment
    source: Source | None
    channel: str
    first: date
    eagerness: float


@dataclass(frozen=True)
class Line:
    """One order line as booked; a credit has negative figures and names the order it reverses."""

    day: date
    order: int
    customer: Customer
    rep: Rep
    channel: str
    product: Product
    quantity: int
    amount: float
    cost: float
    discount: float
    returned: bool = False
    return_date: date | None = None
    reverses: int | None = None
    delivered: date | None = None
    status: str = "Completed"


def early_customers(dice: Dice) -> list[Customer]:
    """Make the customers that there were before the simulated time."""
    found = []
    for number in range(1, _AT_START + 1):
        segment = dice.pick(SEGMENTS, [segment.part for segment in SEGMENTS])
        known = dice.pick(SOURCES, [source.part * source.qualifies * source.wins for source in SOURCES])
        source = None if dice.happens(0.12) else known
        first = WARM_UP - timedelta(days=1 + int(2000 * dice.share() ** 2))
        found.append(_customer(number, dice.pick(REGIONS, REGION_SHARE), segment, source, first, dice))
    return found


def won_customers(deals: list[Deal], dice: Dice) -> list[Customer]:
    """Make one customer for each deal won from a lead, in the order of `deals`, numbered after the early ones."""
    return [
        _customer(number, deal.region, deal.segment, deal.source, deal.closed.date(), dice)
        for number, deal in enumerate((deal for deal in deals if deal.closed), start=_AT_START + 1)
        if deal.closed
    ]


def _customer(number: int, region: str, segment: Segment, source: Source | None, first: date,
              dice: Dice) -> Customer:  # fmt: skip
    web = 0.35 if segment.name == "Small business" else 0.12
    channel = dice.pick(CHANNELS, (0.7 - web, 0.3, web))
    return Customer(number, region, segment, source, channel, first, dice.about(0.9, 0.55))


def trade(customer: Customer, team: Team, products: list[Product], dice: Dice) -> tuple[list[date], list[Deal]]:
    """Simulate one customer's life: the days of its ordinary orders, and the larger deals it asked for."""
    days: list[date] = []
    deals: list[Deal] = []
    begin = max(WARM_UP, customer.first + timedelta(days=31))
    for month in months(begin, LAST):
        pace = customer.segment.orders / 12 * customer.eagerness
        for _ in range(dice.count(pace * season(month) ** 1.1)):
            days.append(day_in(month, dice))
            if dice.happens(customer.segment.leaves):
                return days, deals
        if dice.happens(0.060 * season(month + timedelta(days=40))):
            start = at_work(month + timedelta(days=dice.whole(0, 24)), dice)
            deals.append(expand(customer.number, customer.region, customer.segment, customer.source, start, team,
                                products, dice))  # fmt: skip
    return days, deals


def fill(order: int, customer: Customer, rep: Rep, day: date, money: float, first: Product | None,
         products: list[Product], dice: Dice) -> list[Line]:  # fmt: skip
    """Make the lines of one order worth about `money`; `first` is the product of the deal behind it."""
    channel = customer.channel if dice.happens(0.88) else dice.pick(CHANNELS)
    parts = [dice.between(0.4, 1.0) for _ in range(dice.pick((1, 2, 3), (6, 3, 2)) + (first is not None))]
    chosen: dict[str, tuple[Product, float]] = {}
    for part in parts:
        share = money * part / sum(parts)
        product = first if first and not chosen else choose(products, day, share * 1.3, dice)
        before = chosen.get(product.name, (product, 0.0))[1]
        chosen[product.name] = (product, before + share)
    delivered = _delivery(day, dice)
    lines = []
    for product, share in chosen.values():
        price = product.price(day)
        quantity = max(1, round(share / price))
        granted = min(0.3, max(0.0, dice.between(-0.06, 0.10) + (0.03 if day.month >= 11 else 0.0)
                                    + 0.02 * (channel == "Partner") + 0.05 * (money > 9_000)))  # fmt: skip
        discount = round(quantity * price * granted, 2)
        lines.append(Line(day, order, customer, rep, channel, product, quantity,
                          round(quantity * price - discount, 2), round(quantity * product.cost(day), 2), discount,
                          delivered=delivered, status="Completed" if delivered else "Processing"))  # fmt: skip
    return lines


def _delivery(day: date, dice: Dice) -> date | None:
    delivered = day + timedelta(days=1 + round(dice.about(5, 0.6)))
    return delivered if delivered <= LAST else None


def set_right(lines: list[Line], dice: Dice) -> list[Line]:
    """Give the lines with what happened to them later: cancelled, sent back whole, credited in part."""
    settled: list[Line] = []
    credited: list[Line] = []
    cancelled = {order for order in sorted({line.order for line in lines}) if dice.happens(0.012)}
    for line in lines:
        if line.order in cancelled:
            settled.append(replace(line, status="Cancelled", delivered=None))
            continue
        luck = dice.share()
        back = working_day(line.day + timedelta(days=7 + round(dice.about(12, 0.6))))
        if line.delivered is None or back > LAST or luck > 0.045:
            settled.append(line)
        elif luck < 0.026:
            settled.append(replace(line, returned=True, return_date=None if dice.happens(0.15) else back))
        elif luck < 0.029:
            # Flagged by one clerk and credited by another: one return, not two.
            settled.append(replace(line, returned=True, return_date=back))
            credited.append(_credit(line, line.quantity, back))
        else:
            settled.append(line)
            credited.append(_credit(line, dice.whole(1, line.quantity), back))
    return [line for line in settled + credited if line.day >= FIRST]


def _credit(line: Line, quantity: int, day: date) -> Line:
    part = quantity / line.quantity
    return replace(line, day=day, quantity=-quantity, amount=-round(line.amount * part, 2),
                   cost=-round(line.cost * part, 2), discount=0.0, reverses=line.order, delivered=None,
                   status="Credit")  # fmt: skip
