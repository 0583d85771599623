"""/overenskommelser/ and /utmaningar/: what was promised on a day, and what changed."""

import html
import re

import pytest

from governance.models import Agreement, Challenge
from governance.queries.agreements import versions
from tests.days import day
from tests.reading import read

pytestmark = pytest.mark.django_db
CENTRAL = "/overenskommelser/overgripande/"
NO_VERSION = (
    "Den 27 augusti 2019 gällde ingen version av överenskommelsen. "
    "Version 1 slutade gälla den 31 maj 2019. Version 2 gäller från den 4 november 2019."
)


def ranked(client, text: str) -> list[str]:
    """The titles in the numbered lists of /utmaningar/ on a day."""
    body = client.get(f"/utmaningar/?datum={text}").content.decode()
    lists = re.findall(r'<ol class="rank">(.*?)</ol>', body, re.S)
    return re.findall(r'<li><div class="cluster"><span>(.*?)</span>', "".join(lists))


@pytest.fixture
def as_fatima(client, fatima):
    client.force_login(fatima)
    return client


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("2019-05-31", 0),
        ("2019-08-27", 0),
        ("2019-11-03", 0),
        ("2019-11-04", 10),
        ("2021-01-01", 10),
        ("2024-01-10", 10),
        ("2024-01-11", 5),
        ("2024-06-01", 5),
        ("2035-12-31", 5),
    ],
)
def test_challenges_are_those_of_the_version_in_force(as_fatima, text, number):
    assert len(ranked(as_fatima, text)) == number


def test_challenges_stand_in_their_order_in_the_versions_own_word(as_fatima):
    titles = ranked(as_fatima, "2021-01-01")
    assert titles[0] == "Riktat arbete mot avgränsade platser och utsatta områden"
    assert titles[-1] == "Kameraövervakning"
    assert "10 prioriterade utmaningar i version 2" in read(
        as_fatima, "/utmaningar/?datum=2021-01-01"
    )
    then = read(as_fatima, "/utmaningar/?datum=2016-01-01")
    assert "Vilka prioriterade samverkansområden version 1 hade finns inte" in then


@pytest.mark.parametrize("url", ["/utmaningar/", "/overenskommelser/", CENTRAL])
def test_a_day_without_a_version_says_so(as_fatima, url):
    text = read(as_fatima, f"{url}?datum=2019-08-27")
    assert NO_VERSION in text


def test_the_structure_answers_though_no_version_was_in_force(as_fatima):
    assert "Strukturen och täckningen går att läsa ändå." in read(
        as_fatima, f"{CENTRAL}?datum=2019-08-27"
    )


@pytest.mark.parametrize(
    ("text", "number"), [("2019-05-31", 1), ("2019-11-04", 2), ("2024-01-10", 2), ("2024-01-11", 3)]
)
def test_the_agreement_says_which_version_was_in_force(as_fatima, text, number):
    assert f"gällde version {number} ." in read(as_fatima, f"{CENTRAL}?datum={text}")


def test_the_third_version_kept_one_challenge_of_the_second(structure):
    third, second, first = versions(structure, day("2024-06-01"))
    assert third.in_force
    assert not second.in_force
    assert [each.title for each in third.changes.kept] == [
        "särskilt utsatta och sårbara brottsoffer"
    ]
    assert (len(third.changes.removed), len(third.changes.added)) == (9, 4)
    assert third.changes.word is None
    assert second.changes.word == ("prioriterat samverkansområde", "prioriterad utmaning")
    assert "diarienummer" in [text.label for text in third.changes.texts]
    assert first.changes is None


def test_a_title_spelt_with_other_capitals_is_the_same_challenge(structure):
    Challenge.objects.filter(version__number=2, order=2).update(
        title="Otrygga och Brottsutsatta platser"
    )
    third = versions(structure, day("2024-06-01"))[0]
    assert len(third.changes.kept) == 2


def test_what_changed_is_on_the_page(as_fatima):
    text = read(as_fatima, CENTRAL)
    assert "Vad som ändrades från version 2" in text
    assert "Ordet: prioriterat samverkansområde prioriterad utmaning" in text


def test_who_may_form_groups_is_unclear_and_both_sources_are_named(as_fatima, structure):
    text = read(as_fatima, CENTRAL)
    assert "Så bildas lokala styrgrupper" in text
    sentence = "Ej klarlagt. Överenskommelsen svarar inte på detta i de källor vi har."
    assert text.count(sentence) == 2
    assert structure.may_create_source in text
    assert structure.may_appoint_source in text


def test_a_clear_answer_needs_no_excuse(as_fatima, structure):
    Agreement.objects.filter(pk=structure.pk).update(may_create="yes", may_appoint="no")
    text = read(as_fatima, CENTRAL)
    assert "skapa lokala styrgrupper? Ja. Källa:" in text
    assert "i lokala styrgrupper? Nej. Källa:" in text
    assert "svarar inte på detta" not in text


@pytest.mark.parametrize(
    ("text", "number"), [("2019-12-01", 14), ("2021-01-01", 13), ("2024-01-01", 11)]
)
def test_groups_by_basis_open_the_list_with_as_many(as_fatima, text, number):
    body = as_fatima.get(f"{CENTRAL}?datum={text}").content.decode()
    [address, words] = re.search(
        r'href="(/styrgrupper/\?[^"]+)">([^<]+grunden[^<]+)<', body
    ).groups()
    assert words == f"{number} grupper med grunden stadsdelsområde"
    listed = as_fatima.get(html.unescape(address)).content.decode()
    assert listed.count('<th scope="row">') == number


def test_parties_and_local_agreements_are_linked(as_fatima):
    body = as_fatima.get(CENTRAL).content.decode()
    assert 'href="/organisationer/polisregion-stockholm/"' in body
    assert 'href="/overenskommelser/bromma-vallingby/"' in body
    local = as_fatima.get("/overenskommelser/bromma-vallingby/").content.decode()
    assert f'href="{CENTRAL}"' in local


def test_other_agreements_are_neither_listed_nor_found(client, stranger, nobody):
    for user in [stranger, nobody]:
        client.force_login(user)
        assert client.get(CENTRAL).status_code == 404
        for url in ["/overenskommelser/", "/utmaningar/"]:
            assert "Stockholm" not in client.get(url).content.decode()
    assert "hör inte till någon överenskommelse" in read(client, "/overenskommelser/")


@pytest.mark.parametrize("url", ["/utmaningar/", "/overenskommelser/", CENTRAL])
def test_pages_keep_their_budget(as_fatima, url, django_assert_max_num_queries):
    with django_assert_max_num_queries(12):
        as_fatima.get(url)
