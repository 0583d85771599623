"""The pages of the yearly round and of one follow-up, with and without scripts."""

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from governance.models import FollowUp, FollowUpSection
from governance.services.rounds import open_year
from tests.days import day
from tests.following import make_goal, make_indicator, make_measure, make_priority, make_value
from tests.worlds import appoint, make_group, make_person, make_seat, make_user

pytestmark = pytest.mark.django_db
JSON = {"Accept": "application/json"}


@pytest.fixture
def writer(world):
    """Secretary of the hand-made local group."""
    user = make_user("skriver@example.org")
    appoint(world.secretary, make_person(world.city, "Sara", "Provskrivare", user=user))
    return user


@pytest.fixture
def followup(world) -> FollowUp:
    open_year(user=None, agreement=world.agreement, year=2024)
    return FollowUp.objects.get(group=world.group, year=2024)


@pytest.fixture
def section(followup) -> FollowUpSection:
    return followup.sections.get(kind="analysis")


@pytest.fixture
def window(writer) -> Client:
    return signed_in(writer)


def signed_in(user) -> Client:
    client = Client()
    client.force_login(user)
    return client


def url(followup) -> str:
    return reverse("governance:followup", args=[followup.year, followup.group.slug])


def save(client, section, text, based_on, headers=None, **more):
    address = f"{url(section.followup)}avsnitt/{section.pk}/"
    data = {"text": text, "based_on": based_on, **more}
    return client.post(address, data, headers=headers)


def text_of(section) -> str:
    return FollowUpSection.objects.get(pk=section.pk).text


# -- one follow-up -----------------------------------------------------------------------------


def test_the_form_has_every_section_with_its_figures_and_last_years_text(world, window):
    open_year(user=None, agreement=world.agreement, year=2023)
    FollowUpSection.objects.filter(kind="analysis").update(text="Det stod i fjol.")
    open_year(user=None, agreement=world.agreement, year=2024)
    priority = make_priority(world.group, world.challenge)
    indicator = make_indicator()
    make_goal(priority, indicator, world.district, baseline=12)
    make_value(indicator, world.district, 2020, "9.5")
    make_measure(priority, world.city, target=12, unit="lampor", progress=5)
    page = window.get(f"/uppfoljning/2024/{world.group.slug}/").content.decode()
    assert page.count("data-autosave=") == page.count('name="based_on" value="0"') == 10
    for words in [
        "Det stod i fjol.",
        "12\u00a0% (2020)",
        "Ingen mätning 2024. Senaste värde: 9,5\u00a0% (2020).",
        "5 av 12 lampor",
        "Utan ledamot",
        "Vad ska stå här?",
        "Kopiera texten",
    ]:
        assert words in page, words


def test_a_section_is_saved_by_its_button(window, section):
    answer = save(window, section, "Det blev tryggare.", 0, done="on")
    assert answer.url == f"{url(section.followup)}#avsnitt-{section.pk}"
    row = FollowUpSection.objects.get(pk=section.pk)
    assert (row.text, row.done) == ("Det blev tryggare.", True)
    assert "Sara Provskrivare" in window.get(url(section.followup)).content.decode()


def test_scripts_are_answered_with_the_new_revision(window, section):
    answer = save(window, section, "Ett.", 0, JSON)
    assert (answer.status_code, answer.json()["revision"]) == (200, 1)
    assert save(window, section, "Två.", 1, JSON).json()["revision"] == 2


def test_of_two_who_write_the_second_sees_both_texts_and_chooses(window, section, anna):
    other = signed_in(anna)
    save(window, section, "Saras text.", 0)
    answer = save(other, section, "Annas text.", 0)
    page = answer.content.decode()
    assert answer.status_code == 409
    assert "Sara Provskrivare sparade medan du skrev." in page
    assert "Saras text." in page
    assert "Annas text." in page
    assert 'name="based_on" value="1"' in page
    assert text_of(section) == "Saras text."
    save(other, section, "Annas text.", 1)
    assert text_of(section) == "Annas text."


