"""Currencies as people write them: signs, codes and names, each brought to its three-letter code."""

from __future__ import annotations

import re
from collections.abc import Mapping
from types import MappingProxyType

_CODES = (
    "USD EUR GBP JPY CNY RMB CNH CHF AUD CAD NZD HKD TWD NTD SGD INR KRW BRL MXN SEK NOK DKK PLN CZK HUF RON BGN "
    "TRY RUB UAH ZAR AED SAR QAR ILS THB MYR IDR PHP VND EGP NGN KES ARS CLP COP PEN KZT PKR BDT LKR"
)
_SIGNED = {
    "$": "USD", "US$": "USD", "U$": "USD", "美元": "USD", "美金": "USD", "€": "EUR", "欧元": "EUR", "歐元": "EUR",
    "£": "GBP", "英镑": "GBP", "英鎊": "GBP", "¥": "CNY", "CN¥": "CNY", "CN$": "CNY", "元": "CNY", "圆": "CNY",
    "人民币": "CNY", "人民幣": "CNY", "RMB": "CNY", "CNH": "CNY", "JP¥": "JPY", "円": "JPY", "日元": "JPY",
    "日圆": "JPY", "日圓": "JPY", "₩": "KRW", "韩元": "KRW", "₹": "INR", "RS": "INR", "HK$": "HKD",
    "港币": "HKD", "港幣": "HKD", "港元": "HKD", "NT$": "TWD", "NTD": "TWD", "新台币": "TWD", "新臺幣": "TWD",
    "台币": "TWD", "A$": "AUD", "AU$": "AUD", "C$": "CAD", "CA$": "CAD", "S$": "SGD", "SG$": "SGD", "NZ$": "NZD",
    "MX$": "MXN", "R$": "BRL", "FR": "CHF", "瑞士法郎": "CHF", "ZŁ": "PLN", "KČ": "CZK", "FT": "HUF",
    "₽": "RUB", "РУБ": "RUB", "卢布": "RUB", "₺": "TRY", "₫": "VND", "฿": "THB", "₪": "ILS",
    "₱": "PHP", "₦": "NGN", "₴": "UAH", "KR": "KR",
}  # fmt: skip
_NAMED = {
    "USDOLLAR": "USD", "USDOLLARS": "USD", "DOLLAR": "USD", "DOLLARS": "USD", "EURO": "EUR", "EUROS": "EUR",
    "POUND": "GBP", "POUNDS": "GBP", "POUNDSTERLING": "GBP", "BRITISHPOUND": "GBP", "STERLING": "GBP",
    "YEN": "JPY", "JAPANESEYEN": "JPY", "YUAN": "CNY", "RENMINBI": "CNY", "CHINESEYUAN": "CNY", "YUANRENMINBI": "CNY",
    "SWISSFRANC": "CHF", "SWISSFRANCS": "CHF", "RUPEE": "INR", "INDIANRUPEE": "INR", "HONGKONGDOLLAR": "HKD",
    "CANADIANDOLLAR": "CAD", "AUSTRALIANDOLLAR": "AUD", "SINGAPOREDOLLAR": "SGD", "KOREANWON": "KRW", "WON": "KRW",
}  # fmt: skip

CODE_OF: Mapping[str, str] = MappingProxyType({code: code for code in _CODES.split()} | _SIGNED | _NAMED)
"""Sign, code or name in capitals without blanks -> three-letter code; a krone without a country stays KR."""


def _pattern() -> str:
    written = sorted({*_CODES.split(), *_SIGNED}, key=lambda sign: (-len(sign), sign))
    return "|".join(re.escape(sign).replace("Ł", "[Łł]").replace("Č", "[Čč]") for sign in written)


SIGNS = _pattern()
"""Pattern (to be read without regard to case) of the signs and codes that may stand before or after a number."""

CODES = "|".join(sorted(_CODES.split()))
"""Pattern of the codes alone: a code says more than a sign, `$12 CAD` is Canadian."""


def code_of(written: str) -> str:
    """Give the three-letter code that a sign, code or name stands for; what is not known stays, in capitals.

    >>> code_of("us$"), code_of("人民币"), code_of("Euro"), code_of("USD - U.S. Dollar"), code_of("XAU")
    ('USD', 'CNY', 'EUR', 'USD', 'XAU')
    """
    bare = re.sub(r"[\s_]", "", written).upper().replace("￥", "¥").replace("＄", "$")
    if bare in CODE_OF:
        return CODE_OF[bare]
    # Exports write "USD - U.S. Dollar" and "人民币(CNY)".
    codes = {
        CODE_OF[word]
        for word in re.findall(r"(?<![A-Z])[A-Z]{3}(?![A-Z])", bare.replace(".", ""))
        if word in CODE_OF
    }
    return codes.pop() if len(codes) == 1 else bare
