"""A header of two rows: a row of groups over a row of names, made one where a name alone does not tell."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from functools import cache
from itertools import pairwise, zip_longest

from salesmetrics.ingest.fold import fold
from salesmetrics.ingest.read.measures import period_and_words
from salesmetrics.model.tables import LOOKUPS, TABLES

_SAYS_LITTLE = frozenset(
    map(
        fold,
        [
            "id",
            "no",
            "no.",
            "number",
            "code",
            "key",
            "name",
            "date",
            "time",
            "type",
            "status",
            "编号",
            "编码",
            "代码",
            "名称",
            "姓名",
            "日期",
            "时间",
            "类型",
            "状态",
        ],
    )
)


def joined(groups: Sequence[str], cells: Sequence[str]) -> list[str] | None:
    """Give the names of columns whose groups stand in the row above; None where the groups add nothing.

    A group counts for the columns to its right until the next one. It is put before a name only where names
    come twice, or where only both together are known as a column or a period.

    >>> joined(["Order", "", "Customer", ""], ["ID", "Date", "Name", "Region"])
    ['Order ID', 'Order Date', 'Customer Name', 'Region']
    >>> joined(["", "2024", "", "2025", ""], ["Rep", "Q1", "Q2", "Q1", "Q2"])
    ['Rep', '2024 Q1', '2024 Q2', '2025 Q1', '2025 Q2']
    """
    if not _are_groups(groups, cells):
        return None
    twice = Counter(fold(cell) for cell in cells if cell)
    named = []
    group = ""
    for own, cell in zip_longest(groups, cells, fillvalue=""):
        group = own or group
        if not cell:
            named.append(own)
        elif not group or fold(group) == fold(cell):
            named.append(cell)
        else:
            whole = group + cell if not (group[-1].isascii() or cell[0].isascii()) else f"{group} {cell}"
            named.append(whole if twice[fold(cell)] > 1 or _tells_more(whole, cell) else cell)
    return named if named != [*cells, *[""] * (len(named) - len(cells))] else None


def is_group_row(groups: Sequence[str], cells: Sequence[str]) -> bool:
    """Tell whether the row `groups` leaves open what its columns are, so that the row below can be their names."""
    filled = [fold(group) for group in groups if group]
    again = len(set(filled)) < len(filled)
    open_above_name = any(cell and not group for group, cell in zip_longest(groups, cells, fillvalue=""))
    return again or open_above_name


def _are_groups(groups: Sequence[str], cells: Sequence[str]) -> bool:
    filled = [place for place, group in enumerate(groups) if group]
    first_name = next((place for place, cell in enumerate(cells) if cell), 0)
    if any(groups[place].endswith((":", "：")) for place in filled):
        return False
    if len(filled) < 2:
        # One cell alone over the first column is a title.
        return bool(filled) and filled[0] > first_name
    spans = any(after - before > 1 for before, after in pairwise(filled))
    again = len({fold(groups[place]) for place in filled}) < len(filled)
    over_none = any(place >= len(cells) or not cells[place] for place in filled)
    # What stands side by side is a remark, such as "Owner, Anna".
    return spans or again or over_none


def _tells_more(whole: str, cell: str) -> bool:
    period, _words = period_and_words(cell)
    if period is not None:
        return period.year is None and period_and_words(whole)[0] is not None
    alone = fold(cell)
    return fold(whole) in _known() and (alone in _SAYS_LITTLE or alone not in _known())


@cache
def _known() -> frozenset[str]:
    """Every name by which a column of some table is known."""
    tables = (*TABLES.values(), *LOOKUPS.values())
    return frozenset(
        fold(name) for table in tables for column in table.readable for name in (column.name, *column.synonyms)
    )
