"""The pages of reports: of one group, and of all groups of a year."""

import html
import itertools
import re

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from governance.documents.reports import document_of
from governance.models import FollowUp, SteeringGroup
from governance.queries.snapshots import named
from governance.views import reports
from tests.following import make_followup
from tests.reports import adopted, figured, freeze, many_groups, told
from tests.settling import account, said
from tests.worlds import appoint, make_person, make_seat, make_user

pytestmark = pytest.mark.django_db
# A draft is taken from the data as they are now, as on its own page (nine queries and the roster).
DRAFT_BUDGET = 26


def signed_in(user) -> Client:
    client = Client()
    client.force_login(user)
    return client


def report_of(followup: FollowUp) -> str:
    return reverse("governance:group_report", args=[followup.year, followup.group.slug])


def of_year(year: int = 2021) -> str:
    return reverse("governance:year_report", args=[year])


def queries(client, url: str) -> int:
    with CaptureQueriesContext(connection) as asked:
        assert client.get(url).status_code == 200
    return len(asked)


@pytest.fixture
def seated(world):
    appoint(world.chair, make_person(world.city, "Mona", "Provson"))


@pytest.fixture
def done(world, seated) -> FollowUp:
    return adopted(world.group)


def texts(response) -> list[str]:
    """What the page's headings, paragraphs, facts and cells say, in order."""
    found = response.content.decode().split('class="stack report"')[1].split("</main>")[0]
    parts = re.findall(r"<(h[2-4]|p|dt|dd|caption|th|td)\b[^>]*>(.*?)</\1>", found, re.S)
    return [" ".join(html.unescape(re.sub("<[^>]+>", " ", text)).split()) for _tag, text in parts]


def test_the_page_says_all_that_the_document_holds(done, anna, as_anna):
    response = as_anna.get(report_of(done))
    document = document_of(named(anna, [told(done)])[0])
    page = said(response)
    assert document.title in page
    assert document.subtitle in page
    for block in document.blocks:
        for each in [getattr(block, "text", ""), getattr(block, "caption", "")]:
            assert each in page
        for row in getattr(block, "rows", []):
            assert all(cell.replace("\n", " ") in page for cell in row)


def test_the_contents_lead_to_every_part(done, as_anna):
    body = as_anna.get(report_of(done)).content.decode()
    anchors = re.findall(r'<li><a href="#([^"]+)">', body)
    assert len(anchors) == 11
    assert all(f'id="{each}"' in body for each in anchors)


def test_headings_come_in_order(done, as_anna):
    for url in (report_of(done), of_year()):
        body = as_anna.get(url).content.decode()
        levels = [int(each) for each in re.findall(r"<h([1-6])\b", body)]
        assert levels.count(1) == 1
        assert all(new - old <= 1 for old, new in itertools.pairwise(levels))


def test_it_is_reached_from_the_follow_up_the_year_and_the_years(done, as_anna):
    followup = as_anna.get(reverse("governance:followup", args=[2021, done.group.slug]))
    assert f'href="{report_of(done)}?version=1"' in followup.content.decode()
    year = as_anna.get(reverse("governance:year", args=[2021])).content.decode()
    assert f'href="{of_year()}"' in year
    rounds = as_anna.get(reverse("governance:rounds")).content.decode()
    assert f'href="{of_year()}"' in rounds
    own = as_anna.get(f"{reverse('governance:rounds')}?grupp={done.group.slug}").content.decode()
    assert f'href="{report_of(done)}"' in own


def test_names_of_groups_and_texts_are_escaped(world, done, as_anna):
    row = FollowUp.objects.get(pk=done.pk)
    row.snapshot["group"]["name"] = "<b>Grupp</b> & co"
    row.snapshot["sections"][0]["text"] = "<script>alert(1)</script>"
    row.save()
    for url in (report_of(done), of_year()):
        body = as_anna.get(url).content.decode()
        assert "<b>Grupp</b>" not in body
        assert "&lt;b&gt;Grupp&lt;/b&gt; &amp; co" in body
        assert "<script>alert" not in body


def test_the_page_is_the_same_whatever_is_changed_afterwards(world, done, as_anna):
    before, year = texts(as_anna.get(report_of(done))), texts(as_anna.get(of_year()))
    SteeringGroup.objects.filter(pk=world.group.pk).update(name="Nya namnet")
    world.challenge.title = "otrygga torg"
    world.challenge.save()
    world.chair.mandates.update(title_then="chef")
    assert texts(as_anna.get(report_of(done))) == before
    assert texts(as_anna.get(of_year())) == year
    person = world.chair.mandates.get().person
    person.protected = True
    person.save()
    after = texts(as_anna.get(report_of(done)))
    assert after == [each.replace("Mona Provson", "Namnet visas inte") for each in before]
    assert "Mona" not in said(as_anna.get(of_year()))


