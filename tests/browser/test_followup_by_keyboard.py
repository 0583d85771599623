"""Farsta's follow-up of 2020 from draft to adopted, with the keyboard and nothing else."""

import pytest
from playwright.sync_api import Locator, Page, expect

from governance.models import FollowUp, FollowUpSection
from tests.browser.conftest import signed_in

pytestmark = pytest.mark.browser
PAGE = "/uppfoljning/2020/farsta/"
IN_TIME = 8_000  # milliseconds
FARTHEST = 400  # presses of Tab: more than there is on any page
# A field for a day is filled in as the reader's own system writes days.
DAY_KEYS = (["2021", "ArrowRight", "02", "09"], ["02", "09", "2021"])


@pytest.fixture
def followup(site: str) -> FollowUp:
    """As the demo opens it, with everything written but the conclusion."""
    found = FollowUp.objects.get(group__slug="farsta", year=2020)
    rest = FollowUpSection.objects.filter(followup=found).exclude(kind="analysis")
    rest.update(text="Vi gick åtta vandringar.", judgement="partly", done=True)
    return found


def reach(page: Page, there: Locator) -> None:
    """Press Tab until `there` has the focus."""
    expect(there).to_be_visible()
    for _ in range(FARTHEST):
        if there.evaluate("element => element === document.activeElement"):
            return
        page.keyboard.press("Tab")
    raise AssertionError(f"Tab når inte {there}")


def press(page: Page, role: str, name: str, key: str = "Enter") -> None:
    """Reach a link or a button by its name, and press it."""
    reach(page, page.locator("main").get_by_role(role, name=name).first)  # type: ignore[arg-type]
    with page.expect_navigation():
        page.keyboard.press(key)


def fill(page: Page, label: str, text: str) -> None:
    reach(page, page.get_by_label(label).first)
    page.keyboard.type(text)


def fill_day(page: Page, label: str, wanted: str) -> None:
    field = page.get_by_label(label).first
    for keys in DAY_KEYS:
        reach(page, field)
        for key in keys:
            (page.keyboard.press if key.isalpha() else page.keyboard.type)(key)
        if field.input_value() == wanted:
            return
        page.goto(page.url)
    raise AssertionError(f"Dagen gick inte att skriva: {field.input_value()}")


def conclude(page: Page, text: str, *, tick: bool) -> None:
    """Write the conclusion, tick it off as ready and save it."""
    page.goto(PAGE)
    section = FollowUpSection.objects.get(followup__group__slug="farsta", followup__year=2020,
                                          kind="analysis")  # fmt: skip
    form = page.locator(f"form[action$='/avsnitt/{section.pk}/']")
    reach(page, form.locator("textarea"))
    page.keyboard.type(text)
    if tick:
        reach(page, form.locator("input[type=checkbox]"))
        page.keyboard.press("Space")
    reach(page, form.get_by_role("button", name="Spara avsnittet"))
    page.keyboard.press("Enter")
    said = form.locator("[data-autosave-status]")
    expect(said).to_contain_text("Sparat klockan", timeout=IN_TIME)
    page.goto(PAGE)


def send(page: Page) -> None:
    press(page, "link", "Skicka för fastställande")
    press(page, "button", "Gå igenom innan du sparar")
    press(page, "button", "Skicka för fastställande")


def test_from_draft_by_a_return_to_adopted_with_the_keyboard_alone(site, browser, followup):
    sven, olle = (signed_in(browser, site, who, 1280).new_page() for who in ("sven", "olle"))
    conclude(sven, "Det blev tryggare. ", tick=True)
    send(sven)
    olle.goto(PAGE)
    press(olle, "link", "Lämna tillbaka")
    fill(olle, "Vad behöver ändras?", "Skriv om torget.")
    press(olle, "button", "Gå igenom innan du sparar")
    press(olle, "button", "Lämna tillbaka")
    sven.goto(PAGE)
    expect(sven.locator("main")).to_contain_text("Skriv om torget.")
    conclude(sven, "Torget är ljusare. ", tick=False)
    send(sven)
    olle.goto(PAGE)
    press(olle, "link", "Registrera att gruppen har fastställt")
    fill_day(olle, "Mötets dag", "2021-02-09")
    fill(olle, "Paragraf", "§ 4")
    fill(olle, "Diarienummer", "FAR 2021/17")
    press(olle, "button", "Gå igenom innan du sparar")
    press(olle, "button", "Registrera")
    expect(olle.locator("main")).to_contain_text("Fastställd av mötet")
    followup.refresh_from_db()
    assert (followup.state, str(followup.adopted_on)) == ("adopted", "2021-02-09")
    assert "Torget är ljusare." in followup.sections.get(kind="analysis").text
