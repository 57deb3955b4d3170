"""The sample company as a whole: everything that took place, simulated once, before any of it is written."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date

from sample_data import deals as deal_book
from sample_data import leads as lead_book
from sample_data.chance import Dice
from sample_data.deals import Deal
from sample_data.goods import Product, catalogue
from sample_data.leads import Lead
from sample_data.people import Team, hire
from sample_data.seasons import FIRST, LAST
from sample_data.selling import Customer, Line, early_customers, fill, set_right, trade, won_customers

SEED = 11


@dataclass(frozen=True)
class Company:
    """What took place: the team, the goods, and the books in the order of time."""

    team: Team
    products: list[Product]
    customers: list[Customer]
    leads: list[Lead]
    deals: list[Deal]
    lines: list[Line]


def run(seed: int = SEED) -> Company:
    """Simulate the company from before its first day in the files to its last."""
    team = Team(hire(Dice(seed, 1)), Dice(seed, 2))
    products = catalogue(Dice(seed, 3))
    leads = lead_book.come_in(team, products, Dice(seed, 4))
    luck = Dice(seed, 5)
    from_leads = [deal_book.pursue(lead, lead.qualified, team, products, luck) for lead in leads if lead.qualified]

    luck = Dice(seed, 6)
    won = sorted((deal for deal in from_leads if deal.status == "won"), key=_closing)
    customers = early_customers(luck) + won_customers(won, luck)
    newest = {id(deal): customer for deal, customer in zip(won, customers[-len(won) :], strict=True)}
    deals = [
        replace(deal, customer=newest[id(deal)].number) if id(deal) in newest else deal for deal in from_leads
    ]

    repeat = []
    for customer in customers:
        days, asked = trade(customer, team, products, luck)
        repeat += [(day, customer) for day in days]
        deals += asked
    deals.sort(key=lambda deal: (deal.created, deal.entries[0][1]))
    lines = _orders(repeat, deals, customers, team, products, Dice(seed, 7))
    return Company(team, products, customers, leads, deals, lines)


def _closing(deal: Deal) -> str:
    return str(deal.closed)


def _orders(repeat: list[tuple[date, Customer]], deals: list[Deal], customers: list[Customer], team: Team,
            products: list[Product], dice: Dice) -> list[Line]:  # fmt: skip
    by_number = {customer.number: customer for customer in customers}
    bookings: list[tuple[date, Customer, Deal | None]] = [(day, customer, None) for day, customer in repeat]
    bookings += [
        (deal.closed.date(), by_number[deal.customer], deal)
        for deal in deals
        if deal.status == "won" and deal.closed and deal.customer
    ]
    bookings.sort(key=lambda booking: (booking[0], booking[1].number))
    lines: list[Line] = []
    for order, (day, customer, deal) in enumerate((b for b in bookings if FIRST <= b[0] <= LAST), start=1):
        if deal:
            rep, money, first = deal.rep, deal.amount, deal.product
        else:
            rep, first = team.owner(customer.number, customer.region, day), None
            money = dice.about(customer.segment.line * dice.pick((1, 2, 3)), 0.5)
        lines += fill(order, customer, rep, day, money, first, products, dice)
    return sorted(set_right(lines, dice), key=lambda line: (line.day, line.order, line.quantity < 0))
