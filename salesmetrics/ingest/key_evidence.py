"""Keys that match across files: a column whose values are mostly keys of another file's list refers to that list."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace

import duckdb

from salesmetrics.i18n import _
from salesmetrics.ingest.assign import ByKeys
from salesmetrics.ingest.fold import fold
from salesmetrics.ingest.relation import select
from salesmetrics.ingest.sheet import Sheet
from salesmetrics.ingest.typed import Typed
from salesmetrics.ingest.words import spelled_out

MOSTLY = 0.9
"""From this share on, a column whose values are keys of a list is read as such, whatever its header says."""

_KEYS: Mapping[str, tuple[tuple[str, str], ...]] = {
    "customers": (("customer_id", "customer_id"), ("name", "customer_name")),
    "products": (("product_id", "product_id"), ("product", "product")),
    "reps": (("rep_id", "rep_id"), ("name", "rep_name")),
    "order_headers": (("order_id", "order_id"),),
    "orders": (("order_id", "order_id"),),
    "opportunities": (("opportunity_id", "opportunity_id"),),
    "leads": (("lead_id", "lead_id"),),
    "categories": (("category_id", "category_id"),),
    "regions": (("region_id", "region_id"),),
    "territories": (("territory_id", "territory_id"),),
    "deal_stages": (("stage_id", "stage_id"),),
}
"""For each kind of sheet: its columns that others refer to, each with what such a column is called there."""

_ONE = (("customer_id", "customer_name"), ("rep_id", "rep_name"), ("product_id", "product"))
"""Columns that say the same of a row: where one is there, another need not be found."""

_REFERENCES = frozenset(name for pairs in _KEYS.values() for _own, name in pairs)
_LOOKS_LIKE_A_KEY = re.compile(r"(?:id|key|code|number|ref|reference|fk|编号)$|^column\d+$")
_LOOKED_AT = 5_000
_FEWEST = 2
_HALF = 0.5


@dataclass(frozen=True)
class AcrossFiles:
    """What keys tell: by the number of a sheet, how to read its columns; by sheet and column, what else speaks for it."""

    readings: Mapping[int, tuple[ByKeys, ...]] = field(default_factory=dict)
    evidence: Mapping[tuple[int, str], str] = field(default_factory=dict)

    def told(self, typed: Typed) -> Typed:
        """Give `typed` with what keys tell added to the evidence of its columns."""
        matches = tuple(
            replace(match, evidence=f"{match.evidence}; {said}")
            if (said := self.evidence.get((typed.number, match.column.name))) and said not in match.evidence
            else match
            for match in typed.recognition.matches
        )
        return replace(typed, recognition=replace(typed.recognition, matches=matches))


@dataclass(frozen=True)
class _Overlap:
    index: int
    column: str
    of: Typed
    key: str
    share: float
    values: int
    plain_numbers: bool


def keys_across(connection: duckdb.DuckDBPyConnection, sheets: Sequence[Typed]) -> AcrossFiles:
    """Look which columns of each sheet hold keys of the lists in the others, from a sample of their rows."""
    sources = [(typed, own, name) for typed in sheets for own, name in _KEYS.get(typed.kind or "", ())]
    readings: dict[int, tuple[ByKeys, ...]] = {}
    evidence: dict[tuple[int, str], str] = {}
    for typed in sheets:
        open_places = _open_places(typed)
        others = [each for each in sources if each[0].number != typed.number]
        if not open_places or not others or not typed.sheet.rows:
            continue
        best: dict[int, list[_Overlap]] = defaultdict(list)
        for overlap in _overlaps(connection, typed, open_places, others):
            best[overlap.index].append(overlap)
        read = []
        for index, overlaps in best.items():
            one = _clear(overlaps)
            match = next((match for match in typed.recognition.matches if match.index == index), None)
            for same in overlaps:
                if match and same.column == match.column.name:
                    evidence.setdefault((typed.number, same.column), _said(same))
            if one is None or (match and one.column == match.column.name):
                continue
            if match and any(same.column == match.column.name and same.share >= _HALF for same in overlaps):
                continue
            if any(one.column in pair and (set(pair) & _found(typed, index)) for pair in _ONE):
                continue
            if _identifies(connection, typed.sheet, one):
                read.append(ByKeys(index, one.column, round(0.97 * one.share, 3), _evidence(typed.sheet, one)))
        if read:
            readings[typed.number] = tuple(read)
    return AcrossFiles(readings, evidence)


def _found(typed: Typed, index: int) -> set[str]:
    return {match.column.name for match in typed.recognition.matches if match.index != index}


def _open_places(typed: Typed) -> list[int]:
    """Give the places that no header settles as something that refers to nothing."""
    settled = {match.index for match in typed.recognition.matches if match.column.name not in _REFERENCES}
    own = {own for own, _name in _KEYS.get(typed.kind or "", ())[:1]}
    settled |= {match.index for match in typed.recognition.matches if match.column.name in own}
    if typed.kind is None:
        settled = set()
    return [index for index in range(len(typed.sheet.header)) if index not in settled]


def _overlaps(
    connection: duckdb.DuckDBPyConnection,
    typed: Typed,
    places: Sequence[int],
    sources: Sequence[tuple[Typed, str, str]],
) -> Iterator[_Overlap]:
    step = max(1, typed.sheet.rows // _LOOKED_AT)
    cells = " UNION ALL ".join(
        f"SELECT {index} AS place, c{index} AS value FROM {typed.sheet.relation} "
        f"WHERE c{index} IS NOT NULL AND row % {step} = 0"
        for index in places
    )
    held = select(
        connection,
        f"SELECT place, value, count(*) AS n FROM ({cells}) GROUP BY ALL",
        ("place", "value"),
        keep=True,
    )
    for source, own, name in sources:
        match = source.recognition.match(own)
        if match is None:
            continue
        keys = (
            f"SELECT DISTINCT c{match.index} AS k FROM {source.sheet.relation} "
            f"WHERE c{match.index} IN (SELECT value FROM {held.name})"
        )
        for place, share, values, numbers in connection.execute(
            f"SELECT place, sum(n) FILTER (k IS NOT NULL) / sum(n), count(*) FILTER (k IS NOT NULL), "
            "bool_and(regexp_full_match(value, '[0-9]{1,4}')) "
            f"FROM {held.name} LEFT JOIN ({keys}) ON k = value GROUP BY place "
            "HAVING count(*) FILTER (k IS NOT NULL) > 0 ORDER BY place"
        ).fetchall():
            yield _Overlap(place, name, source, match.header, float(share), values, bool(numbers))


def _clear(overlaps: Sequence[_Overlap]) -> _Overlap | None:
    """Give the list whose keys these are, where no other list has them as well."""
    good = [one for one in overlaps if one.share >= MOSTLY and one.values >= _FEWEST]
    if not good or len({one.column for one in good}) > 1:
        return None
    return max(good, key=lambda one: one.share)


def _identifies(connection: duckdb.DuckDBPyConnection, sheet: Sheet, overlap: _Overlap) -> bool:
    """Tell whether the values could not as well be counts: small numbers are keys only under a header for keys."""
    if not overlap.plain_numbers:
        return True
    header = sheet.header[overlap.index]
    if not _LOOKS_LIKE_A_KEY.search(fold(spelled_out(header) or header)):
        return False
    match = overlap.of.recognition.match(
        next(own for own, name in _KEYS[overlap.of.kind or ""] if name == overlap.column)
    )
    index = match.index if match else 0
    [(keys,)] = connection.execute(f"SELECT count(DISTINCT c{index}) FROM {overlap.of.sheet.relation}").fetchall()
    return bool(overlap.values >= _HALF * keys)


def _said(overlap: _Overlap) -> str:
    return _("{share} of its values are {key} of {file}").format(
        share=f"{overlap.share:.0%}", key=overlap.key, file=overlap.of.sheet.label
    )


def _evidence(sheet: Sheet, overlap: _Overlap) -> str:
    return _("header `{header}` does not say it, but {told}").format(
        header=sheet.header[overlap.index], told=_said(overlap)
    )
