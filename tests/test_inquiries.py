"""Asking organisations whether their names are right: who is asked, the letters and the link."""

import datetime
import smtplib

import pytest
from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.mail.backends.locmem import EmailBackend
from django.urls import reverse

from governance.models import Act, Confirmation, Inquiry, Organization, SteeringGroup
from governance.services.confirmations import confirm_group
from governance.services.inquiries import ask, inquiry_of, token_of, withdraw
from governance.temporal import day_after, day_before, today
from tests.days import day
from tests.letters import Broken, link_in, text
from tests.verbs import caused, refused
from tests.worlds import appoint, grant, make_group, make_person, make_seat, make_user

pytestmark = pytest.mark.django_db
ASKED, LAST = day("2026-03-02"), day("2026-04-01")
HERE = "/bekrafta/"


@pytest.fixture
def company(world) -> Organization:
    """Its functional mailbox is known; a person sits on its seat."""
    world.company.mailbox = "samverkan@bostader.example.org"
    world.company.save()
    appoint(world.member, make_person(world.company, "Disa", "Diktberg", title="chef"))
    return world.company


def asked(world, *organizations, on=ASKED, last=LAST) -> Act:
    return ask(
        user=None, agreement=world.agreement, organizations=organizations, day=on, last_day=last
    )


def ask_page(world) -> str:
    return reverse("governance:ask", args=[world.agreement.slug])


def typed(*organizations, last=None) -> dict[str, object]:
    last = last or today() + datetime.timedelta(days=30)
    return {"organizations": [each.pk for each in organizations], "last_day": last.isoformat()}


def confirm(client, address: str, sent: dict[str, object]):
    """Go through the preview and confirm it, as a person would."""
    preview = client.post(address, sent)
    hidden: dict[str, list[object]] = {}
    for name, value in preview.context["hidden"]:
        hidden.setdefault(name, []).append("" if value is None else value)
    return client.post(address, {**hidden, "steg": "spara"}, follow=True)


def test_one_act_asks_them_all_and_a_question_still_open_is_renewed(world, company):
    first = asked(world, world.company)
    second = asked(world, world.company, world.city, on=LAST, last=day("2026-05-01"))
    assert caused(first) == [("inquiry", "+")]
    assert caused(second) == [("inquiry", "+"), ("inquiry", "~")]
    assert Inquiry.objects.filter(organization=world.company).count() == 1
    renewed = Inquiry.objects.get(organization=world.company)
    assert (renewed.valid_from, renewed.valid_through) == (ASKED, day("2026-05-01"))
    assert "redan öppen och förnyas: Provstads bostäder" in second.summary
    assert "får inget brev: Provstads stad" in second.summary
    asked(world, world.company, on=day_after(LAST), last=day_after(LAST))
    renewed.refresh_from_db()
    assert renewed.valid_through == day("2026-05-01")
    asked(world, world.company, on=day("2026-05-02"), last=day("2026-05-03"))
    assert Inquiry.objects.filter(organization=world.company).count() == 2


@pytest.mark.parametrize("last", [day_before(ASKED), ASKED + datetime.timedelta(days=93)])
def test_the_last_day_is_neither_gone_nor_far_away(world, last):
    with pytest.raises(ValidationError) as refusal:
        asked(world, world.city, last=last)
    assert list(refusal.value.message_dict) == ["last_day"]
    assert not Inquiry.objects.exists()


def test_the_link_opens_from_the_first_through_the_last_day_and_no_other(world, company):
    asked(world, company)
    inquiry = Inquiry.objects.get()
    token = token_of(inquiry)
    opens = {on: inquiry_of(token, on) for on in (day_before(ASKED), ASKED, LAST, day_after(LAST))}
    assert [on for on, found in opens.items() if found == inquiry] == [ASKED, LAST]
    assert token_of(inquiry) == token
    for wrong in (token[:-1], f"{inquiry.pk + 1}{token[len(str(inquiry.pk)) :]}", "", "x", "1."):
        assert inquiry_of(wrong, ASKED) is None


