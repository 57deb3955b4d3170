"""Targets in a real browser: an owner changes one, spreads the rest, saves, and finds it after coming back."""

from __future__ import annotations

import csv
import re
from collections.abc import Callable
from decimal import Decimal
from pathlib import Path

from playwright.sync_api import Browser, Page, expect

from tests.browser.serving import Server

Settled = Callable[[Page], Page]


def orders() -> str:
    """Two reps over two and a half years, one selling three times what the other does."""
    months = [f"{year}-{month:02d}-15" for year in (2023, 2024, 2025) for month in range(1, 13)]
    lines = [f"{day},{rep},{amount}" for day in months for rep, amount in (("Ann", 300), ("Bo", 100))]
    return "\n".join(["Order Date,Rep,Amount", *lines, "2025-12-31,Ann,1"])


def saved_file(page: Page, folder: Path) -> dict[str, Decimal]:
    with page.expect_download() as download:
        page.get_by_role("button", name="Download quotas").click()
    target = folder / download.value.suggested_filename
    download.value.save_as(target)
    with target.open(encoding="utf-8-sig", newline="") as file:
        return {row["scope_id"]: Decimal(row["amount"]) for row in csv.DictReader(file)}


def test_an_owner_changes_a_target_saves_it_and_finds_it_again(
    server: Server, page: Page, browser: Browser, settled: Settled, tmp_path: Path
) -> None:
    file = tmp_path / "orders.csv"
    file.write_text(orders(), encoding="utf-8")
    page.goto(f"{server.url}/data")
    settled(page)
    page.locator('input[type="file"]').set_input_files(file)
    page.wait_for_url(re.compile(r"[?&]w="), timeout=120_000)
    settled(page)
    workspace = page.url.partition("w=")[2].partition("&")[0]
    address = f"{server.url}/forecast?w={workspace}"
    page.goto(address)
    settled(page)
    expect(page.get_by_text("the total exactly")).to_be_visible(timeout=120_000)
    total = Decimal(page.get_by_label(re.compile("^Total for")).input_value())

    # The cell of Ann's target is the fourth of the first line: the grid is a picture, so keys lead there.
    grid = page.locator('[class*="st-key-targets_table"] canvas').first
    # In the middle of the window nothing that stays on top of it covers the line.
    grid.evaluate("canvas => canvas.scrollIntoView({block: 'center'})")
    settled(page)
    box = grid.bounding_box()
    assert box is not None
    page.mouse.click(box["x"] + 30, box["y"] + 52)
    # The grid takes keys once it has drawn the cell as chosen.
    expect(page.locator('[id^="glide-cell-0-"][aria-selected="true"]')).to_have_count(1)
    for place in (1, 2, 3):
        page.keyboard.press("ArrowRight")
        expect(page.locator(f'[id^="glide-cell-{place}-"][aria-selected="true"]')).to_have_count(1)
    page.keyboard.press("Enter")
    page.locator("#portal .gdg-input").fill("500")
    page.keyboard.press("Enter")
    settled(page)
    expect(page.get_by_text("less than the total")).to_be_visible()
    page.get_by_role("button", name="Spread the rest").click()
    settled(page)
    expect(page.get_by_text("the total exactly")).to_be_visible()
    page.get_by_role("button", name="Save", exact=True).click()
    expect(page.get_by_text("Nothing is saved for this period yet")).to_have_count(0)
    settled(page)

    page.goto(address)
    settled(page)
    expect(page.get_by_text("the total exactly")).to_be_visible(timeout=120_000)
    kept = saved_file(page, tmp_path)
    assert kept["Ann"] == 500
    assert set(kept) == {"Ann", "Bo"}
    assert sum(kept.values()) == total

    # By the link, in another browser: the same targets, and nothing to save them with.
    context = browser.new_context(locale="en-US", viewport={"width": 1366, "height": 900})
    visitor = context.new_page()
    visitor.goto(page.url)
    settled(visitor)
    expect(visitor.get_by_text("only an owner of the data can save them").first).to_be_visible(timeout=120_000)
    expect(visitor.get_by_role("button", name="Save", exact=True)).to_have_count(0)
    context.close()
