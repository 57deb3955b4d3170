"""What the types of columns are called in a sentence."""

from __future__ import annotations

from salesmetrics.i18n import _
from salesmetrics.model.tables import ColumnType


def many(type: ColumnType) -> str:
    """Name the values of a type: "dates".

    >>> many(ColumnType.DATE)
    'dates'
    """
    return {
        ColumnType.TEXT: _("text"),
        ColumnType.DATE: _("dates"),
        ColumnType.TIMESTAMP: _("times"),
        ColumnType.MONEY: _("money"),
        ColumnType.NUMBER: _("numbers"),
        ColumnType.BOOLEAN: _("yes or no"),
    }[type]


def one(type: ColumnType) -> str:
    """Name one value of a type: "a date".

    >>> one(ColumnType.NUMBER)
    'a number'
    """
    return {
        ColumnType.TEXT: _("text"),
        ColumnType.DATE: _("a date"),
        ColumnType.TIMESTAMP: _("a time"),
        ColumnType.MONEY: _("an amount"),
        ColumnType.NUMBER: _("a number"),
        ColumnType.BOOLEAN: _("yes or no"),
    }[type]
