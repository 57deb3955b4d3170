"""What became of open deals between two versions: always adds up, and agrees with plain SQL written apart."""

from __future__ import annotations

import tempfile
from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import duckdb
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import salesmetrics as sm
from salesmetrics.errors import QueryError
from salesmetrics.ingest.store import Filled, store
from salesmetrics.model.dataset import Dataset
from salesmetrics.query.deal_moves import LISTED, deal_moves, expected_closes, moved_deals
from salesmetrics.query.request import Period

Q3 = Period(date(2024, 7, 1), date(2024, 10, 1))
Deal = tuple[str, str, Decimal | None, date | None]


def dataset(deals: list[Deal], folder: Path, name: str, **notes: int) -> Dataset:
    with duckdb.connect() as connection:
        connection.execute(
            "CREATE TABLE deals (opportunity_id VARCHAR, status VARCHAR, amount DECIMAL(18, 6), close_date DATE)"
        )
        if deals:
            connection.executemany("INSERT INTO deals VALUES (?, ?, ?, ?)", deals)
        return store(connection, {"opportunities": Filled("deals", notes)}, folder / name, date(2024, 12, 31))


OLD: list[Deal] = [
    ("stays", "open", Decimal("100.10"), date(2024, 7, 5)),
    ("dearer", "open", Decimal("200.20"), date(2024, 7, 6)),
    ("won", "open", Decimal("300.30"), date(2024, 8, 1)),
    ("lost", "open", Decimal("400.40"), date(2024, 8, 2)),
    ("pushed", "open", Decimal("500.50"), date(2024, 9, 30)),
    ("pulled", "open", Decimal("600.60"), date(2024, 10, 1)),
    ("back", "lost", Decimal("700.70"), date(2024, 1, 1)),
    ("gone", "open", Decimal("800.80"), date(2024, 7, 1)),
    ("later", "open", Decimal("55.55"), None),
]
NEW: list[Deal] = [
    ("stays", "open", Decimal("100.10"), date(2024, 7, 20)),
    ("dearer", "open", Decimal("250.25"), date(2024, 7, 6)),
    ("won", "won", Decimal("333.33"), date(2024, 6, 1)),
    ("lost", "lost", Decimal(0), date(2024, 6, 2)),
    ("pushed", "open", Decimal("510.50"), date(2024, 10, 1)),
    ("pulled", "open", Decimal("606.66"), date(2024, 9, 30)),
    ("back", "open", Decimal("707.77"), date(2024, 8, 8)),
    ("new", "open", Decimal("900.90"), date(2024, 8, 9)),
    ("new and won", "won", Decimal("1000"), date(2024, 6, 1)),
    ("later", "open", Decimal("55.55"), None),
]


def by_hand(text: str) -> tuple[int, Decimal]:
    count, amount = text.split()
    return int(count), Decimal(amount)


def test_each_deal_makes_one_move_at_its_old_amount(tmp_path: Path) -> None:
    old, new = dataset(OLD, tmp_path, "old"), dataset(NEW, tmp_path, "new")
    found = deal_moves(old, new, Q3)
    assert found is not None
    # Opening: 100.10 + 200.20 + 300.30 + 400.40 + 500.50 + 800.80; the day after the quarter is out of it.
    assert found.opening == by_hand("6 2302.30")
    assert found.moves == {
        "new": by_hand("1 900.90"), "reopened": by_hand("1 700.70"), "pulled": by_hand("1 600.60"),
        "won": by_hand("1 -300.30"), "lost": by_hand("1 -400.40"), "pushed": by_hand("1 -500.50"),
        "gone": by_hand("1 -800.80"),
    }  # fmt: skip
    # 50.05 of the one that stays, 6.06 and 7.07 of those that came in; what left took its old amount with it.
    assert found.changed == by_hand("3 63.18")
    assert found.closing == by_hand("5 2565.68")
    assert found.won_at == Decimal("333.33")
    assert found.undated == 1


def test_without_a_period_nothing_is_pushed_or_pulled(tmp_path: Path) -> None:
    old, new = dataset(OLD, tmp_path, "old"), dataset(NEW, tmp_path, "new")
    found = deal_moves(old, new)
    assert found is not None
    assert set(found.moves) == {"new", "reopened", "won", "lost", "gone"}
    # Of the deals that stay: 50.05, 10.00 and 6.06; of the one that came back 7.07.
    assert found.changed == by_hand("4 73.18")