# -- who reads what -----------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("state", "secretary", "member", "reader"),
    [
        ("draft", 200, 404, 404),
        ("with_members", 200, 200, 404),
        ("sent", 200, 404, 404),
        ("returned", 200, 404, 404),
        ("adopted", 200, 200, 200),
    ],
)
def test_a_report_is_read_by_those_who_may_read_the_follow_up(
    world, bo, state, secretary, member, reader
):
    followup = freeze(make_followup(world.group), state, return_note="Mer.")
    answers = {
        "secretary": account(world, world.secretary, "Sven"),
        "member": account(world, world.member, "Mona"),
        "reader": signed_in(bo),
    }
    url = report_of(followup)
    expected = {"secretary": secretary, "member": member, "reader": reader}
    assert {who: client.get(url).status_code for who, client in answers.items()} == expected
    in_year = followup.group.name in texts(answers["reader"].get(of_year()))
    assert in_year == (state == "adopted")


def test_a_stranger_gets_a_404(done, elsewhere):
    user = make_user("frans@example.org")
    make_person(elsewhere.city, "Frans", "Främling", user=user)
    frans = signed_in(user)
    assert frans.get(report_of(done)).status_code == 404
    assert "Lokala gruppen i Provstad" not in said(frans.get(of_year()))
    assert frans.get(f"{of_year()}?overenskommelse=provstad").status_code == 404


def test_a_draft_is_marked_as_one(world, as_anna):
    page = said(as_anna.get(report_of(freeze(make_followup(world.group), "draft"))))
    assert "Utkast, inte fastställd" in page
    assert "Det här är ett utkast." in page


def test_both_versions_are_read_by_their_numbers_and_the_year_has_the_adopted_one(
    world, done, as_anna, bo
):
    second = freeze(make_followup(world.group, number=2, reason="Fel antal."), "draft")
    assert "Utkast" in said(as_anna.get(report_of(done)))
    assert "Utkast, inte" not in said(as_anna.get(f"{report_of(done)}?version=1"))
    assert "Rättad" not in said(signed_in(bo).get(report_of(done)))
    for unknown in ("7", "x", "99999", "-1"):
        assert as_anna.get(f"{report_of(done)}?version={unknown}").status_code == 404
    assert signed_in(bo).get(f"{report_of(done)}?version=2").status_code == 404
    FollowUp.objects.filter(pk=second.pk).update(
        state="adopted", adopted_on="2022-03-09", capacity="chair"
    )
    assert "Rättad (version 2)" in said(as_anna.get(of_year()))
    replaced = "En rättad version är fastställd. Version 2 gäller."
    assert replaced in said(as_anna.get(f"{report_of(done)}?version=1"))
    assert replaced not in said(as_anna.get(report_of(done)))


# -- the year ---------------------------------------------------------------------------------


def test_a_year_without_any_says_what_to_do(world, as_anna):
    page = said(as_anna.get(of_year()))
    assert "Ingen uppföljning för 2021 är fastställd än." in page
    assert "Se vad som saknas 2021" in page
    assert as_anna.get("/uppfoljning/99999/rapport/").status_code == 404


def test_who_belongs_to_nothing_is_told_so_and_not_that_nothing_is_adopted(done, nobody):
    page = said(signed_in(nobody).get(of_year()))
    assert "Ditt konto hör inte till någon överenskommelse." in page
    assert "är fastställd än" not in page


def test_a_day_in_a_table_is_marked_as_one(world, as_anna):
    figured(world)
    page = as_anna.get(report_of(adopted(world.group))).content.decode()
    last = '<td data-label="Klar senast">'
    assert f'{last}<time datetime="2021-12-31">2021-12-31</time></td>' in page
    assert page.count(last) == page.count(f"{last}<time ")


def test_one_agreement_at_a_time(structure, world, done, farsta, karin):
    adopted(farsta)
    client = signed_in(karin)
    body = said(client.get(f"{of_year()}?overenskommelse=overgripande"))
    assert "Farsta" in body
    assert "Provstad" not in body
    assert client.get(f"{of_year()}?overenskommelse=provstad").status_code == 404


def test_of_many_groups_the_page_is_the_overview_and_links_to_each(
    world, done, as_anna, monkeypatch
):
    many_groups(world, 3)
    monkeypatch.setattr(reports, "MOST_ON_PAGE", 4)
    assert "Mona Provson" in said(as_anna.get(of_year()))
    monkeypatch.setattr(reports, "MOST_ON_PAGE", 3)
    response = as_anna.get(of_year())
    assert "Mona Provson" not in said(response)
    assert "Här är 4 grupper, för många för en sida." in said(response)
    assert f'href="{report_of(done)}"' in response.content.decode()


def test_the_report_of_a_year_keeps_the_budget_with_five_and_with_forty_groups(world, as_anna):
    numbers = []
    for number in (5, 35):
        many_groups(world, number)
        numbers.append(queries(as_anna, of_year()))
    assert numbers[0] == numbers[1] <= 12


def test_the_report_of_one_group_keeps_the_budget(world, done, as_anna):
    few = queries(as_anna, report_of(done))
    draft = make_followup(world.group, 2022)
    as_draft = queries(as_anna, report_of(draft))
    for number in range(2, 20):
        seat = make_seat(world.group, world.city, "fler", number=number)
        appoint(seat, make_person(world.city))
    assert queries(as_anna, report_of(adopted(world.group, 2023))) == few <= 12
    assert queries(as_anna, report_of(draft)) == as_draft <= DRAFT_BUDGET
