"""Dropping files in a real browser, of any size and any name: they lie on the server's disk as they were here."""

from __future__ import annotations

import hashlib
import os
import random
import re
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from urllib.error import URLError
from urllib.request import urlopen

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.browser.uploader_app.line import Line

MEGABYTE = 1 << 20
START_SECONDS = 60


@dataclass(frozen=True)
class Uploads:
    """A server of the small app around the uploader, and the folder in which its files come in."""

    url: str
    process: subprocess.Popen[bytes]
    incoming: Path
    line: Line

    def left(self) -> list[Path]:
        return [path for path in self.incoming.rglob("*") if path.is_file()]


@pytest.fixture(scope="module")
def uploads(checkout: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Uploads]:
    folder = tmp_path_factory.mktemp("uploads")
    with closing(socket.socket()) as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    with (folder / "output.txt").open("wb") as output:
        process = subprocess.Popen(
            [sys.executable, "-m", "streamlit", "run", "tests/browser/uploader_app/app.py",
             "--server.headless", "true", "--server.address", "127.0.0.1", "--server.port", str(port),
             "--server.fileWatcherType", "none", "--server.baseUrlPath", "sales"],
            cwd=checkout, env=os.environ | {"INCOMING": str(folder / "incoming")},
            stdout=output, stderr=subprocess.STDOUT,
        )  # fmt: skip
    try:
        deadline = time.monotonic() + START_SECONDS
        while True:
            try:
                urlopen(f"http://127.0.0.1:{port}/sales/_stcore/health", timeout=2).close()
                break
            except (URLError, OSError):
                if time.monotonic() > deadline or process.poll() is not None:
                    pytest.fail((folder / "output.txt").read_text(errors="replace")[-3000:])
                time.sleep(0.1)
        line = Line(port)
        yield Uploads(f"http://127.0.0.1:{line.port}/sales", process, folder / "incoming", line)
        line.close()
    finally:
        process.terminate()
        process.wait(timeout=20)
    assert not list((folder / "incoming").glob("*")), "a server that stops leaves no upload"


@pytest.fixture
def dropping(page: Page, uploads: Uploads) -> Iterator[Page]:
    """The page with the uploader; whatever the browser complains of by itself fails the test."""
    said: list[str] = []
    page.on("console", lambda one: said.append(one.text) if one.type in ("error", "warning") else None)
    page.on("pageerror", lambda error: said.append(str(error)))
    page.goto(uploads.url)
    expect(page.get_by_text("drops: 0")).to_be_visible()
    yield page
    uploads.line.mend()
    # A refusal is an answer with a status that the browser notes by itself, as is a cable that was pulled.
    assert [
        one for one in said if not re.match(r"Failed to load resource: (the server responded|net::ERR)", one)
    ] == []


def written(folder: Path, name: str, size: int) -> Path:
    """Make a file of bytes that differ everywhere."""
    folder.mkdir(exist_ok=True)
    path = folder / name
    chance = random.Random(name)
    with path.open("wb") as out:
        for start in range(0, size, MEGABYTE):
            out.write(chance.randbytes(min(MEGABYTE, size - start)))
    return path


def choose(page: Page, *paths: Path) -> None:
    page.locator("input[type=file]").set_input_files(paths)


def arrived(path: Path) -> str:
    """The line by which the page tells what it found on disk."""
    with path.open("rb") as content:
        digest = hashlib.file_digest(content, "sha256").hexdigest()
    return f"{path.name}|{path.stat().st_size}|{digest}|{path.name}"


def row(page: Page, name: str) -> Locator:
    return page.locator(".files li", has_text=name)


