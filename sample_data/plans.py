"""What was planned and paid: quotas, spend, market size, training, and what the app itself would hold."""

from __future__ import annotations

from collections import defaultdict
from datetime import date, timedelta

from sample_data.chance import Dice
from sample_data.company import Company
from sample_data.leads import SOURCES
from sample_data.people import REGIONS, ramp
from sample_data.rows import Row, day_text, money_text
from sample_data.seasons import FIRST, LAST, at_work, month_end, months

_QUARTERS = [month for month in months(FIRST, LAST) if month.month % 3 == 1]
_UNITS = {"Rise Desk 140": 60, "Alto Task Chair": 150, "Monitor Arm": 260}
_COURSES = {"Onboarding": 16, "Product": 4, "Negotiation": 8, "CRM": 3, "Discovery calls": 6}


def _quarter_end(start: date) -> date:
    return month_end(start + timedelta(days=75))


def _quarter(day: date) -> date:
    return date(day.year, day.month - (day.month - 1) % 3, 1)


def revenue(company: Company) -> dict[tuple[str, date], float]:
    """Add up what each region booked in each quarter, cancelled lines left out."""
    booked: dict[tuple[str, date], float] = defaultdict(float)
    for line in company.lines:
        if line.status != "Cancelled":
            booked[line.customer.region, _quarter(line.day)] += line.amount
    return booked


def quotas(company: Company, dice: Dice) -> list[Row]:
    """Set the quotas: last year's quarter plus 8 %, divided among reps by what their tenure allows."""
    booked = revenue(company)
    rows: list[Row] = []
    yearly: dict[int, float] = defaultdict(float)
    for start in _QUARTERS:
        end = _quarter_end(start)
        for region in REGIONS:
            last_year = booked.get((region, start.replace(year=start.year - 1)))
            plan = last_year * 1.08 if last_year else booked[region, start] * dice.between(0.94, 1.08)
            plan = 1000 * round(plan / 1000)
            yearly[start.year] += plan
            rows.append(_quota("region", region, start, end, plan))
            reps = company.team.working(region, start)
            weights = [ramp(rep.hired, start + timedelta(days=45)) for rep in reps]
            rows += [
                _quota("rep", rep.rep_id, start, end, 500 * round(plan * weight / sum(weights) / 500))
                for rep, weight in zip(reps, weights, strict=True)
            ]
        if start.year == LAST.year:
            rows += [_quota("product", name, start, end, units, "units") for name, units in _UNITS.items()]
    for year, plan in yearly.items():
        rows.append(_quota("company", "Company", date(year, 1, 1), date(year, 12, 31), plan))
    return sorted(rows, key=lambda row: (row["period_start"], row["scope"], row["scope_id"]))


def _quota(scope: str, who: str, start: date, end: date, amount: float, measure: str = "revenue") -> Row:
    return {"scope": scope, "scope_id": who, "period_start": day_text(start), "period_end": day_text(end),
            "amount": money_text(amount), "measure": measure}  # fmt: skip


def spend(company: Company, dice: Dice) -> list[Row]:
    """Book marketing by source and region, what channels cost, and sales spend (salaries are not in it)."""
    came: dict[tuple[date, str, str], int] = defaultdict(int)
    for lead in company.leads:
        came[lead.created.date().replace(day=1), lead.source.name, lead.region] += 1
    booked = revenue(company)
    rows: list[Row] = []
    for month in months(FIRST, LAST):
        day = day_text(month_end(month))
        for region in REGIONS:
            for source in SOURCES:
                amount = came[month, source.name, region] * source.cost * dice.between(0.85, 1.15)
                campaign = f"{source.name} {month.year} Q{(month.month + 2) // 3}"
                rows.append({"date": day, "amount": money_text(amount), "kind": "marketing",
                             "lead_source": source.name, "region": region, "campaign": campaign})  # fmt: skip
            sales = booked[region, _quarter(month)] / 3 * dice.between(0.024, 0.032)
            rows.append({"date": day, "amount": money_text(sales), "kind": "sales", "region": region})
        for channel, cost in (("Partner", 6_500), ("Web", 3_200), ("Direct", 1_800)):
            rows.append({"date": day, "amount": money_text(cost * dice.between(0.9, 1.15)), "kind": "marketing",
                         "channel": channel})  # fmt: skip
    return rows


def market_size(company: Company, dice: Dice) -> list[Row]:
    """Estimate the market of each region and quarter; products are not told apart, so that column stays empty."""
    booked = revenue(company)
    rows = []
    for region in REGIONS:
        share = dice.between(0.05, 0.11)
        base = sum(booked[region, start] for start in _QUARTERS[:4]) / share
        for number, start in enumerate(_QUARTERS):
            part = (0.235, 0.25, 0.215, 0.30)[number % 4]
            amount = 10_000 * round(base * part * 1.04 ** (number / 4) * dice.between(0.98, 1.02) / 10_000)
            rows.append({"period_start": day_text(start), "period_end": day_text(_quarter_end(start)),
                         "amount": money_text(amount), "region": region})  # fmt: skip
    return sorted(rows, key=lambda row: (row["period_start"], row["region"]))


