"""The demo: the real structure with clearly invented people, and accounts to sign in with."""

import datetime
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from django.conf import settings
from django.contrib.auth.hashers import make_password
from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from guardian.shortcuts import assign_perm
from simple_history.utils import bulk_create_with_history, bulk_update_with_history

from governance.models import (
    Act,
    Agreement,
    Confirmation,
    Leave,
    Mandate,
    Meeting,
    Organization,
    Person,
    PersonName,
    Seat,
    SteeringGroup,
    User,
)
from governance.rights import APPOINT_OWN, EDIT_CONTACTS, EDIT_HOLDINGS
from governance.services.acts import act
from governance.services.demo_following import add_following
from governance.services.demo_followups import add_followups
from governance.services.demo_people import SIGN_INS, Cast, SignIn
from governance.services.demo_routes import add_routes
from governance.services.demo_seat_requests import add_seat_requests
from governance.services.demo_stock import add_stock
from governance.services.sketches import sketch_boundaries
from governance.services.structure import Loaded, load_structure
from governance.swedish import counted, listed

PASSWORD = "styrgrupp-i-demo"  # noqa: S105 - printed for everybody to use
AGREEMENT = "overgripande"
COMMENTER = "olle.ordforande@example.org"  # who sits there
GROUP = "farsta"  # where most of those who sign in belong
NOON = datetime.time(12)
SINCE_LAST, TO_NEXT = datetime.timedelta(days=100), datetime.timedelta(days=40)


@dataclass
class Demo:
    """What a run of the demo did: the structure read in, and whether people were added."""

    loaded: Loaded = field(default_factory=Loaded)
    added: str = "Demopersonerna finns redan. Det som har skrivits in är kvar."


def fill_demo(
    *, folder: Path, day: datetime.date, watch: Callable[..., Iterable[Any]] = iter
) -> Demo:
    """Read in the structure and, the first time, add people, mandates and accounts.

    Refuses in real use, and in a database with data that no demo has put there. Once
    the demo is in place it is left alone, whatever has been changed in it.
    """
    if settings.PRODUCTION:
        raise ValidationError(
            "Demon lägger in påhittade personer och körs inte i skarp drift. "
            "Kör den på en egen dator, utan SAMVERKAN_MODE=production."
        )
    demo = Demo()
    in_place = User.objects.filter(email__in=[each.email for each in SIGN_INS]).exists()
    if not in_place:
        _refuse_other_data()
    with transaction.atomic():
        demo.loaded = load_structure(folder=folder, watch=watch)
        sketch_boundaries(folder=folder)
        if not in_place:
            demo.added = _add_people(day)
            add_stock()
    return demo


def _refuse_other_data() -> None:
    """Anything but structure read in from files is somebody's own work."""
    others: list[tuple[Any, str, str]] = [
        (User, "konto", "konton"),
        (Person, "person", "personer"),
        (Mandate, "uppdrag", "uppdrag"),
    ]
    found = [
        counted(number, one, many) for noun, one, many in others if (number := noun.objects.count())
    ]
    own: list[tuple[Any, str, str]] = [
        (Organization, "egen organisation", "egna organisationer"),
        (Agreement, "egen överenskommelse", "egna överenskommelser"),
        (SteeringGroup, "egen styrgrupp", "egna styrgrupper"),
    ]
    for noun, one, many in own:
        loaded = noun.history.filter(caused_by__verb=Act.Verb.LOAD)
        if number := noun.objects.exclude(pk__in=loaded.values("id")).count():
            found.append(counted(number, one, many))
    if number := Act.objects.exclude(verb=Act.Verb.LOAD).count():
        found.append(counted(number, "ändring", "ändringar"))
    if found:
        raise ValidationError(
            f"Databasen innehåller redan annat än strukturen: {listed(found)}. Demon lägger inte "
            "in påhittade personer bland riktiga uppgifter. Välj en annan databas, till exempel "
            "DATABASE_URL=sqlite:///var/demo.sqlite3."
        )


def _add_people(day: datetime.date) -> str:
    agreement = Agreement.objects.get(slug=AGREEMENT)
    with act(user=None, verb=Act.Verb.LOAD, agreement=agreement) as done:
        users = _accounts()
        cast = Cast()
        held = _cast_accounts(cast, users, day)
        seats = Seat.objects.filter(group__agreement=agreement).order_by("group", "pk")
        seats = seats.select_related("group", "function", "organization")
        for number, seat in enumerate(seats.exclude(pk__in=held)):
            cast.fill(seat, day, number)
        cast.stand_in(GROUP, day)
        _write(cast, day)
        _add_meetings(agreement, day)
        add_seat_requests(day)
        add_routes(day)
        add_following()
        _give_rights(users, agreement)
        _give_mailboxes(agreement, list(seats))
        add_followups(agreement, users[COMMENTER])
        done.groups.add(*agreement.groups.all())
        done.summary = (
            f"Inlagt för demon: {len(cast.people)} påhittade personer, "
            f"{len(cast.mandates)} uppdrag och {len(users)} konton."
        )
    return done.summary


