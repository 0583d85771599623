"""/import/: what the steps show, to whom, and that nothing is lost between them."""

import html
import re

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.http import HttpResponse
from django.urls import reverse

from governance.models import ImportRun, Mandate, SteeringGroupUserGrant
from governance.services import mandates
from governance.services.mandate_rows import NewPerson
from tests.days import day
from tests.worlds import PASSWORD, make_person

pytestmark = pytest.mark.django_db
UPLOAD = reverse("governance:imports")
LIST = "Namn\tTitel\tHyresgäst\nBo Ek\tdistriktschef\tKim\nVakant\tsäkerhetschef\t\n"


def text(response: HttpResponse) -> str:
    """The words of the page, without its tags."""
    words = html.unescape(re.sub(r"<[^>]+>", " ", response.content.decode()))
    return " ".join(words.split())


def page(run: ImportRun) -> str:
    return reverse("governance:import_run", args=[run.pk])


@pytest.fixture
def window(client, rut):
    client.force_login(rut)
    return client


def upload(window, farsta, typed: str = LIST) -> ImportRun:
    answer = window.post(UPLOAD, {"pasted": typed, "group": farsta.pk})
    run = ImportRun.objects.first()
    assert answer["Location"] == page(run)
    return run


def through_columns(window, run: ImportRun) -> None:
    keys = {f"kolumn-{at}": key for at, key in enumerate(run.columns["keys"])}
    answer = window.post(page(run), {**keys, "steg": "kolumner"})
    assert answer["Location"] == page(run)


def test_a_pasted_list_goes_from_columns_over_the_plan_to_what_was_done(window, farsta, rut):
    assert "Du har inte läst in någon lista än." in text(window.get(UPLOAD))
    run = upload(window, farsta)
    first = text(window.get(page(run)))
    assert "Steg 1 av 2: Välj kolumner" in first
    assert 'Kolumnen "Hyresgäst" ser ut att innehålla personuppgifter.' in first
    assert "Kim" not in first
    through_columns(window, run)
    answer = window.get(page(run))
    shown = text(answer)
    assert "Steg 2 av 2: Gå igenom listan" in shown
    assert "Nytt uppdrag från och med den" in shown
    assert "Ingen person, lämnas" in shown
    seen = answer.context["plan"].digest
    done = window.post(page(run), {"steg": "spara", "seen": seen}, follow=True)
    assert "Klart: En lista lästes in: 1 nytt uppdrag." in text(done)
    assert "Ångra hela listan" in text(done)
    assert Mandate.objects.get(seat__group=farsta).person.name.full == "Bo Ek"
    undone = window.post(page(run), {"steg": "angra"}, follow=True)
    assert "Klart: Ångrat: En lista lästes in" in text(undone)
    assert "Ångra hela listan" not in text(undone)
    assert "Ångrad. Allt blev som det var innan listan lästes in." in text(undone)
    assert not Mandate.objects.filter(seat__group=farsta).exists()
    assert "Ångrad" in text(window.get(UPLOAD))


def test_a_file_in_the_exports_own_columns_goes_straight_to_the_plan(window, farsta):
    exported = window.get(reverse("governance:export_roster", args=[farsta.slug]))
    file = SimpleUploadedFile("ledamoter.xlsx", exported.content)
    answer = window.post(UPLOAD, {"file": file}, follow=True)
    shown = text(answer)
    assert "Inga ändringar. Allt i listan finns redan." in shown
    assert "Läs in listan" not in shown
    answer = window.post(page(ImportRun.objects.get()), {"steg": "spara", "seen": ""})
    assert answer.status_code == 409


@pytest.mark.parametrize(
    ("sent", "sentence"),
    [
        ({"pasted": " "}, "Inget är inklistrat."),
        ({"file": SimpleUploadedFile("tom.csv", b"")}, "Filen är tom."),
        ({"file": SimpleUploadedFile("a.pdf", b"%PDF-1.4 x")}, "Filen är en PDF."),
        ({"file": SimpleUploadedFile("a.csv", b"x" * (10 * 1024 * 1024 + 1))}, "större än 10 MB"),
        ({"pasted": "Namn\tTitel\n"}, "inga rader under"),
        ({"pasted": "1\t2\n3\t4\n"}, "Hittade ingen rubrikrad."),
        ({"pasted": LIST, "group": 999_999}, "Gruppen finns inte i listan."),
        ({"pasted": LIST, "file": SimpleUploadedFile("a.csv", b"Namn;Titel\nA;b")}, "inte båda"),
    ],
)
def test_what_cannot_be_read_is_refused_in_words_and_what_was_pasted_stays(window, sent, sentence):
    answer = window.post(UPLOAD, sent)
    assert answer.status_code == 200
    assert sentence in text(answer)
    assert ImportRun.objects.count() == 0
    if sent.get("pasted", "").strip():
        assert sent["pasted"].split()[0] in answer.content.decode()


