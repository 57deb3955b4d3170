"""The glossary as people meet it: a link opens an entry, an entry opens with the keyboard, a search as one types."""

from __future__ import annotations

from collections.abc import Callable

from playwright.sync_api import Page, expect

from tests.browser.serving import Server

Settled = Callable[[Page], Page]


def test_a_link_opens_its_entry_and_leads_on_to_its_page(page: Page, server: Server, settled: Settled) -> None:
    page.goto(f"{server.url}/glossary?metric=win_rate&region=North")
    settled(page)
    expect(page.get_by_text("won / (won + lost)").first).to_be_visible()
    assert "metric=win_rate" in page.url
    page.get_by_role("link", name="Open Pipeline").first.click()
    page.wait_for_url("**/pipeline?*")
    settled(page)
    assert "region=North" in page.url
    assert "metric=" not in page.url


def test_an_entry_opens_and_closes_with_the_keyboard(page: Page, server: Server, settled: Settled) -> None:
    page.goto(f"{server.url}/glossary")
    settled(page)
    entry = page.locator("summary", has_text="Gross margin").first
    expect(entry).to_be_visible()
    details = page.locator("details", has=entry).first
    assert details.get_attribute("open") is None
    entry.focus()
    page.keyboard.press("Enter")
    expect(details).to_have_attribute("open", "")
    expect(details.get_by_text("Formula")).to_be_visible()
    page.keyboard.press("Enter")
    expect(details.get_by_text("Formula")).not_to_be_visible()


def test_a_search_answers_while_one_types(page: Page, server: Server, settled: Settled) -> None:
    page.goto(f"{server.url}/glossary")
    settled(page)
    field = page.get_by_label("Search the glossary")
    field.press_sequentially("ATV")
    expect(page.locator("details[open] summary", has_text="Average order value")).to_be_visible()
    expect(page.locator("summary", has_text="Win rate")).to_have_count(0)
    field.fill("")
    expect(page.locator("summary", has_text="Win rate").first).to_be_visible()
