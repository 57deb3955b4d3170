"""Of amounts in the currency of each deal and in that of the company, choose those that can be added."""

from __future__ import annotations

from dataclasses import replace

import duckdb

from salesmetrics.i18n import _
from salesmetrics.ingest.assign import Fit
from salesmetrics.ingest.fold import fold
from salesmetrics.ingest.recognise import Recognition
from salesmetrics.ingest.sheet import Sheet

_CONVERTED = frozenset(
    map(
        fold,
        (
            "amount in company currency", "deal amount in company currency", "amount converted", "converted amount",
            "amount base", "est revenue base", "estimatedvalue base", "total amount base", "amount in base currency",
            "total amount converted", "本位币金额", "金额(本位币)", "本币金额", "本位币商机金额", "本位币销售金额",
        ),
    )
)  # fmt: skip
_READS = 0.9


def in_one_currency(
    connection: duckdb.DuckDBPyConnection, sheet: Sheet, recognition: Recognition, fit: Fit
) -> Recognition:
    """Read the amount in the company's currency where rows are in several, which then are in that one.

    What a person said of the amount stays.
    """
    amount, currency = recognition.match("amount"), recognition.match("currency")
    if amount is None or currency is None or amount.confidence == 1 or fold(amount.header) in _CONVERTED:
        return recognition
    converted = [at for at, header in enumerate(sheet.header) if fold(header) in _CONVERTED]
    if not converted or (fit(converted[0], amount.column) or 0.0) < _READS:
        return recognition
    [(currencies, amounts, filled)] = connection.execute(
        f"SELECT count(DISTINCT c{currency.index}), count(c{amount.index}), "
        f"count(c{converted[0]}) FILTER (c{amount.index} IS NOT NULL) FROM {sheet.relation}"
    ).fetchall()
    if currencies < 2 or filled < amounts:
        return recognition
    header = sheet.header[converted[0]]
    evidence = _("deals are in {n} currencies, and `{header}` has all their amounts in one").format(
        n=currencies, header=header
    )
    chosen = replace(amount, index=converted[0], header=header, evidence=evidence)
    kept = [match for match in recognition.matches if match not in (amount, currency)]
    return replace(recognition, matches=tuple(sorted((*kept, chosen), key=lambda match: match.index)))
