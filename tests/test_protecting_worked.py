"""A name that went through every way in, and out by mail, before its person was protected."""

import logging
from dataclasses import dataclass

import pytest
from django.core import mail
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from governance.models import (
    Act,
    Answer,
    ImportRun,
    Inquiry,
    Mandate,
    Meeting,
    Organization,
    Person,
    PersonName,
    Seat,
    SteeringGroup,
    User,
)
from governance.services.inquiries import token_of
from governance.services.reminders import remind
from tests.access import window
from tests.letters import text
from tests.protecting import carry_out, everywhere, found_in, showing, tables_that_hold
from tests.reminders import MONDAY, TUESDAY
from tests.test_access import PERSONAS
from tests.verb_pages import hidden, url
from tests.worlds import grant, make_seat, make_user

pytestmark = pytest.mark.django_db
ADDRESS, EARLIER = "gh1234@polisen.example.org", "070-111 22 33"
# The name, an earlier spelling, its address, and the numbers in both spellings.
TRACES = ["hemlighetsson", "hemligson", "gh1234", EARLIER, "+46701112233"]
TRACES += ["070-444 55 66", "+46704445566"]
NAME = {"given_name": "Gömda", "family_name": "Hemlighetsson"}
ROWS = "Förnamn;Efternamn;Funktion;Organisation;E-post;Mobil\n"
SPELLINGS = {"spellings": "Gomda Hemligson\r\n"}


@dataclass
class Known:
    """The person, and what was made about it on the way."""

    person: Person
    seat: Seat
    inquiry: Inquiry
    waiting: ImportRun
    meeting: Meeting
    done: Act

    @property
    def pages(self) -> list[str]:
        """Every address of the app, asked about these rows."""
        return everywhere(
            self.seat,
            self.person,
            make_user("given@example.org"),
            inquiry=self.inquiry,
            answer=self.inquiry.answers.get(),
            importrun=self.waiting,
            meeting=self.meeting,
            act=self.done,
        )


@pytest.fixture
def police(structure) -> Organization:
    found = Organization.objects.get(slug="lpo-farsta")
    found.mailbox = "lpo.farsta@polisen.example.org"
    found.save()
    return found


@pytest.fixture
def known(farsta, police, karin, rut, caplog) -> Known:
    caplog.set_level(logging.DEBUG)
    keeper, seat = window(karin), farsta.seats.get(organization=police)
    person = _entered(keeper, farsta, seat)
    _imported(window(rut), farsta, police)
    inquiry = _asked_and_answered(keeper, make_seat(farsta, police, "inre-befal"))
    _mailed(keeper, person, farsta)
    done = _edited(keeper, person, farsta, seat)
    seat.refresh_from_db()
    waiting, meeting = ImportRun.objects.exclude(sheet=None).get(), Meeting.objects.get()
    person.refresh_from_db()
    return Known(person, seat, inquiry, waiting, meeting, done)


def _entered(keeper: Client, farsta: SteeringGroup, seat: Seat) -> Person:
    appointed = {"given_name": "Gomda", "family_name": "Hemligson", "first_day": "2024-01-01"}
    reference = {"basis": "position", "basis_reference": "Enligt Gomda Hemligson"}
    carry_out(keeper, url("appoint", farsta.slug, seat.pk), {**appointed, **reference})
    person = Mandate.objects.get(seat=seat).person
    for name in ({"given_name": "Gömda", "family_name": "Hemligson"}, NAME):
        carry_out(keeper, url("describe_person", person.pk), {**name, "title": "kommunpolis"})
    details = {"email_new": ADDRESS, "mobile_new": EARLIER}
    carry_out(keeper, url("change_contacts", person.pk), details)
    return person


