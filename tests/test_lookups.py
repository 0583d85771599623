"""A whole list looked up: its pages, its files, its owner, and its end after 24 hours."""

import datetime

import pytest
from django.core.management import call_command
from django.utils import timezone

from governance.models import ImportRun, LookupRun
from governance.permissions import visible_lookups
from governance.queries.lookups import HEADINGS
from governance.services import lookups as service
from governance.sheets import read_sheet
from tests.access import window
from tests.letters import text
from tests.lookups import confirm, posted
from tests.places import own
from tests.stock import LIST as STOCK
from tests.verb_pages import url

pytestmark = pytest.mark.django_db
LIST = "Anm\tFastighet\tHyresgäst\n=1+1\tKvarnvingen 3\tAnna And\nb\tSkytten 4\tBo Bo\n"
HOURS = datetime.timedelta(hours=24)
MOMENT = datetime.timedelta(microseconds=1)


@pytest.fixture
def reader(bo):
    return window(bo)


@pytest.fixture
def held(world):
    return own(world.company, "Kvarnvingen 3", area=world.north)


@pytest.fixture
def page(reader, held):
    """A list of two rows, the first certain and the second not found, with its answers."""
    found = posted(reader, LIST)
    confirm(reader, found)
    return found


# -- the pages -------------------------------------------------------------------------------------


def test_a_list_comes_back_with_the_answers_beside_its_own_columns(reader, page):
    shown = reader.get(page)
    said = text(shown)
    assert shown.context["headings"] == ["Anm", "Fastighet"]
    assert "Svar för 2 rader" in said
    assert "Norra Provstad" in said
    assert "Exakt" in said
    assert "Hittades inte" in said
    assert "=1+1" in said
    assert text(reader.get(url("lookups"))).count("Inklistrade rader") == 1


def test_columns_that_look_personal_are_named_and_left_out_and_not_kept(reader, held):
    page = posted(reader, LIST)
    columns = text(reader.get(page))
    said = 'Kolumnen "Hyresgäst" ser ut att innehålla personuppgifter. Vi tar inte med den.'
    assert said in columns
    assert "Anna And" not in columns
    confirm(reader, page)
    run = LookupRun.objects.get()
    assert run.kept == []
    assert "Anna" not in str(vars(run))
    assert "Hyresgäst" not in text(reader.get(page))


def test_a_column_that_looks_personal_is_kept_when_it_is_chosen(reader, held):
    page = posted(reader, LIST)
    confirm(reader, page, **{"kolumn-2": ""})
    assert LookupRun.objects.get().kept == ["Hyresgäst"]
    assert "Anna And" in text(reader.get(page))


HOUSES = "Hus\tVar\tRad\tHyresgäst\nKvarnvingen 3\tNorra Provstad\t1\tAnna And\n"


def test_columns_are_remembered_for_the_next_list_with_the_same_headings(reader, held, stina):
    page = posted(reader, HOUSES)
    first = {"kolumn-0": "designation", "kolumn-1": "", "kolumn-2": "-", "kolumn-3": ""}
    confirm(reader, page, **first)
    # Changed afterwards, when the third column is gone: remembered too.
    confirm(reader, f"{page}?visa=kolumner", **{"kolumn-1": "area"})
    posted(reader, HOUSES)
    assert LookupRun.objects.latest("pk").columns["keys"] == ["designation", "area", "-", "-"]
    for other, pasted in [(window(stina), HOUSES), (reader, HOUSES.replace("Rad", "Nr"))]:
        posted(other, pasted)
        assert LookupRun.objects.latest("pk").columns["keys"][:2] == ["", ""]


def test_columns_are_forgotten_with_the_list(reader, held):
    page = posted(reader, HOUSES)
    confirm(reader, page, **{"kolumn-0": "designation"})
    reader.post(page, {"steg": "ta-bort"})
    posted(reader, HOUSES)
    assert LookupRun.objects.latest("pk").columns["keys"][0] == ""


