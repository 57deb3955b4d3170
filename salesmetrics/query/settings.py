"""What a workspace may set: its currency, the conventions it counts by, and the parameters of metrics.

Settings are kept, sent in links and given on the command line as names and texts; `SETTINGS` lists them all.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, fields
from enum import StrEnum
from functools import cache
from types import MappingProxyType

from babel.numbers import list_currencies

from salesmetrics.errors import QueryError, nearest
from salesmetrics.i18n import _
from salesmetrics.i18n import noop as marked
from salesmetrics.metrics import CATALOGUE
from salesmetrics.metrics.metric import Metric, Parameter
from salesmetrics.model.conventions import Conventions


class Kind(StrEnum):
    """What the text of a setting stands for."""

    CURRENCY = "an ISO 4217 code, or nothing"
    NUMBER = "a whole number"
    SHARE = "a number from 0 to 1"
    WEEKDAYS = "ISO weekdays with commas between them"
    WORD = "one of its options"


@dataclass(frozen=True)
class Setting:
    """One thing that may be set; title and meaning are translated where they are shown.

    `default` is the text that holds while nothing is set. `options` are the words allowed (of a NUMBER beside
    numbers), `least` and `most` the bounds of a NUMBER, both included.
    """

    name: str
    title: str
    meaning: str
    default: str
    kind: Kind
    options: tuple[str, ...] = ()
    least: int = 0
    most: int = 9_999

    def read(self, text: str) -> str:
        """Give `text` as it is written for this setting; raises QueryError where it cannot be that.

        >>> SETTINGS["working_days"].read("5, 1,2"), SETTINGS["low_coverage"].read("0.40")
        ('1,2,5', '0.4')
        """
        written = self._written(text.strip())
        if written is None:
            raise QueryError(
                _("{name} cannot be “{value}”; {allowed}").format(
                    name=self.name, value=text, allowed=self.allowed()
                )
                + nearest(text.strip(), self._words())
            )
        return written

    def allowed(self) -> str:
        """Say what it can be, as the end of a sentence.

        >>> SETTINGS["week_start"].allowed()
        'it must be a whole number from 1 to 7.'
        """
        match self.kind:
            case Kind.WORD:
                return _("it can be {options}.").format(options=", ".join(self.options))
            case Kind.CURRENCY:
                return _("it must be the three letters of a currency, such as EUR or CNY.")
            case Kind.SHARE:
                return _("it must be a number from 0 to 1, such as 0.5.")
            case Kind.WEEKDAYS:
                return _("it must name weekdays by number, 1 is Monday and 7 Sunday, such as 1,2,3,4,5.")
            case Kind.NUMBER if self.options:
                return _("it must be a whole number from {least} to {most}, or {options}.").format(
                    least=self.least, most=self.most, options=", ".join(self.options)
                )
            case Kind.NUMBER:
                return _("it must be a whole number from {least} to {most}.").format(
                    least=self.least, most=self.most
                )

    def _words(self) -> tuple[str, ...]:
        return _currencies() if self.kind is Kind.CURRENCY else self.options

    def _written(self, text: str) -> str | None:
        match self.kind:
            case Kind.WORD:
                return text if text in self.options else None
            case Kind.CURRENCY:
                return text.upper() if text.upper() in ("", *_currencies()) else None
            case Kind.SHARE:
                return _share(text)
            case Kind.WEEKDAYS:
                return _weekdays(text)
            case Kind.NUMBER if text in self.options:
                return text
            case Kind.NUMBER:
                return _whole(text, self.least, self.most)


@dataclass(frozen=True)
class Settings:
    """Everything that is set; `currency` is an ISO 4217 code or empty, `params` are as in `MetricQuery`.

    Of `params` only those that differ from their defaults stand, in the order of `SETTINGS`.
    """

    currency: str = ""
    conventions: Conventions = Conventions()
    params: tuple[tuple[str, str], ...] = ()

    def changed(self) -> dict[str, str]:
        """Give what differs from the defaults, as names and texts that `read_settings` reads back.

        >>> read_settings({"week_start": "7", "low_coverage": "0.5"}).changed()
        {'week_start': '7'}
        """
        texts = {"currency": self.currency, **_texts(self.conventions), **dict(self.params)}
        return {name: text for name, text in texts.items() if text != SETTINGS[name].default}


def read_settings(given: Mapping[str, str]) -> Settings:
    """Read settings from names and texts; raises QueryError for a name or value that cannot be, with the nearest."""
    texts = {name: setting_named(name).read(text) for name, text in given.items()}
    now = {name: texts.get(name, setting.default) for name, setting in SETTINGS.items()}
    conventions = Conventions(
        fiscal_year_start=int(now["fiscal_year_start"]),
        week_start=int(now["week_start"]),
        working_days=tuple(int(day) for day in now["working_days"].split(",")),
        left_edge_days=int(now["left_edge_days"]),
        low_coverage=float(now["low_coverage"]),
        full_coverage=float(now["full_coverage"]),
    )
    if conventions.low_coverage > conventions.full_coverage:
        raise QueryError(
            _("low_coverage, {low}, cannot be above full_coverage, {full}: set one of them anew.").format(
                low=now["low_coverage"], full=now["full_coverage"]
            )
        )
    params = tuple((name, now[name]) for name in SETTINGS if "." in name and now[name] != SETTINGS[name].default)
    return Settings(now["currency"], conventions, params)


def setting_named(name: str) -> Setting:
    """Give a setting by its name; raises QueryError with the nearest right name."""
    if name not in SETTINGS:
        general = ", ".join(known for known in SETTINGS if "." not in known)
        raise QueryError(
            _("There is no setting “{name}”.").format(name=name)
            + (
                nearest(name, SETTINGS)
                or " " + _("There are {names} and METRIC.NAME for parameters of metrics.").format(names=general)
            )
        )
    return SETTINGS[name]


@cache
def _currencies() -> tuple[str, ...]:
    return tuple(sorted(list_currencies()))


def _whole(text: str, least: int, most: int) -> str | None:
    # Python refuses to read numbers of thousands of digits.
    if not (text.isascii() and text.isdecimal() and len(text) <= len(str(most))):
        return None
    return str(int(text)) if least <= int(text) <= most else None


def _share(text: str) -> str | None:
    try:
        share = float(text)
    except ValueError:
        return None
    # Adding 0.0 takes the sign off a zero.
    return repr(share + 0.0) if 0 <= share <= 1 else None


def _weekdays(text: str) -> str | None:
    days = {day.strip() for day in text.split(",")}
    return ",".join(sorted(days)) if days <= set("1234567") else None


def _texts(conventions: Conventions) -> dict[str, str]:
    values = {item.name: getattr(conventions, item.name) for item in fields(conventions)}
    return {
        name: ",".join(map(str, value)) if isinstance(value, tuple) else str(value)
        for name, value in values.items()
    }


def _of_parameter(metric: Metric, parameter: Parameter) -> Setting:
    return Setting(
        name=f"{metric.id}.{parameter.name}",
        title=metric.title,
        meaning=parameter.meaning,
        default=parameter.default,
        kind=Kind.WORD if parameter.options else Kind.NUMBER,
        options=parameter.options or parameter.words,
        least=parameter.least,
        most=parameter.most,
    )


_USUAL = _texts(Conventions())

_GENERAL = (
    Setting("currency", marked("Currency"), marked("the currency that all amounts are in"), "", Kind.CURRENCY),
    Setting(
        "fiscal_year_start", marked("Fiscal year starts in"), marked("the month with which years and quarters begin"),
        _USUAL["fiscal_year_start"], Kind.NUMBER, least=1, most=12,
    ),
    Setting(
        "week_start", marked("Week starts on"), marked("the weekday with which weeks begin: 1 is Monday, 7 Sunday"),
        _USUAL["week_start"], Kind.NUMBER, least=1, most=7,
    ),
    Setting(
        "working_days", marked("Working days"), marked("the weekdays on which people work: 1 is Monday, 7 Sunday"),
        _USUAL["working_days"], Kind.WEEKDAYS,
    ),
    Setting(
        "left_edge_days", marked("Days until new customers are new"),
        marked("for so many days after the first order in the data, customers counted as new may not be"),
        _USUAL["left_edge_days"], Kind.NUMBER, most=3_650,
    ),
    Setting(
        "low_coverage", marked("Least share of the data"),
        marked("the share of the data below which a number is not given"), _USUAL["low_coverage"], Kind.SHARE,
    ),
    Setting(
        "full_coverage", marked("Share that counts as all"),
        marked("the share of the data below which a number says what it rests on"), _USUAL["full_coverage"],
        Kind.SHARE,
    ),
)  # fmt: skip

SETTINGS: Mapping[str, Setting] = MappingProxyType(
    {setting.name: setting for setting in _GENERAL}
    | {
        setting.name: setting
        for metric in CATALOGUE.values()
        for setting in (_of_parameter(metric, parameter) for parameter in metric.parameters)
    }
)
"""Everything that may be set, by name: what holds for all numbers, then `METRIC.NAME` for each metric's parameters."""
