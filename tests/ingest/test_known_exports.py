"""Headers of public data sets, shops, books and CRMs, written down from knowledge of them, map without a correction."""

from __future__ import annotations

import pytest

from tests.ingest.header_lists import agreement
from tests.ingest.known_exports import EXPORTS


@pytest.mark.parametrize("name", EXPORTS)
def test_a_known_export_maps_without_a_correction(name: str) -> None:
    assert agreement([(name, EXPORTS[name])]).wrong == ()


def test_there_are_many_of_them_and_their_columns_are_all_found() -> None:
    found = agreement(EXPORTS.items())
    print(f"{len(EXPORTS)} lists, {found.expected} columns: precision {found.precision}, recall {found.recall}")
    assert len(EXPORTS) >= 25
    assert (found.precision, found.recall) == (1.0, 1.0)
