"""Time zones: one offset keeps the time as written, several go to UTC, and which is said."""

# ruff: noqa: DTZ001 -- files hold the wall time of the place where they were written

from __future__ import annotations

from datetime import date, datetime, timedelta

import pytest

from salesmetrics.ingest import read
from salesmetrics.model.tables import ColumnType

DATE, TIMESTAMP = ColumnType.DATE, ColumnType.TIMESTAMP


@pytest.mark.parametrize(
    "zone",
    [
        "Z",
        " UTC",
        "+08:00",
        "+0800",
        " GMT+8",
        " (China Standard Time)",
        " GMT+0800 (China Standard Time)",
        " PST",
        " -05",
    ],
)
def test_one_offset_keeps_the_time_as_written(values, zone):
    result, coerced = values([f"2024-01-05 09:30:00{zone}"] * 2, TIMESTAMP)
    assert result == [datetime(2024, 1, 5, 9, 30)] * 2
    assert any(note.startswith("zone_left_out:") for note in coerced.notes)


def test_several_offsets_go_to_utc(values):
    cells = [
        "2024-01-05T09:00:00Z",
        "2024-01-05T09:00:00+08:00",
        "2024-01-05T22:15:00-05:00",
        "2024-01-05 09:00 PM GMT+5:30",
    ]
    result, coerced = values(cells, TIMESTAMP)
    assert result == [
        datetime(2024, 1, 5, 9),
        datetime(2024, 1, 5, 1),
        datetime(2024, 1, 6, 3, 15),
        datetime(2024, 1, 5, 15, 30),
    ]
    assert any(note.startswith("zone_utc:") and "UTC+8" in note for note in coerced.notes)


def test_a_date_is_that_of_the_place_where_it_was_written(values):
    cells = ["2024-01-05T23:00:00-05:00", "2024-01-05T00:30:00+08:00"]
    assert values(cells, DATE)[0] == [date(2024, 1, 5)] * 2


def test_a_zone_that_is_several_places_is_not_guessed(values):
    result, coerced = values(["2024-01-05 09:00 CST", "2024-01-05 10:00"], TIMESTAMP)
    assert (result, coerced.unreadable) == ([None, datetime(2024, 1, 5, 10)], 1)


def test_afternoons_in_two_languages(values):
    assert values(["2024/1/5 下午3:05", "2024-01-05 上午9:05"], TIMESTAMP)[0] == [
        datetime(2024, 1, 5, 15, 5),
        datetime(2024, 1, 5, 9, 5),
    ]


def test_columns_of_one_sheet_share_a_clock(connection, tmp_path):
    # Written 09:00 in Shanghai, that is 01:00 UTC, and answered 01:30 UTC: half an hour later, not before.
    path = tmp_path / "leads.csv"
    path.write_text(
        "Lead ID,Created At,First Response At\n1,2024-01-05T09:00:00+08:00,2024-01-05T01:30:00Z\n"
        "2,2024-01-06T09:00:00+08:00,2024-01-06T03:00:00Z\n"
    )
    folder = read([path], into=tmp_path / "data").dataset.folder
    waits = connection.execute(
        f"SELECT first_response_at - created_at FROM '{folder / 'leads.parquet'}' ORDER BY lead_id"
    ).fetchall()
    assert waits == [(timedelta(minutes=30),), (timedelta(hours=2),)]
