"""The books as rows of text, in the columns of the canonical tables."""

from __future__ import annotations

from datetime import date, datetime, timedelta

from sample_data.chance import Dice
from sample_data.company import Company
from sample_data.deals import PROBABILITY, STAGES, Deal
from sample_data.leads import Lead
from sample_data.people import Rep
from sample_data.seasons import END, FIRST
from sample_data.selling import Line

Row = dict[str, str]

_INDUSTRIES = (
    "Software", "Legal", "Health care", "Education", "Manufacturing", "Retail", "Finance", "Logistics", "Media",
)  # fmt: skip
_CITIES = {
    "East": ("Eastport", "Millbrook", "Harrow Bay"),
    "West": ("Westhaven", "Cedar Falls", "Pine Ridge"),
    "North": ("Northgate", "Frostburg"),
    "South": ("Southwick", "Palm Cove", "Delta City"),
    "Central": ("Midtown", "Crossfield"),
}
_FIRST_WORDS = (
    "Alder", "Amber", "Apex", "Aspen", "Atlas", "Aurora", "Beacon", "Birch", "Blue River", "Bramble", "Bright",
    "Cedar", "Cobalt", "Copper", "Coral", "Crown", "Delta", "Dune", "Echo", "Elm", "Ember", "Falcon", "Fern",
    "Finch", "Fox", "Gable", "Garnet", "Glen", "Granite", "Harbor", "Hazel", "Heron", "Indigo", "Iris", "Ivory",
    "Jade", "Juniper", "Kestrel", "Lake", "Larch", "Linden", "Lotus", "Lumen", "Maple", "Marble", "Meridian",
    "Mill",
)  # fmt: skip
_SECOND_WORDS = (
    "Analytics", "Architects", "Clinic", "College", "Consulting", "Dental", "Design", "Engineering", "Foods",
    "Freight", "Health", "Holdings", "Insurance", "Labs", "Legal", "Logistics", "Media", "Motors", "Partners",
    "Pharma", "Press", "Realty", "Robotics", "School", "Security", "Software", "Studio", "Supply", "Systems",
    "Textiles", "Trading", "Travel", "Utilities", "Ventures", "Works", "Bank", "Hotels", "Council", "Institute",
    "Brewing", "Optics", "Outdoor", "Paper", "Printing", "Solar", "Timber", "Transit", "Water",
)  # fmt: skip


def money_text(value: float) -> str:
    """Write money with two decimals.

    >>> money_text(-0.001)
    '0.00'
    """
    return f"{round(value, 2) + 0.0:.2f}"


def day_text(day: date | None) -> str:
    """Write a day, or nothing."""
    return day.isoformat() if day else ""


def moment_text(moment: datetime | None) -> str:
    """Write a moment to the minute, or nothing."""
    return moment.strftime("%Y-%m-%d %H:%M") if moment else ""


def customer_id(number: int | None) -> str:
    """Write a customer's id, or nothing."""
    return f"C{number:04d}" if number else ""


def orders(lines: list[Line]) -> list[Row]:
    """Write the order lines."""
    return [
        {
            "order_date": day_text(line.day),
            "amount": money_text(line.amount),
            "order_id": f"{'CR' if line.reverses else 'O'}{line.order:05d}",
            "customer_id": customer_id(line.customer.number),
            "rep_id": line.rep.rep_id,
            "region": line.customer.region,
            "product": line.product.name,
            "product_id": line.product.product_id,
            "category": line.product.category,
            "channel": line.channel,
            "lead_source": line.customer.source.name if line.customer.source else "",
            "segment": line.customer.segment.name,
            "quantity": str(line.quantity),
            "cost": money_text(line.cost),
            "discount": money_text(line.discount),
            "returned": "true" if line.returned else "false",
            "return_date": day_text(line.return_date),
            "orig_order_id": f"O{line.reverses:05d}" if line.reverses else "",
            "delivered_date": day_text(line.delivered),
            "status": line.status,
        }
        for line in lines
    ]


def customers(company: Company, dice: Dice) -> list[Row]:
    """Write the customers with the owners of the last day."""
    names = [f"{first} {second}" for first in _FIRST_WORDS for second in _SECOND_WORDS]
    rows = []
    for customer in company.customers:
        # 1009 is prime to the number of names: a walk that meets each of them once, and mixes them.
        name = names[customer.number * 1009 % len(names)]
        rows.append({
            "customer_id": customer_id(customer.number),
            "name": name,
            "segment": customer.segment.name,
            "industry": dice.pick(_INDUSTRIES),
            "region": customer.region,
            "city": dice.pick(_CITIES[customer.region]),
            "rep_id": company.team.owner(customer.number, customer.region, END.date()).rep_id,
            "first_seen": day_text(customer.first),
        })  # fmt: skip
    return rows


