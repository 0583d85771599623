"""What every test may ask for: the real structure, a hand-made one, and the personas.

The structure in fixtures/ is read in once for the whole run, into the test database
itself. A test that is rolled back (the normal case) therefore finds it there at no
cost, and its ids never change. A test with `transaction=True` (or a live server) is
followed by a flush, after which the database is empty: such a test asks for
`structure`, which reads it in again when it is gone. pytest-django runs those tests
last, but nothing here depends on that.

A test that must begin with nothing asks for `empty_database`; one that wants rows of
its own takes `world`, which has nothing in common with the structure.

A persona is an account. `client.force_login(karin)` signs in (axes forbids `login`).
"""

import datetime
import shutil
from pathlib import Path

import pytest
from django.apps import apps
from django.contrib.contenttypes.models import ContentType
from django.core import mail
from django.core.mail import EmailMessage
from django.test import Client

from governance.models import Agreement, Holding, Organization, Seat, SteeringGroup, User
from governance.services.structure import load_structure
from tests.days import day
from tests.places import draw
from tests.stock import LIST, save
from tests.worlds import World, appoint, grant, make_person, make_user, make_world

FIXTURES = Path(__file__).resolve().parent.parent / "fixtures"
CENTRAL = "overgripande"


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup, django_db_blocker):
    with django_db_blocker.unblock():
        load_structure(folder=FIXTURES)


@pytest.fixture(autouse=True)
def warm_content_types(request):
    """Query counts must not depend on which test ran first."""
    wanted = {"db", "transactional_db", "live_server"} & set(request.fixturenames)
    if wanted or request.node.get_closest_marker("django_db"):
        request.getfixturevalue("db")  # the database is open first, as the test wants it
        for model in apps.get_models():
            ContentType.objects.get_for_model(model)


@pytest.fixture
def structure(db) -> Agreement:
    """The central agreement, with the whole real structure around it."""
    if not Agreement.objects.filter(slug=CENTRAL).exists():
        load_structure(folder=FIXTURES)
    return Agreement.objects.get(slug=CENTRAL)


@pytest.fixture
def empty_database(db) -> None:
    """No row of any noun, history included, until the test is rolled back."""
    for model in apps.get_app_config("governance").get_models(include_auto_created=True):
        model._base_manager.all()._raw_delete(model._base_manager.db)


@pytest.fixture
def folder(tmp_path) -> Path:
    """A copy of the files of the structure, to put faults in."""
    return Path(shutil.copytree(FIXTURES, tmp_path / "fixtures"))


@pytest.fixture
def world(db) -> World:
    """A small municipality made by hand, for tests that want to know every row."""
    return make_world("Provstad")


@pytest.fixture
def elsewhere(db) -> World:
    """Another municipality with its own agreement, which shares nothing with ours."""
    return make_world("Annanstad")


@pytest.fixture
def drawn(world) -> World:
    """The hand-made one on a map: its two stadsdelar are squares, the one above the other."""
    squares = {world.south: (0, 0, 1, 1), world.north: (1, 0, 2, 1)}
    draw(world.municipality, "stadsdel", squares)
    return world


# -- groups and seats of the real structure --------------------------------------------


@pytest.fixture
def central(structure) -> SteeringGroup:
    return SteeringGroup.objects.get(slug="central-styrgrupp")


@pytest.fixture
def farsta(structure) -> SteeringGroup:
    return SteeringGroup.objects.get(slug="farsta")


@pytest.fixture
def farsta_chair(farsta) -> Seat:
    return farsta.seats.get(role="chair")


@pytest.fixture
def farsta_secretary(farsta) -> Seat:
    return farsta.seats.get(role="secretary")


# -- personas -----------------------------------------------------------------------------


def employed(email: str, slug: str, given: str, family: str) -> User:
    """An account linked to a person who works at the organisation."""
    user = make_user(email)
    make_person(Organization.objects.get(slug=slug), given, family, user=user)
    return user


@pytest.fixture
def karin(structure) -> User:
    """Coordinator of the central agreement: `edit_structure`."""
    user = employed("karin@example.org", "stadsledningskontoret", "Karin", "Provström")
    grant(user, "edit_structure", structure)
    return user


@pytest.fixture
def rut(farsta) -> User:
    """Coordinator of the group in Farsta: `edit_roster`."""
    user = employed("rut@example.org", "farsta-stadsdelsforvaltning", "Rut", "Exempelsson")
    grant(user, "edit_roster", farsta)
    return user


