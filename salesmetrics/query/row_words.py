"""What the columns of rows are called by people, and what rows of each relation are."""

from __future__ import annotations

import re

from salesmetrics.i18n import _
from salesmetrics.model.dimensions import DIMENSIONS


def measure_title(name: str) -> str:
    """Name a measure for people.

    >>> measure_title("order_revenue"), measure_title("cycle_median_won")
    ('Revenue of the orders', 'Days of the cycle')
    """
    names = {
        "revenue": _("Revenue"),
        "order_revenue": _("Revenue of the orders"),
        "revenue_of_hired": _("Revenue of reps with a hire date"),
        "revenue_with_cost": _("Revenue with a known cost"),
        "revenue_with_quantity": _("Revenue with a known quantity"),
        "profit": _("Gross profit"),
        "order_profit": _("Profit of the orders"),
        "orders": _("Orders"),
        "orders_with_cost": _("Orders with a known cost"),
        "customers": _("Customers"),
        "new_customers": _("New customers"),
        "returning_customers": _("Returning customers"),
        "new_revenue": _("Revenue from new customers"),
        "returning_revenue": _("Revenue from returning customers"),
        "gross_sales": _("Gross sales"),
        "returned": _("Returned"),
        "units": _("Units"),
        "discount_given": _("Discount"),
        "list_value": _("Price before discount"),
        "channel_spend": _("Spend"),
        "spend": _("Spend"),
        "sales_spend": _("Spend on sales"),
        "sourceless_spend": _("Spend that names no source"),
        "yearly_pay_by_day": _("Yearly salary, for each day"),
        "new_customers_by_source": _("New customers"),
        "customers_won": _("Customers won"),
        "profit_by_month_of_life": _("Profit by month since the first purchase"),
        "sold_against_quota": _("Sold against the quota"),
        "quota_amount": _("Quota for the days inside"),
        "rep_days": _("Days employed"),
        "reps_reaching": _("Reps at quota"),
        "reps_with_quota": _("Reps with a quota"),
        "customers_with_several_products": _("Customers with several products"),
        "won": _("Won deals"),
        "closed": _("Decided deals"),
        "won_amount": _("Amount won"),
        "closed_amount": _("Amount decided"),
        "won_with_amount": _("Won deals with an amount"),
        "open_deals": _("Open deals"),
        "open_amount": _("Open amount"),
        "weighted_amount": _("Weighted amount"),
        "contacts": _("Contacts made"),
        "contacts_made": _("Contacts made"),
        "contacts_of_anyone": _("Contacts made by anyone"),
        "contacts_of_hired": _("Contacts made by reps with a hire date"),
        "rep_days_seen": _("Days employed"),
        "employed_days": _("Days employed"),
        "leavers": _("Reps who left"),
        "profit_of_paid": _("Gross profit of reps with a salary"),
        "salary_day_by_day": _("Yearly salary, once for each day employed"),
        "quota_gap": _("Fallen short by"),
        "quota_ended": _("Quota"),
        "net_gain_loss": _("Above or below the quota"),
        "reps_with_money_quota": _("Reps with a quota in money"),
        "quota_periods_mostly_missed": _("Quota periods that most reps missed"),
        "months_list": _("Months to ramp"),
        "reps_hired": _("Reps hired"),
        "reps_ramped": _("Reps who sell like the others"),
        "reps_judged": _("Reps with someone to catch up with"),
        "open_items": _("Open leads and deals"),
        "current_reps": _("Reps employed"),
        "leads_on_desks": _("Open leads"),
        "deals_on_desks": _("Open deals"),
        "rep_loads": _("What is on each desk"),
        "rep_desks": _("What is on each desk"),
        "answer_hours": _("Hours to answer a lead"),
        "cycle_days": _("Days of the cycle"),
        "where_and_since": _("Region and tenure"),
        "lost_deals": _("Lost deals"),
        "reached": _("Deals that reached the stage"),
        "advanced": _("Deals that went on"),
        "decided": _("Deals that went on or were lost"),
        "stay_list": _("Days in the stage"),
        "stage_days": _("Days in the stage"),
        "due_amount": _("Open amount expected to close"),
        "money_quota": _("Quota for the days inside"),
        "sold_in_money": _("Sold against the quota"),
        "won_lately": _("Won deals of the year"),
        "closed_lately": _("Decided deals of the year"),
        "won_amount_lately": _("Amount won in the year"),
        "won_with_amount_lately": _("Won deals of the year with an amount"),
        "cycle_mean_lately": _("Days of the cycle"),
        "wait_list": _("Days waited"),
        "median_order": _("Worth of the order"),
        "satisfied": _("Satisfied customers"),
        "customers_answering": _("Customers who answered"),
        "promoters": _("Answers that recommend us"),
        "detractors": _("Answers that warn of us"),
        "nps_on_scale": _("Answers from 0 to 10"),
        "sold_in_market": _("Revenue where the market is known"),
        "market_size": _("Size of the market"),
        "sold_by_cell": _("Revenue where the market is known"),
        "market_by_cell": _("Size of the market"),
        "past_months": _("Revenue of the month"),
        "asked_months": _("Months asked for"),
        "training_hours": _("Hours of training"),
        "hours_by_topic": _("Hours of training by topic"),
        "changes": _("Change of attainment"),
        "topic_changes": _("Change of attainment by topic"),
        "cells_filled": _("Cells filled"),
        "cells_required": _("Cells that should be filled"),
        "lag_median": _("Hours until written down"),
        "leads": _("Leads"),
        "qualified_leads": _("Qualified leads"),
        "answered": _("Leads answered"),
        "response_median": _("Hours to the first answer"),
        "sourced_revenue": _("Revenue"),
        "first_order_value": _("Worth of first orders"),
        "first_buyers": _("Customers with a first order"),
        "followed_up": _("Leads followed up"),
        "leads_a_week_old": _("Leads at least a week old"),
        "leads_a_month_old": _("Leads at least 30 days old"),
        "touches": _("Outbound activities"),
        "customers_kept": _("Customers who bought again"),
        "customers_before": _("Customers of before"),
        "usual_gap": _("Days since the purchase before"),
        "revenue_kept": _("Revenue kept"),
        "revenue_now": _("Revenue now of customers of before"),
        "revenue_before": _("Revenue before"),
        "newcomers": _("New customers"),
        "ever_again": _("Customers who ever came back"),
        "gap_median": _("Days since the purchase before"),
        "gap_list": _("Days since the purchase before"),
        "open_gap_list": _("Days without a purchase so far"),
        "open_gaps": _("Customers not yet back"),
        "rfm_customers": _("Customers scored"),
        "judged": _("Customers with a usual gap"),
        "money_at_risk": _("Revenue of the last year at risk"),
        "high_value": _("High-value customers"),
    }
    if name in names:
        return names[name]
    if match := re.fullmatch(r"(won_within|created_before|stalled|cycle_list)_\w+", name):
        return {
            "won_within": _("Won within the horizon"),
            "created_before": _("Created long enough ago"),
            "stalled": _("Stalled deals"),
            "cycle_list": _("Days of the cycle"),
        }[match[1]]
    if match := re.fullmatch(r"(?:cycle_(?:median|p90|mean))_\w+", name):
        return _("Days of the cycle")
    if match := re.fullmatch(r"(?:employed|worked)_on_weekday_\d", name):
        return _("Days employed on a weekday")
    if match := re.fullmatch(r"weeks_(with_\d+_)?to_weekday_\d", name):
        return _("Weeks with enough contacts") if match[1] else _("Full weeks employed")
    if named := _handover_measure(name):
        return named
    if match := re.fullmatch(r"new_product_units_\d+", name):
        return _("Units of new products")
    if named := _lead_measure(name) or _life_measure(name) or _customer_measure(name):
        return named
    if match := re.fullmatch(r"(worth|top_fifth|rank_sum|squares|entities)_(customer|product|rep)", name):
        return {
            "worth": _("Revenue above zero"),
            "top_fifth": _("Revenue of the top fifth"),
            "rank_sum": _("Rank times revenue"),
            "squares": _("Squared share of revenue"),
            "entities": _("With revenue above zero"),
        }[match[1]]
    return name.replace("_", " ").capitalize()


