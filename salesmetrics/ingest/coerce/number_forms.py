"""The forms in which numbers are written, as patterns and SQL: marks, brackets, signs, suffixes, percent."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from salesmetrics.ingest.coerce.coerced import literal
from salesmetrics.ingest.coerce.currency_signs import CODES, SIGNS, code_of

WIDE = "０１２３４５６７８９．，－＋％（）￥＄−–—‘’´", "0123456789.,-+%()¥$---'''"
_SPACES = "\u00a0\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a\u202f\u3000"
BLANKS = rf"[\s{_SPACES}]"
PLAIN = r"[-+]?(\d+(\.\d*)?|\.\d+)([eE][-+]?\d{1,2})?"
DOTTED = r"(?i)(Rs|Fr|kr|руб|Mio|Mrd|Tsd)\."
DIGITS = r"\d[\d.,']*|[.,]\d+"

_SCALES = {
    "k": 1_000, "thousand": 1_000, "tsd": 1_000, "千": 1_000, "万": 10_000, "萬": 10_000, "lakh": 100_000,
    "lac": 100_000, "m": 1_000_000, "mm": 1_000_000, "mn": 1_000_000, "mio": 1_000_000, "million": 1_000_000,
    "百万": 1_000_000, "百萬": 1_000_000, "千万": 10_000_000, "千萬": 10_000_000, "crore": 10_000_000,
    "亿": 100_000_000, "億": 100_000_000, "b": 1_000_000_000, "bn": 1_000_000_000, "mrd": 1_000_000_000,
    "billion": 1_000_000_000,
}  # fmt: skip
_SCALE = "|".join(sorted(_SCALES, key=len, reverse=True))

GROUPED = {
    ".": r"(?:\d{1,3}(?:,\d{2,3})*,\d{3}|\d{1,3}(?:'\d{3})+|\d+)(?:\.\d*)?|\.\d+",
    ",": r"(?:\d{1,3}(?:\.\d{3})+|\d{1,3}(?:'\d{3})+|\d+)(?:,\d*)?|,\d+",
}
"""A number's digits and marks, by its decimal mark."""

OPEN = {".": r"[1-9]\d{0,2}\.\d{3}", ",": r"[1-9]\d{0,2},\d{3}"}
"""What either decimal mark explains: thousands for one, three decimals for the other."""

SURE = {
    # Not three digits after the mark, four or a zero before it, or the other mark in groups of three before it.
    ".": r"\d*\.(\d{0,2}|\d{4,})|(\d{4,}|0\d*)\.\d+|[\d,]*,\d{3}\.\d*|\d{1,3}(,\d{2,3})+,\d{3}|\d+('\d{3})+\.\d*",
    ",": r"\d*,(\d{0,2}|\d{4,})|(\d{4,}|0\d*),\d+|[\d.]*\.\d{3},\d*|\d{1,3}(\.\d{3}){2,}|\d+('\d{3})+,\d*",
}
"""What only one decimal mark explains."""

_HEADERS = (
    (r"亿元|億元|[(（]亿[)）]|[/／][亿億]$", 100_000_000),
    (
        r"百万元|[(（]百万[)）]|[/／]百万$|\((?:\W*)(?:m|mm|mn|mio|millions?)(?:\W*)\)|in millions|\([$€£¥](?:m|mm|mn)\)",
        1_000_000,
    ),
    (r"[万萬]元|[(（][万萬][)）]|[/／][万萬]$", 10_000),
    (
        r"千元|[(（]千[)）]|[/／]千$|\((?:\W*)(?:k|thousands?|tsd|000s?)(?:\W*)\)|in thousands|[$€£¥](?:k|000s?)\b|\bk[$€£]",
        1_000,
    ),
)


def header_scale(header: str) -> int:
    """Give what a header says its numbers are counted in, 1 where it says nothing.

    >>> header_scale("金额(万元)"), header_scale("Revenue ($K)"), header_scale("Sales (in millions)"), header_scale("Sales")
    (10000, 1000, 1000000, 1)
    """
    for pattern, factor in _HEADERS:
        if re.search(pattern, header.lower()):
            return factor
    return 1


def shape(digits: str, *, credit: bool = True) -> str:
    """The pattern of a whole cell: brackets, or a minus somewhere; currency on either side; scale; percent."""
    side = "(?:CR|DR)?" if credit else ""
    body = rf"(?:{digits})(?:{_SCALE})?%?(?:{SIGNS})?"
    return (
        rf"(?i)(?:\((?:{SIGNS})?{body}\)|(?:{SIGNS})\({body}\)|(?:[-+]?(?:{SIGNS})?|(?:{SIGNS})[-+]){body}{side}|"
        rf"(?:{SIGNS})?(?:{digits})-(?:{SIGNS})?|(?:{SIGNS})?{body}-)"
    )


