"""The choice of a person: held by the widgets of the sidebar, mirrored in the link of the page."""

from __future__ import annotations

import time
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta

import streamlit as st

from salesmetrics.query.request import Compare, Grain, Period
from ui.periods import CUSTOM
from ui.selection import AUTO, FILTERS, PAGE_PARAMETERS, Choice, Link, Problem, read_link, to_link

PERIOD, FIRST_DAY, LAST_DAY, COMPARE, GRAIN, LANGUAGE = (
    "period",
    "first_day",
    "last_day",
    "compare",
    "grain",
    "lang",
)
USUAL = "usual"
"""The period that the data usually opens with, as the sidebar's widget holds it."""

ROWS = "rows"
"""The path of the page that lists the rows behind a number."""

GLOSSARY = "glossary"
"""The path of the page that explains every number."""

DIAGNOSE = "diagnose"
"""The path of the page that takes changes apart."""

FORECAST = "forecast"
"""The path of the page that looks ahead."""

_PROBLEMS, _SEEN, _NEXT = "link_problems", "link_seen", "choice_to_come"
_WORKSPACE, _CLAIM, _SETTINGS = "workspace_asked", "workspace_claim", "settings_chosen"

ECHO_SECONDS = 1.0
"""For so long after a link was written an action may still carry the one before it."""


@dataclass(frozen=True)
class _Seen:
    """What the last run left behind: page, link, the link before it, when it was written, and the choice."""

    page: str
    link: Link
    before: Link
    written: float
    choice: Choice


def widget(name: str) -> str:
    """Give the key of a sidebar widget."""
    return f"filter_{name}"


def apply(choice: Choice) -> None:
    """Put `choice` into the widgets; only before they are drawn or in a callback."""
    state = st.session_state
    state[widget(PERIOD)] = choice.preset or USUAL
    state[widget(FIRST_DAY)] = choice.start
    state[widget(LAST_DAY)] = choice.end - timedelta(days=1) if choice.end else None
    state[widget(COMPARE)] = list(choice.compare)
    state[widget(GRAIN)] = choice.grain or AUTO
    state[widget(LANGUAGE)] = choice.language or AUTO
    for name in FILTERS:
        state[widget(name)] = list(choice.filters.get(name, ()))
    state[_PROBLEMS] = choice.problems
    state[_WORKSPACE], state[_CLAIM], state[_SETTINGS] = choice.workspace, choice.claim, dict(choice.settings)


def apply_next(choice: Choice) -> None:
    """Put `choice` into the widgets at the start of the next run, where they are drawn already in this one."""
    st.session_state[_NEXT] = choice


def chosen() -> Choice:
    """Read the choice from the widgets."""
    state = st.session_state
    preset, last = state.get(widget(PERIOD), USUAL), state.get(widget(LAST_DAY))
    custom = preset == CUSTOM
    grain, compare = state.get(widget(GRAIN), AUTO), state.get(widget(COMPARE), ())
    return Choice(
        preset=None if preset == USUAL else preset,
        start=state.get(widget(FIRST_DAY)) if custom else None,
        end=last + timedelta(days=1) if custom and isinstance(last, date) else None,
        compare=tuple(one for one in Compare if one in compare),
        grain=None if grain == AUTO else Grain(grain),
        filters={name: tuple(values) for name in FILTERS if (values := state.get(widget(name)))},
        language=None if (code := state.get(widget(LANGUAGE), AUTO)) == AUTO else code,
        problems=state.get(_PROBLEMS, ()),
        workspace=state.get(_WORKSPACE),
        claim=state.get(_CLAIM),
        settings=state.get(_SETTINGS, {}),
    )


def name_workspace(asked: str | None) -> None:
    """Say what the link is to call the data that is on; a secret that came with the link goes."""
    st.session_state[_WORKSPACE], st.session_state[_CLAIM] = asked, None