def _imported(window: Client, farsta: SteeringGroup, police: Organization) -> None:
    """One list read in, by which the number becomes another; and one that waits."""
    make_seat(farsta, police, "kommunpolis-2")
    for function, number in (("kommunpolis-2", "070-444 55 66"), ("finns inte", EARLIER)):
        row = f"Gömda;Hemlighetsson;{function};LPO Farsta;{ADDRESS};{number}\n"
        file = SimpleUploadedFile("Gömda Hemlighetsson.csv", f"{ROWS}{row}".encode())
        answer = window.post(reverse("governance:imports"), {"file": file, "group": farsta.pk})
        run = ImportRun.objects.get(sheet__isnull=False)
        keys = {f"kolumn-{at}": key for at, key in enumerate(run.columns["keys"])}
        window.post(answer["Location"], {**keys, "steg": "kolumner"})
        plan = window.get(answer["Location"]).context["plan"]
        if function == "kommunpolis-2":
            sent = {"steg": "spara", "seen": plan.digest}
            said = text(window.post(answer["Location"], sent, follow=True))
            assert "Klart: En lista lästes in" in said, (plan.faults, plan.questions)
    assert plan.faults


def _asked_and_answered(keeper: Client, vacant: Seat) -> Inquiry:
    """Somebody of the same name is proposed for another seat: a person of its own, as yet."""
    page = url("ask", vacant.group.agreement.slug)
    sent = {"organizations": [vacant.organization_id], "last_day": "2026-12-15"}
    carry_out(keeper, page, sent)
    inquiry = Inquiry.objects.get()
    assert inquiry.sent_to == vacant.organization.mailbox
    told = {"kind": "change", "first_day": "2026-01-15", "email": ADDRESS, **NAME}
    fields = {f"{name}-{vacant.pk}": value for name, value in told.items()}
    assert Client().post(url("confirm_facts", token_of(inquiry)), fields).status_code == 302
    assert PersonName.objects.filter(family_name="Hemlighetsson").count() == 2
    return inquiry


def _mailed(keeper: Client, person: Person, farsta: SteeringGroup) -> None:
    assert remind(day=MONDAY).letters
    invited = {"email": ADDRESS, "agreement": farsta.agreement.pk, "person": person.pk}
    keeper.post("/konto/bjud-in/", {**invited, "steg": "spara"})
    assert mail.outbox[-1].to == [ADDRESS]
    person.refresh_from_db()
    assert person.user


def _edited(keeper: Client, person: Person, farsta: SteeringGroup, seat: Seat) -> Act:
    """Moved, named in every free text, and appointed once more by an act that was undone."""
    company = Organization.objects.get(slug="stockholmshem")
    moved = {"title": "chef efter Gömda Hemlighetsson", "organization": company.pk}
    carry_out(keeper, url("move_person", person.pk), moved)
    described = {"name": farsta.name, "basis": farsta.basis, "chairing": farsta.chairing}
    note = f"Gömda Hemligson heter nu Gömda Hemlighetsson, {EARLIER}, {ADDRESS}."
    carry_out(keeper, url("describe", farsta.slug), {**described, "notice_days": 9, "note": note})
    decision = url("register", farsta.slug, farsta.decisions.first().pk)
    decided = {"decided_on": "2019-11-04", "decided_by": "Gömda Hemlighetsson", "note": note}
    carry_out(keeper, decision, decided)
    place = {"day": "2026-12-10", "place": "Hos Gömda Hemlighetsson"}
    carry_out(keeper, url("plan_meeting", farsta.slug), place)
    other = farsta.seats.get(organization=company)
    reference = {"basis": "other", "basis_reference": "Hemlighetsson, Gömda"}
    again = {**NAME, "first_day": "2026-01-01", **reference}
    carry_out(keeper, url("appoint", farsta.slug, other.pk), again)
    done = Act.objects.filter(verb="appoint").first()
    assert keeper.post(url("undo", done.pk), {"steg": "spara"}).status_code == 302
    assert Act.objects.filter(undoes=done).exists()
    return done