def test_one_taken_back_opens_nothing_and_keeps_what_was_answered(world, company):
    asked(world, company)
    inquiry = Inquiry.objects.get()
    inquiry.answers.create(seat=world.member, kind="right")
    withdraw(user=None, inquiry=inquiry, day=day_after(ASKED))
    inquiry.refresh_from_db()
    assert inquiry.valid_through == ASKED
    assert inquiry_of(token_of(inquiry), day_after(ASKED)) is None
    assert inquiry.answers.count() == 1
    assert refused(withdraw, user=None, inquiry=inquiry, day=day_after(ASKED)) == {
        "": ["Frågan är redan stängd. Inget har ändrats."]
    }


def test_one_taken_back_the_same_day_without_an_answer_leaves_only_its_history(world, company):
    asked(world, company)
    inquiry = Inquiry.objects.get()
    withdraw(user=None, inquiry=inquiry, day=ASKED)
    assert not Inquiry.objects.exists()
    assert [row.history_type for row in Inquiry.history.all()] == ["-", "+"]


def test_the_page_asks_sends_one_letter_each_and_names_who_has_no_address(
    as_anna, world, company, letters
):
    preview = as_anna.post(ask_page(world), typed(company, world.city))
    shown = text(preview)
    assert company.mailbox in shown
    assert "Ingen. Kopiera länken efteråt" in shown
    assert not letters
    assert not Inquiry.objects.exists()
    page = confirm(as_anna, ask_page(world), typed(company, world.city))
    assert [letter.to for letter in letters] == [[company.mailbox]]
    assert letters[0].reply_to == [world.agreement.mailbox]
    assert Inquiry.objects.get(organization=company).sent_to == company.mailbox
    assert Inquiry.objects.get(organization=world.city).sent_to == ""
    assert "Provstads stad saknar funktionsbrevlåda" in text(page)
    without = Inquiry.objects.get(organization=world.city)
    assert token_of(without) in page.content.decode()
    assert Inquiry.history.filter(caused_by=None).count() == 0


def test_the_letter_says_what_it_is_and_names_nobody(as_anna, anna, world, company, letters):
    confirm(as_anna, ask_page(world), typed(company))
    body = letters[0].body
    assert world.agreement.mailbox in body
    assert "utan konto" in body
    assert str(today().year) in letters[0].subject or str(today().year + 1) in letters[0].subject
    for name in ("Disa", "Diktberg", "Anna", "Provgren"):
        assert name not in body + letters[0].subject
    assert as_anna.get(link_in(letters[0])).status_code == 200


def test_a_second_click_asks_nobody_again(as_anna, world, company, letters):
    preview = as_anna.post(ask_page(world), typed(company))
    sent = {**typed(company), "seen": dict(preview.context["hidden"])["seen"], "steg": "spara"}
    as_anna.post(ask_page(world), sent)
    again = as_anna.post(ask_page(world), sent)
    assert again.status_code == 409
    assert "har ändrats sedan du öppnade sidan" in text(again)
    assert len(letters) == 1


def test_when_mail_fails_the_question_stands_as_not_sent_and_can_be_sent_again(
    as_anna, world, company, monkeypatch, letters, caplog
):
    monkeypatch.setattr(settings, "EMAIL_BACKEND", f"{Broken.__module__}.Broken")
    page = confirm(as_anna, ask_page(world), typed(company))
    assert "kunde inte skickas till Provstads bostäder" in text(page)
    assert "Inte skickad" in text(page)
    inquiry = Inquiry.objects.get()
    assert inquiry.sent_to == ""
    assert company.mailbox not in caplog.text
    assert token_of(inquiry) not in caplog.text
    monkeypatch.setattr(settings, "EMAIL_BACKEND", "django.core.mail.backends.locmem.EmailBackend")
    confirm(as_anna, ask_page(world), typed(company))
    inquiry.refresh_from_db()
    assert inquiry.sent_to == company.mailbox
    assert len(letters) == 1


class BrokenForOne(EmailBackend):
    def send_messages(self, messages):
        if "bostader" in messages[0].to[0]:
            raise smtplib.SMTPServerDisconnected
        return super().send_messages(messages)


