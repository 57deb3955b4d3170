"""What a demonstration can find in the sample company, with the figures that its README states."""

from __future__ import annotations

from collections.abc import Callable
from math import sqrt

import pandas as pd
import pytest

from sample_data import folder

Ask = Callable[[str], pd.DataFrame]

BUCKETS = """case when wait < 1 then 'within 1 h' when wait < 4 then '1 to 4 h' when wait < 24 then '4 to 24 h'
                  when wait < 72 then '1 to 3 days' when wait >= 72 then 'over 3 days' else 'never' end"""


@pytest.fixture(scope="module")
def readme() -> str:
    return (folder() / "README.md").read_text(encoding="utf-8")


def states(readme: str, *cells: object) -> bool:
    """Tell whether the README has a table row that begins with these cells."""
    return f"| {' | '.join(str(cell) for cell in cells)} |" in readme


def share_error(share: float, n: int) -> float:
    """One standard error of a share of `n` cases."""
    return sqrt(share * (1 - share) / n)


def test_revenue_per_rep_month_rises_with_tenure(ask: Ask, readme: str) -> None:
    sold = ask("""
        select hire_date, day, cast(amount as double) as amount from ledger join reps using (rep_id)
        where hire_date is not null""")
    employed = ask("""
        select rep_id, hire_date, cast(day as date) as day from reps,
               unnest(generate_series(date '2023-01-01', date '2025-12-31', interval 1 day)) as calendar(day)
        where hire_date <= day and (leave_date is null or day <= leave_date)""")
    bands = {
        "0-3m": (0, 3),
        "3-6m": (3, 6),
        "6-12m": (6, 12),
        "1-2y": (12, 24),
        "2-5y": (24, 60),
        "5y+": (60, 999),
    }

    def tenure(rows: pd.DataFrame) -> pd.Series:
        hired, day = rows["hire_date"].dt, rows["day"].dt
        return (day.year - hired.year) * 12 + day.month - hired.month - (day.day < hired.day)

    sold_at, employed_at = tenure(sold), tenure(employed)
    rates = {}
    for band, (low, high) in bands.items():
        rep_months = employed_at.between(low, high - 1).sum() / 30.4375
        assert rep_months > 50, band
        rates[band] = sold.loc[sold_at.between(low, high - 1), "amount"].sum() / rep_months
    for earlier, later in zip(list(rates)[:-1], list(rates)[1:], strict=True):
        assert rates[later] > 1.08 * rates[earlier], rates
    assert [band for band, rate in rates.items() if not states(readme, band, f"{rate:,.0f}")] == [], rates


def test_the_year_peaks_before_its_end_and_dips_in_summer(ask: Ask, readme: str) -> None:
    months = ask(
        "select year(day) as y, month(day) as m, cast(sum(amount) as double) as revenue from ledger group by all"
    )
    index = months.pivot_table(index="m", columns="y", values="revenue")
    index = index / index.mean()
    assert (index.loc[[11, 12]].mean() > 1.2).all(), "in each of the three years"
    assert (index.loc[[7, 8]].mean() < 0.75).all(), "in each of the three years"
    others = index.drop([7, 8, 10, 11, 12])
    assert ((others.mean(axis=1) > 0.85) & (others.mean(axis=1) < 1.15)).all(), "no other month stands out"
    for quarter, rows in {"Q1": [1, 2, 3], "Q2": [4, 5, 6], "Q3": [7, 8, 9], "Q4": [10, 11, 12]}.items():
        mean = index.loc[rows].to_numpy().mean()
        assert states(readme, quarter, f"{mean:.2f}"), mean


def test_the_south_falls_in_the_last_year_and_only_the_south(ask: Ask, readme: str) -> None:
    years = ask("""
        select region, year(day) as y, cast(sum(amount) as double) as revenue from ledger
        where region is not null group by all""").pivot_table(index="region", columns="y", values="revenue")
    change = years[2025] / years[2024] - 1
    assert change["South"] < -0.2
    assert (change.drop("South") > -0.02).all(), change
    for region in change.index:
        row = (
            region,
            f"{years.loc[region, 2024]:,.0f}",
            f"{years.loc[region, 2025]:,.0f}",
            f"{change[region]:+.1%}",
        )
        assert states(readme, *row), row