def protect(user: User, person: Person) -> str:
    """Go through the page, and give back what its preview said."""
    keeper, page = window(user), url("protect_person", person.pk)
    preview = keeper.post(page, SPELLINGS)
    mail.outbox.clear()
    assert keeper.post(page, {**hidden(preview), "steg": "spara"}).status_code == 302
    return text(preview)


def test_before_it_stands_wherever_it_was_written(known):
    assert tables_that_hold(TRACES) >= {
        "governance_act",
        "governance_contactdetail",
        "governance_groupdecision",
        "governance_historicalmandate",
        "governance_historicalperson",
        "governance_importrun",
        "governance_mandate",
        "governance_meeting",
        "governance_person",
        "governance_steeringgroup",
    }


def test_no_table_holds_it_afterwards_but_that_of_names(known, karin, caplog):
    caplog.clear()
    said = protect(karin, known.person)
    assert "Brev som redan har skickats" in said
    assert "går inte att ta tillbaka." in said
    assert "Personen är inlagd 1 gång till, och skyddas där också." in said
    # The address of an account is a sign-in; it is shown to nobody but its holder.
    assert tables_that_hold(TRACES) == {"governance_personname", "governance_user"}
    assert not found_in(caplog.text, TRACES)
    assert Answer.objects.get().person.protected
    known.waiting.refresh_from_db()
    assert (known.waiting.sheet, known.waiting.discarded) == (None, True)


@pytest.mark.once("postgres")
def test_no_role_is_shown_it_afterwards_but_the_one_allowed(request, known, karin, caplog):
    protect(karin, known.person)
    pages = known.pages
    own = [page for page in pages if not page.startswith("/admin/")]
    for name in [*PERSONAS, "stranger"]:
        reader = window(request.getfixturevalue(name))
        caplog.clear()
        found = showing(reader, pages if name == "diana" else own, TRACES)
        shown = caplog.text.count(f"såg det skyddade namnet på person {known.person.pk}")
        if name == "siri":
            assert f"/styrgrupper/{known.seat.group.slug}/" in found
            assert f"/personer/{known.person.pk}/" in found
            assert shown >= len(found)
        else:
            assert (found, shown) == ([], 0), name
        assert not found_in(caplog.text, TRACES), name
    anybody = [page for page in own if "logga-ut" not in page]
    assert url("confirm_facts", token_of(known.inquiry)) in anybody
    assert showing(Client(), anybody, TRACES) == []


def test_letters_sent_afterwards_do_not_tell_it(known, karin, farsta, police, caplog):
    protect(karin, known.person)
    caplog.clear()
    keeper = window(karin)
    make_seat(farsta, police, "ny-att-bemanna")
    assert remind(day=TUESDAY).letters
    sent = {"organizations": [police.pk], "last_day": "2026-12-20"}
    carry_out(keeper, url("ask", farsta.agreement.slug), sent)
    keeper.post(url("managed_account", known.person.user_id), {"gor": "skicka"})
    letters = list(mail.outbox)
    assert police.mailbox in letters[-2].to
    assert letters[-1].to == [ADDRESS]  # to the holder of the account, and to nobody else
    for letter in letters:
        assert not found_in(letter.subject + letter.body, TRACES), letter.body
        assert letter is letters[-1] or not found_in(letter.recipients(), TRACES)
    assert not found_in(caplog.text, TRACES)


@pytest.mark.parametrize("sees", [False, True])
def test_the_export_sent_back_changes_nothing_and_leaves_no_name(
    known, karin, farsta, structure, sees
):
    protect(karin, known.person)
    if sees:
        grant(karin, "view_protected", structure)
    keeper = window(karin)
    exported = keeper.get(url("export_roster", farsta.slug))
    file = SimpleUploadedFile("ledamoter.xlsx", exported.getvalue())
    answer = keeper.post(reverse("governance:imports"), {"file": file}, follow=True)
    assert "Inga ändringar. Allt i listan finns redan." in text(answer)
    assert tables_that_hold(TRACES) == {"governance_personname", "governance_user"}
