"""The pages of measures: overview with its filters and sheet, one group, one, and the forms."""

import io

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from openpyxl import load_workbook

from governance.models import Measure, Organization
from tests.days import day
from tests.following import make_measure, make_priority

pytestmark = pytest.mark.django_db
CITY, POLICE = "farsta-stadsdelsforvaltning", "lpo-farsta"


@pytest.fixture
def priority(farsta):
    return make_priority(farsta, own_title="Trygga torg", valid_from=day("2020-01-01"))


@pytest.fixture
def late(priority):
    return make_measure(
        priority,
        Organization.objects.get(slug=CITY),
        title="Belysning",
        target=12,
        unit="lampor",
        progress="2.5",
        status="ongoing",
    )


@pytest.fixture
def done(priority):
    return make_measure(
        priority,
        Organization.objects.get(slug=POLICE),
        title="Årliga besök",
        status="done",
        cost=0,
    )


def titles(client, query: str = "") -> list[str]:
    page = client.get(f"/atgarder/{query}")
    assert page.status_code == 200
    return [row.measure.title for row in page.context["rows"]]


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("", ["Belysning", "Årliga besök"]),
        ("?lage=forsenad", ["Belysning"]),
        ("?lage=inte-klar", ["Belysning"]),
        ("?lage=genomford", ["Årliga besök"]),
        ("?lage=planerad", []),
        ("?lage=finns-inte", ["Belysning", "Årliga besök"]),
        ("?grupp=farsta", ["Belysning", "Årliga besök"]),
        ("?grupp=jarva", []),
        (f"?organisation={POLICE}", ["Årliga besök"]),
        ("?utmaning=egen", ["Belysning", "Årliga besök"]),
        ("?utmaning=999999", []),
        ("?ar=2021", ["Belysning", "Årliga besök"]),
        ("?ar=2022", []),
        ("?q=ÅRLIGA", ["Årliga besök"]),
        ("?q=torg", ["Belysning", "Årliga besök"]),
        ("?ordning=organisation", ["Belysning", "Årliga besök"]),
        ("?lage=forsenad&datum=2021-12-31", []),
        ("?lage=forsenad&datum=2022-01-01", ["Belysning"]),
        ("?overenskommelse=overgripande", ["Belysning", "Årliga besök"]),
    ],
)
def test_the_address_says_which_measures_are_shown(client, fatima, late, done, query, found):
    client.force_login(fatima)
    assert titles(client, query) == found


def test_a_sheet_has_the_rows_of_the_page_with_numbers_as_numbers(client, fatima, late, done):
    client.force_login(fatima)
    response = client.get("/atgarder/export/?lage=forsenad&format=xlsx")
    sheet = load_workbook(io.BytesIO(response.content)).active
    rows = list(sheet.iter_rows(values_only=True))
    assert len(rows) == 2
    row = dict(zip(rows[0], rows[1], strict=True))
    assert (row["Åtgärd"], row["Hur många"], row["Gjort hittills"]) == ("Belysning", 12, 2.5)
    assert (row["Försenad"], row["Kostnad i kronor"]) == ("ja", None)
    text = client.get("/atgarder/export/?format=csv").content.decode("utf-8-sig")
    assert "lampor;totalt;pågår;ja;2,5" in text
    paid = text.splitlines()[2].split(";")[rows[0].index("Kostnad i kronor")]
    assert paid == "0"  # nothing is not the same as not registered


def test_the_measure_says_what_nobody_has_registered_and_what_is_zero(client, fatima, late, done):
    client.force_login(fatima)
    body = client.get(f"/atgarder/{done.pk}/").content.decode()
    assert "0 kronor" in body
    assert "Ej registrerat" in body
    assert "Rapportera" not in body  # she reads only
    body = client.get(f"/atgarder/{late.pk}/").content.decode()
    assert "Försenad, pågår" in body
    assert "2,5 av 12 lampor" in body