def test_many_files_of_any_name_arrive_as_they_are(dropping: Page, uploads: Uploads, tmp_path: Path) -> None:
    paths = [
        written(tmp_path / "a", "订单 2024 №1 é.csv", 3 * MEGABYTE + 5),
        written(tmp_path / "a", "deals.csv", 10),
        written(tmp_path / "b", "deals.csv", 20),
        written(tmp_path / "a", "empty.xlsx", 0),
        *(written(tmp_path / "a", f"leads {n}.csv", 1000 + n) for n in range(8)),
    ]
    choose(dropping, *paths)
    expect(dropping.get_by_text("drops: 1")).to_be_visible()
    for path in paths:
        expect(dropping.get_by_text(arrived(path), exact=True)).to_be_visible()
    expect(dropping.locator(".files li")).to_have_count(0)
    expect(dropping.get_by_role("status").filter(has_text="All 12 files are here.")).to_be_attached()
    assert uploads.left() == []

    choose(dropping, paths[1])
    expect(dropping.get_by_text("drops: 2")).to_be_visible()
    expect(dropping.get_by_text(arrived(paths[1]), exact=True)).to_have_count(2)


def test_a_folder_is_dropped_with_all_that_is_in_it(dropping: Page, tmp_path: Path) -> None:
    folder = tmp_path / "Q1 销售"
    paths = [written(folder, "orders.csv", 1000), written(folder / "deeper", "quotas.csv", 2000)]
    alone = written(tmp_path, "reps.csv", 30)
    written(folder, ".DS_Store", 40)
    written(folder, "~$orders.xlsx", 50)
    zone = dropping.locator(".zone").bounding_box()
    assert zone
    session = dropping.context.new_cdp_session(dropping)
    for kind in ("dragEnter", "dragOver", "drop"):
        session.send(
            "Input.dispatchDragEvent",
            {
                "type": kind,
                "x": zone["x"] + 50,
                "y": zone["y"] + 20,
                "data": {"items": [], "files": [str(folder), str(alone)], "dragOperationsMask": 1},
            },
        )
        if kind == "dragOver":
            expect(dropping.locator(".zone.over")).to_be_visible()
    expect(dropping.get_by_text("drops: 1")).to_be_visible()
    for path in (*paths, alone):
        expect(dropping.get_by_text(arrived(path), exact=True)).to_be_visible()
    expect(dropping.get_by_text("DS_Store")).to_have_count(0)
    expect(dropping.get_by_text("~$orders")).to_have_count(0)


def test_one_of_several_can_be_cancelled(dropping: Page, uploads: Uploads, tmp_path: Path) -> None:
    wrong, right = written(tmp_path, "wrong.csv", 20 * MEGABYTE), written(tmp_path, "right.csv", 3 * MEGABYTE)
    third = written(tmp_path, "third.csv", 100)
    uploads.line.slow = True
    choose(dropping, wrong, right, third)
    expect(row(dropping, "wrong.csv").get_by_role("progressbar", name="Upload of wrong.csv")).to_be_visible()
    expect(row(dropping, "third.csv")).to_contain_text("Waiting")
    expect(row(dropping, "wrong.csv").locator(".state")).to_have_text(re.compile(r"^[1-9]\d?%$"))
    expect(dropping.locator(".told")).to_contain_text("0 of 3 files here")
    assert any(path.suffix == ".part" for path in uploads.left())
    dropping.get_by_role("button", name="Cancel wrong.csv").click()
    uploads.line.mend()
    expect(dropping.get_by_text("drops: 1")).to_be_visible()
    for path in (right, third):
        expect(dropping.get_by_text(arrived(path), exact=True)).to_be_visible()
    expect(dropping.get_by_text("wrong.csv")).to_have_count(0)
    assert uploads.left() == []


def test_what_the_server_refuses_can_be_tried_again(dropping: Page, tmp_path: Path) -> None:
    one, two = written(tmp_path, "one.csv", 1000), written(tmp_path, "two.csv", 2000)
    toggle = dropping.get_by_text("The disk is full")
    toggle.click()
    choose(dropping, one, two)
    for path in (one, two):
        expect(row(dropping, path.name)).to_contain_text("too little free disk space")
    expect(dropping.get_by_role("status").filter(has_text="too little free disk space")).to_be_attached()
    toggle.click()
    expect(dropping.locator('[data-testid="stApp"]')).to_have_attribute("data-test-script-state", "notRunning")
    dropping.get_by_role("button", name="Try one.csv again").click()
    expect(row(dropping, "one.csv")).to_contain_text("Arrived")
    expect(dropping.get_by_text("drops: 0")).to_be_visible()
    dropping.get_by_role("button", name="Try two.csv again").click()
    expect(dropping.get_by_text("drops: 1")).to_be_visible()
    for path in (one, two):
        expect(dropping.get_by_text(arrived(path), exact=True)).to_be_visible()


