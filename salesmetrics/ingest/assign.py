"""Which header of a sheet stands for which column of one kind of table: every candidate weighed by its values."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, replace

from salesmetrics.i18n import _
from salesmetrics.ingest.fold import fold
from salesmetrics.ingest.kinds import HINTS, STRONG, Candidate, Kind, candidates
from salesmetrics.ingest.presets import Preset
from salesmetrics.ingest.type_names import many
from salesmetrics.model.tables import Column, ColumnType

Fit = Callable[[int, Column], float | None]
"""How well the values of a column of the sheet fit a canonical column: 0 to 1, None where there are no values."""

ASK_BELOW = 0.6
"""A column that a table needs is asked for where it is known with less than this, and another may be it too."""

_ALONE = 0.7
_IN_PRESET = 0.97
_RIVALS = 0.1
_CITY = frozenset(map(fold, ("city", "town", "address", "street", "ship city", "城市", "地址")))
_POSTAL = frozenset(
    map(fold, ("postal code", "postcode", "zip", "zip code", "country", "邮编", "邮政编码", "国家"))
)
_STATE = frozenset(map(fold, ("state", "province", "state/province", "state code", "county", "省", "省份", "州")))


@dataclass(frozen=True)
class Match:
    """A header (by its place in the sheet) read as a canonical column."""

    index: int
    header: str
    column: Column
    confidence: float
    evidence: str


@dataclass(frozen=True)
class ByKeys:
    """What the values of a header are, told from other files: mostly keys that stand there as `column`."""

    index: int
    column: str
    confidence: float
    evidence: str


@dataclass(frozen=True)
class Given:
    """What is known of a sheet beside its headers: how values fit, what keys say, which places are not read."""

    fit: Fit
    keys: Sequence[ByKeys] = ()
    ignored: Collection[int] = ()


@dataclass(frozen=True)
class Assignment:
    """The columns found; remarks on headers whose values do not fit; which places else may be a column, by its name.

    `alone` are needed columns known by a hint that no other header could be: surer, once it is known what the
    sheet is.
    """

    matches: tuple[Match, ...]
    remarks: tuple[str, ...]
    rivals: Mapping[str, tuple[int, ...]]
    alone: Mapping[str, Match]


@dataclass(frozen=True)
class _Weighed:
    candidate: Candidate
    sure: float
    share: float | None
    evidence: str


def assign(
    header: tuple[str, ...], kind: Kind, given: Given, said: Mapping[str, int], preset: Preset | None = None
) -> Assignment:
    """Read the headers as columns of `kind`; `said` (column -> place) is what a person said, `preset` the export it is."""
    columns = {column.name: column for column in kind.columns.readable}
    matches = {
        index: Match(index, header[index], columns[name], 1.0, _("said by a person, with --map"))
        for name, index in said.items()
    }
    taken = set(said)
    weighed, unfit = _weighed(header, kind, given, preset)
    for each in weighed:
        candidate = each.candidate
        if candidate.index not in matches and candidate.column.name not in taken:
            taken.add(candidate.column.name)
            matches[candidate.index] = Match(
                candidate.index, header[candidate.index], candidate.column, round(each.sure, 3), each.evidence
            )
    remarks = [
        _("`{header}` would be {column}, but its values do not read as {type}.").format(
            header=header[each.index], column=each.column.name, type=many(each.column.type)
        )
        for each in unfit
        if each.index not in matches and each.column.name not in taken
    ]
    found = _price_is_amount(kind, [matches[index] for index in sorted(matches)])
    rivals, alone = _contested(kind, found, weighed)
    return Assignment(tuple(found), tuple(remarks), rivals, alone)


def address_regions(header: tuple[str, ...]) -> frozenset[int]:
    """Find headers `region` that are part of a postal address: between city and postal code, and no state."""
    folded = [fold(name) for name in header]
    if any(name in _STATE for name in folded):
        return frozenset()
    return frozenset(
        i
        for i in range(1, len(folded) - 1)
        if folded[i] in {"region", "地区"} and folded[i - 1] in _CITY and folded[i + 1] in _POSTAL
    )


def _weighed(
    header: tuple[str, ...], kind: Kind, given: Given, preset: Preset | None
) -> tuple[list[_Weighed], list[Candidate]]:
    address = address_regions(header)
    unread = {*given.ignored, *(preset.left_unread(header) if preset else ())}
    named = _in_preset(header, kind, preset) if preset else []
    settled = {candidate.column.name for candidate in named}
    spoken_for = {candidate.index for candidate in named}
    weighed: list[_Weighed] = []
    unfit: list[Candidate] = []
    general = [
        candidate
        for candidate in candidates(header, kind.columns)
        if candidate.column.name not in settled and candidate.index not in spoken_for
    ]
    for candidate in (*named, *general):
        if candidate.index in given.ignored or (candidate.index in unread and candidate.index not in spoken_for):
            continue
        if candidate.index in address and candidate.column.name == "region":
            continue
        share = given.fit(candidate.index, candidate.column)
        sure = candidate.confidence * (0.8 if share is None else 0.3 + 0.7 * share)
        if share is None or share >= (0.1 if candidate.confidence > STRONG else 0.5):
            ours = preset if candidate in named else None
            weighed.append(
                _Weighed(candidate, sure, share, _evidence(header[candidate.index], candidate, share, ours))
            )
        elif candidate.confidence > STRONG:
            unfit.append(candidate)
    weighed.extend(_by_keys(kind, given, weighed, unread))
    weighed.sort(key=lambda w: (-round(w.sure, 2), w.candidate.rank, w.candidate.index))
    return weighed, unfit


def _in_preset(header: tuple[str, ...], kind: Kind, preset: Preset) -> list[Candidate]:
    columns = {column.name: column for column in kind.columns.readable}
    return [
        Candidate(index, columns[name], _IN_PRESET, rank, name)
        for name, places in preset.places(header).items()
        for rank, index in enumerate(places)
    ]


def _by_keys(kind: Kind, given: Given, weighed: Sequence[_Weighed], unread: Collection[int]) -> list[_Weighed]:
    """Weigh what keys say; a header that is plain about the same column stands before them."""
    columns = {column.name: column for column in kind.columns.readable}
    plain = {each.candidate.column.name for each in weighed if each.candidate.confidence > STRONG}
    return [
        _Weighed(
            Candidate(one.index, columns[one.column], one.confidence, 0, ""), one.confidence, 1.0, one.evidence
        )
        for one in given.keys
        if one.column in columns and one.column not in plain and one.index not in unread
    ]


def _price_is_amount(kind: Kind, matches: list[Match]) -> list[Match]:
    """Read the price as the amount where rows are single pieces: lines of an order with a price and no quantity."""
    found = {match.column.name for match in matches}
    if kind.columns.name != "orders" or "unit_price" not in found or found & {"amount", "quantity"}:
        return matches
    evidence = _("header `{header}` is a price, and there is no quantity: each row is one piece")
    return [
        replace(
            match, column=kind.columns.column("amount"), confidence=min(match.confidence, _ALONE),
            evidence=evidence.format(header=match.header),
        )
        if match.column.name == "unit_price" else match
        for match in matches
    ]  # fmt: skip


def _contested(
    kind: Kind, matches: Sequence[Match], weighed: Sequence[_Weighed]
) -> tuple[Mapping[str, tuple[int, ...]], Mapping[str, Match]]:
    """Tell which headers else may be a needed column that is known by a hint, and which are alone."""
    needed = {part for group in kind.needs for option in group for part in option.split("+")}
    settled = {match.index for match in matches}
    rivals: dict[str, tuple[int, ...]] = {}
    alone: dict[str, Match] = {}
    for match in matches:
        name = match.column.name
        own = [each for each in weighed if each.candidate.column.name == name and each.share is not None]
        if name not in needed or match.confidence >= ASK_BELOW or not own:
            continue
        others = {
            each.candidate.index
            for each in own
            if each.candidate.index not in settled and each.sure >= match.confidence - _RIVALS
        }
        if others:
            rivals[name] = tuple(sorted(others))
        else:
            evidence = _("{evidence}; no other header may be it").format(evidence=match.evidence)
            sure = round(_ALONE * max(each.share or 0 for each in own), 3)
            alone[name] = replace(match, confidence=max(match.confidence, sure), evidence=evidence)
    return rivals, alone


def _evidence(header: str, candidate: Candidate, share: float | None, preset: Preset | None) -> str:
    name = candidate.column.name
    if preset:
        words = _("header `{header}` is {name} in a {origin} export of {holds}")
        words = words.replace("{origin}", preset.origin).replace("{holds}", _(preset.holds))
    elif fold(header) == fold(name):
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
