"""The sample company's committed CSV files as DuckDB tables, read without any of our own code."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import duckdb
import pandas as pd
import pytest

from sample_data import folder

# What was sold and came back, written out from METRICS section 2 and not taken from our own ledger.
LEDGER = """
create view ledger as
with line as (select *, row_number() over () as n from orders where status <> 'Cancelled'),
credited as (select distinct orig_order_id as order_id, product, abs(amount) as amount from line where amount < 0)
select order_date as day, amount, cost, quantity, customer_id, rep_id, region, product, lead_source from line
union all
select coalesce(return_date, order_date), -amount, -cost, -quantity, customer_id, rep_id, region, product,
       lead_source
from line where returned and not exists (
    select 1 from credited
    where credited.order_id = line.order_id and credited.product is not distinct from line.product
      and credited.amount = line.amount)
"""


@pytest.fixture(scope="session")
def company() -> Iterator[duckdb.DuckDBPyConnection]:
    """A DuckDB connection with one table a file, and `ledger`: sales and returns as signed rows."""
    connection = duckdb.connect()
    for path in sorted(folder().glob("*.csv")):
        connection.execute(f"create table {path.stem} as select * from read_csv(?, header = true)", [str(path)])
    # Both hold rows that stand in the file twice; what is counted by id is counted once.
    connection.execute("create view deal as select distinct * from opportunities")
    connection.execute("create view lead as select distinct * from leads")
    connection.execute(LEDGER)
    yield connection
    connection.close()


@pytest.fixture(scope="session")
def ask(company: duckdb.DuckDBPyConnection) -> Callable[[str], pd.DataFrame]:
    """Run SQL on the sample company; the answer as a frame."""
    return lambda sql: company.execute(sql).df()
