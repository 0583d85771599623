"""Several people write one follow-up, the server stops, the session ends: no text is lost."""

import re

import pytest
from django.contrib.sessions.models import Session
from playwright.sync_api import Browser, Page, Route, expect

from governance.models import FollowUpSection
from tests.browser.conftest import signed_in

pytestmark = pytest.mark.browser
PAGE = "/uppfoljning/2020/farsta/"
SAVED = re.compile("Sparat klockan")
IN_TIME = 8_000  # milliseconds: the five seconds, and what a busy machine needs


@pytest.fixture
def analysis(site: str) -> FollowUpSection:
    return FollowUpSection.objects.get(
        followup__group__slug="farsta", followup__year=2020, kind="analysis"
    )


def opened(browser: Browser, site: str, who: str) -> Page:
    page = signed_in(browser, site, who, 1280).new_page()
    page.goto(PAGE)
    return page


def write(page: Page, section: FollowUpSection, text: str) -> None:
    page.locator(f"#id_{section.pk}_text").press_sequentially(text)


def says(page: Page, section: FollowUpSection, words: str | re.Pattern[str]) -> None:
    form = page.locator(f"form[action$='/avsnitt/{section.pk}/']")
    expect(form.locator("[data-autosave-status]")).to_contain_text(words, timeout=IN_TIME)


def stored(section: FollowUpSection) -> str:
    return FollowUpSection.objects.get(pk=section.pk).text


def test_what_is_typed_is_saved_by_itself_in_time(site, browser, analysis):
    page = opened(browser, site, "sven")
    write(page, analysis, "Det blev tryggare.")
    says(page, analysis, SAVED)
    assert stored(analysis) == "Det blev tryggare."
    write(page, analysis, " Mer.")
    says(page, analysis, "Inte sparat")
    page.reload()  # before it was saved: the page sends it when it is left
    says_now = page.locator(f"#id_{analysis.pk}_text")
    expect(says_now).to_have_value("Det blev tryggare. Mer.")


def test_two_windows_write_different_sections_and_the_same_one(site, browser, analysis):
    other = FollowUpSection.objects.get(followup=analysis.followup_id, kind="process")
    sven, karin = (opened(browser, site, who) for who in ("sven", "karin"))
    write(sven, analysis, "Svens text.")
    write(karin, other, "Karins text.")
    says(sven, analysis, SAVED)
    says(karin, other, SAVED)
    assert (stored(analysis), stored(other)) == ("Svens text.", "Karins text.")
    write(karin, analysis, "Karins också.")
    box = karin.locator(".conflict")
    expect(box).to_contain_text("sparade medan du skrev", timeout=IN_TIME)
    expect(box.locator("textarea")).to_have_value("Svens text.")
    expect(karin.locator(f"#id_{analysis.pk}_text")).to_have_value("Karins också.")
    assert stored(analysis) == "Svens text."
    karin.get_by_role("button", name="Spara min text").click()
    says(karin, analysis, SAVED)
    assert stored(analysis) == "Karins också."
    write(sven, analysis, " Sven igen.")
    expect(sven.locator(".conflict textarea")).to_have_value("Karins också.", timeout=IN_TIME)
    sven.get_by_role("button", name="Behåll den sparade texten").click()
    expect(sven.locator(f"#id_{analysis.pk}_text")).to_have_value("Karins också.")
    expect(sven.locator(".conflict textarea")).to_have_value("Svens text. Sven igen.")
    assert stored(analysis) == "Karins också."


def test_a_server_that_stops_between_two_saves_loses_nothing(site, browser, analysis):
    page = opened(browser, site, "sven")

    def refuse(route: Route) -> None:
        route.abort("connectionrefused")

    page.route("**/avsnitt/**", refuse)
    write(page, analysis, "Skrivet medan servern låg nere.")
    says(page, analysis, "Servern svarar inte.")
    assert stored(analysis) == ""
    page.reload()
    expect(page.locator(f"#id_{analysis.pk}_text")).to_have_value("Skrivet medan servern låg nere.")
    page.unroute("**/avsnitt/**", refuse)
    says(page, analysis, SAVED)
    assert stored(analysis) == "Skrivet medan servern låg nere."


def test_a_session_that_ends_while_typing_loses_nothing(site, browser, analysis):
    page = opened(browser, site, "sven")
    write(page, analysis, "Före. ")
    says(page, analysis, SAVED)
    Session.objects.all().delete()
    write(page, analysis, "Efter.")
    says(page, analysis, "Du har loggats ut. Din text är sparad")
    page.get_by_role("link", name="Logga in och fortsätt.").click()
    page.get_by_label("E-postadress").fill("sven.sekreterare@example.org")
    page.get_by_label("Lösenord").fill("styrgrupp-i-demo")
    page.locator("main button[type=submit]").click()
    page.wait_for_url(f"**{PAGE}")
    expect(page.locator(f"#id_{analysis.pk}_text")).to_have_value("Före. Efter.")
    says(page, analysis, SAVED)
    assert stored(analysis) == "Före. Efter."
