"""Read cells as exact numbers: currency, thousands, decimal comma or point, brackets, percent, K, M, 万, 亿."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import duckdb

from salesmetrics.i18n import _
from salesmetrics.ingest.coerce.coerced import Coerced, is_filled, literal
from salesmetrics.ingest.sheet import Sheet

_WIDE = "０１２３４５６７８９．，－＋％（）￥＄−–—‘’´", "0123456789.,-+%()¥$---'''"
_BLANKS = r"[\s\x{a0}\x{2007}\x{2009}\x{202f}\x{3000}]"
_PLAIN = r"[-+]?(\d+(\.\d*)?|\.\d+)([eE][-+]?\d{1,2})?"
SIGNS = (
    r"(?:US|HK|NT|CN|JP|[ACSR])?\$|[¥€£₹₩₽฿₫₺]|CN¥|人民币|美元|欧元|元|圆|"
    "RMB|CNY|USD|EUR|GBP|JPY|CHF|AUD|CAD|HKD|TWD|SGD|INR|KRW|BRL"
)
"""Pattern of the currency signs and codes that may stand before or after a number."""

_SCALES = {
    "k": 1_000, "thousand": 1_000, "千": 1_000, "万": 10_000, "萬": 10_000, "m": 1_000_000, "mm": 1_000_000,
    "mn": 1_000_000, "mio": 1_000_000, "million": 1_000_000, "百万": 1_000_000, "千万": 10_000_000,
    "亿": 100_000_000, "億": 100_000_000, "b": 1_000_000_000, "bn": 1_000_000_000, "billion": 1_000_000_000,
}  # fmt: skip
_SCALE = "|".join(sorted(_SCALES, key=len, reverse=True))
_GROUPED = {
    ".": r"(?:\d{1,3}(?:,\d{2,3})*,\d{3}|\d{1,3}(?:'\d{3})+|\d+)(?:\.\d*)?|\.\d+",
    ",": r"(?:\d{1,3}(?:\.\d{3})+|\d{1,3}(?:'\d{3})+|\d+)(?:,\d*)?|,\d+",
}
_OPEN = {".": r"[1-9]\d{0,2}\.\d{3}", ",": r"[1-9]\d{0,2},\d{3}"}
_SURE = {
    # Not three digits after the mark, four or a zero before it, or the other mark in groups of three before it.
    ".": r"\d*\.(\d{0,2}|\d{4,})|(\d{4,}|0\d*)\.\d+|[\d,]*,\d{3}\.\d*|\d{1,3}(,\d{2,3})+,\d{3}|\d+('\d{3})+\.\d*",
    ",": r"\d*,(\d{0,2}|\d{4,})|(\d{4,}|0\d*),\d+|[\d.]*\.\d{3},\d*|\d{1,3}(\.\d{3}){2,}|\d+('\d{3})+,\d*",
}
_DIGITS = r"\d[\d.,']*|[.,]\d+"


def _shape(digits: str) -> str:
    """The pattern of a whole cell: brackets, or a minus somewhere; currency on either side; scale; percent."""
    body = rf"(?:{digits})(?:{_SCALE})?%?(?:{SIGNS})?"
    return rf"(?i)(?:\((?:{SIGNS})?{body}\)|(?:[-+]?(?:{SIGNS})?|(?:{SIGNS})[-+]){body}|(?:{SIGNS})?{body}-)"


@dataclass(frozen=True)
class _Marks:
    """How a column's numbers use their marks: cells that only one reading explains, and those that both do."""

    point: int
    comma: int
    open_point: int
    open_comma: int
    long_plain: int


def coerce_number(
    connection: duckdb.DuckDBPyConnection, sheet: Sheet, column: int, label: str, answer: str | None
) -> Coerced:
    """Tell how a column reads as DECIMAL(18, 6); what does not fit in that is unreadable.

    A percentage is read as its hundredth. Whether `1.234` holds thousands or decimals is decided for the whole
    column: by its other numbers, by the way the file is divided, or by a person's `answer` (`.` or `,`).
    """
    cell = f"c{column}"
    filled_if = is_filled(cell)
    [(filled, plain)] = connection.execute(
        f"SELECT count(*), count(*) FILTER (regexp_full_match({cell}, {literal(_PLAIN)})) FROM {sheet.relation} "
        f"WHERE {filled_if}"
    ).fetchall()
    text = _plain_text(cell)
    marks = _marks(connection, sheet.relation, cell if plain == filled else text, filled_if)
    mark, notes, question = _decide(marks, sheet, label, answer)
    if plain == filled and mark == ".":
        value = f"CASE WHEN {filled_if} THEN try_cast({cell} AS DECIMAL(18, 6)) END"
    else:
        value = f"CASE WHEN {filled_if} THEN {_value(text, mark)} END"
        notes = (*notes, *_written(connection, sheet.relation, text, filled_if, label))
    if question is not None:
        # What both readings could mean is left out until someone says which it is.
        value = f"CASE WHEN NOT {_is_open(text)} THEN {value} END"
    [(read,)] = connection.execute(f"SELECT count({value}) FROM {sheet.relation}").fetchall()
    return Coerced(value, filled, filled - read, notes, question)


def _plain_text(cell: str) -> str:
    """SQL for a cell in plain characters: a blank between digits marks thousands, others go."""
    narrow = f"translate({cell}, {literal(_WIDE[0])}, {literal(_WIDE[1])})"
    between, marked = literal(rf"(\d){_BLANKS}(\d)"), literal(r"\1'\2")
    grouped = f"regexp_replace({narrow}, {between}, {marked}, 'g')"
    return f"regexp_replace({grouped}, {literal(_BLANKS)}, '', 'g')"


