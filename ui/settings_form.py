"""The settings that numbers rest on: tried out in one's own link, kept for everyone by an owner."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

import streamlit as st
from babel.numbers import get_currency_name, list_currencies

from salesmetrics.charts.values import language, month_name
from salesmetrics.errors import SalesMetricsError
from salesmetrics.i18n import _
from salesmetrics.query.settings import SETTINGS, Kind, Setting, read_settings
from ui import state, storage
from ui.datasets import Opened
from ui.text import plain
from ui.visitor import visitor

_FIRST_CURRENCIES = ("USD", "EUR", "CNY", "GBP", "JPY", "HKD", "TWD", "SGD", "INR", "AUD", "CAD", "CHF")


def weekday_name(day: int) -> str:
    """Name a weekday; 1 is Monday."""
    names = (
        _("Monday"), _("Tuesday"), _("Wednesday"), _("Thursday"), _("Friday"), _("Saturday"), _("Sunday"),
    )  # fmt: skip
    return names[day - 1]


def _currency_name(code: str) -> str:
    return f"{code} · {get_currency_name(code, locale=language())}" if code else _("None: plain numbers")


def shown(setting: Setting, text: str) -> str:
    """Write the value of a setting for people."""
    match setting.name, setting.kind:
        case "fiscal_year_start", _kind:
            return month_name(date(2000, int(text), 1))
        case "week_start", _kind:
            return weekday_name(int(text))
        case "working_days", _kind:
            return ", ".join(weekday_name(int(day)) for day in text.split(","))
        case _name, Kind.SHARE:
            return f"{float(text) * 100:g}\u00a0%"
    return text or _("none")


def title(setting: Setting) -> str:
    """Name a setting for people; the parameter of a metric by what it means."""
    return f"{_(setting.title)}: {_(setting.meaning)}" if "." in setting.name else _(setting.title)


def _field(setting: Setting, now: str) -> str:
    """Draw the field of a setting and give the text of what stands in it."""
    # The value is part of the key: a field shows what holds, whoever changed it.
    name, key, told = title(setting), f"setting_{setting.name}_{now}", _(setting.meaning).capitalize()
    match setting.name, setting.kind:
        case "currency", _kind:
            codes = ["", *_FIRST_CURRENCIES, *sorted(set(list_currencies()) - set(_FIRST_CURRENCIES))]
            return str(st.selectbox(name, codes, codes.index(now), _currency_name, key=key, help=told))
        case "fiscal_year_start", _kind:
            months = range(1, 13)
            return str(
                st.selectbox(
                    name, months, int(now) - 1, lambda month: month_name(date(2000, month, 1)), key=key, help=told
                )
            )
        case "week_start", _kind:
            days = range(1, 8)
            return str(st.selectbox(name, days, int(now) - 1, weekday_name, key=key, help=told))
        case "working_days", _kind:
            on = [int(day) for day in now.split(",")]
            chosen = st.pills(
                name, range(1, 8), selection_mode="multi", default=on, format_func=weekday_name, key=key, help=told
            )
            return ",".join(str(day) for day in sorted(chosen)) or now
        case _name, Kind.SHARE:
            share = st.number_input(f"{name} (%)", 0.0, 100.0, float(now) * 100, 5.0, "%g", key=key, help=told)
            return repr(share / 100)
        case _name, Kind.WORD:
            options = list(setting.options)
            return str(st.selectbox(name, options, options.index(now), key=key, help=told))
        case _name, Kind.NUMBER if setting.options:
            return st.text_input(name, now, key=key, help=f"{told}; {setting.allowed()}")
    number = st.number_input(name, setting.least, setting.most, int(now), key=key, help=told)
    return str(number)


def _differing(wanted: Mapping[str, str], own: Mapping[str, str]) -> dict[str, str]:
    """Give what differs between what is wanted and the workspace's own settings."""
    return {
        name: text
        for name, text in wanted.items()
        if text != SETTINGS[name].read(own.get(name, SETTINGS[name].default))
    }


def draw(opened: Opened) -> None:
    """Draw the settings: what holds now, a form to try others, and for an owner a button that keeps them."""
    own, tried = opened.settings, state.chosen().settings
    now = {name: setting.default for name, setting in SETTINGS.items()} | dict(own) | dict(tried)
    wanted: dict[str, str] = {}
    with st.form("settings", border=False):
        for row in (("currency", "fiscal_year_start", "week_start"), ("working_days",)):
            for column, name in zip(st.columns(len(row)), row, strict=True):
                with column:
                    wanted[name] = _field(SETTINGS[name], now[name])
        with st.expander(_("Thresholds and horizons")):
            rest = [name for name in SETTINGS if name not in wanted]
            for start in range(0, len(rest), 2):
                for column, name in zip(st.columns(2), rest[start : start + 2], strict=False):
                    with column:
                        wanted[name] = _field(SETTINGS[name], now[name])
        if st.form_submit_button(_("Apply"), type="primary"):
            try:
                read_settings(wanted)
            except SalesMetricsError as error:
                st.error(plain(error.sentence))
                return
            read = {name: SETTINGS[name].read(text) for name, text in wanted.items()}
            state.choose_settings(_differing(read, own))
            st.rerun()
    if not tried:
        return
    listed = "; ".join(f"{title(SETTINGS[name])}: {shown(SETTINGS[name], text)}" for name, text in tried.items())
    st.info(plain(_("Only in your link so far: {settings}.").format(settings=listed)))
    with st.container(horizontal=True):
        if opened.mine:
            st.button(_("Keep for everyone"), key="keep_settings", type="primary", on_click=_keep, args=(opened,))
        st.button(_("Undo"), key="undo_settings", on_click=state.choose_settings, args=({},))


def _keep(opened: Opened) -> None:
    together = {**opened.settings, **state.chosen().settings}
    kept = {name: text for name, text in together.items() if text != SETTINGS[name].default}
    storage.store().set_settings(opened.workspace.id, visitor(), kept)
    state.choose_settings({})
