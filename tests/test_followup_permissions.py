"""Who may open what of a follow-up: every state, role, verb and way to read it, in the own and
another group.
"""

import io

import pytest
from django.test import Client
from django.urls import reverse
from openpyxl import load_workbook

from governance.models import FollowUp, FollowUpSection, Goal
from governance.permissions import get_visible, visible_followups
from governance.queries.followup_verbs import verbs_for
from governance.views import plot_figures, report_files
from tests.days import day
from tests.following import make_followup, make_goal, make_indicator, make_priority, make_value
from tests.worlds import appoint, grant, make_group, make_person, make_seat, make_user

pytestmark = [pytest.mark.django_db, pytest.mark.once("sqlite")]

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
READ = {
    "page": "followup",
    "report": "group_report",
    "pdf": "group_report_file",
    "docx": "group_report_file",
    "plot": "goal_plot",
    "year_plot": "year_plot",
    "compare": "compare_years",
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
page       secretary coordinator                200 200 200 200 200
page       chair vice_chair                     200 200 200 200 200
page       member                               404 200 404 404 200
page       deputy keeper reader others          404 404 404 404 200
page       stranger nobody                      404 404 404 404 404
report     as page
pdf        as page
docx       as page
plot       as page
year_plot  secretary coordinator                404 404 404 404 200
year_plot  chair vice_chair member              404 404 404 404 200
year_plot  deputy keeper reader others          404 404 404 404 200
year_plot  stranger nobody                      404 404 404 404 404
compare    secretary coordinator                200 200 200 200 200
compare    chair vice_chair member              200 200 200 200 200
compare    deputy keeper reader others          200 200 200 200 200
compare    stranger nobody                      404 404 404 404 404
"""
# In whose place another group's secretary, chair … stands in the table.
ROLES = [
    "secretary", "chair", "vice_chair", "coordinator", "member", "deputy", "keeper", "reader",
    "others_secretary", "others_chair", "others_member", "stranger", "nobody",
]  # fmt: skip


def expected() -> dict[tuple[str, str, str], int]:
    found: dict[tuple[str, str, str], int] = {}
    for line in TABLE.strip().splitlines():
        verb, *words = line.split()
        if words[0] == "as":
            same = [(key, answer) for key, answer in found.items() if key[0] == words[1]]
            found |= {(verb, *key[1:]): answer for key, answer in same}
            continue
        roles, answers = words[:-5], words[-5:]
        for role in roles:
            for state, answer in zip(STATES, answers, strict=True):
                assert (verb, role, state) not in found
                found[verb, role, state] = int(answer)
    return found


@pytest.fixture
def groups(world) -> dict[str, dict[str, FollowUp]]:
    """A follow-up in each state, of years of their own, in two groups of one agreement.

    Both have a goal for the same indicator, measured before the first of those years.
    """
    other, indicator = make_group(world.agreement, "Andra gruppen"), make_indicator()
    make_value(indicator, world.district, 2015, 12)
    for group in (world.group, other):
        priority = make_priority(group, world.challenge, valid_from=day("2015-01-01"))
        make_goal(priority, indicator, world.district)
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
    every = {**PAGES, **READ}
    wanted = {(verb, role, state) for verb in every for role in roles for state in STATES}
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


@pytest.mark.parametrize("user", ROLES, indirect=True)
def test_every_way_to_read_it_answers_as_the_table_says(request, user, groups, monkeypatch):
    """What is written in the files is tested elsewhere; here only who gets them."""
    monkeypatch.setattr(report_files, "write", lambda document, kind: [b"file"])
    monkeypatch.setattr(plot_figures, "draw", lambda plot, kind, *, narrow: b"<svg/>")
    role = request.node.callspec.params["user"]
    client, table, wrong = Client(), expected(), []
    client.force_login(user)
    for whose, rows in groups.items():
        for state, followup in rows.items():
            for way, page in READ.items():
                url = reverse(f"governance:{page}", args=arguments(way, followup))
                answer = client.get(url).status_code
                if answer != table[way, standing(role, whose), state]:
                    wrong.append((whose, way, state, answer))
    assert not wrong


def arguments(way: str, followup: FollowUp) -> list[object]:
    year, slug = followup.year, followup.group.slug
    goal = Goal.objects.get(priority__group=followup.group)
    return {
        "pdf": [year, slug, "pdf"],
        "docx": [year, slug, "docx"],
        "plot": [year, slug, goal.pk],
        "year_plot": [year, goal.indicator_id],
        "compare": [slug],
    }.get(way, [year, slug])


@pytest.mark.parametrize("user", ROLES, indirect=True)
def test_what_is_about_several_tells_of_the_adopted_ones_only(request, user, groups):
    """The report and the workbook of a year open to all, and the comparison of a group."""
    client, inside = Client(), request.node.callspec.params["user"] not in ("stranger", "nobody")
    client.force_login(user)
    for state, followup in groups["own"].items():
        told = inside and state == "adopted"
        names = {rows[state].group.name for rows in groups.values() if told}
        report = client.get(reverse("governance:year_report", args=[followup.year])).context
        assert {each.data["group"]["name"] for each in report["report"].told} == names
        book = client.get(reverse("governance:year_data", args=[followup.year]))
        rows = load_workbook(io.BytesIO(book.content))["Uppföljningar"].iter_rows(min_row=2)
        assert {row[0].value for row in rows} == names
    compared = client.get(reverse("governance:compare_years", args=[followup.group.slug])).context
    if inside:
        assert [each.state for each in compared["years"]] == ["adopted"]


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