def _digits(text: str) -> str:
    return f"regexp_extract({text}, {literal(f'({_DIGITS})')}, 1)"


def _is_open(text: str) -> str:
    return f"regexp_full_match({_digits(text)}, {literal(_OPEN['.'] + '|' + _OPEN[','])})"


def _marks(connection: duckdb.DuckDBPyConnection, relation: str, text: str, filled_if: str) -> _Marks:
    patterns = (_SURE["."], _SURE[","], _OPEN["."], _OPEN[","], r"\d{4,}")
    counts = ", ".join(f"count(*) FILTER (regexp_full_match(d, {literal(pattern)}))" for pattern in patterns)
    [row] = connection.execute(
        f"SELECT {counts} FROM (SELECT {_digits('x')} AS d FROM (SELECT {text} AS x FROM {relation} "
        f"WHERE {filled_if}) WHERE regexp_full_match(x, {literal(_shape(_DIGITS))}))"
    ).fetchall()
    return _Marks(*row)


def _decide(
    marks: _Marks, sheet: Sheet, label: str, answer: str | None
) -> tuple[str, tuple[str, ...], str | None]:
    comma = "decimal_comma: " + _("Numbers are read with a decimal comma.")
    point = "thousands_comma: " + _("A comma in a number is read as a thousands separator.")
    if answer:
        return answer, (comma,) if answer == "," else (), None
    if marks.point or marks.comma:
        mark = "." if marks.point >= marks.comma else ","
        mixed = "mixed_marks: " + _("Numbers with a decimal point and with a decimal comma both occur.")
        return mark, ((comma,) if mark == "," else ()) + ((mixed,) if marks.point and marks.comma else ()), None
    semicolons = sheet.delimiter == ";"
    unsure = (marks.open_point and marks.open_comma) or (
        semicolons and not marks.long_plain and (marks.open_comma or marks.open_point)
    )
    if unsure:
        question = _(
            "{column} does not tell whether a number such as 1.234 or 1,234 is above a thousand or a little over "
            "one; say . (decimal point) or , (decimal comma)."
        )
        return ".", (), question.format(column=label)
    if marks.open_comma:
        # Four digits without a mark beside it, in a file that keeps the comma for numbers: it marks decimals.
        return (",", (comma,), None) if semicolons else (".", (point,), None)
    return ".", (), None


def _value(text: str, mark: str) -> str:
    digits = _digits(text)
    if mark == ".":
        number = f"regexp_replace({digits}, '[,'']', '', 'g')"
    else:
        number = f"replace(regexp_replace({digits}, '[.'']', '', 'g'), ',', '.')"
    after_digit = literal(rf"(?i)\d[.,]?({_SCALE})")
    minus = f"CASE WHEN contains({text}, '-') OR starts_with({text}, '(') THEN '-' ELSE '' END"
    scale = f"lower(regexp_extract({text}, {after_digit}, 1))"
    cases = " ".join(f"WHEN {literal(word)} THEN {factor}" for word, factor in _SCALES.items())
    factor = f"CAST(CASE {scale} {cases} ELSE 1 END AS DECIMAL(10, 0))"
    hundredth = f"CAST(CASE WHEN contains({text}, '%') THEN 0.01 ELSE 1 END AS DECIMAL(3, 2))"
    exact = f"try_cast({minus} || {number} AS DECIMAL(24, 8))"
    general = (
        f"CASE WHEN regexp_full_match({text}, {literal(_shape(_GROUPED[mark]))}) THEN "
        f"try_cast({exact} * {factor} * {hundredth} AS DECIMAL(18, 6)) END"
    )
    if mark == ",":
        return general
    return (
        f"CASE WHEN regexp_full_match({text}, {literal(_PLAIN)}) THEN try_cast({text} AS DECIMAL(18, 6)) "
        f"ELSE {general} END"
    )


def _written(
    connection: duckdb.DuckDBPyConnection, relation: str, text: str, filled_if: str, label: str
) -> Sequence[str]:
    """Say what else the cells hold that matters: percentages, scales, more than one currency."""
    after_digit = literal(rf"(?i)\d[.,]?(?:{_SCALE})")
    sign = literal(f"(?i)({SIGNS})")
    [(percent, plain, scaled, signs)] = connection.execute(
        "SELECT count(*) FILTER (contains(x, '%')), count(*) FILTER (NOT contains(x, '%')), "
        f"count(*) FILTER (regexp_matches(x, {after_digit})), list_sort(list(DISTINCT sign) FILTER (sign <> '')) "
        f"FROM (SELECT x, upper(regexp_extract(x, {sign}, 1)) AS sign "
        f"FROM (SELECT {text} AS x FROM {relation} WHERE {filled_if}))"
    ).fetchall()
    notes = []
    if percent:
        notes.append("percent: " + _("Values with % are read as hundredths."))
    if percent and plain:
        notes.append(
            "percent_mixed: " + _("Some values of {column} have a %, others do not.").format(column=label)
        )
    if scaled:
        notes.append("scaled: " + _("K, M, 万 and 亿 stand for 1,000, 1,000,000, 10,000 and 100,000,000."))
    if len(signs or []) > 1:
        message = _("{column} holds more than one currency ({signs}); they are added as they stand.")
        notes.append("mixed_currency: " + message.format(column=label, signs=", ".join(signs)))
    return notes