def test_a_text_that_excel_has_no_room_for_is_named_and_marked(reader, held):
    long = "x" * 32_768
    pasted = f"Fastighet\tAnm\nKvarnvingen 3\t{long[:-1]}\nSkytten 4\t{long}\n"
    page = posted(reader, pasted)
    confirm(reader, page)
    said = text(reader.get(page))
    assert "1 text är längre än 32 767 tecken" in said
    assert "rad 3, kolumnen Anm. Hämta som CSV" in said
    assert "rad 2, kolumnen Anm" not in said
    # Only of the rows that are shown, for those are what the file holds.
    assert "32 767" not in text(reader.get(page, {"visa": "exact"}))
    workbook = reader.get(f"{page}export/", {"format": "xlsx"}).content
    fits, cut = (row.cells[1] for row in read_sheet(workbook, "svar.xlsx").rows)
    assert fits == long[:-1]
    assert len(cut) == 32_767
    assert cut.endswith("Hela texten finns i CSV-filen.)")
    whole = reader.get(f"{page}export/", {"format": "csv"}).content
    assert read_sheet(whole, "svar.csv").rows[1].cells[1] == long


def test_a_column_that_is_not_sent_is_left_out_when_it_looks_personal(reader, held):
    page = posted(reader, LIST)
    sent = {"kolumn-1": "designation", "steg": "kolumner"}
    assert reader.post(page, sent).status_code == 302
    assert LookupRun.objects.get().sheet["headings"] == ["Anm", "Fastighet"]


@pytest.mark.parametrize(
    ("keys", "said"),
    [
        (["", "", "-"], "Välj minst en kolumn att slå upp med"),
        (["area", "area", "-"], "Stadsdel är valt för flera kolumner"),
        (["first", "", "-"], "Välj båda kolumnerna för koordinaten"),
    ],
)
def test_columns_that_say_nothing_are_refused_and_the_choice_is_kept(reader, held, keys, said):
    page = posted(reader, LIST)
    sent = {f"kolumn-{at}": key for at, key in enumerate(keys)}
    answer = reader.post(page, {**sent, "steg": "kolumner"})
    assert said in text(answer)
    assert [column.key for column in answer.context["columns"]] == keys
    assert not LookupRun.objects.get().columns["confirmed"]


def test_faults_in_the_upload_are_told_and_nothing_typed_is_lost(reader):
    answer = reader.post(url("lookups"), {"pasted": "utan rubriker", "day": "i går"})
    assert answer.status_code == 200
    assert "utan rubriker" in answer.content.decode()
    assert "i går är inget datum" in text(answer)
    assert not LookupRun.objects.exists()


def test_the_filter_counts_the_rows_that_it_shows(reader, page):
    for word, number in [("ses-over", 1), ("none", 1), ("exact", 1), ("", 2), ("strunt", 2)]:
        shown = reader.get(page, {"visa": word})
        assert len(shown.context["page"].object_list) == number, word
    assert ("ses-over", "Behöver ses över (1)") in shown.context["table"].choices()
    assert "Visa 1 rad som behöver ses över" in text(reader.get(page))
    assert "Ingen rad stämmer med urvalet" in text(reader.get(page, {"visa": "approximate"}))


@pytest.mark.parametrize("order", ["grupp", "stadsdel", "exakt"])
def test_the_rows_can_be_ordered(reader, page, order):
    lines = reader.get(page, {"ordning": order}).context["page"].object_list
    assert [line.number for line in lines] == [3, 2]


def test_a_long_list_is_shown_in_pages(reader, held):
    page = posted(reader, "Fastighet\n" + "Kvarnvingen 3\n" * 101)
    confirm(reader, page)
    assert len(reader.get(page).context["page"].object_list) == 100
    last = reader.get(page, {"sida": "2"})
    assert [line.number for line in last.context["page"]] == [102]


# -- the files -------------------------------------------------------------------------------------


@pytest.mark.parametrize("form", ["xlsx", "csv"])
def test_the_file_has_the_own_columns_first_in_their_order_and_no_formula(reader, page, form):
    reader.get(page)
    answer = reader.get(f"{page}export/", {"format": form})
    assert answer["Cache-Control"] == "private, no-store"
    sheet = read_sheet(answer.content, f"svar.{form}")
    assert sheet.headings == ["Anm", "Fastighet", *HEADINGS]
    assert [row.cells[:2] for row in sheet.rows] == [["=1+1", "Kvarnvingen 3"], ["b", "Skytten 4"]]
    assert [row.cells[6] for row in sheet.rows] == ["Norra Provstad", ""]
    if form == "csv":
        assert "'=1+1;" in answer.content.decode("utf-8-sig")
    only = reader.get(f"{page}export/", {"format": form, "visa": "ses-over"})
    assert len(read_sheet(only.content, f"svar.{form}").rows) == 1


