"""Who may open what of a follow-up: every state, role and verb, in the own and another group."""

import pytest
from django.test import Client
from django.urls import reverse

from governance.models import FollowUp, FollowUpSection
from governance.permissions import get_visible, visible_followups
from governance.queries.followup_verbs import verbs_for
from tests.following import make_followup
from tests.worlds import appoint, grant, make_group, make_person, make_seat, make_user

pytestmark = pytest.mark.django_db

STATES = ["draft", "with_members", "sent", "returned", "adopted"]
PAGES = {
    "show": "show_followup",
    "send": "send_followup",
    "hand_back": "return_followup",
    "adopt": "adopt_followup",
    "revise": "revise_followup",
    "comment": "followup_comments",
    "write": "followup_section",
}
# 200 the page, 302 back from what cannot be written now, 409 not in that state, 403 without
# the right, 404 not seen at all.
# Columns: utkast, hos styrgruppen, skickad, återlämnad, fastställd.
TABLE = """
show       secretary coordinator                200 409 409 200 409
show       chair vice_chair                     403 403 403 403 403
show       member                               404 403 404 404 403
show       deputy keeper reader others          404 404 404 404 403
show       stranger nobody                      404 404 404 404 404
send       secretary coordinator                200 200 409 200 409
send       chair vice_chair                     403 403 403 403 403
send       member                               404 403 404 404 403
send       deputy keeper reader others          404 404 404 404 403
send       stranger nobody                      404 404 404 404 404
hand_back  secretary coordinator                409 409 200 409 409
hand_back  chair vice_chair                     409 409 200 409 409
hand_back  member                               404 403 404 404 403
hand_back  deputy keeper reader others          404 404 404 404 403
hand_back  stranger nobody                      404 404 404 404 404
adopt      secretary coordinator                409 409 200 409 409
adopt      chair vice_chair                     409 409 200 409 409
adopt      member                               404 403 404 404 403
adopt      deputy keeper reader others          404 404 404 404 403
adopt      stranger nobody                      404 404 404 404 404
revise     secretary coordinator                409 409 409 409 200
revise     chair vice_chair                     403 403 403 403 403
revise     member                               404 403 404 404 403
revise     deputy keeper reader others          404 404 404 404 403
revise     stranger nobody                      404 404 404 404 404
comment    secretary coordinator                200 200 200 200 200
comment    chair vice_chair                     200 200 200 200 200
comment    member                               404 200 404 404 403
comment    deputy keeper reader others          404 404 404 404 403
comment    stranger nobody                      404 404 404 404 404
write      secretary coordinator                200 200 302 200 302
write      chair vice_chair                     403 403 403 403 403
write      member                               404 403 404 404 403
write      deputy keeper reader others          404 404 404 404 403
write      stranger nobody                      404 404 404 404 404
"""
# In whose place another group's secretary, chair … stands in the table.
ROLES = [
    "secretary", "chair", "vice_chair", "coordinator", "member", "deputy", "keeper", "reader",
    "others_secretary", "others_chair", "others_member", "stranger", "nobody",
]  # fmt: skip


def expected() -> dict[tuple[str, str, str], int]:
    found = {}
    for line in TABLE.strip().splitlines():
        verb, *words = line.split()
        roles, answers = words[:-5], words[-5:]
        for role in roles:
            for state, answer in zip(STATES, answers, strict=True):
                assert (verb, role, state) not in found
                found[verb, role, state] = int(answer)
    return found


@pytest.fixture
def groups(world) -> dict[str, dict[str, FollowUp]]:
    """A follow-up in each state, of years of their own, in two groups of one agreement."""
    other = make_group(world.agreement, "Andra gruppen")
    return {
        name: {state: make_followup(group, 2016 + at, state) for at, state in enumerate(STATES)}
        for name, group in (("own", world.group), ("other", other))
    }


@pytest.fixture
def user(request, world, elsewhere, groups, anna, keeper):
    """An account in the role that is asked for."""
    role = request.param
    if role in ("coordinator", "keeper"):
        return {"coordinator": anna, "keeper": keeper}[role]
    user = make_user("roll@example.org")
    if role == "nobody":
        return user
    person = make_person(elsewhere.city if role == "stranger" else world.city, user=user)
    if role == "stranger":
        grant(user, "edit_structure", elsewhere.agreement)
    elif role != "reader":
        sat, group = role.removeprefix("others_"), world.group
        if role.startswith("others_"):
            group = groups["other"]["draft"].group
        appoint(make_seat(group, world.police, f"prov-{sat}", sat), person)
    return user


def test_the_table_has_every_verb_role_and_state():
    roles = {role.partition("_secretary")[0] if "others" in role else role for role in ROLES}
    roles = {"others" if role.startswith("others") else role for role in roles}
    wanted = {(verb, role, state) for verb in PAGES for role in roles for state in STATES}
    assert set(expected()) == wanted
    assert set(STATES) == set(FollowUp.State.values)


@pytest.mark.parametrize("user", ROLES, indirect=True)
def test_every_verb_in_every_state_answers_as_the_table_says(request, user, groups):
    role = request.node.callspec.params["user"]
    client, table, wrong = Client(), expected(), []
    sections = {
        each.pk: FollowUpSection.objects.create(followup=each, kind="analysis", order=1).pk
        for rows in groups.values()
        for each in rows.values()
    }
    client.force_login(user)
    for whose, rows in groups.items():
        stands = standing(role, whose)
        for state, followup in rows.items():
            for verb, page in PAGES.items():
                args = [followup.year, followup.group.slug]
                own = [sections[followup.pk]] if verb == "write" else []
                url = reverse(f"governance:{page}", args=[*args, *own])
                answer = client.get(url).status_code
                if answer != table[verb, stands, state]:
                    wrong.append((whose, verb, state, answer, table[verb, stands, state]))
    assert not wrong


def standing(role: str, whose: str) -> str:
    """Whom the role is in that group, as the table calls it."""
    if role in ("coordinator", "stranger", "nobody"):
        return role
    if role.startswith("others_"):
        return "others" if whose == "own" else role.removeprefix("others_")
    return role if whose == "own" else "others"


@pytest.mark.parametrize("user", ROLES, indirect=True)
def test_the_page_offers_the_verbs_that_would_be_answered_and_no_others(request, user, groups):
    role, table = request.node.callspec.params["user"], expected()
    for whose, rows in groups.items():
        for state, followup in rows.items():
            if not visible_followups(user).filter(pk=followup.pk).exists():
                continue
            row = get_visible(
                visible_followups(user).select_related("group__agreement"), pk=followup.pk
            )
            offered = set(verbs_for(user, row))
            fits = {
                verb
                for verb in PAGES
                if table[verb, standing(role, whose), state] == 200
                and verb not in ("comment", "write")
            }
            assert offered - {"comment"} == fits
            writes = standing(role, whose) in ("secretary", "coordinator")
            sits = standing(role, whose) in ("chair", "vice_chair", "member")
            assert ("comment" in offered) == (state == "with_members" and (writes or sits))