def test_faults_are_shown_with_row_and_column_and_cannot_be_confirmed(window, farsta):
    run = upload(window, farsta, "Namn\tTitel\tMejl\nBo Ek\tdistriktscheef\tbo(at)x\n")
    through_columns(window, run)
    answer = window.get(page(run))
    shown = text(answer)
    assert "2 fel hittades. Inget har ändrats." in shown
    assert "2 Mejl Det är ingen e-postadress." in shown
    assert "Menade du distriktschef" in shown
    assert "Läs in listan" not in shown
    seen = answer.context["plan"].digest
    answer = window.post(page(run), {"steg": "spara", "seen": seen})
    assert "2 fel hittades" in text(answer)
    assert not Mandate.objects.filter(seat__group=farsta).exists()


def test_answers_and_choices_are_kept(window, farsta):
    run = upload(window, farsta, "Namn\tTitel\nBo Ek\tdistriktscheef\n")
    through_columns(window, run)
    [unknown] = window.get(page(run)).context["plan"].unknown
    [right] = [value for value, label in unknown.options if label == "distriktschef"]
    sent = {"steg": "val", "first_day": "2026-12-01", "group": farsta.pk, unknown.name: right}
    window.post(page(run), sent)
    answer = window.get(page(run))
    assert answer.context["plan"].ready
    assert "Nytt uppdrag från och med den 1 december 2026." in text(answer)
    refused = text(window.post(page(run), {**sent, "first_day": "2026-02-30"}))
    assert "2026-02-30 är inget datum." in refused


def test_what_was_chosen_when_the_session_ended_stands_there_after_signing_in(
    client, window, rut, farsta
):
    run = upload(window, farsta)
    through_columns(window, run)
    client.logout()
    client.post(page(run), {"steg": "val", "first_day": "2027-01-15", "group": farsta.pk})
    sent = {"username": rut.email, "password": PASSWORD, "next": page(run)}
    shown = client.post(f"{reverse('governance:login')}?next={page(run)}", sent, follow=True)
    assert "Det du skrev står kvar" in text(shown)
    assert shown.context["form"]["first_day"].value() == "2027-01-15"


def test_a_plan_that_is_no_longer_true_is_shown_anew_and_changes_nothing(window, farsta):
    run = upload(window, farsta)
    through_columns(window, run)
    seen = window.get(page(run)).context["plan"].digest
    seat = farsta.seats.get(function__code="distriktschef")
    mandates.appoint(
        user=None, seat=seat, person=NewPerson("Kim", "Prov"), first_day=day("2026-01-01")
    )
    answer = window.post(page(run), {"steg": "spara", "seen": seen})
    assert answer.status_code == 409
    assert "har ändrats sedan du öppnade sidan" in text(answer)
    assert "Ersätter någon" in text(answer)
    assert Mandate.objects.filter(seat=seat).count() == 1


def test_a_double_click_reads_in_once(window, farsta):
    run = upload(window, farsta)
    through_columns(window, run)
    seen = window.get(page(run)).context["plan"].digest
    answers = [window.post(page(run), {"steg": "spara", "seen": seen}) for _ in range(2)]
    assert [answer.status_code for answer in answers] == [302, 409]
    shown = text(answers[1])
    assert "Listan är redan inläst. Inget mer har ändrats." in shown
    assert "försök igen" not in shown  # there is nothing left to try
    assert Mandate.objects.filter(seat__group=farsta).count() == 1


def test_what_stands_in_a_list_is_for_its_owner_alone(client, window, farsta, karin, patrik):
    run = upload(window, farsta)
    for other in (karin, patrik):
        client.force_login(other)
        assert client.get(page(run)).status_code == 404
    client.force_login(run.user)
    through_columns(window, run)
    seen = window.get(page(run)).context["plan"].digest
    window.post(page(run), {"steg": "spara", "seen": seen})
    client.force_login(karin)  # coordinates the agreement: sees that it was done, and by no name
    shown = text(client.get(page(run)))
    assert "Inläst" in shown
    assert "Bo Ek" not in shown
    assert "Läst in av någon annan" in text(client.get(UPLOAD))
    client.force_login(patrik)
    assert client.get(page(run)).status_code == 404


def test_only_who_may_change_every_group_of_the_list_may_undo_it(client, window, farsta, structure):
    run = upload(window, farsta)
    through_columns(window, run)
    seen = window.get(page(run)).context["plan"].digest
    window.post(page(run), {"steg": "spara", "seen": seen})
    SteeringGroupUserGrant.objects.all().delete()
    assert "Ångra hela listan" not in text(window.get(page(run)))
    answer = window.post(page(run), {"steg": "angra"})
    assert answer.status_code == 403
    assert Mandate.objects.filter(seat__group=farsta).exists()


