"""Recognise which table a sheet is and which header stands for which column, with confidence and evidence."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, field, replace

from salesmetrics.i18n import _
from salesmetrics.ingest.fold import fold
from salesmetrics.ingest.kinds import HINTS, STRONG, Candidate, Kind, candidates, kinds
from salesmetrics.ingest.type_names import many
from salesmetrics.model.tables import Column, ColumnType

Fit = Callable[[int, Column], float | None]
"""How well the values of a column of the sheet fit a canonical column: 0 to 1, None where there are no values."""

_CITY = frozenset(map(fold, ("city", "town", "address", "street", "ship city", "城市", "地址")))
_POSTAL = frozenset(
    map(fold, ("postal code", "postcode", "zip", "zip code", "country", "邮编", "邮政编码", "国家"))
)
_STATE = frozenset(map(fold, ("state", "province", "state/province", "state code", "county", "省", "省份", "州")))
_TABLE_NAME_POINTS = 1.0
_OWN_NAME = 0.95


@dataclass(frozen=True)
class Match:
    """A header (by its place in the sheet) read as a canonical column."""

    index: int
    header: str
    column: Column
    confidence: float
    evidence: str


@dataclass(frozen=True)
class Recognition:
    """What a sheet was recognised as, or not: `kind` None leaves `nearest` and what it `misses`."""

    kind: Kind | None
    matches: tuple[Match, ...] = ()
    confidence: float = 0.0
    nearest: Kind | None = None
    misses: tuple[tuple[str, ...], ...] = ()
    remarks: tuple[str, ...] = field(default=())

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
) -> Recognition:
    """Tell what a sheet with these headers is.

    `names` are the names of its file and sheet; `fit` tells how well its values fit; `forced` is what a person
    said: canonical table -> column -> place of the header (a table without columns: it is that table); headers at
    the places `ignored` are not read.

    >>> recognise(("Order Date", "Sales", "Region")).kind.name
    'orders'
    >>> [m.column.name for m in recognise(("订单日期", "金额", "地区", "备注")).matches]
    ['order_date', 'amount', 'region']
    """
    forced = forced or {}
    address = _address_regions(header)
    best: tuple[float, Recognition] | None = None
    nearest: tuple[float, Recognition] | None = None
    for kind in kinds().values():
        if forced and (kind.table or "") not in forced:
            continue
        said = forced.get(kind.table or "", {})
        matches, unfit = _assign(header, kind, fit, said, address, ignored)
        found = {match.column.name: match.confidence for match in matches}
        misses = tuple(group for group in kind.needs if not any(_met(option, found) for option in group))
        named = _named(kind, names)
        points, sure = _score(kind, found, named)
        remarks = (*(_address_remark(header[i]) for i in sorted(address)), *unfit)
        if misses or any(_met(option, found) for option in kind.lacks):
            # Where no header says anything, a sales file is what people most likely meant.
            strong = any(sure_of >= STRONG for sure_of in found.values()) or kind.name == "orders"
            if kind.whole and strong and (nearest is None or points > nearest[0]):
                nearest = (points, Recognition(None, matches, 0.0, kind, misses, remarks))
            continue
        vague = sum(not any(_met(option, found, STRONG) for option in group) for group in kind.needs)
        if not forced and (vague > 1 or vague == len(kind.needs)) and not (named and len(matches) > 1):
            continue
        if best is None or points > best[0]:
            best = (points, Recognition(kind, matches, sure, remarks=remarks))
    if best:
        return _assured(best[1])
    return nearest[1] if nearest else Recognition(None)


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


def _assign(
    header: tuple[str, ...],
    kind: Kind,
    fit: Fit,
    said: Mapping[str, int],
    address: frozenset[int],
    ignored: Collection[int],
) -> tuple[tuple[Match, ...], tuple[str, ...]]:
    columns = {column.name: column for column in kind.columns.readable}
    matches = {
        index: Match(index, header[index], columns[name], 1.0, _("said by a person, with --map"))
        for name, index in said.items()
    }
    taken = set(said)
    weighed: list[tuple[float, Candidate, float | None]] = []
    unfit: list[Candidate] = []
    for candidate in candidates(header, kind.columns):
        if candidate.index in ignored or (candidate.index in address and candidate.column.name == "region"):
            continue
        share = fit(candidate.index, candidate.column)
        sure = candidate.confidence * (0.8 if share is None else 0.3 + 0.7 * share)
        if share is None or share >= (0.1 if candidate.confidence > STRONG else 0.5):
            weighed.append((sure, candidate, share))
        elif candidate.confidence > STRONG:
            unfit.append(candidate)
    for sure, candidate, share in sorted(weighed, key=lambda w: (-round(w[0], 2), w[1].rank, w[1].index)):
        if candidate.index not in matches and candidate.column.name not in taken:
            taken.add(candidate.column.name)
            evidence = _evidence(header[candidate.index], candidate, share)
            matches[candidate.index] = Match(
                candidate.index, header[candidate.index], candidate.column, round(sure, 3), evidence
            )
    remarks = [
        _("`{header}` would be {column}, but its values do not read as {type}.").format(
            header=header[each.index], column=each.column.name, type=many(each.column.type)
        )
        for each in unfit
        if each.index not in matches and each.column.name not in taken
    ]
    return tuple(matches[index] for index in sorted(matches)), tuple(remarks)


def _evidence(header: str, candidate: Candidate, share: float | None) -> str:
    name = candidate.column.name
    if fold(header) == fold(name):
        words = _("header `{header}` is the name of {name}")
    elif candidate.rank >= HINTS:
        words = _("header `{header}` often means {name} in such a sheet")
    elif fold(header) == fold(candidate.how):
        words = _("header `{header}` is a synonym of {name}")
    else:
        words = _("header `{header}` contains `{how}`, a synonym of {name}")
    words = words.format(header=header, name=name, how=candidate.how)
    if share is None:
        return words + "; " + _("it has no values")
    if candidate.column.type is ColumnType.TEXT:
        return words
    return (
        words
        + "; "
        + _("{share} of its values read as {type}").format(share=f"{share:.0%}", type=many(candidate.column.type))
    )


def _address_regions(header: tuple[str, ...]) -> frozenset[int]:
    """Find headers `region` that are part of a postal address: between city and postal code, and no state."""
    folded = [fold(name) for name in header]
    if any(name in _STATE for name in folded):
        return frozenset()
    return frozenset(
        i
        for i in range(1, len(folded) - 1)
        if folded[i] in {"region", "地区"} and folded[i - 1] in _CITY and folded[i + 1] in _POSTAL
    )


def _address_remark(header: str) -> str:
    return _("`{header}` stands in a postal address, so it is not read as a sales region.").format(header=header)
