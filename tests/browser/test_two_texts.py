"""What is shown when two have written the same section, and when the session has ended."""

import pytest
from django.contrib.sessions.models import Session
from django.db.models import F
from playwright.sync_api import Page, expect

from governance.models import FollowUpSection
from tests.browser.conftest import WIDTHS, signed_in
from tests.browser.test_every_page import faults
from tests.browser.test_writing_together import (  # noqa: F401  (analysis is a fixture)
    IN_TIME,
    PAGE,
    analysis,
    says,
    write,
)

pytestmark = pytest.mark.browser


def look(page: Page) -> list[str]:
    """What is wrong with the page as it stands, in each width."""
    found = []
    for width, height in WIDTHS.items():
        page.set_viewport_size({"width": width, "height": height})
        found += [f"{page.url} {width}: {fault}" for fault in faults(page, width)]
    return found


def saved_by_another(section: FollowUpSection) -> None:
    rows = FollowUpSection.objects.filter(pk=section.pk)
    rows.update(text="En annans text.", revision=F("revision") + 1)


def test_two_texts_and_an_ended_session_are_fit_to_be_seen(site, browser, analysis):  # noqa: F811
    window = signed_in(browser, site, "sven", 1280)
    alone = f"{PAGE}avsnitt/{analysis.pk}/"
    # By itself, as without scripts.
    page = window.new_page()
    page.goto(alone)
    page.locator(f"#id_{analysis.pk}_text").fill("Min text.")
    saved_by_another(analysis)
    page.locator("main form button[type=submit]").first.click()
    expect(page.get_by_label("Text", exact=True).first).to_have_value("En annans text.")
    expect(page.locator(f"#id_{analysis.pk}_text")).to_have_value("Min text.")
    wrong = look(page)
    # Among the others, saved by itself.
    page.goto(PAGE)
    saved_by_another(analysis)
    write(page, analysis, " Mitt.")
    expect(page.locator(".conflict textarea")).to_be_visible(timeout=IN_TIME)
    wrong += look(page)
    page.get_by_role("button", name="Behåll den sparade texten").click()
    wrong += look(page)
    # The session ends: first where it is saved by itself, then by itself.
    Session.objects.all().delete()
    write(page, analysis, " Efter.")
    says(page, analysis, "Du har loggats ut. Din text är sparad")
    wrong += look(page)
    page.close()
    window = signed_in(browser, site, "sven", 1280)
    page = window.new_page()
    page.goto(alone)
    page.locator(f"#id_{analysis.pk}_text").fill("Skrivet utan inloggning.")
    Session.objects.all().delete()
    page.locator("main form button[type=submit]").first.click()
    page.get_by_label("E-postadress").fill("sven.sekreterare@example.org")
    page.get_by_label("Lösenord").fill("styrgrupp-i-demo")
    page.locator("main button[type=submit]").click()
    page.wait_for_url(f"**{alone}")
    text = page.locator(f"#id_{analysis.pk}_text")
    expect(text).to_have_value("Skrivet utan inloggning.")
    wrong += look(page)
    assert not wrong, "\n".join(wrong)
