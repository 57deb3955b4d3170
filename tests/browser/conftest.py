"""A real Chromium and cold servers: what the tests of the app as users meet it stand on."""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from urllib.error import URLError
from urllib.request import urlopen

import pytest
from playwright.sync_api import Browser, Page, expect, sync_playwright

NAMES = ("chromium", "chromium-browser", "google-chrome")
FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-dev-shm-usage",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
START_SECONDS = 90
SETTLE_MS = 60_000


@dataclass(frozen=True)
class Server:
    """One `streamlit run app.py`: where it answers, its process, and the file its output goes to."""

    url: str
    process: subprocess.Popen[bytes]
    log: Path

    def stop(self) -> None:
        """End the server, and only it."""
        self.process.terminate()
        try:
            self.process.wait(timeout=10)
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait(timeout=10)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    here = Path(__file__).parent
    for item in items:
        if here in item.path.parents:
            item.add_marker(pytest.mark.browser)


@pytest.fixture(scope="session")
def chromium_path() -> str:
    """The Chromium of this system; without one the test is skipped."""
    for name in NAMES:
        if path := shutil.which(name):
            return path
    pytest.skip("there is no Chromium here: none of " + ", ".join(NAMES) + " is installed")


@pytest.fixture(scope="session")
def browser(chromium_path: str) -> Iterator[Browser]:
    """One Chromium for the whole run."""
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=chromium_path, args=FLAGS)
        yield chromium
        chromium.close()


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    """A fresh window: no cookies, English, a laptop's screen."""
    context = browser.new_context(locale="en-US", viewport={"width": 1366, "height": 900})
    context.set_default_timeout(SETTLE_MS)
    yield context.new_page()
    context.close()


def _free_port() -> int:
    with closing(socket.socket()) as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


def _wait_until_healthy(server: Server) -> None:
    deadline = time.monotonic() + START_SECONDS
    while time.monotonic() < deadline and server.process.poll() is None:
        try:
            with urlopen(f"{server.url}/_stcore/health", timeout=2) as answer:
                if answer.status == 200:
                    return
        except (URLError, OSError):
            time.sleep(0.1)
    said = server.log.read_text(encoding="utf-8", errors="replace")[-3000:]
    server.stop()
    pytest.fail(f"The app did not start within {START_SECONDS} s. It said:\n{said}")


@pytest.fixture(scope="session")
def start_server(checkout: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Callable[..., Server]]:
    """Start a cold server of the app, with environment variables of its own; all are ended after the run."""
    started: list[Server] = []

    def start(**environment: str) -> Server:
        port = _free_port()
        log = tmp_path_factory.mktemp("server") / "output.txt"
        with log.open("wb") as output:
            process = subprocess.Popen(
                [sys.executable, "-m", "streamlit", "run", "app.py", "--server.headless", "true",
                 "--server.address", "127.0.0.1", "--server.port", str(port), "--server.fileWatcherType", "none"],
                cwd=checkout, env=os.environ | environment, stdout=output, stderr=subprocess.STDOUT,
            )  # fmt: skip
        server = Server(f"http://127.0.0.1:{port}", process, log)
        started.append(server)
        _wait_until_healthy(server)
        return server

    yield start
    for server in started:
        server.stop()


@pytest.fixture(scope="session")
def server(start_server: Callable[..., Server]) -> Server:
    """The server that tests share when they need no cold one."""
    return start_server()


@pytest.fixture(scope="session")
def settled() -> Callable[[Page], Page]:
    """Wait until the page has drawn something and no script runs; gives the page back."""

    def wait(page: Page) -> Page:
        app = page.locator('[data-testid="stApp"]')
        expect(app).to_have_attribute("data-test-connection-state", "CONNECTED", timeout=SETTLE_MS)
        drawn = page.locator('[data-testid="stMain"] [data-testid="stElementContainer"]')
        expect(drawn.first).to_be_attached(timeout=SETTLE_MS)
        expect(app).to_have_attribute("data-test-script-state", "notRunning", timeout=SETTLE_MS)
        return page

    return wait
