"""Recognise which table a sheet is and which header stands for which column, with confidence and evidence."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field, replace

from salesmetrics.i18n import _
from salesmetrics.ingest.assign import Assignment, ByKeys, Fit, Given, Match, address_regions, assign
from salesmetrics.ingest.fold import fold
from salesmetrics.ingest.kinds import STRONG, Kind, candidates, kinds
from salesmetrics.ingest.presets import Preset, known_export

_TABLE_NAME_POINTS = 1.0
_OWN_NAME = 0.95


@dataclass(frozen=True)
class Recognition:
    """What a sheet was recognised as, or not: `kind` None leaves `nearest` and what it `misses`.

    Where `kind` is None and nothing is missing, headers are too vague to tell that it is `nearest`. `rivals` are
    the places of headers that may be a column too, by the column's name; `preset` is the export it is.
    """

    kind: Kind | None
    matches: tuple[Match, ...] = ()
    confidence: float = 0.0
    nearest: Kind | None = None
    misses: tuple[tuple[str, ...], ...] = ()
    remarks: tuple[str, ...] = ()
    rivals: Mapping[str, tuple[int, ...]] = field(default_factory=dict)
    preset: Preset | None = None

    def match(self, column: str) -> Match | None:
        """Give the match for the canonical column, or None."""
        return next((match for match in self.matches if match.column.name == column), None)

    def refused(self) -> Recognition:
        """Give what is left when a sheet turns out not to be what its headers say: sales that lack much."""
        orders = kinds()["orders"]
        found = {
            candidate.column.name
            for candidate in candidates(tuple(m.header for m in self.matches), orders.columns)
        }
        misses = tuple(group for group in orders.needs if not any(set(o.split("+")) <= found for o in group))
        return replace(self, kind=None, confidence=0.0, nearest=orders, misses=misses)


def recognise(
    header: tuple[str, ...],
    names: Sequence[str] = (),
    fit: Fit = lambda index, column: None,
    forced: Mapping[str, Mapping[str, int]] | None = None,
    ignored: Collection[int] = (),
    keys: Sequence[ByKeys] = (),
) -> Recognition:
    """Tell what a sheet with these headers is.

    `names` are the names of its file and sheet; `fit` tells how well its values fit; `forced` is what a person
    said: canonical table -> column -> place of the header (a table without columns: it is that table); headers at
    the places `ignored` are not read; `keys` is what the keys of other files say of its values.

    >>> recognise(("Order Date", "Sales", "Region")).kind.name
    'orders'
    >>> [m.column.name for m in recognise(("订单日期", "金额", "地区", "备注")).matches]
    ['order_date', 'amount', 'region']
    """
    forced = forced or {}
    given = Given(fit, keys, ignored)
    preset = known_export(header)
    if preset:
        export = _as_export(header, preset, given, forced)
        if export:
            return export
    best: tuple[float, Recognition] | None = None
    nearest: tuple[float, Recognition] | None = None
    for kind in kinds().values():
        if forced and (kind.table or "") not in forced:
            continue
        assigned = assign(header, kind, given, forced.get(kind.table or "", {}))
        found = {match.column.name: match.confidence for match in assigned.matches}
        misses = tuple(group for group in kind.needs if not any(_met(option, found) for option in group))
        named = _named(kind, names)
        points, sure = _score(kind, found, named)
        if misses or any(_met(option, found) for option in kind.lacks):
            # Where no header says anything, a sales file is what people most likely meant.
            strong = any(sure_of >= STRONG for sure_of in found.values()) or kind.name == "orders"
            better = nearest is None or (bool(nearest[1].misses) and points > nearest[0])
            if kind.whole and strong and better:
                nearest = (points, _recognition(header, None, assigned, nearest=kind, misses=misses))
            continue
        vague = sum(not any(_met(option, found, STRONG) for option in group) for group in kind.needs)
        if not forced and (vague > 1 or vague == len(kind.needs)) and not (named and len(assigned.matches) > 1):
            # One vague header alone ("Description") says nothing at all.
            if (
                kind.whole
                and len(kind.needs) > 1
                and (nearest is None or nearest[1].misses or points > nearest[0])
            ):
                nearest = (points, _recognition(header, None, assigned, nearest=kind))
            continue
        if best is None or points > best[0]:
            best = (points, _recognition(header, kind, assigned, sure))
    if best:
        return _assured(best[1])
    return nearest[1] if nearest else Recognition(None)


def _as_export(
    header: tuple[str, ...], preset: Preset, given: Given, forced: Mapping[str, Mapping[str, int]]
) -> Recognition | None:
    kind = kinds()[preset.kind]
    if forced and (kind.table or "") not in forced:
        return None
    assigned = assign(header, kind, given, forced.get(kind.table or "", {}), preset)
    found = {match.column.name: match.confidence for match in assigned.matches}
    if not all(any(_met(option, found) for option in group) for group in kind.needs):
        return None
    _points, sure = _score(kind, found, 0.0)
    return _assured(replace(_recognition(header, kind, assigned, sure), preset=preset))


def _recognition(
    header: tuple[str, ...],
    kind: Kind | None,
    assigned: Assignment,
    sure: float = 0.0,
    *,
    nearest: Kind | None = None,
    misses: tuple[tuple[str, ...], ...] = (),
) -> Recognition:
    address = tuple(_address_remark(header[index]) for index in sorted(address_regions(header)))
    matches = tuple(assigned.alone.get(match.column.name, match) for match in assigned.matches)
    remarks = (*address, *assigned.remarks)
    return Recognition(
        kind, matches if kind else assigned.matches, sure, nearest, misses, remarks, assigned.rivals
    )


def _assured(recognition: Recognition) -> Recognition:
    """Trust headers that are the very names of columns: a plain word says little of a table, but much once it is known."""
    matches = tuple(
        replace(match, confidence=max(match.confidence, _OWN_NAME)) if fold(match.header) == fold(match.column.name)
        else match
        for match in recognition.matches
    )  # fmt: skip
    return replace(recognition, matches=matches)


def _met(option: str, found: Mapping[str, float], least: float = 0.0) -> bool:
    parts = option.split("+")
    # Two columns together say less each than one that is asked for alone, so hints do not do for them.
    floor = max(least, STRONG) if len(parts) > 1 else least
    return all(part in found and found[part] >= floor for part in parts)


def _score(kind: Kind, found: Mapping[str, float], named: float) -> tuple[float, float]:
    weight = 3.0 if kind.table else 2.0
    groups = []
    counted: set[str] = set()
    for group in kind.needs:
        scores = [
            (min(found[part] for part in option.split("+")), option) for option in group if _met(option, found)
        ]
        if scores:
            score, option = max(scores)
            groups.append(score)
            counted.update(option.split("+"))
    own = {column.name for column in kind.columns.columns}
    # Squared, so that several vague headers do not outweigh one that is plain.
    others = sum(
        confidence**2 * (1.0 if name in own else 0.7) for name, confidence in found.items() if name not in counted
    )
    sure = sum(groups) / len(groups) if groups else 0.0
    return weight * sum(score**2 for score in groups) + others + named, round(sure, 3)


def _named(kind: Kind, names: Sequence[str]) -> float:
    known = [fold(name) for name in (kind.columns.synonyms if kind.whole or kind.table is None else ())]
    points = 0.0
    for name in map(fold, names):
        if name in known:
            points = max(points, 2 * _TABLE_NAME_POINTS)
        elif any(word in name for word in known if len(word) > 3 or not word.isascii()):
            points = max(points, _TABLE_NAME_POINTS)
    return points


def _address_remark(header: str) -> str:
    return _("`{header}` stands in a postal address, so it is not read as a sales region.").format(header=header)
