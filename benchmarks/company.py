"""A company of any size, generated: order lines and the reps who sold them, the same each time."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path

import duckdb

from salesmetrics.ingest.store import Filled, store
from salesmetrics.model.dataset import Dataset

FIRST, LAST = date(2022, 1, 1), date(2025, 12, 31)
REGIONS = ("North", "East", "South", "West", "Central")
PRODUCTS, REPS = 200, 500
LINES_A_CUSTOMER = 20
_SEED = 20_251_231


def written(lines: int, credited: int) -> str:
    """Write the SQL that makes `orders` and `reps`.

    Orders of 1, 2, 3 and 4 lines take turns and follow each other in time, a little denser each year; some name
    a product twice. About 2 % of the lines are flagged as returned, half of them with their whole order. Credit
    lines reverse an earlier line, in whole or by half; some of these are flagged too: one return all the same.
    """
    booked = lines - credited
    numbers = -(-booked // 10) * 4
    days = (LAST - FIRST).days + 1
    regions = ", ".join(f"'{name}'" for name in REGIONS)
    return f"""
    CREATE MACRO draw(thing, what, sides) AS (hash(thing, what, {_SEED}) % sides)::INTEGER;

    CREATE TABLE lines AS SELECT i AS line FROM range({booked}) t(i);

    CREATE TABLE sold AS
    WITH numbered AS (
        SELECT line, (line // 10) * 4 + substr('0112223333', line % 10 + 1, 1)::INTEGER AS number FROM lines
    ), chosen AS (
        SELECT *,
            DATE '{FIRST}' + floor({days} * pow(number / {numbers}, 0.8))::INTEGER AS order_date,
            draw(number, 'customer', {max(lines // LINES_A_CUSTOMER, 1)}) AS customer,
            draw(line - (draw(line, 'again', 20) = 0)::INTEGER, 'product', {PRODUCTS}) AS item,
            1 + draw(line, 'quantity', 5) AS quantity
        FROM numbered
    ), priced AS (
        SELECT *, ((500 + draw(item, 'price', 49500)) * quantity / 100)::DECIMAL(18, 2) AS list FROM chosen
    ), discounted AS (
        SELECT *, CASE WHEN draw(line, 'discounted', 10) < 3
            THEN (list * (5 + draw(line, 'discount', 21)) / 100)::DECIMAL(18, 2) ELSE 0 END AS discount
        FROM priced
    )
    SELECT line, order_date, 'O' || lpad(number::VARCHAR, 8, '0') AS order_id,
        'C' || lpad(customer::VARCHAR, 7, '0') AS customer_id,
        'R' || lpad(draw(number, 'rep', {REPS})::VARCHAR, 3, '0') AS rep_id,
        [{regions}][1 + draw(customer, 'region', {len(REGIONS)})] AS region,
        'Product ' || lpad(item::VARCHAR, 3, '0') AS product,
        quantity, list - discount AS amount, discount,
        (list * (45 + draw(line, 'cost', 30)) / 100)::DECIMAL(18, 2) AS cost,
        draw(line, 'returned', 100) = 0 OR draw(number, 'all returned', 100) = 0 AS returned,
        CASE WHEN returned AND draw(line, 'dated', 4) > 0
            THEN least(order_date + 1 + draw(line, 'days', 40), DATE '{LAST}') END AS return_date
    FROM discounted;

    CREATE VIEW orders AS
    SELECT * EXCLUDE (line), NULL AS orig_order_id FROM sold
    UNION ALL BY NAME
    SELECT least(order_date + 3 + draw(line, 'wait', 60), DATE '{LAST}') AS order_date,
        'K' || substr(order_id, 2) || '-' || line AS order_id, order_id AS orig_order_id,
        customer_id, rep_id, region, product, -quantity AS quantity, 0 AS discount, false AS returned,
        -CASE WHEN draw(line, 'half', 3) = 0 THEN (amount / 2)::DECIMAL(18, 2) ELSE amount END AS amount,
        -CASE WHEN draw(line, 'half', 3) = 0 THEN (cost / 2)::DECIMAL(18, 2) ELSE cost END AS cost
    FROM (SELECT * FROM sold WHERE line % 99 = 7 LIMIT {credited});

    CREATE VIEW reps AS
    SELECT 'R' || lpad(i::VARCHAR, 3, '0') AS rep_id, 'Rep ' || i AS name,
        [{regions}][1 + draw(i, 'region of rep', {len(REGIONS)})] AS region,
        CASE WHEN i % 50 = 0 THEN NULL
            ELSE DATE '{FIRST}' - 2190 + draw(i, 'hired', 2190 + 1095) END AS hire_date
    FROM range({REPS}) t(i);
    """


def made(lines: int, folder: Path) -> Dataset:
    """Write a dataset of that many order lines, one in a hundred of them a credit line, to `folder`."""
    with duckdb.connect(config={"temp_directory": str(folder / "spill"), "memory_limit": "4GB"}) as connection:
        connection.execute("SET enable_progress_bar = false")
        connection.execute(written(lines, lines // 100))
        tables = {"orders": Filled("orders"), "reps": Filled("reps")}
        return store(connection, tables, folder, read_on=LAST + timedelta(days=1))
