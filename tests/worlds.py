"""Hand-made rows for tests: people with accounts, and a small municipality of one's own."""

import datetime
from dataclasses import dataclass

from django.db.models import Model
from django.utils.text import slugify
from guardian.shortcuts import assign_perm

from governance.models import (
    Address,
    Agreement,
    AgreementVersion,
    Answer,
    Area,
    AreaPart,
    Challenge,
    Confirmation,
    Coverage,
    Function,
    GroupDecision,
    Holding,
    ImportRun,
    Inquiry,
    Mandate,
    Meeting,
    Organization,
    Person,
    PersonName,
    Property,
    Reminder,
    Seat,
    SeatRequest,
    SteeringGroup,
    User,
    WantedFunction,
)
from governance.services.tokens import create_token
from tests.boundary_sets import bounds_within
from tests.days import day
from tests.following import followed

PASSWORD = "ett-långt-lösenord"
FIRST = day("2020-01-01")  # when everything in a hand-made world begins


@dataclass
class World:
    """A municipality with one agreement, a central and a local group, and six seats at most.

    `district` is made of `north` and `south`; the local group covers `district` and
    is active since FIRST without a registered decision.
    """

    city: Organization
    police: Organization
    company: Organization
    municipality: Area
    district: Area
    north: Area
    south: Area
    agreement: Agreement
    version: AgreementVersion
    challenge: Challenge
    central: SteeringGroup
    group: SteeringGroup
    chair: Seat
    secretary: Seat
    member: Seat


def make_world(name: str) -> World:
    """All slugs begin with the name in ASCII, so several worlds stand side by side."""
    base = slugify(name)
    city, police, company = _organizations(name, base)
    municipality, district, north, south = _areas(name, base, city)
    agreement = Agreement.objects.create(
        name=f"Överenskommelse i {name}",
        slug=base,
        level="central",
        territory=municipality,
        mailbox=f"samordnare@{base}.example.org",
    )
    agreement.parties.add(city, police)
    version = AgreementVersion.objects.create(
        agreement=agreement, number=1, title="Första", word="utmaning", valid_from=FIRST
    )
    challenge = Challenge.objects.create(
        version=version, order=1, code="U1", title="trygga torg", short_title="Trygga torg"
    )
    central = make_group(agreement, f"Centrala gruppen i {name}", kind="central")
    group = make_group(agreement, f"Lokala gruppen i {name}", parent=central)
    Coverage.objects.create(group=group, area=district, valid_from=FIRST)
    seats = [
        make_seat(group, city, f"{base}-direktor", "chair"),
        make_seat(group, city, f"{base}-samordnare", "secretary"),
        make_seat(group, company, f"{base}-chef", "member"),
    ]
    return World(
        city, police, company, municipality, district, north, south,
        agreement, version, challenge, central, group, *seats,
    )  # fmt: skip


def _organizations(name: str, base: str) -> list[Organization]:
    kinds = [("stad", "kommun"), ("polis", "lokalpolisomrade"), ("bostäder", "bostadsbolag")]
    return [
        Organization.objects.create(
            name=f"{name}s {word}", slug=f"{base}-{slugify(word)}", kind=kind, valid_from=FIRST
        )
        for word, kind in kinds
    ]


def _areas(name: str, base: str, city: Organization) -> list[Area]:
    kinds = [(name, "kommun"), (f"{name}s district", "stadsdelsomrade")]
    kinds += [(f"Norra {name}", "stadsdel"), (f"Södra {name}", "stadsdel")]
    areas = [
        Area.objects.create(
            name=label, slug=slugify(label), kind=kind, responsible=city, valid_from=FIRST
        )
        for label, kind in kinds
    ]
    municipality, district, north, south = areas
    for part, whole in [(district, municipality), (north, district), (south, district)]:
        AreaPart.objects.create(part=part, whole=whole, whole_kind=whole.kind, valid_from=FIRST)
    return areas