@pytest.fixture
def sven(farsta_secretary) -> User:
    """Secretary in Farsta: all his rights follow from his mandate."""
    user = employed("sven@example.org", "farsta-stadsdelsforvaltning", "Sven", "Låtsasberg")
    appoint(farsta_secretary, user.person, day("2024-01-01"))
    return user


@pytest.fixture
def olle(farsta_chair) -> User:
    """Chair in Farsta: all his rights follow from his mandate."""
    user = employed("olle@example.org", "farsta-stadsdelsforvaltning", "Olle", "Påhittsson")
    appoint(farsta_chair, user.person, day("2024-01-01"))
    return user


@pytest.fixture
def fatima(structure) -> User:
    """Works at Stockholmshem: reads, changes nothing."""
    return employed("fatima@example.org", "stockholmshem", "Fatima", "Modellgren")


@pytest.fixture
def patrik(structure) -> User:
    """Police officer in lokalpolisområde Farsta: reads, changes nothing."""
    return employed("patrik@example.org", "lpo-farsta", "Patrik", "Fantasiberg")


@pytest.fixture
def siri(structure) -> User:
    """May see protected names in the central agreement: `view_protected`."""
    user = employed("siri@example.org", "stadsledningskontoret", "Siri", "Skenlund")
    grant(user, "view_protected", structure)
    return user


@pytest.fixture
def diana(structure) -> User:
    """Operator: the back office, and no agreement."""
    return make_user("diana@example.org", is_staff=True, is_superuser=True)


@pytest.fixture
def stranger(structure, elsewhere) -> User:
    """Belongs to another municipality's agreement, and must see nothing of this one."""
    user = make_user("frans@example.org")
    make_person(elsewhere.city, "Frans", "Främling", user=user)
    return user


@pytest.fixture
def nobody(structure) -> User:
    """An open account that belongs to nothing."""
    return make_user("nobody@example.org")


# -- in a world made by hand -----------------------------------------------------------------


@pytest.fixture
def anna(world) -> User:
    """Coordinator of a hand-made agreement: `edit_structure`."""
    user = make_user("anna@example.org")
    make_person(world.city, "Anna", "Provgren", user=user)
    grant(user, "edit_structure", world.agreement)
    return user


@pytest.fixture
def bo(world) -> User:
    """Works for the city of a hand-made agreement, without any grant."""
    user = make_user("bo@example.org")
    make_person(world.city, "Bo", "Provlund", user=user)
    return user


@pytest.fixture
def keeper(world) -> User:
    """Keeps the roster of a hand-made local group: `edit_roster`, and nothing else."""
    user = make_user("bemannar@example.org")
    make_person(world.city, "Berit", "Provhållare", user=user)
    grant(user, "edit_roster", world.group)
    return user


@pytest.fixture
def stina(world) -> User:
    """Fills the seats of a hand-made company: `appoint_own`, and nothing else."""
    user = make_user("stina@example.org")
    make_person(world.company, "Stina", "Provholm", user=user)
    grant(user, "appoint_own", world.company)
    return user


@pytest.fixture
def company(world) -> Organization:
    """The housing company of a hand-made world."""
    return world.company


@pytest.fixture
def bodil(company) -> User:
    """Keeps the stock of a hand-made company: `edit_holdings`, and nothing else."""
    user = make_user("bodil@example.org")
    make_person(company, "Bodil", "Provbygg", user=user)
    grant(user, "edit_holdings", company)
    return user


@pytest.fixture
def held(company):
    """Three properties in the stock of the hand-made company."""
    save(company, LIST, when=day("2024-01-01"))
    return Holding.objects.filter(organization=company).order_by("pk")


@pytest.fixture
def letters() -> list[EmailMessage]:
    """What has been mailed; pytest-django keeps it in memory and empties it for each test."""
    return mail.outbox


@pytest.fixture
def as_anna(client, anna) -> Client:
    client.force_login(anna)
    return client


@pytest.fixture
def as_stina(client, stina) -> Client:
    client.force_login(stina)
    return client


@pytest.fixture
def on(monkeypatch):
    """Asks about rights as if today were the day, with an account fresh from the database."""

    def asking(when: datetime.date, user: User) -> User:
        monkeypatch.setattr("governance.rights.today", lambda: when)
        return User.objects.get(pk=user.pk)

    return asking
