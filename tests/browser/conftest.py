"""A real Chromium and cold servers: what the tests of the app as users meet it stand on."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect, sync_playwright

from tests.browser.serving import FLAGS, NAMES, Server, chromium, start

SETTLE_MS = 60_000
EXPECT_MS = 30_000  # Patience only: what is expected comes at once on a free machine, and late beside other tests.


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    here = Path(__file__).parent
    for item in items:
        if here in item.path.parents:
            item.add_marker(pytest.mark.browser)


@pytest.fixture(scope="session")
def chromium_path() -> str:
    """The Chromium of this system; without one the test is skipped."""
    path = chromium()
    if path is None:
        pytest.skip("there is no Chromium here: none of " + ", ".join(NAMES) + " is installed")
    return path


@pytest.fixture(scope="session")
def browser(chromium_path: str) -> Iterator[Browser]:
    """One Chromium for the whole run."""
    expect.set_options(timeout=EXPECT_MS)
    with sync_playwright() as playwright:
        launched = playwright.chromium.launch(executable_path=chromium_path, args=FLAGS)
        yield launched
        launched.close()


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    """A fresh window: no cookies, English, a laptop's screen."""
    context = browser.new_context(locale="en-US", viewport={"width": 1366, "height": 900})
    context.set_default_timeout(SETTLE_MS)
    yield context.new_page()
    context.close()


@pytest.fixture(scope="session")
def start_server(checkout: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Callable[..., Server]]:
    """Start a cold server of the app, with environment variables of its own; all are ended after the run."""
    started: list[Server] = []

    def start_one(**environment: str) -> Server:
        started.append(start(checkout, tmp_path_factory.mktemp("server") / "output.txt", **environment))
        return started[-1]

    yield start_one
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
