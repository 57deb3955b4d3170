"""What is said to unlock most does: adding it makes so many more metrics available, and nothing single makes more."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from salesmetrics.model.dataset import Dataset, TableFacts
from salesmetrics.model.tables import TABLES
from salesmetrics.query.availability import availability
from salesmetrics.query.glossary import glossary
from salesmetrics.query.readiness import readiness
from tests.company import dataset

Columns = dict[str, frozenset[str]]

WHOLE: Columns = {name: frozenset(column.name for column in table.columns) for name, table in TABLES.items()}


def holding(columns: Columns) -> Dataset:
    """A data set that holds these columns; nothing reads its rows."""
    version = ";".join(f"{table}:{','.join(sorted(names))}" for table, names in sorted(columns.items()))
    facts = {table: TableFacts(1, names) for table, names in columns.items()}
    return Dataset(Path("nowhere"), version, date(2024, 6, 30), facts)


def able(columns: Columns) -> int:
    return sum(reason is None for reason in availability(holding(columns)).values())


def with_more(columns: Columns, table: str, names: frozenset[str]) -> Columns:
    return {**columns, table: columns.get(table, frozenset()) | names}


some_columns = st.dictionaries(
    st.sampled_from(("orders", "opportunities", "leads", "reps", "quotas", "spend", "activities")),
    st.frozensets(st.integers(0, 40), max_size=12),
    max_size=4,
).map(
    lambda drawn: {
        table: frozenset(column for place, column in enumerate(sorted(WHOLE[table])) if place in places)
        for table, places in drawn.items()
    }
)


@settings(max_examples=20, deadline=None)
@given(some_columns)
def test_nothing_single_unlocks_more_than_what_is_named_first(columns: Columns) -> None:
    before = able(columns)
    gains = [
        able(with_more(columns, table, names)) - before for table, names in WHOLE.items() if table not in columns
    ]
    gains += [
        able(with_more(columns, table, frozenset({name}))) - before
        for table, names in columns.items()
        for name in WHOLE[table] - names
    ]
    first = readiness(holding(columns)).first
    assert (len(first.metrics) if first else 0) == max(gains)


@settings(max_examples=20, deadline=None)
@given(some_columns)
def test_each_unlocks_what_it_says_it_does(columns: Columns) -> None:
    ready = readiness(holding(columns))
    assert len(ready.available) == able(columns)
    for unlock in ready.unlocks:
        added = frozenset(name.partition(".")[2] for name in unlock.columns)
        assert unlock.is_file == (unlock.table not in columns)
        after = readiness(holding(with_more(columns, unlock.table, added)))
        assert set(after.available) - set(ready.available) == set(unlock.metrics)


@settings(max_examples=20, deadline=None)
@given(some_columns)
def test_every_metric_is_here_or_lacks_something_or_both_would_be_untrue(columns: Columns) -> None:
    ready = readiness(holding(columns))
    assert sorted((*ready.available, *ready.lacking)) == sorted(glossary())
    assert ready.of == len(glossary())
    for names in ready.lacking.values():
        assert names
        assert not [name for name in names if name.partition(".")[2] in columns.get(name.partition(".")[0], ())]
    for metric in ready.several:
        assert len({name.partition(".")[0] for name in ready.lacking[metric]}) > 1


def test_columns_of_one_missing_file_count_together() -> None:
    ready = readiness(holding({"orders": WHOLE["orders"]}))
    [quotas] = [unlock for unlock in ready.unlocks if unlock.table == "quotas"]
    assert quotas.is_file
    assert {"quotas.amount", "quotas.scope"} <= set(quotas.columns)
    assert "quota_attainment" in quotas.metrics


def test_with_every_column_nothing_is_lacking() -> None:
    ready = readiness(holding(WHOLE))
    assert (len(ready.available), ready.unlocks, ready.first, ready.several) == (len(glossary()), (), None, ())


@pytest.mark.parametrize("metric", ["quota_attainment", "revenue"])
def test_what_lacks_several_files_is_unlocked_by_none_alone(metric: str) -> None:
    ready = readiness(holding({}))
    alone = {one for unlock in ready.unlocks for one in unlock.metrics}
    assert (metric in alone) == (metric == "revenue")
    assert (metric in ready.several) == (metric == "quota_attainment")


def test_answers_are_told_by_either_of_two_files(tmp_path: Path):
    lead = {"lead_id": "L1", "created_at": "2024-01-05 09:00"}
    call = {"rep_id": "R1", "at": "2024-01-05 10:00", "type": "call", "lead_id": "L1"}
    (tmp_path / "neither").mkdir()
    (tmp_path / "calls").mkdir()
    assert "lead_response_time" in readiness(dataset({"leads": [lead]}, tmp_path / "neither")).lacking
    calls = dataset({"leads": [lead], "activities": [call]}, tmp_path / "calls")
    assert "lead_response_time" in readiness(calls).available
