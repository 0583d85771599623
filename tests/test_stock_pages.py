"""The pages of a company's stock: its own rows, a list on its way in, one property."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from governance.models import Act, Holding, ImportRun, Property
from governance.sheets import read_sheet
from tests.access import window
from tests.days import day
from tests.letters import text
from tests.stock import LIST, save, table
from tests.verb_pages import url
from tests.worlds import grant

pytestmark = pytest.mark.django_db


@pytest.fixture
def keeper(bodil):
    return window(bodil)


def upload(keeper, company, content=LIST, name="bestand.csv"):
    page = url("add_stock", company.slug)
    file = SimpleUploadedFile(name, content.replace("\t", ";").encode())
    answer = keeper.post(page, {"file": file})
    assert answer.status_code == 302, text(answer)
    return answer["Location"]


def choose(keeper, page):
    run = ImportRun.objects.latest("pk")
    keys = {f"kolumn-{at}": key for at, key in enumerate(run.columns["keys"])}
    assert keeper.post(page, {**keys, "steg": "kolumner"}).status_code == 302


def test_a_list_goes_in_by_upload_columns_preview_and_confirmation(keeper, company):
    page = upload(keeper, company)
    run = ImportRun.objects.get()
    assert "Anna" not in str(run.sheet)
    columns = text(keeper.get(page))
    assert 'Kolumnen "Hyresgäst" ser ut att innehålla personuppgifter.' in columns
    choose(keeper, page)
    preview = keeper.get(page)
    assert "3 nya i beståndet" in text(preview)
    assert not Holding.objects.exists()
    sent = {"steg": "spara", "seen": preview.context["plan"].digest}
    answer = keeper.post(page, sent, follow=True)
    assert "Klart: Beståndet för Provstads bostäder: 3 nya." in text(answer)
    run.refresh_from_db()
    assert (run.sheet, run.choices, run.counts["created"]) == (None, {}, 3)
    assert "Sparad" in text(keeper.get(page))
    again = keeper.post(page, sent)
    assert again.status_code == 409
    assert Holding.objects.count() == 3
    page = upload(keeper, company)
    assert ImportRun.objects.latest("pk").columns["keys"][1] == "designation"
    choose(keeper, page)
    assert "Inga ändringar. Allt i listan finns redan." in text(keeper.get(page))


def test_pasted_rows_go_in_too_and_nothing_typed_is_lost(keeper, company):
    page = url("add_stock", company.slug)
    answer = keeper.post(page, {"pasted": "utan rubriker"})
    assert answer.status_code == 200
    assert "utan rubriker" in answer.content.decode()
    assert keeper.post(page, {"pasted": LIST}).status_code == 302


def test_faults_are_told_and_nothing_is_saved(keeper, company):
    page = upload(keeper, company, "Fastighet;Adress\nKvarnvingen;Box 1\n")
    choose(keeper, page)
    shown = keeper.get(page)
    assert "2 fel hittades. Inget har ändrats." in text(shown)
    assert "Lägg in beståndet" not in text(shown)
    answer = keeper.post(page, {"steg": "spara", "seen": shown.context["plan"].digest})
    assert "Det gick inte" in text(answer)
    assert not Property.objects.exists()


def test_the_whole_stock_is_chosen_and_what_is_missing_ends(keeper, company, held):
    page = upload(keeper, company, "Fastighet;Adress\nKvarnvingen 3;\n")
    choose(keeper, page)
    assert keeper.post(page, {"steg": "val", "first_day": "i går"}).status_code == 200
    sent = {"steg": "val", "first_day": "2026-03-01", "whole": "on"}
    assert keeper.post(page, sent).status_code == 302
    preview = keeper.get(page)
    assert "2 avslutas" in text(preview)
    keeper.post(page, {"steg": "spara", "seen": preview.context["plan"].digest})
    assert Holding.objects.as_of(day("2026-03-01")).count() == 1


def test_a_list_is_thrown_away_with_all_that_was_in_it(keeper, company):
    page = upload(keeper, company)
    keeper.post(page, {"steg": "slang"})
    assert ImportRun.objects.get().sheet is None
    assert "Bortkastad" in text(keeper.get(page))


def test_a_saved_list_is_undone_within_fifteen_minutes(keeper, company, bodil, held):
    before = table()
    text_ = "Fastighet\tLägenheter\tAdress\tFastnr\nKvarnvingen 3\t41\tNyvägen 1\t\nÅsen 1\t\t\t102"
    page = upload(keeper, company, text_)
    choose(keeper, page)
    sent = {"steg": "val", "first_day": "2026-03-01", "whole": "on"}
    keeper.post(page, sent)
    digest = keeper.get(page).context["plan"].digest
    answer = keeper.post(page, {"steg": "spara", "seen": digest}, follow=True)
    done = Act.objects.get(user=bodil)
    assert url("undo", done.pk) in answer.content.decode()
    assert table() != before
    assert "3 ändrade" in text(keeper.get(url("undo", done.pk))) or done.summary
    back = keeper.post(url("undo", done.pk), {"steg": "spara"})
    assert back["Location"] == url("stock", company.slug)
    assert table() == before
    assert "Ångrad" in text(keeper.get(page))


def test_the_undo_of_a_renamed_property_finds_it_again(keeper, company, bodil):
    save(company, "Fastnr\tAdress\nA1\tEkvägen 1")
    done = save(company, "Fastnr\tFastighet\nA1\tÅsen 9")
    Act.objects.filter(pk=done.pk).update(user=bodil)
    assert Property.objects.get().search_key == "provstad åsen 9"
    keeper.post(url("undo", done.pk), {"steg": "spara"})
    assert Property.objects.get().search_key == ""


# -- the company's rows ------------------------------------------------------------------------


def test_the_stock_is_searched_sorted_and_narrowed(keeper, company, held):
    page = url("stock", company.slug)

    def rows(query=""):
        return [
            row.property.designation.split()[1] for row in keeper.get(page + query).context["rows"]
        ]

    assert rows() == ["Kristineberg", "Kvarnvingen", "Kvarnvingen"]
    assert rows("?q=kvarn") == ["Kvarnvingen", "Kvarnvingen"]
    assert rows("?q=storgatan") == ["Kristineberg"]
    assert rows("?q=102") == ["Kristineberg"]
    assert rows("?till=school") == ["Kristineberg"]
    assert rows("?visa=utan-stadsdel") == ["Kristineberg"]
    assert rows("?ordning=lagenheter&q=kvarn") == ["Kvarnvingen", "Kvarnvingen"]
    assert rows("?datum=2023-12-31") == []
    assert "Inget i beståndet stämmer" in text(keeper.get(page + "?q=finns-inte"))
    assert "3 rader och 52 lägenheter" in text(keeper.get(page))


def test_an_empty_stock_says_that_nothing_was_put_in(keeper, company):
    shown = text(keeper.get(url("stock", company.slug)))
    assert "Provstads bostäder har inte lagt in sitt bestånd." in shown


@pytest.mark.parametrize("form", ["xlsx", "csv"])
def test_the_export_is_the_template(keeper, company, held, form):
    answer = keeper.get(url("export_stock", company.slug), {"format": form})
    assert answer["Cache-Control"] == "private, no-store"
    file = SimpleUploadedFile(f"bestand.{form}", answer.getvalue())
    assert len(read_sheet(answer.getvalue(), f"b.{form}").rows) == 3
    page = keeper.post(url("add_stock", company.slug), {"file": file})["Location"]
    choose(keeper, page)
    assert "Inga ändringar. Allt i listan finns redan." in text(keeper.get(page))


def test_others_see_neither_the_stock_nor_its_file(company, held, bo, stina, stranger):
    for name in ("stock", "export_stock"):
        page = url(name, company.slug)
        assert window(stina).get(page).status_code == 200
        assert window(bo).get(page).status_code == 403
        assert window(stranger).get(page).status_code == 404
    for page in [url("add_stock", company.slug), url("end_holding", held[0].pk)]:
        assert window(stina).get(page).status_code == 403
    assert window(bo).get(url("end_holding", held[0].pk)).status_code == 404


@pytest.mark.parametrize("name", ["stock", "property"])
def test_a_page_costs_the_same_with_few_and_with_many(keeper, company, held, name):
    page = url("stock", company.slug) if name == "stock" else url("property", held[0].property_id)
    numbers = []
    for many in (5, 300):
        rows = "\n".join(f"Åsen {n}\tEkvägen {n}; Ekvägen {n} A" for n in range(1, many))
        save(company, f"Fastighet\tAdress\n{rows}", when=day("2024-01-01"))
        with CaptureQueriesContext(connection) as asked:
            assert keeper.get(page).status_code == 200
        numbers.append(len(asked))
    assert numbers[0] == numbers[1] <= 12


def test_the_organisation_page_links_to_the_stock_for_its_own_only(keeper, bo, company):
    page = url("organization", company.slug)
    link = reverse("governance:stock", args=[company.slug])
    assert link in keeper.get(page).content.decode()
    assert link not in window(bo).get(page).content.decode()


@pytest.mark.parametrize(
    "query",
    ["?q=%00", "?q=" + "a" * 5000, "?sida=x&till=x&slag=x&visa=x&ordning=x", "?q=%25_&datum=x"],
)
def test_odd_addresses_are_answered(keeper, company, held, query):
    for name in ("stock", "export_stock"):
        assert keeper.get(url(name, company.slug) + query).status_code == 200


def test_what_is_not_there_is_a_404(keeper, company):
    for page in ("/fastigheter/987654321/", "/bestand/987654321/avsluta/"):
        assert keeper.get(page).status_code == 404
    assert keeper.get(f"/fastigheter/{'9' * 30}/").status_code == 404


def test_a_list_of_stock_is_not_among_the_lists_of_members(keeper, company, stina, anna):
    upload(keeper, company)
    run = ImportRun.objects.get()
    for user in (stina, anna):
        assert window(user).get(url("import_run", run.pk)).status_code == 404
    assert keeper.get(url("import_run", run.pk)).status_code == 404
    grant(stina, "edit_holdings", company)
    shown = window(stina).get(url("stock_run", company.slug, run.pk))
    assert "Väntar på en kollega" in text(shown)
    assert "Kvarnvingen" not in text(shown)
