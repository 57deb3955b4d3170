"""Pictures for the tour in the README, one screen for each question: `python -m tests.browser.tour [NAME...]`.

They go to docs/tour, on the sample company; without a name all are taken.
"""

from __future__ import annotations

import sys
import tempfile
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from playwright.sync_api import sync_playwright

from tests.browser.screens import CHECKOUT, settle
from tests.browser.serving import FLAGS, chromium, start

FOLDER = CHECKOUT / "docs" / "tour"
WIDTH, HEIGHT = 1366, 900
QUALITY = 65


@dataclass(frozen=True)
class Stop:
    """A question, the page that answers it, and the part (its key) at which the screen begins, so far from the top."""

    name: str
    page: str
    part: str = ""
    down: int = 80


STOPS = (
    Stop("how-are-we-doing", ""),
    Stop("where-revenue-comes-from", "revenue", "frame_mix"),
    Stop("who-is-behind", "team", "frame_attainment"),
    Stop("are-new-hires-ramping", "team", "frame_revenue_per_rep_month_by_tenure"),
    Stop("which-source-is-worth-it", "acquisition", "sources"),
    Stop("do-we-answer-fast-enough", "acquisition", "frame_lead_waits"),
    Stop("where-deals-get-stuck", "pipeline", "frame_funnel"),
    Stop("will-the-pipeline-do", "pipeline"),
    Stop("who-is-about-to-leave", "customers", "list_churn_risk"),
    Stop("do-customers-come-back", "customers", "frame_cohorts"),
    Stop("do-we-gain-on-the-market", "voice"),
    Stop("why-did-the-win-rate-fall", "diagnose?metric=win_rate"),
    Stop("where-will-this-quarter-land", "forecast"),
    Stop("which-targets-are-fair", "forecast", "targets_ambition", 140),
    Stop("who-will-still-buy", "customers", "customers_expected", 210),
    Stop("what-to-decide-in-the-review", "reviews", "review_agenda", 140),
)


def main(names: Sequence[str]) -> int:
    """Take the picture of every stop named, or of all; 1 where there is no Chromium or a part is not there."""
    path = chromium()
    if path is None:
        print("There is no Chromium here.", file=sys.stderr)
        return 1
    FOLDER.mkdir(parents=True, exist_ok=True)
    missing = 0
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as playwright:
        server = start(CHECKOUT, Path(folder) / "output.txt", SALESMETRICS_STORAGE=f"{folder}/storage")
        browser = playwright.chromium.launch(executable_path=path, args=FLAGS)
        page = browser.new_context(locale="en-US", viewport={"width": WIDTH, "height": HEIGHT}).new_page()
        try:
            for stop in STOPS:
                if names and stop.name not in names:
                    continue
                page.goto(f"{server.url}/{stop.page}{'&' if '?' in stop.page else '?'}w=sample")
                settle(page)
                part = page.locator(f".st-key-{stop.part}") if stop.part else None
                if part is not None and not part.count():
                    print(f"{stop.name}: there is no {stop.part} on the page.", file=sys.stderr)
                    missing += 1
                    continue
                if part is not None:
                    part.first.evaluate("part => part.scrollIntoView({block: 'start'})")
                    # The bar at the top covers what is scrolled under it.
                    page.mouse.move(WIDTH / 2, HEIGHT / 2)
                    page.mouse.wheel(0, -stop.down)
                    # Off the charts: under the pointer they show their buttons.
                    page.mouse.move(5, HEIGHT - 5)
                    page.wait_for_timeout(1000)
                page.screenshot(path=FOLDER / f"{stop.name}.jpg", type="jpeg", quality=QUALITY)
                print(stop.name, flush=True)
        finally:
            browser.close()
            server.stop()
    return 1 if missing else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
