"""The maps that can be moved, of coverage and of a company: by keyboard, with a quiet console."""

import pytest
from playwright.sync_api import Browser, Page

from tests.browser.conftest import signed_in

pytestmark = pytest.mark.browser


def opened(browser: Browser, site: str, width: int, lines: list[str]) -> Page:
    page = signed_in(browser, site, "karin", width).new_page()
    page.on("console", lambda line: lines.append(line.text))
    page.on("pageerror", lambda error: lines.append(str(error)))
    page.goto("/tackning/")
    page.wait_for_selector(".map-area")
    return page


@pytest.mark.parametrize("width", [1280, 390])
def test_the_map_is_drawn_with_every_stadsdel_and_no_line_in_the_console(
    site: str, browser: Browser, width: int
) -> None:
    lines: list[str] = []
    page = opened(browser, site, width, lines)
    assert page.locator(".map-area").count() == 117
    assert not page.locator("#kartbild").is_visible()
    assert page.evaluate("document.documentElement.scrollWidth") == width
    page.emulate_media(media="print")
    assert page.locator("#kartbild").is_visible()
    assert not page.locator("[data-map]").is_visible()
    page.goto("/struktur/")
    page.goto("/tackning/karta.svg")
    assert [line for line in lines if "404" not in line] == []  # a bare picture has no icon


def test_the_keyboard_reaches_each_stadsdel_opens_it_and_gets_out_again(
    site: str, browser: Browser
) -> None:
    lines: list[str] = []
    page = opened(browser, site, 1280, lines)
    label = "document.activeElement.getAttribute('aria-label')"
    page.locator("section[aria-labelledby=karta] > p a").last.focus()
    page.keyboard.press("Tab")
    first = page.evaluate(label)
    assert first.startswith("Abrahamsberg i Bromma: Lokal styrgrupp Bromma")
    page.keyboard.press("ArrowRight")
    second = page.evaluate(label)
    assert second != first
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.pathname").startswith("/styrgrupper/")
    page.keyboard.press("Escape")
    assert page.evaluate(label) == second
    inside = "document.activeElement.closest('[data-map]') !== null"
    steps = 0
    while page.evaluate(inside) and steps < 8:
        page.keyboard.press("Tab")
        steps += 1
    assert not page.evaluate(inside)
    assert lines == []


@pytest.mark.parametrize("width", [1280, 390])
def test_a_zoomed_map_follows_the_keyboard_and_writes_names_where_there_is_room(
    site: str, browser: Browser, width: int
) -> None:
    lines: list[str] = []
    page = opened(browser, site, width, lines)
    before = page.locator(".map-name").count()
    page.locator("section[aria-labelledby=karta] > p a").last.focus()
    page.keyboard.press("Tab")
    for _ in range(6):
        page.keyboard.press("+")
        page.wait_for_timeout(400)
    assert page.locator(".map-name").count() > max(before, 30)
    label = "document.activeElement.getAttribute('aria-label')"
    outside = """() => {
      const here = document.activeElement.getBoundingClientRect();
      const box = document.querySelector('.map').getBoundingClientRect();
      return here.right < box.left || here.left > box.right
        || here.bottom < box.top || here.top > box.bottom;
    }"""
    for _ in range(117):
        page.keyboard.press("ArrowRight")
        page.wait_for_timeout(40)
        if page.evaluate(outside):
            page.wait_for_timeout(1000)  # the machine may be busy
            assert not page.evaluate(outside), page.evaluate(label)
    assert lines == []


def test_without_script_the_picture_stands_there(site: str, browser: Browser) -> None:
    context = signed_in(browser, site, "karin", 1280)
    page = browser.new_context(
        base_url=site, java_script_enabled=False, storage_state=context.storage_state()
    ).new_page()
    page.goto("/tackning/")
    assert page.locator("#kartbild").is_visible()
    assert not page.locator("[data-map]").is_visible()


@pytest.mark.parametrize("width", [1280, 390])
def test_a_company_s_map_counts_its_properties_and_prints_as_a_picture(
    site: str, browser: Browser, width: int
) -> None:
    lines: list[str] = []
    page = signed_in(browser, site, "fatima", width).new_page()
    page.on("console", lambda line: lines.append(line.text))
    page.on("pageerror", lambda error: lines.append(str(error)))
    page.goto("/organisationer/stockholmshem/narvaro/")
    page.wait_for_selector(".map-area")
    assert page.locator(".map-area").count() == 117
    circles = page.locator("[data-map] .map-count")
    assert circles.count() > 5
    assert page.locator(".map-counted").inner_text().startswith("Antal fastigheter")
    assert page.evaluate("document.documentElement.scrollWidth") == width
    page.emulate_media(media="print")
    assert page.locator("#kartbild").is_visible()
    assert page.locator("#kartbild img").evaluate("image => image.naturalWidth") == 840
    assert not page.locator("[data-map]").is_visible()
    assert lines == []