def _lead_measure(name: str) -> str | None:
    """Name a measure of leads whose name ends with the days, minutes or hours it counts by."""
    titles = {
        r"mature_leads_\w+": _("Leads old enough to judge"),
        r"converted_leads_\w+": _("Leads converted"),
        r"qualified_leads_\w+": _("Leads qualified"),
        r"answered_within_\d+": _("Leads answered in time"),
        r"leads_due_\d+": _("Leads that should be answered"),
        r"unanswered_\d+": _("Leads without an answer"),
        r"waiting_\d+": _("Leads without an answer"),
        r"leads_older_than_\d+": _("Leads that have had time for an answer"),
        r"mature_answered_\w+": _("Answered leads old enough to judge"),
        r"converted_answered_\w+": _("Of these, converted"),
        r"mature_within_\w+": _("Leads answered in time, old enough to judge"),
        r"converted_within_\w+": _("Of these, converted"),
        r"mature_late_\w+": _("Leads answered late, old enough to judge"),
        r"converted_late_\w+": _("Of these, converted"),
        r"late_\w+": _("Leads answered late"),
    }
    return next((title for form, title in titles.items() if re.fullmatch(form, name)), None)


def _life_measure(name: str) -> str | None:
    """Name a measure of customers' first days or months, whose name ends with how many."""
    titles = {
        r"life_worth_\d+": _("What the customers brought"),
        r"lives_\d+": _("Customers known for long enough"),
        r"early_profit_\d+": _("Gross profit of the first days"),
    }
    return next((title for form, title in titles.items() if re.fullmatch(form, name)), None)


