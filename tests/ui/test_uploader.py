"""The uploader on a page: each drop is given once and is not lost on the way, and every word comes from here."""

from __future__ import annotations

import gc
import re
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from tests.ui.door import Door
from ui import upload_route, uploader
from ui.incoming import Refusal


def test_every_refusal_has_a_status_and_a_sentence() -> None:
    assert set(upload_route._STATUS) == set(Refusal)
    assert set(uploader.sentences()) == set(Refusal)
    for sentence in uploader.sentences().values():
        assert re.fullmatch(r"[A-Z].*\.", sentence)


def test_the_browser_uses_the_words_it_is_given_and_no_others(checkout: Path) -> None:
    script = (checkout / "ui" / "uploader.js").read_text(encoding="utf-8")
    given = set(uploader._texts(200))
    used = set(re.findall(r"texts\.(\w+)", script)) | set(re.findall(r'count\(drop, "(\w+)"', script))
    # Asked for by a name put together there.
    used |= {"cancel", "cancel_named", "remove", "remove_named", "again", "again_named"}
    assert used - {"refused"} == given - {"refused"}
    assert "innerHTML" not in re.sub(r"row\.innerHTML =(\s+'[^'$]*'\s*\+?)+;", "", script), "names are never HTML"


def _page() -> None:
    import streamlit as st

    from ui.uploader import show, take, waiting

    if st.session_state.get("cut_short"):
        show("files")
        st.stop()
    if st.session_state.get("elsewhere"):
        st.text(f"waiting: {waiting('files')}")
        batch = take("files") if st.session_state.get("take") else None
    else:
        show("files")
        batch = take("files")
    if batch:
        st.session_state.setdefault("batches", []).append(batch)


def _arrive(at: AppTest, name: str, content: bytes) -> None:
    """Let a file arrive as the route would."""
    _token, ticket = at.session_state["ticket_files"]
    coming = ticket.begin("a-1", name, len(content))
    coming.part.write_bytes(content)
    coming.received = len(content)
    ticket.arrive(coming)
    ticket.settle(["a-1"])


def _given(at: AppTest) -> list[tuple[str, bytes]]:
    batches = at.session_state["batches"] if "batches" in at.session_state else []  # noqa: SIM401  (it has no get)
    return [(file.name, file.path.read_bytes()) for batch in batches for file in batch.files]


@pytest.fixture
def page(door: Door) -> AppTest:
    return AppTest.from_function(_page, default_timeout=30).run()


def test_a_drop_is_given_once_and_the_next_has_a_ticket_of_its_own(page: AppTest) -> None:
    first, _ticket = page.session_state["ticket_files"]
    assert page.run().session_state["ticket_files"][0] == first, "a run alone changes nothing"
    _arrive(page, "a.csv", b"1")
    assert _given(page.run()) == [("a.csv", b"1")]
    assert _given(page.run()) == [("a.csv", b"1")]
    assert page.session_state["ticket_files"][0] != first
    _arrive(page, "b.csv", b"2")
    assert _given(page.run()) == [("a.csv", b"1"), ("b.csv", b"2")]


def test_runs_that_are_cut_short_lose_no_drop(page: AppTest) -> None:
    page.session_state["cut_short"] = True
    for name in ("a.csv", "b.csv"):
        _arrive(page, name, name.encode())
        assert _given(page.run()) == []
    page.session_state["cut_short"] = False
    assert _given(page.run()) == [("a.csv", b"a.csv")]
    assert _given(page.run()) == [("a.csv", b"a.csv"), ("b.csv", b"b.csv")]
    assert len(_given(page.run())) == 2


def test_what_arrived_is_known_and_can_be_taken_on_another_page(page: AppTest) -> None:
    page.session_state["elsewhere"] = True
    assert page.run().text[0].value == "waiting: False"
    _arrive(page, "a.csv", b"1")
    assert page.run().text[0].value == "waiting: True"
    assert _given(page) == []
    page.session_state["take"] = True
    assert _given(page.run()) == [("a.csv", b"1")]
    assert page.run().text[0].value == "waiting: False"


def test_what_was_not_taken_goes_with_the_session(page: AppTest, door: Door) -> None:
    _arrive(page, "a.csv", b"1")
    page.session_state["cut_short"] = True
    page.run()
    assert len(door.left()) == 1
    del page.session_state["ticket_files"], page.session_state["full_tickets_files"]
    gc.collect()
    assert door.left() == []