def test_the_files_that_arrived_can_go_on_without_the_rest(
    dropping: Page, uploads: Uploads, tmp_path: Path
) -> None:
    fine, stuck = written(tmp_path, "fine.csv", 1000), written(tmp_path, "stuck.csv", 20 * MEGABYTE)
    uploads.line.slow = True
    choose(dropping, fine, stuck)
    expect(row(dropping, "fine.csv").locator(".state")).to_have_text("Arrived")
    expect(row(dropping, "stuck.csv").locator(".state")).to_have_text(re.compile(r"^[1-9]\d%$"))
    uploads.line.cut()
    expect(row(dropping, "stuck.csv")).to_contain_text("The connection broke off")
    uploads.line.mend()
    dropping.get_by_role("button", name="Go on with the file that arrived").click()
    expect(dropping.get_by_text("drops: 1")).to_be_visible()
    expect(dropping.get_by_text(arrived(fine), exact=True)).to_be_visible()


def test_a_broken_connection_leaves_no_part_and_can_be_tried_again(
    dropping: Page, uploads: Uploads, tmp_path: Path
) -> None:
    path = written(tmp_path, "long.csv", 20 * MEGABYTE)
    uploads.line.slow = True
    choose(dropping, path)
    expect(row(dropping, path.name).locator(".state")).to_have_text(re.compile(r"^[1-9]\d%$"))
    uploads.line.cut()
    expect(row(dropping, path.name)).to_contain_text("The connection broke off")
    uploads.line.mend()
    deadline = time.monotonic() + 10
    while uploads.left() and time.monotonic() < deadline:
        time.sleep(0.05)
    assert uploads.left() == []
    dropping.get_by_role("button", name="Try long.csv again").click()
    expect(dropping.get_by_text("drops: 1")).to_be_visible()
    expect(dropping.get_by_text(arrived(path), exact=True)).to_be_visible()


def test_an_upload_goes_on_while_another_page_is_shown(dropping: Page, uploads: Uploads, tmp_path: Path) -> None:
    path = written(tmp_path, "大文件.csv", 20 * MEGABYTE)
    uploads.line.slow = True
    choose(dropping, path)
    percent = row(dropping, path.name).locator(".state")
    expect(percent).to_have_text(re.compile(r"^[1-9]\d?%$"))
    dropping.get_by_role("link", name="Elsewhere").click()
    expect(dropping.get_by_role("heading", name="Elsewhere")).to_be_visible()
    dropping.get_by_role("link", name="Dropping").click()
    expect(percent).to_have_text(re.compile(r"^[1-9]\d?%$"))
    dropping.get_by_role("link", name="Elsewhere").click()
    expect(dropping.get_by_role("heading", name="Elsewhere")).to_be_visible()
    with dropping.expect_response(lambda answer: answer.url.endswith("/sales/api/uploads")):
        uploads.line.mend()
    dropping.get_by_role("link", name="Dropping").click()
    expect(dropping.get_by_text("drops: 1")).to_be_visible()
    expect(dropping.get_by_text(arrived(path), exact=True)).to_be_visible()


def test_a_page_that_was_reloaded_starts_afresh(dropping: Page, uploads: Uploads, tmp_path: Path) -> None:
    path = written(tmp_path, "half.csv", 20 * MEGABYTE)
    uploads.line.slow = True
    choose(dropping, path)
    expect(row(dropping, path.name).locator(".state")).to_have_text(re.compile(r"^[1-9]\d?%$"))
    asked = []
    dropping.on("dialog", lambda dialog: (asked.append(dialog.type), dialog.accept()))
    dropping.locator(".title").click()
    dropping.reload()
    assert asked == ["beforeunload"], "leaving the page would lose the upload: the browser asks first"
    expect(dropping.get_by_text("drops: 0")).to_be_visible()
    expect(dropping.locator(".files li")).to_have_count(0)
    uploads.line.mend()
    choose(dropping, path)
    expect(dropping.get_by_text("drops: 1")).to_be_visible()


