"""The glossary: what each number means, from the catalogue; searchable, and open at an entry where a link asks for it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from html import escape
from urllib.parse import urlencode

import streamlit as st

from salesmetrics.charts import metric_title
from salesmetrics.charts.theme import PALETTES, Theme
from salesmetrics.errors import nearest
from salesmetrics.i18n import _, ngettext
from salesmetrics.metrics import CATALOGUE
from salesmetrics.metrics.families import FAMILIES
from salesmetrics.model.dimensions import DIMENSIONS
from salesmetrics.query.glossary import Entry, glossary
from salesmetrics.query.readiness import Readiness
from salesmetrics.query.settings import SETTINGS
from ui import navigation, readiness, sidebar, state
from ui.datasets import Opened
from ui.glossary_words import (
    better_words,
    found,
    inputs_words,
    lack_words,
    names_of,
    source_words,
    unit_words,
)
from ui.selection import to_link
from ui.settings_form import shown
from ui.text import plain

METRIC = "metric"
_SEARCH = "glossary_search"

LONGEST_SEARCH = 100

_ENTRY = (
    '<details{opened} style="border-top:1px solid {line};padding:.5rem 0">'
    '<summary style="cursor:pointer;line-height:1.5">'
    '<span style="display:inline-flex;flex-wrap:wrap;gap:0 1rem;width:calc(100% - 1.5rem);vertical-align:top">'
    '<span style="flex:1 1 16rem"><b style="font-weight:600">{title}</b> '
    '<span lang="zh" style="color:{quiet}">{title_zh}</span></span>'
    '<span style="flex:2 1 18rem;color:{quiet};font-size:.875rem">{tells}{mark}</span>'
    "</span></summary>{body}</details>"
)
_MARK = ' <i style="white-space:nowrap">({text})</i>'
_FACT = (
    '<div style="display:flex;flex-wrap:wrap;gap:0 1rem;margin:.25rem 0;line-height:1.5">'
    '<dt style="flex:0 0 9rem;margin:0;color:{quiet}">{name}</dt>'
    '<dd style="flex:1 1 16rem;margin:0;min-width:0;overflow-wrap:anywhere">{text}</dd></div>'
)
_LINK = '<a href="{address}" style="color:{colour}">{text}</a>'


@dataclass(frozen=True)
class Here:
    """What an entry says beyond the catalogue: what these data allow, what is set, and how its page is called."""

    files: Readiness
    tables: tuple[str, ...]
    settings: Mapping[str, str]
    pages: Mapping[str, str]
    theme: Theme


def link(metric: str, label: str | None = None) -> None:
    """Draw the link that opens the entry of `metric`, with all that is on kept."""
    asked = {name: list(values) for name, values in to_link(state.chosen()).items()}
    page = navigation.registered()[state.GLOSSARY]
    st.page_link(page, label=label or _("What it means"), query_params={**asked, METRIC: [metric]})


def address(page: str, **own: str) -> str:
    """Write the link to the page at the path `page` for HTML on another page, with all that is on kept."""
    asked = [
        *own.items(),
        *((name, value) for name, values in to_link(state.chosen()).items() for value in values),
    ]
    return page + ("?" + urlencode(asked) if asked else "")


def _parameters(entry: Entry, here: Here) -> str:
    lines = []
    for parameter in entry.parameters:
        setting = SETTINGS[f"{entry.id}.{parameter.name}"]
        now, usual = here.settings.get(setting.name, setting.default), shown(setting, setting.default)
        value = (
            _("{value}, as is usual").format(value=usual)
            if now == setting.default
            else _("{value} (usually {usual})").format(value=shown(setting, now), usual=usual)
        )
        line = _("{name} ({meaning}): {value}")
        lines.append(line.format(name=parameter.name, meaning=_(parameter.meaning), value=value))
    return "<br>".join(escape(line) for line in lines)


def _facts(entry: Entry, here: Here) -> Iterable[tuple[str, str]]:
    """Give the name and the text (as HTML) of each thing to know; texts may be empty."""
    lacking, colour = here.files.lacking.get(entry.id), PALETTES[here.theme].main
    wanted = _("Not yet. It needs {what}.").format(what=lack_words(lacking or (), here.tables))
    yield _("In your data"), escape(_("Available") if lacking is None else wanted)
    yield _("Formula"), escape(_(entry.formula))
    counted = _("{unit}; {better}").format(unit=unit_words(entry.unit), better=better_words(entry.better))
    yield _("Counted in"), escape(counted)
    yield _("Placed in time by"), escape(_(entry.placed_by))
    yield _("What to mind"), escape(_(entry.traps))
    yield _("Reads"), escape(inputs_words(entry.inputs))
    yield _("Filter and cut by"), escape(", ".join(DIMENSIONS[name].title().lower() for name in entry.dimensions))
    yield _("You may set"), _parameters(entry, here)
    yield _("Shows beside it"), escape(", ".join(metric_title(CATALOGUE[member]) for member in entry.members))
    if entry.page and entry.page in here.pages:
        where = escape(address(entry.page))
        yield _("Shown on"), _LINK.format(address=where, colour=colour, text=escape(here.pages[entry.page]))
    yield _("Named in"), escape(source_words(entry.source))
    yield _("Also called"), escape(", ".join(entry.also))
    own = _LINK.format(
        address=escape(address("", **{METRIC: entry.id})), colour=colour, text=escape(_("link to this entry"))
    )
    yield _("On the command line"), f"<code>{escape(entry.id)}</code> · {own}"


def body(entry: Entry, here: Here) -> str:
    """Write all there is to know of an entry but its names and what it tells, as HTML."""
    quiet = PALETTES[here.theme].quiet
    facts = "".join(
        _FACT.format(quiet=quiet, name=escape(name), text=text) for name, text in _facts(entry, here) if text
    )
    return f'<dl style="margin:.5rem 0 .75rem;padding:0;font-size:.9375rem">{facts}</dl>'


def _entries(entries: Iterable[tuple[Entry, bool]], here: Here) -> str:
    """Write entries to be opened with a click, each with whether it is open already."""
    colours = PALETTES[here.theme]
    mark = _MARK.format(text=escape(_("not in your data yet")))
    return "".join(
        _ENTRY.format(
            opened=" open" if opened else "", line=colours.grid, quiet=colours.quiet, title=escape(_(entry.title)),
            title_zh=escape(entry.title_zh), tells=escape(_(entry.tells)),
            mark=mark if entry.id in here.files.lacking else "", body=body(entry, here),
        )
        for entry, opened in entries
    )  # fmt: skip


def _open_page(path: str) -> None:
    pages = navigation.registered()
    if path in pages:
        asked = {name: list(values) for name, values in to_link(state.chosen()).items()}
        label = _("Open {page}").format(page=pages[path].title)
        st.page_link(pages[path], label=f":blue[{label} →]", query_params=asked)


def _asked(metric: str, here: Here) -> None:
    """Draw the entry that a link asks for; say so where there is none, with the nearest that there is."""
    entry = glossary().get(metric)
    if entry is None:
        sentence = _("There is no number called “{name}”.").format(name=metric)
        st.error(plain(sentence + (nearest(metric, glossary()) or " " + _("Search for it by its name."))))
        return
    with st.container(border=True, key="glossary_asked"):
        names = f"**{plain(_(entry.title))}** :gray[{plain(entry.title_zh)}]"
        st.markdown(f"{names}  \n{plain(_(entry.tells))}")
        st.html(body(entry, replace(here, pages={})))
        if entry.page:
            _open_page(entry.page)


def _results(asked: str, here: Here) -> None:
    entries = found(asked, glossary().values())
    if not entries:
        names = {name: entry.id for entry in glossary().values() for name in names_of(entry)}
        said = _("Nothing in the glossary fits “{asked}”.").format(asked=asked) + nearest(asked, names)
        st.info(plain(said))
        return
    count = ngettext("{n} number fits.", "{n} numbers fit.", len(entries)).format(n=len(entries))
    st.caption(count)
    st.html(_entries(((entry, exact or len(entries) == 1) for entry, exact in entries), here))


def _families(here: Here) -> None:
    known = glossary()
    for family in FAMILIES:
        entries = [known[metric] for metric in family.metrics if metric in known]
        if not entries:
            continue
        with st.container(horizontal=True, vertical_alignment="bottom", gap="medium"):
            st.subheader(_(family.title), anchor=False, width="content")
            _open_page(family.page)
        st.html(_entries(((entry, False) for entry in entries), here))
    if others := [entry for entry in known.values() if entry.family is None]:
        st.subheader(_("Not on a page yet"), anchor=False)
        st.html(_entries(((entry, False) for entry in others), here))


def draw(opened: Opened, theme: Theme) -> None:
    """Draw the page: the entry that the link asks for, the search, and what it finds or else all families."""
    on = readiness.ready(opened.data)
    pages = {path: page.title for path, page in navigation.registered().items()}
    here = Here(on, tuple(opened.data.tables), dict(sidebar.settings_on(opened).params), pages, theme)
    if metric := st.query_params.get(METRIC):
        _asked(metric, here)
    asked = st.text_input(
        _("Search the glossary"), key=_SEARCH, type="search", live=True,
        placeholder=_("A name, 中文, or letters such as CAC"),
    )  # fmt: skip
    if asked and asked.strip():
        _results(asked.strip()[:LONGEST_SEARCH], here)
        return
    st.caption(" ".join((
        _("Every number of this app in {n} entries.").format(n=on.of),
        _("{able} can be computed from your data.").format(able=len(on.available)),
    )))  # fmt: skip
    _families(here)