def test_one_letter_that_fails_stops_no_other(as_anna, world, company, monkeypatch, letters):
    world.police.mailbox = "polis@example.org"
    world.police.save()
    make_seat(world.group, world.police, "chef")
    monkeypatch.setattr(settings, "EMAIL_BACKEND", f"{__name__}.BrokenForOne")
    confirm(as_anna, ask_page(world), typed(company, world.police))
    assert [letter.to for letter in letters] == [["polis@example.org"]]
    assert {each.sent_to for each in Inquiry.objects.all()} == {"", "polis@example.org"}


class Down(EmailBackend):
    """A mail server that nobody can reach; each attempt takes its time."""

    attempts = 0

    def open(self):
        type(self).attempts += 1
        raise TimeoutError


def test_a_server_that_is_down_is_not_tried_for_every_letter(as_anna, world, company, monkeypatch):
    organizations = [company, world.city, world.police]
    for at, each in enumerate(organizations):
        each.mailbox = f"brev{at}@example.org"
        each.save()
    make_seat(world.group, world.police, "chef")
    monkeypatch.setattr(settings, "EMAIL_BACKEND", f"{__name__}.Down")
    page = confirm(as_anna, ask_page(world), typed(*organizations))
    assert Down.attempts == 2
    assert {each.sent_to for each in Inquiry.objects.all()} == {""}
    for each in organizations:
        assert str(each) in text(page)


def test_a_coordinator_of_one_group_asks_there_and_gets_only_links_to_what_is_hers(
    client, world, company
):
    other = make_group(world.agreement, "Annan grupp")
    make_seat(other, world.police, "chef")
    make_seat(other, company, "vaktchef")
    rut = make_user("rut2@example.org")
    make_person(world.city, user=rut)
    grant(rut, "edit_roster", world.group)
    client.force_login(rut)
    page = text(client.get(ask_page(world)))
    assert "Provstads bostäder (1 plats" in page
    assert "Provstads polis" not in page
    asked(world, company, world.city, on=today(), last=today())
    listed = client.get(HERE).content.decode()
    of = {each.organization_id: token_of(each) for each in Inquiry.objects.all()}
    assert of[world.city.pk] in listed
    assert of[company.pk] not in listed


def test_readers_get_no_page_and_no_inquiry(client, world, bo, company):
    asked(world, company, on=today(), last=today())
    client.force_login(bo)
    pages = [HERE, ask_page(world), f"{HERE}forfragan/{Inquiry.objects.get().pk}/svar/"]
    assert [client.get(page).status_code for page in pages] == [403, 403, 403]


def test_another_municipality_sees_none_of_it(client, world, elsewhere, company):
    asked(world, company, on=today(), last=today())
    eva = make_user("eva@example.org")
    grant(eva, "edit_structure", elsewhere.agreement)
    client.force_login(eva)
    page = client.get(HERE).content.decode()
    assert "Provstad" not in page
    assert client.get(ask_page(world)).status_code == 404
    inquiry = Inquiry.objects.get()
    assert client.get(f"{HERE}forfragan/{inquiry.pk}/stang/").status_code == 404


def test_a_group_gone_through_at_a_meeting_is_confirmed_as_it_was_that_day(as_anna, world):
    sat = appoint(world.chair, make_person(world.city), last=day("2026-02-28"))
    sits = appoint(world.chair, make_person(world.city), first=day("2026-03-01"))
    page = reverse("governance:confirm_group", args=[world.group.slug])
    late = as_anna.post(page, {"day": day_after(today()).isoformat()})
    assert "Den dagen har inte varit än" in text(late)
    confirm(as_anna, page, {"day": "2026-02-28"})
    assert [row.mandate for row in Confirmation.objects.all()] == [sat]
    group = SteeringGroup.objects.get(pk=world.group.pk)
    confirm_group(user=None, group=group, day=day("2026-03-01"))
    assert Confirmation.objects.get(mandate=sits).channel == "meeting"
    twice = refused(confirm_group, user=None, group=group, day=day("2026-03-01"))
    assert "redan bekräftade" in twice[""][0]
