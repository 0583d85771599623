"""/paminnelser/: the letters that were mailed, each for whom it concerns."""

import pytest
from django.utils import timezone

from governance.models import Reminder
from governance.services.reminders import next_monday
from governance.swedish import in_words
from governance.temporal import today
from tests.days import day
from tests.letters import text
from tests.seat_pages import cost
from tests.worlds import grant, make_person, make_user

pytestmark = pytest.mark.django_db
PAGE = "/paminnelser/"


def letter(world, subject: str, *, user=None, mailbox: str = "", on: str = "2024-03-04"):
    return Reminder.objects.create(
        agreement=world.agreement,
        user=user,
        mailbox=mailbox,
        day=day(on),
        subject=subject,
        text=f"Brevet om {subject}\nhttps://samverkan.example.se/uppdrag/?visa=vakanta",
    )


@pytest.fixture
def mailed(world, anna, keeper):
    letter(world, "Annas brev", user=anna)
    letter(world, "Berits brev", user=keeper, on="2024-03-11")
    letter(world, "Brevlådans brev", mailbox="gruppen@example.org", on="2024-03-18")


def test_the_agreements_coordinator_reads_all_the_newest_first(as_anna, mailed):
    page = text(as_anna.get(PAGE))
    places = [page.index(each) for each in ("Brevlådans brev", "Berits brev", "Annas brev")]
    assert places == sorted(places)
    assert "2024-03-18 gruppen@example.org" in page
    assert "2024-03-11 Berit Provhållare" in page
    assert "2024-03-04 Dig" in page
    assert "Brevet om Berits brev" in page


def test_others_read_their_own_alone(client, mailed, keeper, bo):
    client.force_login(keeper)
    page = text(client.get(PAGE))
    assert "Berits brev" in page
    assert "Annas brev" not in page
    assert "Brevlådans brev" not in page
    client.force_login(bo)
    assert "Inget brev har skickats till dig än." in text(client.get(PAGE))


def test_strangers_read_nothing_and_who_belongs_nowhere_finds_no_page(
    client, mailed, structure, stranger, nobody
):
    client.force_login(stranger)
    page = text(client.get(PAGE))
    assert "brev" in page
    assert "Annas brev" not in page
    assert "Berit" not in page
    client.force_login(nobody)
    assert client.get(PAGE).status_code == 404


def test_the_coordinator_of_another_agreement_reads_nothing_of_ours(client, mailed, elsewhere):
    frans = make_user("frans@example.org")
    grant(frans, "edit_structure", elsewhere.agreement)
    client.force_login(frans)
    assert "Berits brev" not in text(client.get(PAGE))


def test_who_left_the_agreement_no_longer_reads_what_was_mailed(client, world, elsewhere):
    frans = make_user("frans@example.org")
    grant(frans, "edit_structure", elsewhere.agreement)
    letter(world, "Gammalt brev", user=frans)
    client.force_login(frans)
    assert "Gammalt brev" not in text(client.get(PAGE))


def test_a_protected_recipient_is_not_named_and_no_address_is_shown(client, world, anna, mailed):
    user = make_user("hemlig.skyddsson@example.org")
    make_person(world.city, "Hemlig", "Skyddsson", user=user, protected=True)
    bare = make_user("namnlos@example.org")
    letter(world, "Skyddat brev", user=user)
    letter(world, "Kontots brev", user=bare)
    client.force_login(anna)
    page = client.get(PAGE).content.decode()
    assert "Namnet visas inte" in text(client.get(PAGE))
    assert f"Konto {bare.pk}" in page
    for word in ("Hemlig", "hemlig.", "namnlos@", "bemannar@"):
        assert word not in page
    grant(anna, "view_protected", world.agreement)
    client.force_login(anna)
    assert "Hemlig Skyddsson" in text(client.get(PAGE))


def test_an_earlier_day_has_the_letters_through_that_day(as_anna, mailed):
    page = text(as_anna.get(f"{PAGE}?datum=2024-03-11"))
    assert "Berits brev" in page
    assert "Brevlådans brev" not in page
    assert "Berits brev" not in text(as_anna.get(f"{PAGE}?datum=2024-03-10"))


def test_one_agreement_can_be_chosen(as_anna, anna, mailed, elsewhere):
    grant(anna, "edit_structure", elsewhere.agreement)
    letter(elsewhere, "Annanstads brev", user=anna)
    assert "Annanstads brev" in text(as_anna.get(PAGE))
    page = text(as_anna.get(f"{PAGE}?overenskommelse=provstad"))
    assert "Berits brev" in page
    assert "Annanstads brev" not in page


def test_the_page_says_when_the_next_letters_go(as_anna):
    page = text(as_anna.get(PAGE))
    assert f"Nästa utskick är måndagen den {in_words(next_monday(today()))}." in page


@pytest.mark.parametrize(
    ("now", "then"),
    [("2026-11-22", "2026-11-23"), ("2026-11-23", "2026-11-30"), ("2026-11-24", "2026-11-30")],
)
def test_the_next_monday_is_after_the_day(now, then):
    assert next_monday(day(now)) == day(then)


def test_a_letter_is_shown_as_text_with_its_links(as_anna, world, anna):
    row = letter(world, "Brev", user=anna)
    row.text = "<script>alert(1)</script>\nhttps://samverkan.example.se/?a=1&b=2"
    row.save()
    page = as_anna.get(PAGE).content.decode()
    assert "&lt;script&gt;alert(1)" in page
    assert '<a href="https://samverkan.example.se/?a=1&amp;b=2"' in page


def test_many_letters_come_a_page_at_a_time_at_the_same_cost(as_anna, world, mailed):
    few = cost(as_anna, PAGE)
    for number in range(30):
        user = make_user(f"manga{number}@example.org")
        make_person(world.city, f"Nummer{number}", user=user)
        letter(world, f"Brev {number}", user=user)
    assert cost(as_anna, PAGE) == few <= 12
    page = text(as_anna.get(PAGE))
    assert "Sida 1 av 2" in page
    assert "Annas brev" in text(as_anna.get(f"{PAGE}?sida=2")) + page
    assert Reminder.objects.filter(sent_at__lte=timezone.now()).count() == 33


def test_the_page_is_a_step_from_the_account(as_anna, client, bo, nobody):
    assert PAGE in as_anna.get("/konto/").content.decode()
    client.force_login(nobody)
    assert PAGE not in client.get("/konto/").content.decode()