def choose_settings(settings: Mapping[str, str]) -> None:
    """Take settings that differ from the workspace's own."""
    st.session_state[_SETTINGS] = dict(settings)


def switch(workspace: str | None) -> None:
    """Put other data on: what was chosen for the data before does not hold for it; the language stays."""
    apply(Choice(language=chosen().language, workspace=workspace))


def switch_next(workspace: str | None) -> None:
    """Put other data on at the start of the next run, where the widgets are drawn already in this one."""
    apply_next(Choice(language=chosen().language, workspace=workspace))


def _link_now() -> Link:
    return {name: tuple(st.query_params.get_all(name)) for name in st.query_params}


def follow_link(page: str) -> None:
    """Take the choice from the link where it was opened or edited; else leave the widgets as they are.

    A page switch by the navigation empties the link: the choice stays. An action right after another may carry
    the link as it was before: the widgets are right then, not the link.
    """
    link, seen = _link_now(), st.session_state.get(_SEEN)
    if _NEXT in st.session_state:
        apply(st.session_state.pop(_NEXT))
        return
    if seen is None:
        apply(read_link(link))
        return
    if link == seen.link or (page != seen.page and not link) or chosen() != seen.choice:
        return
    echo = link == seen.before and time.monotonic() - seen.written < ECHO_SECONDS
    if page != seen.page or not echo:
        apply(read_link(link))


def write_link(page: str) -> None:
    """Mirror the choice in the link of the page."""
    choice, now, seen = chosen(), _link_now(), st.session_state.get(_SEEN)
    own = PAGE_PARAMETERS if page in (ROWS, GLOSSARY, FORECAST, DIAGNOSE) else ()
    kept = {name: values for name, values in now.items() if name.startswith("embed") or name in own}
    link = {**kept, **to_link(choice)}
    if link != now:
        st.query_params.from_dict({name: list(values) for name, values in link.items()})
        st.session_state[_SEEN] = _Seen(page, link, now, time.monotonic(), choice)
    else:
        before, written = (seen.before, seen.written) if seen else (link, 0.0)
        st.session_state[_SEEN] = _Seen(page, link, before, written, choice)


def reset() -> None:
    """Go back to what the data opens with; the data and the language stay."""
    apply(Choice(language=chosen().language, workspace=chosen().workspace))


def take_off(name: str) -> None:
    """Take a filter or a setting off the choice."""
    choice = chosen()
    filters = {dimension: values for dimension, values in choice.filters.items() if dimension != name}
    settings = {setting: text for setting, text in choice.settings.items() if setting != name}
    apply(replace(choice, filters=filters, settings=settings))


def drop(problem: Problem) -> None:
    """Take what caused `problem` off the choice."""
    choice = chosen()
    filters = dict(choice.filters)
    if problem.parameter in filters:
        filters[problem.parameter] = tuple(one for one in filters[problem.parameter] if one != problem.value)
    settings = {name: value for name, value in choice.settings.items() if name != problem.parameter}
    apply(
        replace(
            choice,
            filters=filters,
            settings=settings,
            problems=tuple(one for one in choice.problems if one != problem),
        )
    )


def correct(problem: Problem, value: str) -> None:
    """Put `value` in the place of what caused `problem`."""
    drop(problem)
    choice = chosen()
    values = dict.fromkeys((*choice.filters.get(problem.parameter, ()), value))
    apply(replace(choice, filters={**choice.filters, problem.parameter: tuple(values)}))


def fresh() -> bool:
    """Tell whether this is a session's first run, when only the link knows what is chosen."""
    return _SEEN not in st.session_state


def narrow(filters: Mapping[str, str], period: Period | None = None) -> None:
    """Show from the next run on only what a picked mark stands for: one value of each dimension, and its days."""
    choice = chosen()
    if period:
        choice = replace(choice, preset=CUSTOM, start=period.start, end=period.end)
    apply_next(replace(choice, filters={**choice.filters, **{name: (value,) for name, value in filters.items()}}))
