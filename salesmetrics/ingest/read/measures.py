"""What a title, a sheet's name or a header over figures says they are: quotas, spend, sales, the size of a market."""

from __future__ import annotations

import re
from collections.abc import Sequence
from enum import StrEnum

from salesmetrics.ingest.fold import fold
from salesmetrics.ingest.period_names import Period, period_of


class Measure(StrEnum):
    """What figures by month or quarter can be, each read as one canonical table."""

    QUOTA = "quotas"
    SPEND = "spend"
    MARKET = "market_size"
    SALES = "orders"


_QUOTA = (
    "quotas?", "targets?", "goals?", "budgets?", "budgeted", "plans?", "planned",
    "目标", "指标", "配额", "任务额?", "预算", "计划",
)  # fmt: skip
_SPEND = ("spend", "spending", "spent", "expenses?", "costs?", "费用", "支出", "花费", "成本", "消耗")
_MARKETING = (
    "marketing", "advertising", "advertisement", "ads?", "campaigns?", "media", "promotion",
    "营销", "广告", "推广", "投放", "市场费用",
)  # fmt: skip
_MARKET = ("market", "市场规模", "市场容量", "行业规模", "市场")
_SALES = (
    "sales", "revenue", "turnover", "actuals?", "bookings", "achieved",
    "销售额", "销售", "业绩", "收入", "营收", "实际", "完成额?",
)  # fmt: skip
_UNITS = ("units?", "quantity", "qty", "volume", "pieces", "数量", "销量", "件数", "台数")
# In this order: "sales quota" is a quota, "sales expenses" are spend, "marketing budget" is spend.
_MEANS = (
    (_MARKETING, Measure.SPEND),
    (_QUOTA, Measure.QUOTA),
    (_SPEND, Measure.SPEND),
    (_MARKET, Measure.MARKET),
    (_SALES, Measure.SALES),
)
_LONGEST = 60
_BESIDE = (*_QUOTA, *_SPEND, *_SALES, *_UNITS, "amount", "value", "金额")
_WORDS = re.compile("(?i)" + "|".join(rf"\b{word}\b" if word[0].isascii() else word for word in _BESIDE))


def measure_of(text: str) -> Measure | None:
    """Tell what figures are that `text` stands over; None when it does not say.

    >>> measure_of("2025 Sales Quota by Rep").value, measure_of("市场费用 2025").value
    ('quotas', 'spend')
    >>> measure_of("Sheet1") is None
    True
    """
    return next((measure for words, measure in _MEANS if _says(text, words)), None)


def counts_units(text: str) -> bool:
    """Tell whether `text` says that figures are numbers of units, not money."""
    return _says(text, _UNITS)


def period_and_words(header: str) -> tuple[Period | None, str]:
    """Divide a header into the period it names and the words beside it that say what its figures are.

    >>> period_and_words("Quota Jan 2025")[1], period_and_words("1月目标")[0].number
    ('Quota', 1)
    """
    period = period_of(header)
    if period is not None:
        return period, ""
    if len(header) > _LONGEST:
        return None, ""
    words = " ".join(match.group() for match in _WORDS.finditer(header))
    rest = _WORDS.sub(" ", header).strip(" -–_/:：()（）[]")
    return (period_of(rest), words) if words else (None, "")


def _says(text: str, words: Sequence[str]) -> bool:
    latin = [word for word in words if word[0].isascii()]
    chinese = [word for word in words if not word[0].isascii()]
    plain = re.sub(r"[\W_\d]+", " ", re.sub(r"(?<=[a-z])(?=[A-Z])", " ", text)).casefold()
    # Chinese is written without blanks between words, and in two sets of characters.
    return any(re.search(rf"\b{word}\b", plain) for word in latin) or any(
        re.search(word, fold(text)) for word in chinese
    )