def test_a_heading_that_is_a_formula_is_none_in_the_file(reader, held):
    page = posted(reader, "=CMD()\tFastighet\tAnm\na\tKvarnvingen 3\tb\n")
    confirm(reader, page)
    reader.get(page)
    answer = reader.get(f"{page}export/", {"format": "csv"})
    assert answer.content.decode("utf-8-sig").startswith("'=CMD();Fastighet;Anm;")


def test_the_file_of_a_list_that_is_not_finished_leads_to_its_page(reader, held):
    page = posted(reader, LIST)
    confirm(reader, page)
    answer = reader.get(f"{page}export/")
    assert (answer.status_code, answer["Location"]) == (302, page)


# -- its owner, and its end ------------------------------------------------------------------------


def test_a_list_of_somebody_who_belongs_to_nothing_is_not_kept(nobody):
    answer = window(nobody).post(url("lookups"), {"pasted": LIST, "day": "2026-01-01"})
    assert answer.status_code == 403
    assert "hör inte till någon överenskommelse" in text(answer)
    assert not LookupRun.objects.exists()


def test_nobody_but_the_owner_sees_a_list(page, stina, bodil, karin, stranger):
    for other in map(window, [stina, bodil, karin, stranger]):
        assert other.get(page).status_code == 404
        assert other.get(f"{page}export/").status_code == 404
        for step in ("kolumner", "igen", "bestand", "ta-bort"):
            assert other.post(page, {"steg": step, "bolag": "x"}).status_code == 404
        assert "Inklistrade rader" not in text(other.get(url("lookups")))
    assert LookupRun.objects.exists()


@pytest.mark.parametrize(("age", "there"), [(HOURS - MOMENT, 1), (HOURS, 0), (HOURS + MOMENT, 0)])
def test_a_list_is_there_for_24_hours_and_is_then_deleted(reader, bo, page, age, there):
    now = timezone.now()
    LookupRun.objects.update(uploaded_at=now - age)
    assert visible_lookups(bo, now).count() == there
    assert service.delete_old_lookups(now) == 1 - there
    assert LookupRun.objects.count() == there


def test_a_list_of_yesterday_cannot_be_opened_before_it_is_deleted(reader, page):
    LookupRun.objects.update(uploaded_at=timezone.now() - HOURS)
    assert reader.get(page).status_code == 404
    assert reader.post(page, {"steg": "igen"}).status_code == 404
    call_command("delete_old_lookups")
    assert not LookupRun.objects.exists()


def test_the_next_upload_deletes_old_lists_of_anybody(page, stina):
    LookupRun.objects.update(uploaded_at=timezone.now() - HOURS)
    posted(window(stina), LIST)
    assert LookupRun.objects.get().user == stina


def test_the_owner_deletes_a_list_at_once(reader, page):
    assert reader.get(f"{page}?steg=ta-bort").status_code == 200
    answer = reader.post(page, {"steg": "ta-bort"}, follow=True)
    assert "Listan och svaren är borttagna." in text(answer)
    assert not LookupRun.objects.exists()
    assert reader.get(page).status_code == 404


def test_a_list_is_looked_up_again_as_things_are_now(reader, page, held, world):
    assert "Norra Provstad" in text(reader.get(page))
    held.stated_area = world.south
    held.save()
    assert "Södra Provstad" not in text(reader.get(page))
    assert reader.post(page, {"steg": "igen"}).status_code == 302
    assert "Södra Provstad" in text(reader.get(page))


# -- into the stock --------------------------------------------------------------------------------


def test_the_list_becomes_a_list_of_stock_for_the_one_who_may_change_it(bodil, company):
    keeper = window(bodil)
    page = posted(keeper, STOCK)
    confirm(keeper, page)
    assert "Spara som bolagets bestånd" in text(keeper.get(page))
    answer = keeper.post(page, {"steg": "bestand", "bolag": company.slug})
    run = ImportRun.objects.get()
    assert answer["Location"] == url("stock_run", company.slug, run.pk)
    assert len(run.sheet["rows"]) == 3
    assert "Anna" not in str(run.sheet)
    assert "Välj kolumner" in text(keeper.get(answer["Location"]))


def test_others_cannot_save_the_list_as_stock(reader, page, company, elsewhere):
    assert "Spara som bolagets bestånd" not in text(reader.get(page))
    sent = {"steg": "bestand", "bolag": company.slug}
    assert reader.post(page, sent).status_code == 403
    assert reader.post(page, {**sent, "bolag": elsewhere.company.slug}).status_code == 404
    assert not ImportRun.objects.exists()
