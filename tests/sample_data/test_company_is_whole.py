"""The sample company is whole: every table, every column, keys that match, and a script that makes it again."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pandas as pd
import pytest

from salesmetrics.model.tables import TABLES, Table
from sample_data import copy_to, flaws, folder
from sample_data.generate import write

Ask = Callable[[str], pd.DataFrame]

LEFT_EMPTY = {("market_size", "product")}
"""A market known by product for some products only would hide the rest of it."""

FOREIGN_KEYS = [
    ("orders", "customer_id", "customers", "customer_id"),
    ("orders", "rep_id", "reps", "rep_id"),
    ("orders", "product", "products", "product"),
    ("orders", "product_id", "products", "product_id"),
    ("orders", "orig_order_id", "orders", "order_id"),
    ("customers", "rep_id", "reps", "rep_id"),
    ("opportunities", "customer_id", "customers", "customer_id"),
    ("opportunities", "lead_id", "leads", "lead_id"),
    ("opportunities", "rep_id", "reps", "rep_id"),
    ("opportunities", "product", "products", "product"),
    ("stage_history", "opportunity_id", "opportunities", "opportunity_id"),
    ("leads", "customer_id", "customers", "customer_id"),
    ("leads", "rep_id", "reps", "rep_id"),
    ("leads", "product", "products", "product"),
    ("activities", "rep_id", "reps", "rep_id"),
    ("activities", "lead_id", "leads", "lead_id"),
    ("activities", "opportunity_id", "opportunities", "opportunity_id"),
    ("activities", "customer_id", "customers", "customer_id"),
    ("feedback", "customer_id", "customers", "customer_id"),
    ("training", "rep_id", "reps", "rep_id"),
    ("incentive_plans", "product", "products", "product"),
]


def read(table: str) -> pd.DataFrame:
    return pd.read_csv(folder() / f"{table}.csv", dtype=str, keep_default_na=False)


def test_the_script_writes_the_committed_files(tmp_path: Path) -> None:
    written = {path.name: path.read_bytes() for path in write(tmp_path)}
    committed = {path.name: path.read_bytes() for path in folder().glob("*.csv")}
    assert written.keys() == committed.keys()
    assert [name for name in written if written[name] != committed[name]] == []


def test_the_files_stay_small_enough_to_keep_in_the_repository() -> None:
    assert sum(path.stat().st_size for path in folder().glob("*.csv")) < 8_000_000


def test_a_copy_is_the_same_files(tmp_path: Path) -> None:
    copied = copy_to(tmp_path / "new" / "place")
    assert {path.stem for path in copied} == set(TABLES)
    assert all(path.read_bytes() == (folder() / path.name).read_bytes() for path in copied)


@pytest.mark.parametrize("table", TABLES.values(), ids=lambda table: table.name)
def test_every_declared_column_is_there_and_filled(table: Table) -> None:
    rows = read(table.name)
    assert list(rows.columns) == [column.name for column in table.columns]
    empty = {name for name in rows.columns if (rows[name] == "").all()}
    assert {(table.name, name) for name in empty} <= LEFT_EMPTY
    for name in table.required:
        assert (rows[name] != "").all(), f"{table.name}.{name} is required and has empty cells"


@pytest.mark.parametrize("table", [table for table in TABLES.values() if table.key], ids=lambda table: table.name)
def test_keys_are_unique_but_for_the_rows_that_stand_twice(table: Table) -> None:
    rows = read(table.name)
    again = rows.duplicated(list(table.key))
    assert again.sum() == flaws.TWICE.get(table.name, 0)
    assert (rows.duplicated() == again).all(), "a second row differs from the first"


@pytest.mark.parametrize(("table", "column", "other", "key"), FOREIGN_KEYS)
def test_foreign_keys_match(table: str, column: str, other: str, key: str) -> None:
    used = set(read(table)[column]) - {""}
    assert used
    assert used <= set(read(other)[key])


def test_quotas_name_what_there_is() -> None:
    quotas = read("quotas")
    known = {
        "rep": set(read("reps")["rep_id"]),
        "region": set(read("reps")["region"]),
        "product": set(read("products")["product"]),
        "company": {"Company"},
    }
    assert {scope: set(rows["scope_id"]) - known[scope] for scope, rows in quotas.groupby("scope")} == {
        scope: set() for scope in known
    }


def test_three_whole_years_five_regions_forty_products_sixty_reps(ask: Ask) -> None:
    row = ask("""
        select min(order_date) as first, max(order_date) as last, count(distinct region) as regions,
               count(distinct product) as products, (select count(*) from reps) as reps,
               count(distinct date_trunc('month', order_date)) as months from orders""").iloc[0]
    assert (row["first"] <= pd.Timestamp("2023-01-03"), row["last"] >= pd.Timestamp("2025-12-30")) == (True, True)
    assert (row.regions, row.products, row.reps, row.months) == (5, 40, 60, 36)


def test_nobody_works_before_being_hired_or_after_leaving(ask: Ask) -> None:
    for table, day in [("orders", "order_date"), ("activities", '"at"'), ("training", '"date"')]:
        sold_on_leave = "and amount >= 0" if table == "orders" else ""
        outside = ask(f"""
            select count(*) as n from {table} join reps using (rep_id)
            where (cast({day} as date) < hire_date or cast({day} as date) > leave_date) {sold_on_leave}""")
        assert outside["n"][0] == 0, table


def test_nothing_is_sold_before_it_is_launched(ask: Ask) -> None:
    early = ask("select count(*) as n from orders join products using (product) where order_date < launched_on")
    assert early["n"][0] == 0
    assert ask("select count(*) as n from products where launched_on is not null")["n"][0] == 5


def test_stages_lie_between_creation_and_close(ask: Ask) -> None:
    row = ask("""
        select count(*) filter (where first_entry < created_date) as early,
               count(*) filter (where status <> 'open' and last_entry > close_date) as late,
               count(*) filter (where stage <> last_stage) as other, count(*) as n
        from deal join (
            select opportunity_id, cast(min(entered_at) as date) as first_entry,
                   cast(max(entered_at) as date) as last_entry, arg_max(stage, entered_at) as last_stage
            from stage_history group by 1) using (opportunity_id)""").iloc[0]
    assert (row.early, row.late, row.other) == (0, 0, 0)
    assert row.n == ask("select count(*) as n from deal")["n"][0], "a deal has no stages"


def test_leads_become_deals_and_deals_become_orders(ask: Ask) -> None:
    row = ask("""
        select count(*) as won, count(*) filter (where lead.status <> 'converted'
                 or cast(converted_at as date) <> close_date or lead.customer_id <> deal.customer_id) as other
        from deal join lead using (lead_id) where deal.status = 'won'""").iloc[0]
    assert row.won > 1_000
    assert row.other == 0
    unsold = ask("""
        select count(*) as n from deal where status = 'won' and not exists (
            select 1 from orders where customer_id = deal.customer_id and order_date = close_date)""")
    # The few whose order lines lost their customer in the export.
    assert unsold["n"][0] <= 12


def test_a_lead_is_answered_then_qualified_then_converted(ask: Ask) -> None:
    wrong = ask("""
        select count(*) as n from lead
        where first_response_at < created_at or qualified_at < first_response_at or converted_at < qualified_at
           or (qualified_at is not null and first_response_at is null)
           or (status = 'converted') <> (converted_at is not null)""")
    assert wrong["n"][0] == 0


def test_credit_lines_name_the_order_and_take_back_no_more_than_it_was(ask: Ask) -> None:
    row = ask("""
        select count(*) as credits, count(*) filter (where credit.amount > 0 or credit.quantity > 0
                 or -credit.amount > sold.amount or credit.order_date < sold.order_date) as wrong
        from (select * from orders where orig_order_id is not null) credit
        join (select order_id, sum(amount) as amount, min(order_date) as order_date from orders group by 1) sold
          on sold.order_id = credit.orig_order_id""").iloc[0]
    assert row.credits > 100
    assert row.wrong == 0


def test_the_files_hold_what_real_exports_hold(ask: Ask) -> None:
    blank = ask("""
        select count(*) filter (where region is null) as region, count(*) filter (where rep_id is null) as rep,
               count(*) filter (where product is null) as product,
               count(*) filter (where channel is null) as channel,
               count(*) filter (where customer_id is null) as customer,
               count(*) filter (where segment is null) as segment,
               count(*) filter (where status = 'Cancelled') as cancelled
        from orders""").iloc[0]
    assert (blank > 20).all(), blank.to_dict()
    assert ask("select count(*) as n from reps where hire_date is null")["n"][0] == 1
