"""A table of exchange rates that came with the files: what it converts to, which way it counts, what rate holds when."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from math import log
from types import MappingProxyType

import duckdb

from salesmetrics.i18n import _
from salesmetrics.ingest.coerce.currency_signs import CODE_OF, code_of
from salesmetrics.ingest.derive.step import quote
from salesmetrics.ingest.relation import Relation, select
from salesmetrics.ingest.typed import Typed

KIND = "exchange_rates"
"""What a sheet of rates is recognised as."""

_EXACT = "DECIMAL(18, 10)"
_ALWAYS = "DATE '0001-01-01'"
_PER_DOLLAR: Mapping[str, float] = MappingProxyType(
    {
        "USD": 1, "EUR": 0.9, "GBP": 0.75, "CHF": 0.9, "CAD": 1.3, "AUD": 1.4, "NZD": 1.5, "SGD": 1.35, "CNY": 7,
        "HKD": 7.8, "TWD": 31, "JPY": 130, "KRW": 1250, "INR": 78, "THB": 34, "MYR": 4.3, "IDR": 15000, "PHP": 54,
        "VND": 24000, "SEK": 9.5, "NOK": 9.5, "DKK": 6.7, "PLN": 4, "CZK": 23, "HUF": 340, "ZAR": 17, "BRL": 5,
        "MXN": 18, "AED": 3.67, "SAR": 3.75, "ILS": 3.5,
    }
)  # fmt: skip
"""About how much of a currency a dollar has bought these twenty years: enough to tell which way a table counts."""

_FAR = log(2.5)
_ABSURD = log(20)


@dataclass(frozen=True)
class Rates:
    """Rates into one currency, `base`, as a relation of code, valid_from, num and den: amount x num / den.

    `doubt` says why they cannot be used, where they cannot.
    """

    relation: Relation
    base: str
    numbers: tuple[int, ...]
    said: str
    doubt: str = ""


def rates_of(connection: duckdb.DuckDBPyConnection, sheets: Sequence[Typed]) -> Rates | None:
    """Bring the sheets of rates together; None where there are none."""
    found = [
        typed
        for typed in sheets
        if typed.kind == KIND and not typed.questions and typed.rows.has("currency", "rate")
    ]
    if not found:
        return None
    rows = select(connection, " UNION ALL ".join(_rows(connection, typed) for typed in found), (), keep=True)
    listed = connection.execute(
        "SELECT code, target, count(*), min(rate) = 1 AND max(rate) = 1, arg_max(rate, valid_from) "
        f"FROM {rows.name} GROUP BY ALL"
    ).fetchall()
    numbers = tuple(typed.number for typed in found)
    targets = {target for _code, target, *_rest in listed if target} or {
        code for code, _target, _n, one, _rate in listed if one
    }
    if len(targets) != 1:
        doubt = _(
            "The exchange rates do not say into which one currency they convert: give them a column to_currency with "
            "one currency, or a row for it with the rate 1."
        )
        return Rates(rows, "", numbers, "", doubt)
    [base] = targets
    votes = [
        (code, rate, log(_PER_DOLLAR[base] / _PER_DOLLAR[code]))
        for code, _target, _n, _one, rate in listed
        if base in _PER_DOLLAR and code in _PER_DOLLAR and code != base and rate and rate > 0
    ]
    divides = _divides(votes)
    example = next(((code, rate) for code, rate, _expected in votes), None)
    expected = {code: -size if divides else size for code, _rate, size in votes}
    absurd = next((pair for pair in votes if abs(log(pair[1]) - expected[pair[0]]) > _ABSURD), None)
    num, den = ("1", "rate") if divides else ("rate", "1")
    relation = select(
        connection,
        f"SELECT code, valid_from, CAST({num} AS {_EXACT}) AS num, CAST({den} AS {_EXACT}) AS den FROM {rows.name} "
        f"WHERE rate > 0 AND code <> {quote(base)} AND coalesce(target, {quote(base)}) = {quote(base)} "
        "QUALIFY row_number() OVER (PARTITION BY code, valid_from ORDER BY sheet_no DESC, row DESC) = 1 "
        f"UNION ALL SELECT {quote(base)}, {_ALWAYS}, 1, 1",
        ("code", "valid_from", "num", "den"),
        keep=True,
    )
    if absurd is not None:
        doubt = _(
            "The exchange rates are not those of one unit: {rate} for {code} in {base}; give the rate of one unit."
        )
        text = doubt.format(rate=_short(absurd[1]), code=absurd[0], base=base)
        return Rates(relation, base, numbers, "", text)
    return Rates(relation, base, numbers, _said(example, base, divides=divides))


def _rows(connection: duckdb.DuckDBPyConnection, typed: Typed) -> str:
    """SQL for the rows of one sheet of rates: each with the codes it is from and into."""
    relation, match = typed.rows, typed.recognition.match("rate")
    codes = _cases(connection, relation, "currency")
    target = _cases(connection, relation, "to_currency", second=True) if relation.has("to_currency") else "NULL"
    pair = _cases(connection, relation, "currency", second=True)
    cell = f"s.c{match.index}" if match else "NULL"
    return (
        f"SELECT t.sheet_no, t.row, {codes} AS code, coalesce({target}, nullif({pair}, {codes})) AS target, "
        # As it stands the rate has more decimals than an amount: a yen is less than a cent.
        f"coalesce(try_cast({cell} AS {_EXACT}), t.rate) AS rate, "
        f"{f'coalesce(t.date, {_ALWAYS})' if relation.has('date') else _ALWAYS} AS valid_from "
        f"FROM {relation.name} t JOIN {typed.sheet.relation} s USING (row) WHERE t.rate IS NOT NULL "
        "AND t.currency IS NOT NULL"
    )


def _cases(connection: duckdb.DuckDBPyConnection, relation: Relation, column: str, *, second: bool = False) -> str:
    words = connection.execute(
        f'SELECT DISTINCT "{column}" FROM {relation.name} WHERE "{column}" IS NOT NULL'
    ).fetchall()
    cases = " ".join(f"WHEN {quote(word)} THEN {quote(_pair(word)[second])}" for (word,) in words)
    return f'CASE t."{column}" {cases} END' if cases else "NULL"


def _pair(word: str) -> tuple[str, str]:
    """Give the code, and the second where a cell names a pair.

    >>> _pair("USD/CNY"), _pair("EUR")
    (('USD', 'CNY'), ('EUR', 'EUR'))
    """
    letters = "".join(letter for letter in word.upper() if letter.isalpha())
    if len(letters) == 6 and {letters[:3], letters[3:]} <= CODE_OF.keys():
        return code_of(letters[:3]), code_of(letters[3:])
    return code_of(word), code_of(word)


def _divides(votes: Sequence[tuple[str, float, float]]) -> bool:
    """Tell whether the rates are how many units one of the base buys, from currencies that are worth far more or less."""
    told = [
        abs(log(rate) + expected) < abs(log(rate) - expected)
        for _code, rate, expected in votes
        if abs(expected) > _FAR
    ]
    return sum(told) * 2 > len(told)


def _short(rate: float) -> str:
    return f"{rate:.10f}".rstrip("0").rstrip(".")


def _said(example: tuple[str, float] | None, base: str, *, divides: bool) -> str:
    if example is None:
        return _("Amounts are converted to {base}.").format(base=base)
    code, rate = example
    if divides:
        words = _("Amounts are converted to {base}: the rates say what one {base} buys, such as {rate} {code}.")
    else:
        words = _(
            "Amounts are converted to {base}: the rates say what one unit is worth, such as 1 {code} = {rate} {base}."
        )
    return words.format(base=base, rate=_short(rate), code=code)
