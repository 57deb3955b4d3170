"""The parts of the plain lane by themselves: exact numbers, lines by their number, rows that share a print."""

from __future__ import annotations

from decimal import ROUND_HALF_UP, Decimal

import numpy as np
import pyarrow as pa
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from salesmetrics.ingest.plain_lane import lines, prints
from salesmetrics.ingest.plain_lane.not_plain import NotPlainError
from salesmetrics.ingest.plain_lane.numbers import scaled, scaled_exactly
from salesmetrics.ingest.plain_lane.texts import Texts


@settings(deadline=None)
@given(st.decimals(min_value=-(10**9), max_value=10**9, places=9))
def test_a_number_by_way_of_a_binary_fraction_is_the_one_that_was_written(number: Decimal) -> None:
    found = scaled(pa.array([float(number)]))
    exact = (number * 10**6).quantize(Decimal(1), rounding=ROUND_HALF_UP)
    assert found is None or found.tolist() == [int(exact)]


@settings(deadline=None)
@given(st.integers(-(10**22), 10**22))
def test_what_18_digits_cannot_hold_is_not_plain(millionths: int) -> None:
    column = pa.array([Decimal(millionths).scaleb(-6), None], pa.decimal128(38, 6))
    if abs(millionths) < 10**18:
        assert scaled_exactly(column).tolist() == [millionths, 0]
    else:
        with pytest.raises(NotPlainError):
            scaled_exactly(column)


@settings(deadline=None)
@given(st.lists(st.text("ab, é", min_size=1, max_size=9), min_size=1, max_size=70), st.booleans())
def test_a_line_is_found_by_its_number(tmp_path_factory, texts: list[str], ended: bool) -> None:
    path = tmp_path_factory.mktemp("lines") / "some.csv"
    path.write_bytes(("\n".join(texts) + "\n" * ended).encode())
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(lines, "_CHUNK", 11)
        patch.setattr(lines, "_APART", 3)
        found = lines.lines_of(path)
        assert found.count == len(texts)
        numbers = range(1, len(texts) + 1, 2)
        assert [(number, line.decode()) for number, line in found.take(numbers)] == [
            (n, texts[n - 1]) for n in numbers
        ]
        assert b"".join(found.blocks(0, 30)) == path.read_bytes()


@settings(deadline=None)
@given(st.lists(st.integers(0, 12), max_size=60))
def test_rows_that_share_a_print_are_told_however_many_there_are(tmp_path_factory, numbers: list[int]) -> None:
    found = prints.Prints(tmp_path_factory.mktemp("prints") / "beside")
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(prints, "_HELD", 16)
        spread = [number * 0x1555555555555555 for number in numbers]
        for at in range(0, len(spread), 7):
            found.add(np.array(spread[at : at + 7], np.uint64))
        assert sorted(found.shared()) == [at for at, number in enumerate(numbers) if numbers.count(number) > 1]


@settings(deadline=None)
@given(st.lists(st.one_of(st.none(), st.text("abcdé", min_size=1, max_size=12)), min_size=1, max_size=30))
def test_equal_texts_have_equal_prints(texts: list[str | None]) -> None:
    column = pa.array(texts, pa.string())
    if column.null_count == len(column):
        return
    found = Texts(column).prints().tolist()
    for one, number in zip(texts, found, strict=True):
        for other, of_other in zip(texts, found, strict=True):
            tails = [(text or "").encode()[-8:] for text in (one, other)]
            alike = tails[0] == tails[1] and len((one or "").encode()) == len((other or "").encode())
            assert (number == of_other) == alike