def plain_text(cell: str, *, wide: bool, blank: bool, dotted: bool) -> str:
    """SQL for a cell in plain characters: a blank between digits marks thousands, others go."""
    text = f"translate({cell}, {literal(WIDE[0])}, {literal(WIDE[1])})" if wide else cell
    if dotted:
        # The full stop of "Rs. 5" and "5 Mio. €" is no decimal mark.
        text = f"regexp_replace({text}, {literal(DOTTED)}, {literal(chr(92) + '1')}, 'g')"
    if not blank:
        return text
    between, marked = literal(rf"(\d){BLANKS}(\d)"), literal(r"\1'\2")
    return f"regexp_replace(regexp_replace({text}, {between}, {marked}, 'g'), {literal(BLANKS)}, '', 'g')"


@dataclass(frozen=True)
class Sample:
    """How cells of one form look, each digit but 0 as 9: how many there are, and what stands beside the digits."""

    cells: int
    digits: str
    beside: str
    scale: int
    currency: str


def sample_of(text: str, cells: int) -> Sample | None:
    """Take a cell in plain characters apart; None where it holds no number.

    >>> sample_of("$9,999.90K", 3)
    Sample(cells=3, digits='9,999.90', beside='$K', scale=1000, currency='USD')
    >>> sample_of("99 pieces", 1) is None
    True
    """
    if not _SHAPE.fullmatch(text):
        return None
    found = re.search(DIGITS, text)
    digits = found[0] if found else ""
    scale = _ENDING.search(text)
    # A code says more than a sign: $12 CAD is Canadian.
    sign = re.search(f"(?i){CODES}", text) or re.search(f"(?i){SIGNS}", text)
    return Sample(
        cells,
        digits,
        text.replace(digits, "", 1),
        _SCALES[scale[1].lower()] if scale else 1,
        code_of(sign[0]) if sign else "",
    )


_SHAPE = re.compile(shape(DIGITS))
# Up to the end, so that the K of "kr" and the M of "MXN" are no suffix.
_ENDING = re.compile(rf"(?i)[\d.,]({_SCALE})%?(?:{SIGNS})?(?:CR|DR)?[-)]?$")
_MARKED = "0123456789.,'"


def by_beside(text: str, known: Mapping[str, str], otherwise: str) -> str:
    """SQL that gives each cell what is `known` (as SQL) of what stands beside its digits."""
    if not known:
        return otherwise
    cases = " ".join(f"WHEN {literal(beside)} THEN {value}" for beside, value in sorted(known.items()))
    return f"CASE translate({text}, {literal(_MARKED)}, '') {cases} ELSE {otherwise} END"


def all_read(forms: Sequence[str], mark: str, *, credit: bool) -> bool:
    """Tell whether every one of `forms` is a number with this decimal mark, and none has an exponent."""
    number = re.compile(shape(GROUPED[mark], credit=credit))
    return all(number.fullmatch(form) for form in forms)


def value_of(
    text: str, mark: str, samples: Sequence[Sample], *, credit: bool, sure: bool, header_factor: int = 1
) -> str:
    """SQL for the number that a cell in plain characters holds; null where it holds none. A percent sign does nothing.

    `samples` are the forms of the column: what stands beside their digits is all that is looked for. Where it is
    `sure` that every cell is a number, none is looked at again.
    """
    others = "".join(sorted({letter for sample in samples for letter in sample.beside} - set(_MARKED)))
    if mark == ".":
        number = f"translate({text}, {literal(others + chr(39) + ',')}, '')"
    else:
        number = f"translate({text}, {literal(',' + others + chr(39) + '.')}, '.')"
    besides = "".join(sample.beside for sample in samples)
    below = [f"contains({text}, '{sign}')" for sign in "-(" if sign in besides]
    below += [f"upper(right({text}, 2)) = 'CR'"] if credit else []
    if below:
        number = f"CASE WHEN {' OR '.join(below)} THEN '-' ELSE '' END || {number}"
    scales = {sample.beside: str(sample.scale) for sample in samples if sample.scale != 1}
    exact = number
    if scales or header_factor != 1:
        factor = by_beside(text, scales, str(header_factor))
        exact = f"try_cast({number} AS DECIMAL(24, 8)) * CAST({factor} AS DECIMAL(10, 0))"
    if sure:
        return f"try_cast({exact} AS DECIMAL(18, 6))"
    matched = f"regexp_full_match({text}, {literal(shape(GROUPED[mark], credit=credit))})"
    general = f"CASE WHEN {matched} THEN try_cast({exact} AS DECIMAL(18, 6)) END"
    if mark == ",":
        return general
    scaled = f"try_cast({text} AS DECIMAL(24, 8)) * {header_factor}" if header_factor != 1 else text
    return (
        f"CASE WHEN regexp_full_match({text}, {literal(PLAIN)}) THEN try_cast({scaled} AS DECIMAL(18, 6)) "
        f"ELSE {general} END"
    )
