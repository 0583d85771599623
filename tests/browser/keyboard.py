"""The keyboard alone: what a person without a mouse can press."""

from playwright.sync_api import Page

MOST_STEPS = 120


def tab_to(page: Page, what: str) -> None:
    """Press the tab key until the element with focus is the one that the selector finds."""
    for _ in range(MOST_STEPS):
        page.keyboard.press("Tab")
        if page.evaluate("what => document.activeElement.matches(what)", what):
            return
    raise AssertionError(f"Tabb når inte {what} på {page.url}")


def follow(page: Page, what: str) -> None:
    tab_to(page, what)
    with page.expect_navigation():
        page.keyboard.press("Enter")