def products(company: Company) -> list[Row]:
    """Write the products at the prices of the last year."""
    return [
        {
            "product": product.name,
            "product_id": product.product_id,
            "category": product.category,
            "subcategory": product.subcategory,
            "list_price": money_text(product.list_price),
            "unit_cost": money_text(product.unit_cost),
            "launched_on": day_text(product.launched),
            "is_new": "true" if product.launched and product.launched.year == END.year else "false",
        }
        for product in company.products
    ]


def kept_deals(company: Company) -> dict[int, str]:
    """Give the ids of the deals that were not closed before the first day of the files, by identity."""
    kept = [deal for deal in company.deals if deal.closed is None or deal.closed.date() >= FIRST]
    return {id(deal): f"D{number:04d}" for number, deal in enumerate(kept, start=1)}


def opportunities(company: Company, ids: dict[int, str], dice: Dice) -> list[Row]:
    """Write the deals; one whose lead came in before the first day of the files names no lead."""
    rows = []
    for deal in company.deals:
        if id(deal) not in ids:
            continue
        stage = deal.entries[-1][0]
        known = deal.lead is not None and deal.lead.created.date() >= FIRST
        open_ = deal.status == "open"
        rows.append({
            "opportunity_id": ids[id(deal)],
            "status": deal.status,
            "created_date": day_text(deal.created),
            "amount": "" if dice.happens(0.015) else money_text(deal.amount),
            "close_date": day_text(deal.expected if deal.closed is None else deal.closed.date()),
            "stage": stage,
            "probability": f"{PROBABILITY[STAGES.index(stage)]:.2f}" if open_ and not dice.happens(0.05) else "",
            "rep_id": deal.rep.rep_id,
            "region": deal.region,
            "product": deal.product.name,
            "category": deal.product.category,
            "segment": deal.segment.name,
            "lead_source": deal.source.name if deal.source else "",
            "customer_id": customer_id(deal.customer),
            "lead_id": deal.lead.lead_id if deal.lead and known else "",
            "loss_reason": deal.loss_reason,
            "competitor": deal.competitor,
        })  # fmt: skip
    return rows


def stage_history(company: Company, ids: dict[int, str]) -> list[Row]:
    """Write when each deal entered each stage."""
    return [
        {"opportunity_id": ids[id(deal)], "stage": stage, "entered_at": moment_text(at)}
        for deal in company.deals
        if id(deal) in ids
        for stage, at in deal.entries
    ]


def leads(company: Company, dice: Dice) -> list[Row]:
    """Write the leads with what became of them by the last day."""
    became = {deal.lead.number: deal for deal in company.deals if deal.lead}
    rows = []
    for lead in company.leads:
        if lead.created.date() < FIRST:
            continue
        deal = became.get(lead.number)
        status = _status(lead, deal, dice)
        won = deal if deal and status == "converted" else None
        rows.append({
            "lead_id": lead.lead_id,
            "created_at": moment_text(lead.created),
            "first_response_at": moment_text(lead.answered),
            "qualified_at": moment_text(lead.qualified),
            "converted_at": moment_text(won.closed) if won else "",
            "customer_id": customer_id(won.customer) if won else "",
            "lead_source": lead.source.name,
            "rep_id": _holder(lead, status, company).rep_id,
            "region": lead.region,
            "product": "" if dice.happens(0.2) else lead.product.name,
            "status": status,
        })  # fmt: skip
    return rows


def _status(lead: Lead, deal: Deal | None, dice: Dice) -> str:
    if deal:
        return {"won": "converted", "lost": "disqualified", "open": "open"}[deal.status]
    waited = END - (lead.answered or lead.created)
    if lead.answered is None:
        return "open" if waited < timedelta(days=60) or dice.happens(0.1) else "disqualified"
    return "open" if waited < timedelta(days=dice.about(9, 0.8)) else "disqualified"


def _holder(lead: Lead, status: str, company: Company) -> Rep:
    return company.team.hand_over(lead.rep, END.date()) if status == "open" else lead.rep


def reps(company: Company) -> list[Row]:
    """Write the sales team."""
    return [
        {
            "rep_id": rep.rep_id,
            "name": rep.name,
            "region": rep.region,
            "team": rep.team,
            "manager": rep.manager,
            "hire_date": day_text(rep.hired),
            "leave_date": day_text(rep.left),
            "salary": money_text(rep.salary),
            "capacity": str(rep.capacity),
        }
        for rep in company.team.reps
    ]