def _customer_measure(name: str) -> str | None:
    """Name a measure of customers whose name ends with days, a month, or the level at which they stand."""
    titles = {
        r"customers_in_\d+_days": _("Customers of the days before"),
        r"again_within_\d+": _("Customers with a second purchase in time"),
        r"seen_for_\d+": _("Customers seen for long enough"),
        r"cohort_\d+": _("Customers whose month is over"),
        r"bought_\d+": _("Customers who bought in the month"),
        r"risk_watch": _("Customers to watch"),
        r"risk_high": _("Customers at high risk"),
        r"risk_lost": _("Customers lost"),
    }
    return next((title for form, title in titles.items() if re.fullmatch(form, name)), None)


def _handover_measure(name: str) -> str | None:
    """Name a measure of hand-overs or of deals worked on, whose name ends with which or with how many days."""
    titles = {
        r"waits_\w+_to_\w+": _("Hours until taken up"),
        r"lost_\d+_\w+": _("Not taken up in time"),
        r"aged_\d+_\w+": _("Hand-overs old enough to judge"),
        r"worked_in_\d+": _("Open deals worked on lately"),
    }
    return next((title for form, title in titles.items() if re.fullmatch(form, name)), None)


def column_title(name: str) -> str:
    """Name a column of rows for people.

    >>> column_title("order_id"), column_title("lead_source"), column_title("some_column")
    ('Order', 'Lead source', 'Some column')
    """
    if name in DIMENSIONS:
        return DIMENSIONS[name].title()
    names = {
        "role": _("Belongs to"),
        "date": _("Date"),
        "kind": _("Sale or return"),
        "amount": _("Amount"),
        "cost": _("Cost"),
        "quantity": _("Quantity"),
        "discount": _("Discount given"),
        "order_id": _("Order"),
        "customer_id": _("Customer"),
        "order_date": _("Order date"),
        "first_purchase": _("Customer's first purchase"),
        "product_launch": _("Product first sold"),
        "product_is_new": _("Marked as new"),
        "linked": _("Order known"),
        "kept": _("Not returned"),
        "several_customers": _("Order under two customers"),
        "delivered": _("Delivered"),
        "wait_days": _("Days waited"),
        "opportunity_id": _("Deal"),
        "status": _("Status"),
        "created_date": _("Created"),
        "closed_on": _("Closed"),
        "expected_close": _("Expected close"),
        "chance": _("Chance to win"),
        "cycle_start": _("Start of the cycle"),
        "cycle_days": _("Days from start to close"),
        "from_lead": _("Timed from its lead"),
        "days_so_far": _("Days from start to close or to date"),
        "days_to_close": _("Days from creation to close"),
        "usual_days": _("Days in which nine in ten wins were won"),
        "probability": _("Probability given"),
        "competitor": _("Competitor"),
        "spell": _("Stay"),
        "place": _("Place of the stage"),
        "entered_on": _("Entered the stage"),
        "left_on": _("Left the stage"),
        "left": _("Has left"),
        "lost_here": _("Lost in this stage"),
        "reached_on": _("Reached the stage"),
        "entered": _("Not skipped"),
        "advanced": _("Went on"),
        "waiting": _("Still there"),
        "stage_limit": _("Days that three in four wins took in the stage"),
        "last_activity": _("Last activity"),
        "since": _("Nothing happened since"),
        "until": _("Nothing happened until"),
        "activities_known": _("Activities are known"),
        "overdue": _("Past its expected close"),
        "scope": _("Quota of"),
        "scope_id": _("Whose quota"),
        "measure": _("Quota in"),
        "quota": _("Quota row"),
        "own_start": _("First day"),
        "own_end": _("Last day"),
        "days": _("Days"),
        "days_inside": _("Days inside"),
        "actual": _("Sold"),
        "ended": _("Ended"),
        "lines": _("Order lines"),
        "day": _("Day"),
        "weekday": _("Weekday, 1 is Monday"),
        "last_day": _("Last day known as employed"),
        "leave_date": _("Last day employed"),
        "leaves": _("Leaves on this day"),
        "contacts": _("Contacts made"),
        "contacts_of_week": _("Contacts in the week up to this day"),
        "week_starts": _("First day of the week up to this day"),
        "days_of_week": _("Days employed in the week up to this day"),
        "months": _("Months to ramp, or so far"),
        "months_judged": _("Months with someone to catch up with"),
        "caught_up": _("Sells like the others"),
        "item": _("What it is"),
        "came_at": _("Came in"),
        "answered_at": _("Answered"),
        "capacity": _("Can carry"),
        "took": _("Hours or days it took"),
        "direction": _("Direction"),
        "type": _("Type"),
        "at": _("When"),
        "logged_at": _("Written down"),
        "campaign": _("Campaign"),
        "answer": _("Answer"),
        "score": _("Score"),
        "lowest": _("Lowest score possible"),
        "highest": _("Highest score possible"),
        "counted": _("On its scale"),
        "band": _("Satisfied or not"),
        "respondent": _("Who answered"),
        "next_purchase": _("Next purchase"),
        "turn": _("Answer number of the customer"),
        "days_to_next": _("Days to the next purchase"),
        "days_seen": _("Days known since"),
        "cell": _("Market size row"),
        "cell_amount": _("Market size in all"),
        "cell_days": _("Days it is for"),
        "level": _("How fine it is"),
        "in_market": _("Market known"),
        "session": _("Training"),
        "hours": _("Hours"),
        "topic": _("Topic"),
        "topic_hours": _("Hours on the topic"),
        "quarter": _("Quarter"),
        "before": _("Attainment in it"),
        "after": _("Attainment in the next"),
        "handed_at": _("Handed over"),
        "handed_on": _("Day of the hand-over"),
        "taken_up_at": _("Taken up"),
        "taken_up": _("Was taken up"),
        "told": _("Activities name what they are for"),
        "handover_hours": _("Hours waited"),
        "hours_since": _("Hours since"),
        "worked_on": _("Day something was done"),
        "cells": _("Cells that should be filled"),
        "filled": _("Cells filled"),
        "month": _("Month"),
        "last_month": _("Last whole month"),
        "worth": _("Worth"),
        "worth_is_revenue": _("Worth is revenue"),
        "days_since_first": _("Days since the first purchase"),
        "months_since_first": _("Months since the first purchase"),
        "months_known": _("Months known"),
        "known_until": _("Known until"),
        "booked_by_month": _("Booked once a month"),
        "lead_id": _("Lead"),
        "created_at": _("Created"),
        "created_on": _("Day created"),
        "responded_at": _("First answer"),
        "qualified_at": _("Qualified"),
        "qualified_on": _("Day qualified"),
        "converted_at": _("Converted"),
        "age_days": _("Age in days"),
        "age_hours": _("Age in hours"),
        "wait_hours": _("Hours to the first answer"),
        "automatic_wait_hours": _("Hours to the automatic reply"),
        "waiting_hours": _("Hours waiting"),
        "answers_told": _("Answers are on file"),
        "touches_in_7": _("Touches in 7 days"),
        "touches_in_30": _("Touches in 30 days"),
        "number": _("Purchase number"),
        "previous_purchase": _("Purchase before"),
        "gap_days": _("Days since the purchase before"),
        "open_days": _("Days without a purchase since"),
        "purchases": _("Purchases"),
        "profit": _("Gross profit"),
        "second_purchase": _("Second purchase"),
        "days_to_second": _("Days to the second purchase"),
        "last_purchase": _("Last purchase"),
        "volume": _("Amounts without their sign"),
        "volume_with_cost": _("Of these, with a known cost"),
    }
    return names.get(name) or name.replace("_", " ").capitalize()