def test_verbs_are_hidden_on_another_day(client, sven, late):
    client.force_login(sven)
    for url in ("/atgarder/", "/styrgrupper/farsta/atgarder/", f"/atgarder/{late.pk}/"):
        assert f"/atgarder/{late.pk}/rapportera/" in client.get(url).content.decode()
        body = client.get(f"{url}?datum=2022-01-01").content.decode()
        assert f"/atgarder/{late.pk}/rapportera/" not in body
        assert "rapporterat i dag" in body


def test_organisation_and_challenge_lead_to_their_measures(client, fatima, structure):
    client.force_login(fatima)
    body = client.get(f"/organisationer/{CITY}/").content.decode()
    assert f'href="/atgarder/?organisation={CITY}"' in body
    challenge = structure.versions.order_by("-number")[0].challenges.first()
    body = client.get("/utmaningar/").content.decode()
    assert f'href="/atgarder/?utmaning={challenge.pk}"' in body


def test_empty_pages_say_what_to_do(client, sven, fatima):
    client.force_login(fatima)
    assert "Ingen åtgärd är inlagd" in client.get("/atgarder/").content.decode()
    client.force_login(sven)
    assert "Lägg till den första" in client.get("/styrgrupper/farsta/atgarder/").content.decode()


def test_a_measure_is_entered_gone_through_and_saved(client, sven, priority):
    client.force_login(sven)
    url = "/styrgrupper/farsta/atgarder/ny/"
    page = client.get(url)
    typed = {
        "priority": priority.pk,
        "organization": Organization.objects.get(slug=CITY).pk,
        "title": "Vandringar",
        "due": "2031-12-31",
        "target": "2,5",
        "unit": "vandringar",
        "seen": page.context["seen"],
    }
    preview = client.post(url, typed)
    assert not Measure.objects.exists()
    assert "läggs till under prioriteringen Trygga torg" in preview.content.decode()
    saved = client.post(url, {**typed, "steg": "spara"})
    assert saved.status_code == 302
    measure = Measure.objects.get()
    assert (str(measure.target), measure.per) == ("2.50", "total")


def test_a_refusal_keeps_what_was_typed(client, sven, late):
    client.force_login(sven)
    url = f"/atgarder/{late.pk}/rapportera/"
    seen = client.get(url).context["seen"]
    typed = {"status": "not_done", "why": "", "progress": "4,5", "seen": seen}
    body = client.post(url, typed).content.decode()
    assert "Skriv varför åtgärden inte blev gjord." in body
    assert 'value="4,5"' in body
    body = client.post(url, {**typed, "progress": "många"}).content.decode()
    assert "Skriv ett tal som inte är under noll" in body
    assert 'value="många"' in body


def test_the_form_of_a_measure_shows_what_it_holds(client, sven, late, farsta):
    late.places.set([farsta.coverages.first().area])
    client.force_login(sven)
    body = client.get(f"/atgarder/{late.pk}/andra/").content.decode()
    assert 'value="12"' in body
    assert "checked" in body


def test_pages_cost_the_same_with_two_and_with_two_hundred(client, karin, late, done, priority):
    client.force_login(karin)
    urls = ["/atgarder/", "/styrgrupper/farsta/atgarder/", "/atgarder/export/?format=csv"]
    urls += [f"/atgarder/{late.pk}/", "/atgarder/?per=utmaning"]

    def costs() -> list[int]:
        numbers = []
        for url in urls:
            with CaptureQueriesContext(connection) as asked:
                assert client.get(url).status_code == 200
            numbers.append(len(asked))
        return numbers

    few = costs()
    organizations = Organization.objects.all()[:20]
    for number in range(200):
        measure = make_measure(priority, organizations[number % 20], title=f"Nr {number}")
        measure.places.set([priority.group.coverages.first().area])
    assert costs() == few
    assert max(few) <= 12


@pytest.mark.parametrize("name", ["measure", "report_measure", "withdraw_measure"])
def test_another_municipalitys_measure_is_not_there(client, karin, elsewhere, name):
    theirs = make_measure(make_priority(elsewhere.group, own_title="Deras"), elsewhere.city)
    client.force_login(karin)
    assert client.get(reverse(f"governance:{name}", args=[theirs.pk])).status_code == 404
    assert "Trygghetsvandringar" not in client.get("/atgarder/").content.decode()
