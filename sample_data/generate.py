"""Write the sample company as one CSV file a canonical table: `python -m sample_data.generate [DIR]`."""

from __future__ import annotations

import csv
import sys
from pathlib import Path

from salesmetrics.model.tables import TABLES
from sample_data import effort, flaws, plans, rows
from sample_data.chance import Dice
from sample_data.company import SEED, run
from sample_data.rows import Row


def tables(seed: int = SEED) -> dict[str, list[Row]]:
    """Make the rows of every canonical table, as text by column name; a column that a row lacks is empty."""
    company = run(seed)
    ids = rows.kept_deals(company)
    made = {
        "orders": rows.orders(company.lines),
        "customers": rows.customers(company, Dice(seed, 11)),
        "products": rows.products(company),
        "opportunities": rows.opportunities(company, ids, Dice(seed, 12)),
        "stage_history": rows.stage_history(company, ids),
        "leads": rows.leads(company, Dice(seed, 13)),
        "activities": effort.activities(company, ids, Dice(seed, 14)),
        "reps": rows.reps(company),
        "quotas": plans.quotas(company, Dice(seed, 15)),
        "spend": plans.spend(company, Dice(seed, 16)),
        "feedback": plans.feedback(company, Dice(seed, 17)),
        "market_size": plans.market_size(company, Dice(seed, 18)),
        "training": plans.training(company, Dice(seed, 19)),
        "kpis": plans.kpis(),
        "reviews": plans.reviews(Dice(seed, 20)),
        "incentive_plans": plans.incentive_plans(),
    }
    luck = Dice(seed, 21)
    return {name: flaws.repeat(name, flaws.forget(name, table, luck), luck) for name, table in made.items()}


def write(directory: Path) -> list[Path]:
    """Write every table to `directory` as `<table>.csv` in UTF-8, and give the paths written."""
    directory.mkdir(parents=True, exist_ok=True)
    paths = []
    for name, table in tables().items():
        path = directory / f"{name}.csv"
        with path.open("w", encoding="utf-8", newline="") as file:
            columns = [column.name for column in TABLES[name].columns]
            writer = csv.DictWriter(file, columns, restval="", lineterminator="\n")
            writer.writeheader()
            writer.writerows(table)
        paths.append(path)
    return paths


if __name__ == "__main__":
    for written in write(Path(sys.argv[1]) if len(sys.argv) > 1 else Path(__file__).parent):
        print(written)