def training(company: Company, dice: Dice) -> list[Row]:
    """Book the training: a long course for who is new, a short one now and then for everybody."""
    rows = []
    for rep in company.team.reps:
        if rep.hired >= FIRST:
            rows.append(("Onboarding", rep.hired + timedelta(days=dice.whole(2, 12)), rep))
        for start in _QUARTERS:
            day = at_work(start + timedelta(days=dice.whole(5, 80)), dice).date()
            if rep.works(day) and dice.happens(0.55):
                rows.append((dice.pick(list(_COURSES)[1:]), day, rep))
    return [
        {"rep_id": rep.rep_id, "date": day_text(day), "topic": topic,
         "hours": f"{_COURSES[topic] * dice.pick((1, 1, 1.5)):g}"}
        for topic, day, rep in sorted(rows, key=lambda row: (row[1], row[2].rep_id))
    ]  # fmt: skip


def feedback(company: Company, dice: Dice) -> list[Row]:
    """Ask customers after deliveries (1 to 5) and once or twice a year (0 to 10); slow deliveries please less."""
    rows = []
    asked: dict[int, list[date]] = defaultdict(list)
    for line in company.lines:
        if line.delivered is None or line.reverses:
            continue
        asked[line.customer.number].append(line.day)
        if dice.happens(0.06):
            late = (line.delivered - line.day).days > 9
            weights = (5, 8, 17, 36, 34) if not late else (14, 18, 26, 28, 14)
            day = min(LAST, line.delivered + timedelta(days=dice.whole(1, 9)))
            rows.append((day, line.customer.number, dice.pick((1, 2, 3, 4, 5), weights), "csat"))
    for number, days in asked.items():
        for _ in range(dice.pick((0, 1, 2), (5, 3, 1))):
            day = min(LAST, dice.pick(days) + timedelta(days=dice.whole(20, 90)))
            rows.append((day, number, dice.pick(range(11), (2, 1, 1, 2, 3, 6, 8, 15, 22, 24, 16)), "nps"))
    scales = {"csat": ("1", "5"), "nps": ("0", "10")}
    return [
        {"customer_id": f"C{number:04d}", "date": day_text(day), "score": str(score), "kind": kind,
         "scale_min": scales[kind][0], "scale_max": scales[kind][1]}
        for day, number, score, kind in sorted(rows)
    ]  # fmt: skip


def kpis() -> list[Row]:
    """Write the metrics that the company steers by."""
    wanted = (
        ("revenue", "Grow by a tenth", "9000000", "Judith Stone"),
        ("win_rate", "Win back the South", "0.4", "Paula Reyes"),
        ("response_within_sla", "Answer within the hour", "0.5", "Laura Pinto"),
        ("customer_retention_rate", "Keep who we have", "0.65", "Tim Becker"),
        ("gross_margin", "Hold the price", "0.38", "Judith Stone"),
    )
    return [
        {"metric_id": metric, "objective": objective, "target": target, "period": str(LAST.year), "owner": owner}
        for metric, objective, target, owner in wanted
    ]


def reviews(dice: Dice) -> list[Row]:
    """Write the monthly sales reviews of the last year: the one of the last month is still to be held."""
    rows = []
    for month in months(date(LAST.year, 1, 1), LAST):
        planned = month_end(month) - timedelta(days=3)
        held = planned + timedelta(days=dice.pick((0, 1, 2, 7), (5, 2, 1, 2)))
        done = dice.whole(1, 6)
        rows.append({
            "scheduled_on": day_text(planned),
            "held_on": day_text(held) if month.month < 12 else "",
            "period": f"{month:%Y-%m}",
            "actions_open": str(dice.whole(0, 3)) if month.month > 6 else "0",
            "actions_done": str(done) if month.month < 12 else "0",
        })  # fmt: skip
    return rows


def incentive_plans() -> list[Row]:
    """Write how reps are paid: rates by attainment, a bonus for one product, one sum at a milestone."""
    return [
        {"tier_from": "0", "tier_to": "0.8", "rate": "0.02"},
        {"tier_from": "0.8", "tier_to": "1", "rate": "0.04"},
        {"tier_from": "1", "rate": "0.06"},
        {"product": "Focus Pod One", "bonus_per_unit": "50.00"},
        {"tier_from": "1.2", "milestone": "1000.00"},
    ]