def test_scripts_get_the_newer_text_of_a_conflict(window, section, anna):
    save(window, section, "Saras text.", 0)
    answer = save(signed_in(anna), section, "Annas text.", 0, JSON)
    assert answer.status_code == 409
    assert answer.json() | {"message": ""} == {
        "message": "", "text": "Saras text.", "judgement": "", "done": False, "revision": 1,
    }  # fmt: skip
    assert text_of(section) == "Saras text."


def test_a_protected_writers_name_is_not_shown_in_a_conflict(window, section, anna, writer):
    writer.person.protected = True
    writer.person.save()
    save(window, section, "Text.", 0)
    page = save(signed_in(anna), section, "Annan.", 0).content.decode()
    assert "Provskrivare" not in page
    assert "Någon annan sparade medan du skrev." in page


def test_what_was_typed_when_the_session_had_ended_is_there_after_signing_in(section, writer):
    client = Client()
    answer = save(client, section, "Skrivet utan session.", 0)
    assert "/konto/logga-in/" in answer.url
    client.force_login(writer)
    page = client.get(f"{url(section.followup)}avsnitt/{section.pk}/").content.decode()
    assert "Skrivet utan session." in page
    assert text_of(section) == ""


def test_a_text_of_many_pages_is_kept_when_the_session_had_ended(section, writer):
    client = Client()
    long = "å" * 30_000
    save(client, section, long, 0)
    client.force_login(writer)
    assert long in client.get(f"{url(section.followup)}avsnitt/{section.pk}/").content.decode()


def test_what_is_refused_keeps_what_was_typed(window, section):
    answer = save(window, section, "a" * 30_001, 0)
    assert "Korta den" in answer.content.decode()
    assert "a" * 30_001 in answer.content.decode()
    told = save(window, section, "Text.", "", JSON)
    assert (told.status_code, "för gammal" in told.json()["message"]) == (422, True)


def test_who_may_not_write_has_no_form_and_is_refused(client, section, world):
    chair = make_user("leder@example.org")
    appoint(world.chair, make_person(world.city, user=chair))
    client.force_login(chair)
    assert "data-autosave=" not in client.get(url(section.followup)).content.decode()
    assert save(client, section, "Ordförandens.", 0).status_code == 403
    assert text_of(section) == ""


def test_on_another_day_there_is_nothing_to_write_in(window, followup):
    page = window.get(f"{url(followup)}?datum=2025-01-15").content.decode()
    assert "data-autosave=" not in page
    assert "Du ser läget den" in page


def test_a_section_of_another_follow_up_is_not_found(window, section, elsewhere):
    open_year(user=None, agreement=elsewhere.agreement, year=2024)
    theirs = FollowUpSection.objects.filter(followup__group=elsewhere.group).first()
    assert window.get(f"{url(section.followup)}avsnitt/{theirs.pk}/").status_code == 404
    assert window.get(url(theirs.followup)).status_code == 404


def test_a_dissolved_groups_follow_up_is_written_by_the_successors_secretary(world, writer):
    old = make_group(world.agreement, "Upplösta", valid_through=day("2024-06-30"))
    old.successors.add(world.group)
    open_year(user=None, agreement=world.agreement, year=2024)
    section = FollowUpSection.objects.get(followup__group=old, kind="analysis")
    client = signed_in(writer)
    save(client, section, "Halvåret.", 0)
    assert text_of(section) == "Halvåret."
    page = client.get(f"/uppfoljning/2024/{world.group.slug}/").content.decode()
    assert "Upplösta" in page
    assert "30 juni 2024" in client.get(url(section.followup)).content.decode()


def test_a_follow_up_costs_the_same_with_few_rows_and_with_many(window, world, followup):
    numbers = []
    window.get(url(followup))
    for round_ in range(2):
        for place in range(15):
            priority = make_priority(world.group, own_title=f"Egen {round_} {place}")
            indicator = make_indicator(f"M{round_}{place}")
            make_goal(priority, indicator, world.district)
            make_measure(priority, world.city)
            make_seat(world.group, world.city, f"roll-{round_}-{place}")
        with CaptureQueriesContext(connection) as asked:
            assert window.get(url(followup)).status_code == 200
        numbers.append(len(asked))
    # Ten kinds of facts, two years of sections, and the frame: more than the twelve of a page.
    assert numbers[0] == numbers[1] <= 20
