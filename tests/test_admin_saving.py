"""Saving in the back office: one act each, verbs by their services, names kept."""

import pytest
from django.contrib.auth.models import Permission

from governance.models import (
    Act,
    Agreement,
    AgreementUserGrant,
    GroupDecision,
    Mandate,
    Person,
    Seat,
    SteeringGroup,
    User,
)
from governance.permissions import visible_acts
from governance.services import groups
from governance.services.acts import Stale, last_seen
from tests.back_office import act_on, said, typed, url
from tests.days import day
from tests.verbs import caused, state
from tests.worlds import appoint, grant, make_person, make_user

pytestmark = pytest.mark.django_db


@pytest.fixture
def operator(client, diana):
    client.force_login(diana)
    return diana


# -- saving ------------------------------------------------------------------------------


def test_a_save_is_one_act_that_is_seen_and_makes_previews_stale(client, operator, karin, farsta):
    seen = last_seen([farsta])
    address = url("steeringgroup", farsta.pk, "change")
    answer = client.post(address, typed(client, address, mailbox="farsta@example.org"))
    assert answer.status_code == 302
    act = Act.objects.first()
    assert (act.verb, act.user, act.agreement) == ("admin", operator, farsta.agreement)
    assert act.summary == f"Styrgrupp {farsta}, ändrat: funktionsbrevlåda."
    assert list(act.groups.all()) == [farsta]
    assert caused(act) == [("steeringgroup", "~")]
    assert act in visible_acts(karin)
    with pytest.raises(Stale):
        groups.rest(user=karin, group=farsta, first_day=day("2025-01-01"), seen=seen)


def test_what_a_verb_changes_cannot_be_typed_in(client, operator, farsta):
    cases = [
        (farsta, {"valid_from": "2001-01-01", "valid_through": "2001-01-02", "slug": "x"}),
        (farsta.coverages.get(), {"valid_from": "2001-01-01", "area": 1}),
        (farsta.decisions.get(), {"act": "rest", "first_day": "2001-01-01"}),
    ]
    for row, changes in cases:
        address = url(row._meta.model_name, row.pk, "change")
        before = {name: getattr(row, name) for name in changes}
        assert client.post(address, typed(client, address, **changes)).status_code == 302
        row.refresh_from_db()
        assert {name: getattr(row, name) for name in changes} == before


def test_a_seat_and_a_mandate_are_added_with_their_act(client, operator, world):
    fields = {
        "group": world.group.pk,
        "organization": world.company.pk,
        "function": world.chair.function.pk,
        "role": "member",
        "number": 1,
    }
    answer = client.post(url("seat", "add"), {**fields, "valid_from": "2021-01-01"})
    assert answer.status_code == 302
    seat = Seat.objects.get(function=world.chair.function, organization=world.company)
    person = make_person(world.company)
    mandate = {"seat": seat.pk, "person": person.pk, "kind": "ordinary", "basis": "position"}
    client.post(url("mandate", "add"), {**mandate, "valid_from": "2021-02-01"})
    act = Act.objects.first()
    assert caused(act) == [("mandate", "+")]
    assert list(act.groups.all()) == [world.group]
    assert person.name.full not in act.summary


@pytest.mark.parametrize(
    ("first", "last", "field"),
    [
        ("2019-12-31", "", "valid_from"),
        ("2021-01-01", "2025-01-01", "valid_through"),
        ("2021-01-01", "", "valid_through"),
        ("2025-01-01", "2025-02-01", "valid_from"),
        ("2021-01-01", "2020-06-01", "__all__"),
    ],
)
def test_a_mandate_outside_its_seat_is_refused(client, operator, world, first, last, field):
    Seat.objects.filter(pk=world.member.pk).update(valid_through=day("2024-12-31"))
    person = make_person(world.company)
    sent = {"seat": world.member.pk, "person": person.pk, "kind": "ordinary", "basis": "position"}
    answer = client.post(
        url("mandate", "add"), {**sent, "valid_from": first, "valid_through": last}
    )
    assert field in answer.context["adminform"].form.errors
    assert not Mandate.objects.filter(person=person).exists()


