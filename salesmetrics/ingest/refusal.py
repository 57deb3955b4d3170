"""Why a sheet cannot be used, and what to do: the headers found, the nearest table, the question to answer."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from salesmetrics.errors import FileError, MappingError
from salesmetrics.i18n import _
from salesmetrics.ingest.typed import Typed
from salesmetrics.model.report import Question


def asked_for(misses: Sequence[Sequence[str]]) -> str:
    """Put in words what is missing.

    >>> asked_for([("order_date",), ("amount", "unit_price+quantity")])
    'order_date and amount or unit_price with quantity'
    """
    return _(" and ").join(_(" or ").join(group) for group in misses).replace("+", _(" with "))


def stopped(typed: Typed) -> bool:
    """Tell whether an open question is about a column without which the sheet cannot be used."""
    kind = typed.recognition.kind
    if kind is None or not typed.questions:
        return False
    if typed.held:
        return True
    asked = {question.column for question in typed.questions}
    found = {match.column.name for match in typed.recognition.matches} - asked
    return not all(any(found.issuperset(option.split("+")) for option in group) for group in kind.needs)


def nothing_read(sheets: Sequence[Typed], unused: Mapping[int, str]) -> FileError | MappingError:
    """Say, as an error, why not one of `sheets` could be read: the question to answer, or what is missing."""
    for typed in sheets:
        if stopped(typed):
            question = typed.questions[0]
            if question.says:
                return MappingError(f"{typed.sheet.label}: {question.text}", _answer(question))
            option = _("Answer with --map {table}.{column}={header}:{choice}.").format(
                table=typed.table,
                column=question.column,
                header=question.header,
                choice="|".join(question.choices),
            )
            return MappingError(f"{typed.sheet.label}: {question.text}", option)
    for typed in sheets:
        if typed.kind and typed.number not in unused:
            message = _("{sheet} has no row that can be used; see why with: python -m salesmetrics check {file}")
            return FileError(message.format(sheet=typed.sheet.label, file=typed.sheet.file))
    for typed in sheets:
        if typed.number in unused:
            return FileError(f"{typed.sheet.label}: {unused[typed.number]}")
    for typed in sheets:
        if typed.kind is None and typed.questions:
            return MappingError(f"{typed.sheet.label}: {typed.questions[0].text}", _answer(typed.questions[0]))
    typed = max(sheets, key=lambda each: len(each.recognition.matches))
    option = _("Say which header that is with --map {table}.COLUMN=HEADER.")
    nearest = typed.recognition.nearest
    return MappingError(not_recognised(typed), option.format(table=nearest.table if nearest else "TABLE"))


def _answer(question: Question) -> str:
    ways = [
        f"{choice}: " + " ".join(f'--map "{text}"' for text in maps)
        for choice, maps in zip(question.choices, question.says, strict=True)
    ]
    return _("Answer with {ways}").format(ways=_("; or ").join(ways))


def not_recognised(typed: Typed) -> str:
    """Say which headers were found, which table they come nearest to, and what it lacks."""
    nearest = typed.recognition.nearest
    if nearest is None or not typed.recognition.misses:
        message = _("{sheet} is no table known here: its headers are {headers}.")
    else:
        message = _(
            "{sheet} is no table known here: its headers are {headers}; it comes nearest to {table}, which also "
            "needs {misses}."
        )
    text = message.format(
        sheet=typed.sheet.label,
        headers=", ".join(typed.sheet.header[:30]),
        table=nearest.table if nearest else "",
        misses=asked_for(typed.recognition.misses),
    )
    return " ".join((text, *typed.recognition.remarks))
