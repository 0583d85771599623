"""The verbs on groups as pages: form, preview, confirmation, and everything that can go wrong."""

import pytest

from governance.models import Act, Coverage
from governance.services import groups
from governance.services.acts import last_seen
from tests.days import day
from tests.verb_pages import NOW, each_verb, hidden, pages, text, url
from tests.verbs import counts, covered
from tests.worlds import grant, make_group, make_person, make_user

pytestmark = pytest.mark.django_db


@pytest.fixture
def user(world):
    """The coordinator of the hand-made world."""
    user = make_user("samordnare@example.org")
    make_person(world.city, user=user)
    grant(user, "edit_structure", world.agreement)
    return user


@pytest.fixture
def other(world):
    group = make_group(world.agreement, "Andra gruppen")
    Coverage.objects.create(group=group, area=world.south, valid_from=group.valid_from)
    return group


@each_verb
def test_a_verb_is_previewed_changes_nothing_and_is_then_confirmed(
    client, world, other, user, verb
):
    address, typed = pages(world, other)[verb]
    client.force_login(user)
    opened = client.get(address)
    assert opened.status_code == 200
    assert "Gå igenom innan du sparar" in text(opened)
    before = counts()
    preview = client.post(address, {**typed, "seen": opened.context["seen"] or ""})
    assert preview.status_code == 200
    assert preview.context["sentences"]
    assert counts() == before
    done = client.post(address, {**hidden(preview), "steg": "spara"}, follow=True)
    act = Act.objects.first()
    assert (act.verb, act.user) == ({"change_coverage": "cover"}.get(verb, verb), user)
    assert act.agreement == world.agreement
    assert act.summary.splitlines() == preview.context["sentences"][: act.summary.count("\n") + 1]
    [(place, status)] = done.redirect_chain
    assert status == 302
    assert act.groups.filter(slug=place.rstrip("/").rsplit("/", 1)[-1]).exists()


@each_verb
def test_a_second_click_changes_nothing_more(client, world, other, user, verb):
    address, typed = pages(world, other)[verb]
    client.force_login(user)
    sent = {**hidden(client.post(address, typed)), "steg": "spara"}
    assert client.post(address, sent).status_code == 302
    before = counts()
    again = client.post(address, sent)
    assert counts() == before
    assert again.status_code == (200 if verb == "propose" else 409)
    page = text(again)
    assert "redan en grupp som heter" in page or "Gruppen har ändrats sedan du öppnade" in page


@each_verb
def test_what_was_typed_stays_when_the_reader_goes_back_to_change_it(
    client, world, other, user, verb
):
    address, typed = pages(world, other)[verb]
    client.force_login(user)
    preview = client.post(address, typed)
    back = client.post(address, {**hidden(preview), "steg": "andra"})
    form = back.context["form"]
    for name, value in typed.items():
        shown = form[name].value()
        wanted = [str(each) for each in value] if isinstance(value, list) else str(value)
        assert shown == wanted


@each_verb
def test_readers_are_refused_with_a_sentence_and_strangers_find_nothing(
    client, world, other, elsewhere, user, verb
):
    address, typed = pages(world, other)[verb]
    reader = make_user("reader@example.org")
    make_person(world.company, user=reader)
    foreign = make_user("foreign@example.org")
    make_person(elsewhere.city, user=foreign)
    lone = make_user("lone@example.org")
    acts = Act.objects.count()
    client.force_login(reader)
    for answer in (
        client.get(address),
        client.post(address, {**typed, "steg": "spara", "seen": 0}),
    ):
        assert answer.status_code == 403
        assert "Du har inte rätt att" in text(answer)
    client.force_login(foreign)
    wanted = 403 if verb in {"propose", "merge"} else 404
    for answer in (
        client.get(address),
        client.post(address, {**typed, "steg": "spara", "seen": 0}),
    ):
        assert answer.status_code == wanted
        assert "Provstad" not in text(answer)
    client.force_login(lone)
    assert client.get(address).status_code == 404
    assert Act.objects.count() == acts


def test_a_coordinator_of_the_group_describes_it_and_nothing_else(client, world, other):
    rut = make_user("rut2@example.org")
    make_person(world.city, user=rut)
    grant(rut, "edit_roster", world.group)
    client.force_login(rut)
    found = {
        verb: client.get(address).status_code for verb, (address, _) in pages(world, other).items()
    }
    assert found.pop("describe") == 200
    assert set(found.values()) == {403}


@pytest.mark.parametrize("step", ["spara", ""])
def test_a_stale_page_shows_the_new_state_and_keeps_what_was_typed(client, world, user, step):
    address = url("change_coverage", world.group.slug)
    client.force_login(user)
    seen = client.get(address).context["seen"]
    groups.rest(user=None, group=world.group, first_day=day("2024-01-01"))
    before = counts()
    typed = {"first_day": NOW, "areas": [world.north.pk], "decided_by": "Nämnden", "seen": seen}
    answer = client.post(address, {**typed, "steg": step})
    assert answer.status_code == 409
    assert counts() == before
    assert "Gruppen har ändrats sedan du öppnade sidan. Inget har sparats nu." in text(answer)
    assert "Vilande" in text(answer)
    sent = hidden(answer)
    assert sent["decided_by"] == ["Nämnden"]
    assert sent["seen"] == [last_seen([world.group])]
    assert client.post(address, {**sent, "steg": "spara"}).status_code == 302
    assert covered(world.group, day(NOW)) == {"Norra Provstad"}


@pytest.mark.parametrize("seen", ["", "x", "-1", "9" * 40])
def test_nothing_is_saved_without_a_preview_that_was_seen(client, world, user, seen):
    client.force_login(user)
    before = counts()
    answer = client.post(
        url("rest", world.group.slug), {"first_day": NOW, "steg": "spara", "seen": seen}
    )
    assert counts() == before
    assert answer.context["sentences"]