def test_the_overlap_of_mandates_is_said_in_words(client, operator, world):
    appoint(world.member, make_person(world.company))
    sent = {"seat": world.member.pk, "person": make_person(world.company).pk, "kind": "ordinary"}
    sent |= {"basis": "position", "valid_from": "2022-01-01"}
    answer = client.post(url("mandate", "add"), sent)
    assert "Platsen har redan en ledamot" in answer.content.decode()


def test_history_names_the_act_and_offers_no_old_row(client, operator, farsta):
    address = url("steeringgroup", farsta.pk, "change")
    client.post(address, typed(client, address, mailbox="farsta@example.org"))
    page = client.get(url("steeringgroup", farsta.pk, "history")).content.decode()
    assert "rättade i förvaltningen" in page
    assert "farsta@example.org" in page
    old = farsta.history.last().pk
    gone = client.get(url("steeringgroup", farsta.pk, "history", old), follow=True)
    assert gone.redirect_chain[-1][0] == "/admin/"


# -- actions -----------------------------------------------------------------------------


def test_actions_carry_out_the_verbs_on_the_day(client, operator, farsta):
    steps = [
        ("rest", "2025-02-01", "resting"),
        ("resume", "2025-03-01", "active_unregistered"),
        ("dissolve", "2025-03-31", "ended"),
    ]
    for action, on, expected in steps:
        answer = act_on(client, "steeringgroup", action, [farsta], day=on)
        assert farsta.name in said(answer)[0]
        act = Act.objects.first()
        assert (act.verb, act.user) == (action, operator)
        assert state(farsta, day("2025-04-01")) == expected
    assert GroupDecision.objects.filter(group=farsta).count() == 4


def test_a_proposed_group_is_made_active_by_an_action(client, operator, world):
    done = groups.propose(
        user=None, agreement=world.agreement, name="Ny grupp", kind="local", basis="place",
        areas=[], valid_from=day("2025-01-01"),
    )  # fmt: skip
    group = done.groups.get()
    act_on(client, "steeringgroup", "activate", [group], day="2025-02-01")
    assert state(group, day("2025-02-01")) == "active_unregistered"


def test_an_action_refuses_in_words_and_does_the_others(client, operator, world, farsta):
    groups.rest(user=None, group=farsta, first_day=day("2024-01-01"))
    answer = act_on(client, "steeringgroup", "rest", [farsta, world.group], day="2025-01-01")
    [refused] = [message for message in said(answer) if message.startswith(farsta.name + ":")]
    assert "är gruppen vilande" in refused
    assert state(world.group, day("2025-01-01")) == "resting"


@pytest.mark.parametrize("typed_day", ["2025-02-30", "", "0001-01-01"])
def test_an_action_on_an_impossible_day_does_nothing(client, operator, farsta, typed_day):
    before = Act.objects.count()
    answer = act_on(client, "steeringgroup", "dissolve", [farsta], day=typed_day)
    assert len(said(answer)) == 1
    assert Act.objects.count() == before


# -- persons, accounts, rights -----------------------------------------------------------


def test_a_person_is_added_with_a_name_that_stands_in_no_log(client, operator, world):
    sent = {"organization": world.company.pk, "title": "chef"}
    inline = {
        "TOTAL_FORMS": 1,
        "INITIAL_FORMS": 0,
        "given_name": "Påhitta",
        "family_name": "Nyqvist",
    }
    forms = {
        f"name-{key}" if key.isupper() else f"name-0-{key}": value for key, value in inline.items()
    }
    assert client.post(url("person", "add"), {**sent, **forms}).status_code == 302
    person = Person.objects.get(name__family_name="Nyqvist")
    act = Act.objects.first()
    assert caused(act) == [("person", "+"), ("personname", "+")]
    assert "Nyqvist" not in act.summary
    assert "Nyqvist" not in client.get("/admin/").content.decode()
    assert "Nyqvist" in client.get(url("person", person.pk, "change")).content.decode()
    found = client.get(url("person"), {"q": "nyqvist"}).context["cl"].queryset
    assert list(found) == [person]


