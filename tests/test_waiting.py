"""Follow-ups and late measures on the start page: every count is that of the list it opens."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from governance.models import FollowUp
from governance.queries.waiting import ADOPT, COMMENT, WRITE, waiting_for
from governance.services.rounds import open_year
from governance.temporal import day_after, day_before, today
from tests.days import day
from tests.following import make_followup, make_measure, make_priority
from tests.reading import read
from tests.test_start import tasks
from tests.test_work_counts import rows
from tests.worlds import appoint, grant, make_group, make_person, make_seat, make_user

pytestmark = pytest.mark.django_db
STATES = list(FollowUp.State.values)


def seated(seat, email: str):
    user = make_user(email)
    appoint(seat, make_person(seat.organization, user=user))
    return user


@pytest.fixture
def writer(world):
    return seated(world.secretary, "skriver@example.org")


@pytest.fixture
def chair(world):
    return seated(world.chair, "leder@example.org")


@pytest.fixture
def member(world):
    return seated(world.member, "sitter@example.org")


@pytest.fixture
def followups(world) -> dict[str, FollowUp]:
    """One in each state, of years of their own."""
    return {state: make_followup(world.group, 2016 + at, state) for at, state in enumerate(STATES)}


def kinds(user, world) -> dict[str, list[str]]:
    groups = type(world.group).objects.filter(agreement=world.agreement)
    found = waiting_for(user, groups, day("2024-02-01"))
    return {kind: [row.followup.state for row in rows] for kind, rows in found.items()}


@pytest.mark.parametrize(
    ("who", "write", "adopt", "comment"),
    [
        ("writer", ["draft", "returned"], ["sent"], ["with_members"]),
        ("chair", [], ["sent"], ["with_members"]),
        ("member", [], [], ["with_members"]),
        ("anna", ["draft", "returned"], ["sent"], []),
        ("keeper", [], [], []),
        ("stina", [], [], []),
    ],
)
def test_each_waits_for_those_who_may_act(request, world, followups, who, write, adopt, comment):
    user = request.getfixturevalue(who)
    assert kinds(user, world) == {WRITE: write, ADOPT: adopt, COMMENT: comment}


def test_a_deputy_of_the_group_and_a_member_of_another_have_nothing_waiting(world, followups):
    deputy = seated(make_seat(world.group, world.city, "provstad-ers", "deputy"), "e@example.org")
    other = make_group(world.agreement, "Andra gruppen")
    others = seated(make_seat(other, world.city, "provstad-annan", "chair"), "a@example.org")
    for user in (deputy, others):
        assert kinds(user, world) == {WRITE: [], ADOPT: [], COMMENT: []}


@pytest.mark.parametrize("who", ["writer", "chair", "member", "anna"])
def test_every_count_is_that_of_the_list_it_opens(client, request, world, followups, who):
    client.force_login(request.getfixturevalue(who))
    found = {text: each for text, each in tasks(client).items() if "uppföljning" in text}
    assert found
    for number, url in found.values():
        assert url.startswith("/uppfoljning/?visa=")
        assert rows(client, url) == number


def test_what_is_to_be_written_says_when_it_is_due(client, writer, world):
    followup = make_followup(world.group, 2023, due=today())
    client.force_login(writer)
    text = read(client, "/")
    assert "1 uppföljning att skriva klart, klar senast den" in text
    followup.due = day("2024-01-31")
    followup.save()
    assert "att skriva klart, skulle ha varit klar senast den 31 januari 2024" in read(client, "/")
    assert "Försenad, utkast" in read(client, "/uppfoljning/?visa=att-skriva")
    make_followup(world.group, 2022)
    assert "2 uppföljningar att skriva klart, den första skulle ha varit" in read(client, "/")


def test_nothing_waiting_says_nothing(client, chair, world):
    make_followup(world.group, 2022, "adopted")
    make_followup(world.group, 2023)
    client.force_login(chair)
    text = read(client, "/")
    assert "uppföljning" not in text.split("Hitta")[0].split("Start", 1)[1].lower()
    assert "Det här behöver du göra" not in text
    page = read(client, "/uppfoljning/?visa=att-kommentera")
    assert "Inget att göra här just nu." in page


def test_another_day_counts_no_follow_ups(client, writer, world, followups):
    client.force_login(writer)
    assert tasks(client)
    assert not [text for text in tasks(client, "/?datum=2024-03-01") if "uppföljning" in text]
    shown = read(client, "/uppfoljning/?visa=att-skriva&datum=2024-03-01")
    assert "Varje lokal styrgrupp följer upp sitt arbete en gång om året." in shown


# -- late measures --------------------------------------------------------------------------


@pytest.mark.parametrize("who", ["writer", "chair", "keeper", "anna"])
def test_late_measures_of_ones_groups_open_the_list_of_them(client, request, world, who):
    user = request.getfixturevalue(who)
    others = make_group(world.agreement, "Andra gruppen")
    for group in (world.group, others):
        own = make_priority(group, own_title="Trygga torg")
        make_measure(own, world.company, due=day_before(today()))
        make_measure(own, world.company, due=today())
        make_measure(own, world.company, due=day_before(today()), status="done")
    client.force_login(user)
    number, url = next(each for text, each in tasks(client).items() if "i dina grupper" in text)
    assert number == (2 if who == "anna" else 1) == rows(client, url)
    export = client.get(url.replace("/atgarder/", "/atgarder/export/") + "&format=csv")
    assert len(export.content.decode("utf-8-sig").strip().splitlines()) == number + 1


def test_late_measures_of_ones_organisation_open_the_list_of_them(client, stina, world):
    own = make_priority(world.group, own_title="Trygga torg")
    organization = stina.person.organization
    make_measure(own, organization, due=day_after(today()))
    client.force_login(stina)
    assert tasks(client) == {}
    make_measure(own, organization, due=day_before(today()))
    [(text, (number, url))] = tasks(client).items()
    assert text == f"försenad åtgärd som {organization.name} ansvarar för"
    assert url == f"/atgarder/?lage=forsenad&organisation={organization.slug}"
    assert number == 1 == rows(client, url)


# -- what it costs ----------------------------------------------------------------------------


def test_the_start_page_costs_the_same_with_few_and_with_many(client, world):
    user = make_user("samordnar@example.org")
    person = make_person(world.city, user=user)
    appoint(world.secretary, person)
    grant(user, "edit_structure", world.agreement)
    open_year(user=None, agreement=world.agreement, year=2023)
    client.force_login(user)
    costs = []
    for names in (["En"], [f"Grupp {number}" for number in range(20)]):
        for name in names:
            group = make_group(world.agreement, name)
            own = make_priority(group, own_title="Trygga torg")
            make_measure(own, world.city, due=day_before(today()))
        open_year(user=None, agreement=world.agreement, year=2022 if name == "En" else 2021)
        with CaptureQueriesContext(connection) as asked:
            assert client.get("/").status_code == 200
        costs.append(len(asked))
    assert costs[0] == costs[1] <= 20