def oracle(folder: Path, period: Period | None) -> dict[str, tuple[int, Decimal]]:
    """Work out each bar by a statement of its own, with none of the cases shared."""
    inside = f"close_date >= DATE '{period.start}' AND close_date < DATE '{period.end}'" if period else "true"
    names = {side: f"read_parquet('{folder / side / 'opportunities.parquet'}')" for side in ("old", "new")}
    with duckdb.connect() as connection:
        for side, source in names.items():
            connection.execute(
                f"CREATE VIEW {side}_all AS SELECT opportunity_id AS id, status, coalesce(amount, 0) AS a FROM {source}"
            )
            connection.execute(
                f"CREATE VIEW {side}_in AS SELECT opportunity_id AS id, coalesce(amount, 0) AS a FROM {source} "
                f"WHERE status = 'open' AND coalesce({inside}, false)"
            )
        left = "SELECT o.a AS x FROM old_in o JOIN new_all n USING (id) WHERE n.id NOT IN (SELECT id FROM new_in)"
        came = "SELECT n.id, o.a AS x, n.a - o.a AS d FROM new_in n JOIN old_all o USING (id) " \
               "WHERE n.id NOT IN (SELECT id FROM old_in)"  # fmt: skip
        asked = {
            "opening": "SELECT a AS x FROM old_in",
            "closing": "SELECT a AS x FROM new_in",
            "new": "SELECT a AS x FROM new_in WHERE id NOT IN (SELECT id FROM old_all)",
            "gone": "SELECT -a AS x FROM old_in WHERE id NOT IN (SELECT id FROM new_all)",
            **{move: f"SELECT -x AS x FROM ({left} AND n.status = '{status}')"
               for move, status in (("won", "won"), ("lost", "lost"), ("pushed", "open"))},
            "pulled": f"SELECT x FROM ({came} AND o.status = 'open')",
            "reopened": f"SELECT x FROM ({came} AND o.status <> 'open')",
            "amount": f"SELECT d AS x FROM ({came} UNION ALL SELECT o.id, o.a, n.a - o.a FROM old_in o "
                      "JOIN new_in n USING (id)) WHERE d <> 0",
        }  # fmt: skip
        return {
            name: connection.execute(f"SELECT count(*), coalesce(sum(x), 0) FROM ({query})").fetchall()[0]
            for name, query in asked.items()
        }


def deals() -> st.SearchStrategy[list[Deal]]:
    amounts = st.none() | st.decimals(-1000, 10**7, places=2)
    days = st.none() | st.dates(date(2024, 6, 25), date(2024, 10, 5))
    fields = st.tuples(
        st.sampled_from("abcdefgh"), st.sampled_from(["open", "open", "won", "lost"]), amounts, days
    )
    return st.lists(fields, max_size=8, unique_by=lambda deal: deal[0])


@settings(max_examples=15, deadline=None)
@given(deals(), deals(), st.sampled_from([None, Q3]))
def test_the_bars_always_add_up_and_agree_with_sql(
    before: list[Deal], after: list[Deal], period: Period | None
) -> None:
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        old, new = dataset(before, folder, "old"), dataset(after, folder, "new")
        found = deal_moves(old, new, period)
        assert found is not None
        total = found.opening[1] + sum((by for _deals, by in found.moves.values()), found.changed[1])
        assert total == found.closing[1]
        told: Mapping[str, Any] = {
            **dict.fromkeys(("new", "reopened", "pulled", "won", "lost", "pushed", "gone"), (0, Decimal(0))),
            **found.moves, "opening": found.opening, "closing": found.closing, "amount": found.changed,
        }  # fmt: skip
        assert told == oracle(folder, period)
        drawn = sm.pipeline_waterfall(old, new, period)
        assert drawn is not None
        for bar in drawn.steps:
            listed = moved_deals(old, new, bar.name, period)
            assert len(listed["by"]) == bar.deals
            if drawn.priced:
                assert sum(listed["by"], Decimal(0)) == bar.by


def test_the_deals_behind_a_bar_are_listed_the_largest_first(tmp_path: Path) -> None:
    old, new = dataset(OLD, tmp_path, "old"), dataset(NEW, tmp_path, "new")
    listed = moved_deals(old, new, "opening", Q3, most=2)
    assert tuple(listed) == LISTED
    assert listed["opportunity_id"] == ["gone", "pushed"]
    assert moved_deals(old, new, "won")["amount_now"] == [Decimal("333.33")]
    assert expected_closes(old, new) == (date(2024, 7, 1), date(2024, 10, 1))


def test_deals_named_by_their_place_in_a_file_cannot_be_followed(tmp_path: Path) -> None:
    old = dataset(OLD, tmp_path, "old", opportunity_id_synthesized=9)
    with pytest.raises(QueryError, match="carry no id"):
        deal_moves(old, dataset(NEW, tmp_path, "new"))


def test_python_tells_what_changed(tmp_path: Path) -> None:
    old, new = dataset(OLD, tmp_path, "old"), dataset(NEW, tmp_path, "new")
    [found] = sm.changes(old, new)
    assert (found.table, found.new, found.gone) == ("opportunities", 2, 1)
    # All but the deal without a day differ in something.
    assert (found.changed, found.unchanged) == (7, 1)