def _accounts() -> dict[str, User]:
    """The accounts by e-mail address; the password is the same, so it is hashed once."""
    password = make_password(PASSWORD)
    users = [
        User(
            email=each.email,
            password=password,
            is_staff=each.operator,
            is_superuser=each.operator,
        )
        for each in SIGN_INS
    ]
    return {user.email: user for user in bulk_create_with_history(users, User)}


def _cast_accounts(cast: Cast, users: dict[str, User], day: datetime.date) -> list[int]:
    """The people who can sign in; the ids of the seats that they hold today."""
    held: list[int] = []
    employers = {row.slug: row for row in Organization.objects.all()}
    for each in SIGN_INS:
        if not each.name:
            continue
        person = cast.person(employers[each.organization], each.title, name=each.name)
        person.user = users[each.email]
        seat = _seat_of(each, day)
        if seat is not None:
            cast.appoint(seat, seat.valid_from, seat.valid_through, person=person)
            held.append(seat.pk)
    return held


def _seat_of(each: SignIn, day: datetime.date) -> Seat | None:
    if not each.role:
        return None
    seats = Seat.objects.as_of(day).select_related("group", "function", "organization")
    return seats.filter(group__slug=each.group, role=each.role).first()


def _write(cast: Cast, day: datetime.date) -> None:
    """People first: names and mandates take their ids."""
    bulk_create_with_history(cast.people, Person, batch_size=200)
    rows: list[PersonName | Mandate] = [*cast.names, *cast.mandates]
    for row in rows:
        row.person = row.person  # now with an id
    for mandate in cast.mandates:
        entered = datetime.datetime.combine(cast.entered(mandate, day), NOON)
        mandate._history_date = timezone.make_aware(entered)  # type: ignore[attr-defined]
    bulk_create_with_history(cast.names, PersonName, batch_size=200)
    bulk_create_with_history(cast.mandates, Mandate, batch_size=200)
    for leave in cast.leaves:
        leave.mandate = leave.mandate
    bulk_create_with_history(cast.leaves, Leave)
    bulk_create_with_history(cast.confirmations(day), Confirmation, batch_size=200)


def _add_meetings(agreement: Agreement, day: datetime.date) -> None:
    """Each local group at work has met once, with everybody there, and is to meet again."""
    local = SteeringGroup.objects.at_work(day - SINCE_LAST).as_of(day)
    for group in local.filter(agreement=agreement, kind=SteeringGroup.Kind.LOCAL):
        held = Meeting(group=group, day=_tuesday(day - SINCE_LAST), state=Meeting.State.HELD)
        held.save()
        held.present.set(group.seats.as_of(held.day))
        Meeting(group=group, day=_tuesday(day + TO_NEXT), starts_at=datetime.time(13)).save()


def _tuesday(day: datetime.date) -> datetime.date:
    """The Tuesday of the week of `day`."""
    return day + datetime.timedelta(days=1 - day.weekday())


def _give_rights(users: dict[str, User], agreement: Agreement) -> None:
    for each in SIGN_INS:
        if each.right:
            on: Any = SteeringGroup.objects.filter(slug=each.group).first() or agreement
            if each.right == APPOINT_OWN:
                on = Organization.objects.get(slug=each.organization)
                assign_perm(EDIT_HOLDINGS, users[each.email], on)
                assign_perm(EDIT_CONTACTS, users[each.email], on)
            assign_perm(each.right, users[each.email], on)


def _give_mailboxes(agreement: Agreement, seats: list[Seat]) -> None:
    """Invented addresses that say so themselves, where the real ones are not known."""
    agreement.mailbox = "exempel-samordnare@example.org"
    groups = list(agreement.groups.all())
    for group in groups:
        group.mailbox = f"exempel-{group.slug}@example.org"
    for seat in seats:
        seat.mailbox = f"exempel-{seat.group.slug}-{seat.function.code}-{seat.pk}@example.org"
    employers = list({seat.organization_id: seat.organization for seat in seats}.values())
    for employer in employers:
        employer.mailbox = f"exempel-{employer.slug}@example.org"
    written: list[tuple[Any, Any]] = [([agreement], Agreement), (groups, SteeringGroup)]
    for rows, noun in [*written, (seats, Seat), (employers, Organization)]:
        bulk_update_with_history(rows, noun, ["mailbox"], batch_size=200)
