"""A link to a report tells how far its file has come and saves it; so it does without scripts."""

from pathlib import Path

import pytest
from playwright.sync_api import Browser, expect

from tests.browser.conftest import signed_in

pytestmark = [pytest.mark.browser, pytest.mark.urls("tests.browser.report_urls")]
WORDS = """new MutationObserver(() => {
  const said = document.querySelector('.file-progress span');
  if (said && window.said.at(-1) !== said.textContent) window.said.push(said.textContent);
}).observe(document.body, {childList: true, subtree: true, characterData: true})"""


def test_each_step_is_told_and_the_file_is_saved_with_the_keyboard_alone(
    site: str, browser: Browser
) -> None:
    window = signed_in(browser, site, "rut", 1280)
    page = window.new_page()
    page.goto("/prov/")
    page.evaluate("window.said = []")
    page.evaluate(WORDS)
    page.get_by_role("link", name="hel").focus()
    with page.expect_download() as saving:
        page.keyboard.press("Enter")
    assert saving.value.suggested_filename == "uppfoljning-2020.pdf"
    assert Path(saving.value.path()).read_bytes()[:5] == b"%PDF-"
    expect(page.get_by_role("status")).to_have_text("Klart. Filen heter uppfoljning-2020.pdf.")
    told = [words for words in page.evaluate("window.said") if words]
    last = "Sätter ihop PDF-filen …"
    assert set(told) <= {*(f"Ritar diagram {n} av 4 …" for n in range(1, 5)), last}
    assert told[-1] == last
    expect(page.locator(".file-progress progress")).to_be_hidden()
    window.close()


def test_a_file_that_does_not_come_is_said_in_a_sentence(site: str, browser: Browser) -> None:
    window = signed_in(browser, site, "rut", 390)
    page = window.new_page()
    page.goto("/prov/")
    said = page.get_by_role("status")
    for link, words in (
        ("bruten", "Det gick inte."),
        ("avslutad", "Filen kom inte fram hel. Försök igen."),
    ):
        for _ in range(2):
            page.get_by_role("link", name=link).click()
            expect(said.last).to_have_text(words)
    assert page.locator(".file-progress").count() == 2
    window.set_offline(True)
    page.get_by_role("link", name="hel").click()
    expect(said.first).to_have_text("Servern svarar inte. Försök igen om en stund.")
    window.set_offline(False)
    page.get_by_role("link", name="utan-ratt").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Sidan finns inte")
    page.goto("/prov/")
    window.clear_cookies()
    page.get_by_role("link", name="hel").click()
    page.wait_for_url("**/konto/logga-in/?next=/prov/")
    window.close()


def test_without_scripts_the_link_gives_the_same_file(site: str, browser: Browser) -> None:
    kept = signed_in(browser, site, "rut", 390).cookies()
    plain = browser.new_context(base_url=site, java_script_enabled=False)
    plain.add_cookies([{key: kept[0][key] for key in ("name", "value", "domain", "path")}])
    page = plain.new_page()
    page.goto("/prov/")
    with page.expect_download() as saving:
        page.get_by_role("link", name="hel").click()
    assert saving.value.suggested_filename == "uppfoljning-2020.pdf"
    plain.close()