def test_a_protected_name_is_hidden_from_an_operator_without_the_right(
    client, operator, world, caplog
):
    person = make_person(world.company, "Hemlig", "Gömdsson", protected=True)
    appoint(world.member, person)
    pages = [
        url("person"),
        url("person") + "?q=gömdsson",
        url("person", person.pk, "change"),
        url("person", person.pk, "history"),
        url("mandate"),
        url("mandate", "add"),
    ]
    for address in pages:
        assert "Gömdsson" not in client.get(address).content.decode().replace(
            'value="gömdsson"', ""
        )
    assert not client.get(pages[1]).context["cl"].queryset.exists()
    assert "Namnet visas inte." in client.get(pages[2]).content.decode()
    client.post(pages[2], {"organization": world.company.pk, "title": "ny titel"})
    person.refresh_from_db()
    assert (person.title, person.protected) == ("ny titel", True)


def test_a_protected_name_is_shown_to_those_with_the_right_and_that_is_logged(
    client, operator, world, caplog
):
    caplog.set_level("INFO")
    person = make_person(world.company, "Hemlig", "Gömdsson", protected=True)
    grant(operator, "view_protected", world.agreement)
    assert "Gömdsson" in client.get(url("person", person.pk, "change")).content.decode()
    assert f"person {person.pk}" in caplog.text
    assert "Gömdsson" not in caplog.text


def test_an_account_is_added_and_given_a_new_password_with_an_act_each(client, operator):
    words = "ett-nytt-och-långt-ord"
    fields = {"email": "ny@example.org", "usable_password": "true"}
    client.post(url("user", "add"), {**fields, "password1": words, "password2": words})
    account = User.objects.get(email="ny@example.org")
    assert caused(Act.objects.first()) == [("user", "+")]
    password = url("user", account.pk, "password")
    before = Act.objects.count()
    client.post(password, {"usable_password": "true", "password1": "kort", "password2": "kort"})
    assert Act.objects.count() == before
    again = {"usable_password": "true", "password1": words + "2", "password2": words + "2"}
    assert client.post(password, again).status_code == 302
    account.refresh_from_db()
    assert account.check_password(words + "2")
    assert caused(Act.objects.first()) == [("user", "~")]
    assert "ny@example.org" not in Act.objects.first().summary


def test_a_right_is_given_and_taken_back_with_an_act_each(client, operator, karin, structure):
    account = make_user("ny@example.org")
    on = Agreement.objects.get(pk=structure.pk)
    permission = Permission.objects.get(codename="edit_structure", content_type__model="agreement")
    sent = {"user": account.pk, "permission": permission.pk, "content_object": on.pk}
    assert client.post(url("agreementusergrant", "add"), sent).status_code == 302
    row = AgreementUserGrant.objects.get(user=account)
    assert (Act.objects.first().verb, Act.objects.first().agreement) == ("grant", on)
    assert client.post(url("agreementusergrant", row.pk, "change"), {}).status_code == 403
    answer = act_on(client, "agreementusergrant", "take_back", [row])
    assert "har inte längre rätten" in said(answer)[0]
    assert Act.objects.first().verb == "revoke"
    last = AgreementUserGrant.objects.get(user=karin)
    assert (
        "det sista som kan ändra"
        in said(act_on(client, "agreementusergrant", "take_back", [last]))[0]
    )
    assert SteeringGroup.objects.filter(agreement=on).count() == 18


def test_only_rights_that_exist_on_the_noun_are_offered(client, operator):
    page = client.get(url("agreementusergrant", "add")).content.decode()
    assert "ändra strukturen" in page
    assert "Can add" not in page