def make_group(
    agreement: Agreement, name: str, *, kind: str = "local", active: bool = True, **fields: object
) -> SteeringGroup:
    fields = {"slug": slugify(name), "valid_from": FIRST, "basis": "stadsdelsomrade", **fields}
    group = SteeringGroup.objects.create(agreement=agreement, name=name, kind=kind, **fields)
    if active:
        GroupDecision.objects.create(group=group, act="create", first_day=group.valid_from)
    return group


def make_seat(
    group: SteeringGroup,
    organization: Organization,
    code: str,
    role: str = "member",
    number: int = 1,
) -> Seat:
    function, _ = Function.objects.get_or_create(code=code, defaults={"title": code})
    return Seat.objects.create(
        group=group,
        organization=organization,
        function=function,
        number=number,
        role=role,
        valid_from=group.valid_from,
    )


def make_user(email: str, **fields: object) -> User:
    return User.objects.create_user(email, PASSWORD, **fields)


def make_person(
    organization: Organization,
    given_name: str = "Prov",
    family_name: str = "Provström",
    *,
    user: User | None = None,
    protected: bool = False,
    title: str = "handläggare",
) -> Person:
    person = Person.objects.create(
        organization=organization, user=user, protected=protected, title=title
    )
    PersonName.objects.create(person=person, given_name=given_name, family_name=family_name)
    return person


def appoint(
    seat: Seat,
    person: Person,
    first: datetime.date = FIRST,
    last: datetime.date | None = None,
    *,
    kind: str = "ordinary",
) -> Mandate:
    return Mandate.objects.create(
        seat=seat, person=person, kind=kind, valid_from=first, valid_through=last
    )


def made_about(mandate: Mandate) -> dict[str, Model]:
    """A row of every noun that comes of keeping a roster, about the mandate's seat, by noun."""
    seat, when = mandate.seat, day("2021-06-01")
    author = make_user(f"skribent-{mandate.pk}@example.org")
    agreement = seat.group.agreement
    inquiry = Inquiry.objects.create(
        agreement=agreement, organization=seat.organization, valid_from=when
    )
    return {
        "inquiry": inquiry,
        "answer": Answer.objects.create(inquiry=inquiry, seat=seat, kind="right"),
        "confirmation": Confirmation.objects.create(mandate=mandate, day=when, channel="link"),
        "reminder": Reminder.objects.create(agreement=agreement, day=when, subject="Att göra"),
        "meeting": Meeting.objects.create(group=seat.group, day=when),
        "importrun": ImportRun.objects.create(group=seat.group),
        "seatrequest": SeatRequest.objects.create(
            group=seat.group,
            organization=seat.organization,
            function=seat.function,
            day=when,
            why="Vi har mycket där.",
        ),
        "wantedfunction": WantedFunction.objects.create(
            group=seat.group,
            function=seat.function,
            organization_kind=seat.organization.kind,
            valid_from=seat.valid_from,
        ),
        **bounds_within(agreement),
        **followed(seat.group, seat.organization, author),
        "apitoken": create_token(user=author, organization=seat.organization, name="Prov")[0],
    }


def stocked(organization: Organization) -> dict[str, Model]:
    """A property in the stock of the organisation, and a list that it has uploaded, by noun."""
    there = Property.objects.create(tract=f"Prov{organization.pk}", unit="1", flats=12)
    address = Address.objects.create(property=there, street="Provvägen", number=organization.pk)
    holding = Holding.objects.create(
        property=there, organization=organization, own_number="P-1", valid_from=FIRST
    )
    run = ImportRun.objects.create(organization=organization)
    return {"property": there, "address": address, "holding": holding, "stockrun": run}


def grant(user: User, permission: str, obj: Agreement | SteeringGroup | Organization) -> None:
    """Give an explicit right, as the page of grants does."""
    assign_perm(permission, user, obj)


def local_under(agreement: Agreement) -> Agreement:
    """A local agreement under another one, without parties of its own."""
    return Agreement.objects.create(
        name="Lokal överenskommelse", slug="lokal-provstad", level="local", parent=agreement
    )
