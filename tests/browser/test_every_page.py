"""Every page and state in Chromium at two widths: accessible, quiet, at home and in Swedish."""

import re
from urllib.parse import urlsplit

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Error, Page

from tests.browser.conftest import NARROW, WIDTHS, english_words, signed_in
from tests.browser.states import STATES, State

pytestmark = pytest.mark.browser
WCAG = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa"]
# What a reader sees or hears: text, and what stands in attributes that are shown or read out.
SPOKEN = """() => [
  document.title,
  document.body.innerText,
  ...[...document.querySelectorAll('[aria-label],[title],[alt],[placeholder]')].flatMap(
    e => ['aria-label', 'title', 'alt', 'placeholder'].map(a => e.getAttribute(a) || '')),
  ...[...document.querySelectorAll('.visually-hidden,option,input[type=submit],summary')].map(
    e => e.textContent + ' ' + (e.matches('input') ? e.value : '')),
].join('\\n')"""
# What a machine is told stands as code, and is in English.
CODE = "() => [...document.querySelectorAll('code')].map(e => e.textContent).join(' ')"


@pytest.mark.parametrize("part", STATES)
def test_every_page_and_state_is_fit_to_be_seen(site: str, browser: Browser, part: str) -> None:
    windows = {
        who: signed_in(browser, site, who, NARROW) for who in {state.who for state in STATES[part]}
    }
    wrong = [
        f"{state}: {fault}"
        for state in STATES[part]
        for fault in visit(windows[state.who].new_page(), site, state)
    ]
    for window in windows.values():
        window.close()
    assert not wrong, "\n".join(wrong)


def visit(page: Page, site: str, state: State) -> list[str]:
    """Open the page and do the steps where there is least room, and say what is wrong with what
    is there then, in each width.
    """
    noise = listen(page, site)
    response = page.goto(state.path)
    answered = response.status if response else 0
    found = [] if answered == state.status else [f"svarade {answered}, ska vara {state.status}"]
    try:
        state.reach(page)
    except Error as error:
        found.append(f"gick inte att göra: {error.message.splitlines()[0]}")
    for width, height in WIDTHS.items():
        page.set_viewport_size({"width": width, "height": height})
        found += [f"{width} punkter: {fault}" for fault in faults(page, width)]
    found += [line for line in noise if not expected(line, state)]
    page.close()
    return found


def listen(page: Page, site: str) -> list[str]:
    """What the page logs, and whom it asks besides its own host."""
    noise: list[str] = []
    page.on("console", lambda line: noise.append(f"konsol: {line.text}"))
    page.on("pageerror", lambda error: noise.append(f"fel: {error}"))
    host = urlsplit(site).netloc
    page.on(
        "request",
        lambda request: (
            None
            if urlsplit(request.url).netloc == host
            else noise.append(f"annan värd: {request.url}")
        ),
    )
    return noise


def expected(line: str, state: State) -> bool:
    """Chromium itself logs that a page answered with an error status, as it should here."""
    return "Failed to load resource" in line and any(str(code) in line for code in state.errors)


def faults(page: Page, width: int) -> list[str]:
    """What is wrong with the page as it stands: axe, words, and width."""
    # Without preload axe leaves the style sheets alone, which the content policy protects.
    options = {"runOnly": WCAG, "preload": False, "resultTypes": ["violations"]}
    found = Axe().run(page, options=options).response["violations"]
    lines = [
        f"{rule['id']}: {rule['help']} {[node['target'] for node in rule['nodes'][:3]]}"
        for rule in found
    ]
    words, code = (
        set(re.findall(r"[a-zåäöé]+", page.evaluate(said).lower())) for said in (SPOKEN, CODE)
    )
    lines += [f"engelska: {word}" for word in sorted((words - code) & english_words())]
    if page.evaluate("document.documentElement.scrollWidth") > width:
        lines.append("sidan är bredare än fönstret")
    return lines
