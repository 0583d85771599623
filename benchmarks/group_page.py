"""The page of a group with 500 seats, beside its table alone over the same rows in memory."""

from django.template.loader import render_to_string
from django.test import Client, RequestFactory
from django.urls import reverse

from benchmarks.measuring import Result, in_turn, seconds
from governance.models import Mandate, Person, PersonName, Seat, SteeringGroup, User
from governance.permissions import visible_groups
from governance.queries.rosters import roster
from governance.temporal import today
from tests.worlds import FIRST, World, grant, make_person, make_user, make_world

SEATS = 500
ROUNDS = 15
LIMIT = 2.0


def measure() -> list[Result]:
    world = make_world("Sidstad")
    fill(world)
    editor, reader = account(world, "edit_structure"), account(world, "view_agreement")
    return [
        ratio(world.group, editor, "för samordnaren", may_edit=True),
        ratio(world.group, reader, "för den som läser", may_edit=False),
    ]


def account(world: World, permission: str) -> User:
    user = make_user(f"{permission}@example.org")
    make_person(world.city, user=user)
    grant(user, permission, world.agreement)
    return user


def fill(world: World) -> None:
    """Four seats of five are held, each by a person of its own."""
    numbers = range(2, SEATS + 2 - world.group.seats.count())
    of = [(world.company, world.member), (world.police, world.chair), (world.city, world.secretary)]
    seats = Seat.objects.bulk_create(
        Seat(
            group=world.group,
            organization=of[number % 3][0],
            function=of[number % 3][1].function,
            number=number,
            valid_from=FIRST,
            source_mark="example",
            source="Mätning",
        )
        for number in numbers
    )
    held = [seat for seat in seats if seat.number % 5]
    people = Person.objects.bulk_create(
        Person(organization=seat.organization, title="handläggare") for seat in held
    )
    PersonName.objects.bulk_create(
        PersonName(person=person, given_name="Prov", family_name=f"Provström {person.pk}")
        for person in people
    )
    Mandate.objects.bulk_create(
        Mandate(seat=seat, person=person, valid_from=FIRST, source_mark="example")
        for seat, person in zip(held, people, strict=True)
    )


def ratio(group: SteeringGroup, user: User, words: str, *, may_edit: bool) -> Result:
    client = Client(SERVER_NAME="localhost")
    client.force_login(user)
    url = reverse("governance:group", args=[group.slug])
    request = RequestFactory(SERVER_NAME="localhost").get(url)
    request.user = user
    day = today()
    shown = visible_groups(user).with_state(day).get(pk=group.pk)
    seats = roster(user, shown, day)
    context = {
        "group": shown,
        "state": shown.state(day),
        "roster": seats,
        "fills": {row.seat.pk for row in seats.rows} if may_edit else set(),
        "day": day,
        "today": day,
        "is_today": True,
        "may_describe": may_edit,
    }

    def page() -> float:
        def ask() -> None:
            assert client.get(url).status_code == 200

        return seconds(ask)

    def table() -> float:
        return seconds(lambda: render_to_string("groups/roster.html", context, request))

    whole, alone = in_turn(ROUNDS, page, table)
    assert client.get(url).content.count(b"<tr") >= SEATS
    return Result(
        what=f"Gruppens sida med {SEATS} platser {words}, mot tabellen ensam",
        cost=whole / alone,
        limit=LIMIT,
        unit="gånger",
        details=f"sidan {whole * 1000:.0f} ms, tabellen {alone * 1000:.0f} ms",
    )