def test_the_south_falls_because_fewer_leads_and_deals_are_won(ask: Ask, readme: str) -> None:
    south = ask("""
        select year(created_at) as y,
               avg(coalesce(converted_at <= created_at + interval 90 day, false)::int) as conversion
        from lead where region = 'South' and month(created_at) < 10 group by 1""").set_index("y")
    deals = ask("""
        select year(close_date) as y, count(*) as closed, avg((status = 'won')::int) as win_rate,
               avg(amount) filter (where status = 'won') as won_size, avg(amount) as size,
               count(*) filter (where competitor = 'Brightline') as to_brightline
        from deal where region = 'South' and status <> 'open' group by 1 order by 1""").set_index("y")
    leads = ask(
        "select year(created_at) as y, count(*) as n from lead where region = 'South' group by 1"
    ).set_index("y")
    assert leads.loc[2025, "n"] > leads.loc[2024, "n"], "leads do not fall"
    assert deals.loc[2025, "size"] > 0.95 * deals.loc[2024, "size"], "deal sizes do not fall"
    assert deals.loc[2025, "won_size"] > 0.9 * deals.loc[2024, "won_size"], "nor those of won deals"
    assert south.loc[2025, "conversion"] < 0.55 * south.loc[2024, "conversion"]
    before, after = deals.loc[2024], deals.loc[2025]
    noise = sqrt(share_error(before.win_rate, before.closed) ** 2 + share_error(after.win_rate, after.closed) ** 2)
    assert before.win_rate - after.win_rate > 4 * noise
    assert (before.to_brightline, after.to_brightline > 30) == (0, True)
    for year in (2024, 2025):
        shares = f"{south.loc[year, 'conversion']:.1%}", f"{deals.loc[year, 'win_rate']:.1%}"
        row = (year, leads.loc[year, "n"], *shares, f"{deals.loc[year, 'size']:,.0f}")
        assert states(readme, *row), row


def test_the_other_regions_convert_as_before(ask: Ask) -> None:
    rates = ask("""
        select region, year(close_date) as y, avg((status = 'won')::int) as rate from deal
        where status <> 'open' and region <> 'South' group by all""").pivot_table(
        index="region", columns="y", values="rate"
    )
    assert (rates[2025] > 0.8 * rates[2024]).all(), rates


def test_social_ads_are_cheap_for_a_lead_and_bad_for_a_customer(ask: Ask, readme: str) -> None:
    sources = ask("""
        select lead_source, leads, cost / leads as per_lead, conversion, value, won / cost as won_per_spent
        from (select lead_source, sum(amount) as cost from spend where lead_source is not null group by 1)
        join (select lead_source, count(*) as leads, count(converted_at) / count(*) as conversion
                     from lead group by 1) using (lead_source)
        join (select lead_source, avg(amount) filter (where lead_id is not null) as value,
                     sum(amount) filter (where status = 'won' and lead_id is not null) as won
              from deal group by 1) using (lead_source)""").set_index("lead_source")
    assert len(sources) == 7
    social, others = sources.loc["Social ads"], sources.drop("Social ads")
    assert social.leads > 1_500
    assert social.per_lead < 0.75 * others.per_lead.min()
    assert social.conversion + 4 * share_error(social.conversion, social.leads) < 0.5 * others.conversion.min()
    assert social.value < 0.6 * others.value.min()
    assert social.won_per_spent < 0.65 * others.won_per_spent.min()
    for source, row in sources.iterrows():
        cells = (
            source,
            f"{row.per_lead:.0f}",
            f"{row.conversion:.1%}",
            f"{row.value:,.0f}",
            f"{row.won_per_spent:.1f}",
        )
        assert states(readme, *cells), cells


def test_a_slow_first_answer_costs_customers(ask: Ask, readme: str) -> None:
    waits = ask(f"""
        select {BUCKETS} as bucket, min(coalesce(wait, 1e9)) as low, count(*) as n,
               avg((converted_at is not null)::int) as conversion
        from (select *, date_diff('minute', created_at, first_response_at) / 60 as wait from lead
              where created_at < '2025-10-01') group by 1 order by low""").set_index("bucket")
    rates = list(waits.conversion)
    assert len(rates) == 6
    assert (waits.n > 250).all()
    assert rates == sorted(rates, reverse=True)
    assert waits.conversion["never"] == 0
    fast, slow = waits.loc["within 1 h"], waits.loc["1 to 3 days"]
    noise = sqrt(share_error(fast.conversion, fast.n) ** 2 + share_error(slow.conversion, slow.n) ** 2)
    assert fast.conversion - slow.conversion > 6 * noise
    for bucket, row in waits.iterrows():
        assert states(readme, bucket, f"{row.n:,.0f}", f"{row.conversion:.1%}"), (bucket, row.to_dict())


def test_a_slow_answer_costs_customers_within_every_source(ask: Ask) -> None:
    rates = ask("""
        select lead_source, date_diff('minute', created_at, first_response_at) < 240 as soon,
               avg((converted_at is not null)::int) as conversion
        from lead where created_at < '2025-10-01' and first_response_at is not null and lead_source is not null
        group by all""").pivot_table(index="lead_source", columns="soon", values="conversion")
    assert (rates[True] > rates[False]).all(), rates


def test_proposals_wait_longer_since_april_of_the_last_year(ask: Ask, readme: str) -> None:
    days = ask("""
        select stage, left_at >= '2025-06-01' as late, median(date_diff('hour', entered_at, left_at) / 24) as days,
               count(*) as n
        from (select stage, entered_at,
                     lead(entered_at) over (partition by opportunity_id order by entered_at) as left_at
              from stage_history) where left_at >= '2023-06-01' group by all
        """).pivot_table(index="stage", columns="late", values="days")
    assert days.loc["Proposal", True] > 1.3 * days.loc["Proposal", False]
    others = days.drop("Proposal")
    assert (others[True] < 1.15 * others[False]).all(), others
    row = ("Proposal", f"{days.loc['Proposal', False]:.1f}", f"{days.loc['Proposal', True]:.1f}")
    assert states(readme, *row), row
