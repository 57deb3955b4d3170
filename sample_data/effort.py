"""What the reps did day by day: answers, calls, meetings, visits after a sale."""

from __future__ import annotations

from datetime import datetime, timedelta

from sample_data.chance import Dice
from sample_data.company import Company
from sample_data.deals import Deal
from sample_data.leads import Lead
from sample_data.people import Rep
from sample_data.rows import Row, customer_id, moment_text
from sample_data.seasons import END, FIRST, office_hours

_ANSWERED_BY_MACHINE = ("Website", "Search ads", "Social ads")
_WAYS = (("call", "out"), ("email", "out"), ("meeting", "out"), ("email", "in"))


def activities(company: Company, deal_ids: dict[int, str], dice: Dice) -> list[Row]:
    """List what was done for leads and deals, in the order in which it was done."""
    rows: list[tuple[datetime, Row]] = []
    for lead in company.leads:
        if lead.created.date() >= FIRST:
            rows += _for_lead(lead, company, dice)
    for deal in company.deals:
        if id(deal) in deal_ids:
            rows += _for_deal(deal, deal_ids[id(deal)], company, dice)
    return [row for at, row in sorted(rows, key=lambda entry: entry[0]) if at.date() >= FIRST and at <= END]


def _entry(at: datetime, rep: Rep, kind: str, dice: Dice, **about: str) -> tuple[datetime, Row]:
    row = {"rep_id": rep.rep_id, "at": moment_text(at), "type": kind, "direction": "out"} | about
    if kind != "auto" and dice.happens(0.22):
        row["logged_at"] = moment_text(min(END, at + timedelta(minutes=round(dice.about(90, 1.6)))))
    return at, row


def _for_lead(lead: Lead, company: Company, dice: Dice) -> list[tuple[datetime, Row]]:
    found = []
    if lead.source.name in _ANSWERED_BY_MACHINE and dice.happens(0.25):
        found.append(_entry(lead.created + timedelta(minutes=1), lead.rep, "auto", dice, lead_id=lead.lead_id))
    if lead.answered is None:
        return found
    at = lead.answered
    rep = company.team.hand_over(lead.rep, at.date())
    found.append(_entry(at, rep, dice.pick(("call", "email"), (3, 4)), dice, lead_id=lead.lead_id))
    for _ in range(dice.pick((0, 1, 2), (6, 5, 1))):
        if lead.qualified is None and dice.happens(0.3):
            break
        at = office_hours(at + timedelta(days=dice.about(2, 0.6)))
        if at > END:
            break
        rep = company.team.hand_over(lead.rep, at.date())
        kind, direction = dice.pick((("call", "out"), ("email", "out"), ("email", "in")), (4, 4, 2))
        found.append(_entry(at, rep, kind, dice, lead_id=lead.lead_id, direction=direction))
    return found


def _for_deal(deal: Deal, deal_id: str, company: Company, dice: Dice) -> list[tuple[datetime, Row]]:
    found = []
    end = deal.closed or END
    # A deal that never closes is one that nobody works on any more.
    given_up = deal.closed is None and len(deal.entries) <= 2 and deal.expected < END.date()
    at = deal.entries[0][1]
    gap = dice.between(12, 19)
    account = customer_id(deal.customer) if deal.lead is None else ""
    for number in range(3 if given_up else 10):
        at = office_hours(at + timedelta(days=dice.about(gap if number else 2.5, 0.5)))
        if at >= end:
            break
        rep = company.team.hand_over(deal.rep, at.date())
        kind, direction = dice.pick(_WAYS, (4, 3, 3, 1))
        found.append(_entry(at, rep, kind, dice, opportunity_id=deal_id, direction=direction, customer_id=account))
    if deal.status == "won" and deal.closed and dice.happens(0.9):
        at = office_hours(deal.closed + timedelta(days=dice.about(2.5, 0.8)))
        if at <= END:
            rep = company.team.hand_over(deal.rep, at.date())
            buyer = customer_id(deal.customer)
            found.append(_entry(at, rep, "service", dice, opportunity_id=deal_id, customer_id=buyer))
    return found
