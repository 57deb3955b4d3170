"""Dropping real files in a real browser: what is on afterwards, and what a bad file leaves."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from tests.browser.serving import turn_to_data

Settled = Callable[[Page], Page]


def drop(page: Page, paths: list[Path]) -> None:
    page.locator('input[type="file"]').set_input_files(paths)


def open_data(page: Page, server: Any, settled: Settled) -> None:
    page.goto(f"{server.url}/data")
    settled(page)


@pytest.fixture
def on_data(page: Page, server: Any, settled: Settled) -> Page:
    open_data(page, server, settled)
    return page


@pytest.mark.reference
def test_a_flat_file_then_deals_then_orders_in_many_files(
    on_data: Page, settled: Settled, trial_files: Path, server: Any
) -> None:
    page, sidebar = on_data, on_data.locator('[data-testid="stSidebar"]')
    drop(page, [trial_files / "superstore_us" / "Sample - Superstore.csv"])
    expect(sidebar).to_contain_text("Sample - Superstore.csv")
    expect(sidebar).to_contain_text("Orders to 31 Dec 2022")
    page.get_by_role("link", name="Overview").click()
    expect(page.locator(".st-key-card_revenue data")).to_be_visible()
    expect(page.locator(".st-key-card_win_rate")).to_contain_text("a file of deals")
    settled(page)

    turn_to_data(page)
    expect(page.get_by_role("heading", name="Your data")).to_be_visible()
    page.get_by_text("New workspace").click()
    settled(page)
    drop(page, sorted((trial_files / "maven_crm").glob("*.csv")))
    expect(sidebar).to_contain_text("and 4 more")
    settled(page)
    page.get_by_role("link", name="Overview").click()
    expect(page.locator(".st-key-card_win_rate data")).to_be_visible()
    expect(page.locator(".st-key-card_revenue")).to_contain_text("a file of orders")
    settled(page)
    expect(page.locator(".st-key-card_revenue data")).to_have_count(0)

    turn_to_data(page)
    expect(page.get_by_role("heading", name="Your data")).to_be_visible()
    drop(page, sorted((trial_files / "northwind").glob("*.csv")))
    expect(sidebar).to_contain_text("and 8 more")
    settled(page)
    page.get_by_role("link", name="Overview").click()
    expect(page.locator(".st-key-card_orders data")).to_be_visible()
    expect(sidebar).to_contain_text("Tenure")


@pytest.mark.parametrize(
    ("name", "content", "said"),
    [
        ("letter.csv", b"Dear all\nthis is no table\n", "letter.csv is no table known here"),
        ("empty.csv", b"", "empty.csv is empty"),
        ("fake.xlsx", b"\x00\x01\x02 not a workbook", "fake.xlsx"),
    ],
)
def test_a_bad_file_is_one_sentence(on_data: Page, tmp_path: Path, name: str, content: bytes, said: str) -> None:
    path = tmp_path / name
    path.write_bytes(content)
    drop(on_data, [path])
    alert = on_data.locator('[data-testid="stAlertContentError"]')
    expect(alert).to_have_count(1)
    expect(alert).to_contain_text(said)
    expect(on_data.get_by_text("Traceback")).to_have_count(0)
    expect(on_data.locator('[data-testid="stSidebar"]')).to_contain_text("Sample company")


def test_other_data_is_a_click_away_and_the_drop_zone_is_empty(
    on_data: Page, settled: Settled, tmp_path: Path
) -> None:
    path = tmp_path / "mine.csv"
    path.write_text("Order Date,Amount,Region\n2024-01-15,10,North\n2024-02-20,20,South\n2024-03-25,30,South\n")
    drop(on_data, [path])
    sidebar = on_data.locator('[data-testid="stSidebar"]')
    expect(sidebar).to_contain_text("mine.csv")
    settled(on_data)
    expect(on_data.locator(".files li")).to_have_count(0)
    on_data.get_by_role("button", name="Other data").click()
    on_data.get_by_role("button", name="Sample company").click()
    expect(sidebar).to_contain_text("Sample company")
    settled(on_data)
    expect(sidebar).to_contain_text("Sample company")


def test_who_comes_back_without_a_link_finds_their_data(
    on_data: Page, settled: Settled, tmp_path: Path, server: Any
) -> None:
    path = tmp_path / "kept.csv"
    path.write_text("Order Date,Amount\n2024-01-15,10\n2024-02-20,20\n")
    drop(on_data, [path])
    sidebar = on_data.locator('[data-testid="stSidebar"]')
    expect(sidebar).to_contain_text("kept.csv")
    settled(on_data)
    settled(on_data.goto(server.url) and on_data)
    expect(sidebar).to_contain_text("kept.csv")