def test_it_is_used_from_the_keyboard(dropping: Page, tmp_path: Path) -> None:
    path = written(tmp_path, "keys.csv", 100)
    # From here on a dialog for files is the test's to answer.
    dropping.on("filechooser", lambda _chooser: None)
    expect(dropping.get_by_role("group", name="Drop your sales files here")).to_contain_text("Up to 2 GB each.")
    dropping.get_by_text("The disk is full").click()
    expect(dropping.locator('[data-testid="stApp"]')).to_have_attribute("data-test-script-state", "notRunning")
    dropping.keyboard.press("Tab")
    browse = dropping.get_by_role("button", name="Browse files")
    expect(browse).to_be_focused()
    with dropping.expect_file_chooser() as chooser:
        dropping.keyboard.press("Enter")
    chooser.value.set_files(path)
    expect(row(dropping, path.name)).to_contain_text("too little free disk space")
    dropping.keyboard.press("Tab")
    expect(dropping.get_by_role("button", name="Try keys.csv again")).to_be_focused()
    dropping.keyboard.press("Tab")
    dropping.keyboard.press("Enter")
    expect(dropping.locator(".files li")).to_have_count(0)
    expect(browse).to_be_focused()


def test_it_fits_a_phone(dropping: Page, tmp_path: Path) -> None:
    dropping.set_viewport_size({"width": 320, "height": 700})
    dropping.get_by_text("The disk is full").click()
    choose(dropping, written(tmp_path, "a very long name of a file with all deals of the year.csv", 100))
    expect(dropping.get_by_role("button", name="Try a very long")).to_be_visible()
    wide = dropping.evaluate("document.scrollingElement.scrollWidth")
    assert wide <= 320
    box = dropping.locator(".uploader").bounding_box()
    assert box
    for button in dropping.locator(".uploader button:visible").all():
        inside = button.bounding_box()
        assert inside
        assert inside["x"] >= box["x"]
        assert inside["x"] + inside["width"] <= box["x"] + box["width"] + 1


def _memory(pid: int, which: str) -> int:
    """Give `VmRSS` or `VmHWM` (the most it ever was) of a process in bytes."""
    status = Path(f"/proc/{pid}/status").read_text()
    found = re.search(rf"^{which}:\s+(\d+) kB", status, re.MULTILINE)
    assert found
    return int(found.group(1)) * 1024


@pytest.mark.skipif(not Path("/proc/self/clear_refs").exists(), reason="memory is read from Linux's /proc")
def test_a_large_file_takes_disk_and_no_memory(dropping: Page, uploads: Uploads, tmp_path: Path) -> None:
    """60 MB here; UPLOAD_MB=600 is the long form."""
    path = written(tmp_path, "large.csv", int(os.environ.get("UPLOAD_MB", "60")) * MEGABYTE)
    choose(dropping, written(tmp_path, "warm.csv", MEGABYTE))
    expect(dropping.get_by_text("drops: 1")).to_be_visible()
    pid = uploads.process.pid
    before = _memory(pid, "VmRSS")
    Path(f"/proc/{pid}/clear_refs").write_text("5")
    begun = time.monotonic()
    choose(dropping, path)
    expect(dropping.get_by_text("drops: 2")).to_be_visible(timeout=300_000)
    took = time.monotonic() - begun
    most = _memory(pid, "VmHWM")
    print(
        f"{path.stat().st_size / MEGABYTE:.0f} MB in {took:.1f} s: {before >> 20} MB before, {most >> 20} MB at most"
    )
    assert most - before < 100 * MEGABYTE
    expect(dropping.get_by_text(arrived(path), exact=True)).to_be_visible()
