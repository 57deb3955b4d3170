"""What stands above every page of numbers: what is on, and what of a link cannot be had."""

from __future__ import annotations

import streamlit as st

from salesmetrics.charts.theme import Theme
from salesmetrics.i18n import _
from salesmetrics.model.dimensions import DIMENSIONS
from salesmetrics.workspace import SAMPLE
from ui import navigation, sharing, sidebar, state, uploader
from ui.datasets import Opened
from ui.drop import UPLOADER
from ui.selection import FILTERS, LANGUAGES, Problem, Selection, to_link
from ui.text import plain

_SELECTION = "selection"


def language() -> str:
    """Give the reader's language: the one chosen, else the browser's where we have it, else English."""
    chosen = state.chosen().language or (st.query_params.get("lang") if state.fresh() else None)
    browser = (st.context.locale or "")[:2]
    return next((code for code in (chosen, browser) if code in LANGUAGES), "en")


def theme() -> Theme:
    """Give the theme that the browser shows."""
    return "dark" if st.context.theme.type == "dark" else "light"


def selection() -> Selection:
    """Give what the numbers of this page are to be computed for."""
    chosen: Selection = st.session_state[_SELECTION]
    return chosen


def _problems(problems: tuple[Problem, ...]) -> None:
    for place, problem in enumerate(problems):
        st.error(plain(problem.sentence))
        with st.container(horizontal=True):
            if problem.parameter in FILTERS:
                for value in problem.close:
                    st.button(
                        _("Use {value}").format(value=plain(sidebar.value_name(problem.parameter, value))),
                        key=f"correct_{place}", on_click=state.correct, args=(problem, value), type="primary",
                    )  # fmt: skip
                alone = len(state.chosen().filters.get(problem.parameter, ())) == 1
                label = _("Show all {dimension}") if alone else _("Leave “{value}” out")
                plural = DIMENSIONS[problem.parameter].plural().lower()
                label = label.format(dimension=plural, value=plain(problem.value))
            else:
                label = _("Leave it out")
            st.button(label, key=f"drop_{place}", on_click=state.drop, args=(problem,))
    st.info(_("No numbers are shown until this is settled: they would answer a wider question than was asked."))


def head(opened: Opened) -> None:
    """Say in one line what is on; stop the page where the link asks for what cannot be had."""
    chosen, problems = sidebar.resolve(state.chosen(), opened)
    if problems:
        _problems(problems)
        st.stop()
    st.session_state[_SELECTION] = chosen
    with st.container(horizontal=True, vertical_alignment="center", gap="small", key="chips"):
        for place, (text, name) in enumerate(sidebar.chips(chosen)):
            if name is None:
                st.badge(plain(text), color="gray" if place else "blue")
            else:
                st.button(
                    f":blue-badge[{plain(text)} ✕]", key=f"chip_{name}", type="tertiary", help=_("Take this off"),
                    on_click=state.take_off, args=(name,),
                )  # fmt: skip
        st.button(_("Reset"), key="reset", type="tertiary", on_click=state.reset)
        sharing.copy_link(opened)
    arrivals()


def arrivals() -> None:
    """Say on any page that files which were on their way are here, and where they are read."""
    if uploader.waiting(UPLOADER):
        with st.container(border=True, horizontal=True, vertical_alignment="center", key="arrived"):
            st.markdown(_("Your files are here. Open your data to read them."))
            st.page_link(navigation.registered()["data"], label=_("Open your data"), query_params=_link())


def _link() -> dict[str, list[str]]:
    return {name: list(values) for name, values in to_link(state.chosen()).items()}


def refuse() -> None:
    """Say that a link opens nothing, in the same words whether it was revoked, its data deleted, or never made."""
    st.title(_("This link opens nothing"))
    st.markdown(_("It may have been revoked, or what it led to was deleted. Ask whoever sent it for a new one."))
    st.button(_("Open the sample company"), key="open_sample", on_click=state.switch, args=(SAMPLE,))
    st.stop()