def rows_title(relation: str, date: str) -> str:
    """Say what rows of a relation, placed in time by its column `date`, are.

    >>> rows_title("ledger", "date"), rows_title("rep_day", "date")
    ('Sales and returns', 'Days on which reps were employed')
    """
    if (relation, date) == ("ledger", "order_date"):
        return _("Sales and returns by the date of their order")
    names = {
        "ledger": _("Sales and returns"),
        "opportunity": _("Deals"),
        "rep_day": _("Days on which reps were employed"),
        "stage_spell": _("Stays of deals in a stage"),
        "stage_reached": _("Deals and the stages they reached"),
        "lost_deal": _("Lost deals"),
        "deal_watch": _("Open deals and what happened to them last"),
        "due_deal": _("Open deals by their expected close"),
        "quota": _("Quotas"),
        "quota_sale": _("Sales against quotas, day by day"),
        "quota_result": _("Quotas and what was sold against them"),
        "rep_quota_result": _("Quotas of reps and what was sold against them"),
        "employed_day": _("Days on which reps were employed"),
        "contact_day": _("Days on which reps were employed, with their contacts"),
        "activity": _("Calls, mails and meetings"),
        "workload": _("Reps and what is on their desks"),
        "ramp": _("Reps hired within the data"),
        "effort": _("Answered leads, won deals and contacts"),
        "spending": _("Spend"),
        "feedback": _("Answers of customers"),
        "market_day": _("Market sizes, day by day"),
        "market_sale": _("Sales by day, region and product"),
        "training_session": _("Training"),
        "training_effect": _("Attainment before and after training"),
        "lead_handoff": _("Qualified leads"),
        "deal_handoff": _("Won deals"),
        "deal_activity": _("Days on which deals were worked on"),
        "deal_record": _("Deals and their filled cells"),
        "month_sale": _("Sales by month"),
        "customer_life": _("What customers bought since they were won"),
        "lead": _("Leads"),
        "lead_followup": _("Leads and what was done for them"),
        "sourced_ledger": _("Sales and returns by the source of the customer"),
        "purchase": _("Purchases, one for each customer and day"),
        "cohort": _("Customers and the months in which they bought"),
        "standing": _("Customers as they stood on the last day"),
    }
    return names.get(relation) or relation.replace("_", " ").capitalize()
