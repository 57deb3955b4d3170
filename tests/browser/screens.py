"""Pictures of every page, light and dark, wide and on a phone: `python -m tests.browser.screens [DATA...]`.

They go to docs/screens. Data is `sample`, and of the trial files beside the checkout those that are there.
"""

from __future__ import annotations

import sys
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from io import BytesIO
from pathlib import Path

from PIL import Image
from playwright.sync_api import Browser, Page, StorageState, sync_playwright

from tests.browser.serving import FLAGS, Server, chromium, start

CHECKOUT = Path(__file__).resolve().parents[2]
TRIAL_FILES = CHECKOUT.parent / "shared" / "data"
FOLDER = CHECKOUT / "docs" / "screens"

DATA = {
    "sample": (),
    "superstore": ("superstore_us/Sample - Superstore.xls",),
    "maven": ("maven_crm/*.csv",),
    "northwind": ("northwind/*.csv",),
}
PAGES = {
    "overview": "", "revenue": "revenue", "customers": "customers", "acquisition": "acquisition",
    "pipeline": "pipeline", "team": "team", "voice": "voice", "diagnose": "diagnose",
    "forecast": "forecast", "reviews": "reviews", "data": "data",
    "rows": "rows?metric={metric}", "glossary": "glossary?metric={metric}",
}  # fmt: skip
METRIC = {"maven": "win_rate"}
WIDTHS = {"wide": 1366, "phone": 390}
SCHEMES = ("light", "dark")
TALLEST = 9000
LONG_LISTS = ("glossary", "rows")
TALLEST_LIST = 2600
QUALITY = 45
WAIT_MS = 120_000


def settle(page: Page) -> None:
    """Wait until no script runs and the charts are drawn."""
    page.wait_for_selector('[data-testid="stMain"] [data-testid="stElementContainer"]', timeout=WAIT_MS)
    page.wait_for_selector('[data-testid="stApp"][data-test-script-state="notRunning"]', timeout=WAIT_MS)
    # Where the machine is busy the browser still fetches what draws tables and charts.
    page.wait_for_function("() => !document.querySelector('[data-testid=stSkeleton]')", timeout=WAIT_MS)
    page.wait_for_timeout(1500)


def upload(page: Page, server: Server, patterns: Sequence[str]) -> str | None:
    """Drop the files and give what the link calls them; None where they are not here, nothing for the sample."""
    files = [path for pattern in patterns for path in sorted(TRIAL_FILES.glob(pattern))]
    if not patterns:
        return ""
    if not files:
        return None
    page.goto(f"{server.url}/data?w=sample")
    settle(page)
    page.locator('input[type="file"]').set_input_files(files)
    page.wait_for_url(lambda url: "w=" in url and "w=sample" not in url, timeout=WAIT_MS)
    settle(page)
    return page.url.partition("w=")[2].partition("&")[0]


@contextmanager
def _window(browser: Browser, width: int, scheme: str, known: StorageState | None = None) -> Iterator[Page]:
    """Open a window; with the cookies `known` it is the same visitor's."""
    context = browser.new_context(
        locale="en-US", viewport={"width": width, "height": 900}, storage_state=known,
        color_scheme="dark" if scheme == "dark" else "light",
    )  # fmt: skip
    yield context.new_page()
    context.close()


def picture(page: Page, width: int, tallest: int, target: Path) -> None:
    """Take the whole page up to `tallest` pixels: the window grows until nothing has to be scrolled."""
    height = page.evaluate("document.querySelector('[data-testid=stMain]').scrollHeight")
    page.set_viewport_size({"width": width, "height": max(700, min(int(height) + 60, tallest))})
    page.wait_for_timeout(1200)
    # WebP keeps letters sharp in half the bytes of JPEG; 160 pictures lie in the repository.
    Image.open(BytesIO(page.screenshot())).convert("RGB").save(target, "WEBP", quality=QUALITY, method=6)


def take(browser: Browser, server: Server, name: str, workspace: str, owner: StorageState) -> None:
    """Take all pictures of one data set as its owner sees it."""
    for scheme in SCHEMES:
        for size, width in WIDTHS.items():
            with _window(browser, width, scheme, owner) as page:
                for shown, path in PAGES.items():
                    address = path.format(metric=METRIC.get(name, "revenue"))
                    joined = "&" if "?" in address else "?"
                    page.set_viewport_size({"width": width, "height": 900})
                    page.goto(f"{server.url}/{address}{joined}w={workspace or 'sample'}")
                    settle(page)
                    tallest = TALLEST_LIST if shown in LONG_LISTS else TALLEST
                    picture(page, width, tallest, FOLDER / f"{name}-{shown}-{scheme}-{size}.webp")
                    print(f"{name} {shown} {scheme} {size}", flush=True)


def main(names: Sequence[str]) -> int:
    """Take the pictures of the data sets named, or of all; 1 where there is no Chromium."""
    path = chromium()
    if path is None:
        print("There is no Chromium here.", file=sys.stderr)
        return 1
    FOLDER.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as playwright:
        server = start(CHECKOUT, Path(folder) / "output.txt", SALESMETRICS_STORAGE=f"{folder}/storage")
        browser = playwright.chromium.launch(executable_path=path, args=FLAGS)
        try:
            for name in names or DATA:
                with _window(browser, WIDTHS["wide"], "light") as page:
                    workspace = upload(page, server, DATA[name])
                    owner = page.context.storage_state()
                if workspace is None:
                    print(f"{name}: its files are not here.", file=sys.stderr)
                    continue
                take(browser, server, name, workspace, owner)
        finally:
            browser.close()
            server.stop()
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