def test_a_list_that_is_thrown_away_leaves_nothing(window, farsta):
    run = upload(window, farsta)
    answer = window.post(page(run), {"steg": "slang"}, follow=True)
    assert "Listan är bortkastad. Inget ur den finns kvar." in text(answer)
    run.refresh_from_db()
    assert (run.sheet, run.choices, run.file_name, run.discarded) == (None, {}, "", True)
    assert "Bortkastad" in text(window.get(page(run)))


def test_the_undo_lists_what_stands_in_the_way(window, farsta):
    run = upload(window, farsta)
    through_columns(window, run)
    seen = window.get(page(run)).context["plan"].digest
    window.post(page(run), {"steg": "spara", "seen": seen})
    mandate = Mandate.objects.get(seat__group=farsta)
    mandates.end(user=None, mandate=mandate, last_day=day("2027-06-30"), end_reason="left")
    shown = text(window.post(page(run), {"steg": "angra"}))
    assert "1 rad har ändrats efter det att listan lästes in." in shown
    assert "uppdraget ändrades den" in shown
    assert "Ångra de ändringarna först, eller rätta raderna en och en." in shown
    assert Mandate.objects.filter(pk=mandate.pk).exists()


@pytest.mark.parametrize(("who", "status"), [("patrik", 403), ("nobody", 404), ("siri", 403)])
def test_who_changes_no_roster_gets_no_page(request, client, rut, farsta, who, status):
    client.force_login(request.getfixturevalue(who))
    answer = client.get(UPLOAD)
    assert answer.status_code == status
    if status == 403:
        said = f"ändra uppgifter och ledamöter i {farsta.agreement}. Det kan överenskommelsens och"
        assert f"{said} gruppernas samordnare." in text(answer)


def test_the_page_costs_the_same_for_ten_rows_and_for_five_hundred(
    window, farsta, django_assert_max_num_queries
):
    for many in (10, 500):
        rows = "".join(f"A{at} Ek\tbovärd\tStockholmshem\t{at + 1}\n" for at in range(many))
        run = upload(window, farsta, f"Namn\tFunktion\tBolag\tNummer\n{rows}")
        through_columns(window, run)
        window.post(
            page(run),
            {"steg": "val", "first_day": "2026-12-01", "group": farsta.pk, "add_seats": "on"},
        )
        with django_assert_max_num_queries(28):
            answer = window.get(page(run))
        assert answer.context["counts"]["created"] == many
    assert "200 rader till visas inte här." in text(answer)
    assert len(window.get(f"{page(run)}?visa=alla").context["lines"]) == 500


def test_a_question_about_who_is_who_is_answered_on_the_page(window, farsta, farsta_chair):
    person = make_person(farsta_chair.organization, "Bo", "Ek")
    run = upload(window, farsta)
    through_columns(window, run)
    answer = window.get(page(run))
    assert "Samma person eller en ny?" in text(answer)
    assert "Samma person som Bo Ek, handläggare, Farsta SDF" in text(answer)
    [question] = answer.context["plan"].questions
    sent = {"steg": "val", "first_day": "2026-12-01", "group": farsta.pk}
    window.post(page(run), {**sent, question.name: str(person.pk)})
    seen = window.get(page(run)).context["plan"].digest
    window.post(page(run), {"steg": "spara", "seen": seen})
    assert person.mandates.count() == 1


def test_a_list_pasted_when_the_session_had_ended_stands_there_after_signing_in(
    client, rut, farsta
):
    client.post(UPLOAD, {"pasted": LIST, "group": farsta.pk})
    sent = {"username": rut.email, "password": PASSWORD, "next": UPLOAD}
    answer = client.post(f"{reverse('governance:login')}?next={UPLOAD}", sent, follow=True)
    assert "Det du skrev står kvar här nedanför." in text(answer)
    assert answer.context["form"]["pasted"].value() == LIST
    assert ImportRun.objects.count() == 0


def test_a_file_sent_when_the_session_had_ended_is_not_said_to_be_kept(client, rut, farsta):
    file = SimpleUploadedFile("lista.csv", b"Namn;Titel\nBo Ek;distriktschef\n")
    answer = client.post(UPLOAD, {"file": file, "group": farsta.pk}, follow=True)
    assert "Du har loggats ut och inget har sparats." in text(answer)
    sent = {"username": rut.email, "password": PASSWORD, "next": UPLOAD}
    shown = client.post(f"{reverse('governance:login')}?next={UPLOAD}", sent, follow=True)
    assert "Rätta detta" not in text(shown)
