"""The pages of lägesbilder: read, written, and written by two at once."""

import csv
import io

import pytest

from governance.models import Act, Agreement, SituationPicture, SteeringGroup
from governance.temporal import today
from governance.views import kept_text
from tests.days import day
from tests.following import make_picture
from tests.reading import read
from tests.seat_pages import cost
from tests.verb_pages import hidden, text, url
from tests.worlds import PASSWORD, grant, make_group, make_user

pytestmark = pytest.mark.django_db
PARTS = {"mapping": "Karta", "other_information": "Annat", "analysis": "Orsaker", "sources": ""}


@pytest.fixture
def here(world) -> str:
    return url("group_pictures", world.group.slug)


@pytest.fixture
def picture(world) -> SituationPicture:
    return make_picture(world.group, day("2021-02-01"), area=world.north, sources="Mätning 2020")


@pytest.fixture
def change(world, picture) -> str:
    return url("change_picture", world.group.slug, picture.pk)


def typed(response, **fields) -> dict[str, object]:
    """What the form of the page sends, with `fields` typed over."""
    form = response.context["form"]
    sent = {name: form[name].value() or "" for name in form.fields}
    return {**sent, "seen": response.context["seen"], **fields}


# -- reading --------------------------------------------------------------------------------


def test_the_list_has_the_newest_first_and_says_which_is_the_baseline(client, bo, world, here):
    client.force_login(bo)
    assert "Ingen lägesbild är inlagd" in read(client, here)
    assert "Gruppens sekreterare och samordnare kan lägga in den." in read(client, here)
    for on in ("2021-02-01", "2022-02-01"):
        make_picture(world.group, day(on))
    page = read(client, here)
    assert page.index("2022-02-01") < page.index("2021-02-01")
    assert read(client, f"{here}?datum=2021-12-31").count("2022-02-01") == 0
    assert "Ny lägesbild" not in page


def test_text_keeps_its_paragraphs_and_is_escaped(client, bo, world, picture):
    SituationPicture.objects.update(mapping="Ett & <b>två</b>\n\nTre\nfyra")
    client.force_login(bo)
    shown = text(client.get(url("picture", world.group.slug, picture.pk)))
    assert "<p>Ett &amp; &lt;b&gt;två&lt;/b&gt;</p>" in shown
    assert "<p>Tre<br>fyra</p>" in shown
    assert "Mätning 2020" in shown
    assert "Utgångsläge" in shown


def test_on_another_day_the_verbs_are_hidden_and_what_came_later_is_said(as_anna, world, picture):
    address = url("picture", world.group.slug, picture.pk)
    assert "Återkalla" in read(as_anna, address)
    before = read(as_anna, f"{address}?datum=2021-01-31")
    assert "Återkalla" not in before
    assert "gjordes efter den dag som du har valt" in before
    assert "gjordes efter" not in read(as_anna, f"{address}?datum=2021-02-01")


def test_another_groups_is_not_found_under_this_one(as_anna, world, picture):
    assert as_anna.get(url("picture", world.central.slug, picture.pk)).status_code == 404
    assert as_anna.get(url("own_picture", world.agreement.slug, picture.pk)).status_code == 404


def test_the_municipalitys_own_are_read_and_written_on_the_agreement(as_anna, world):
    here = url("own_pictures", world.agreement.slug)
    assert "SFS 2023:196" in read(as_anna, here)
    form = as_anna.get(url("own_add_picture", world.agreement.slug))
    assert "area" not in form.context["form"].fields
    sent = as_anna.post(url("own_add_picture", world.agreement.slug), typed(form, **PARTS))
    assert (sent.status_code, sent.url) == (302, here)
    made = SituationPicture.objects.get()
    assert (made.agreement, made.day) == (world.agreement, today())
    assert "Hela kommunen" in read(as_anna, here)
    assert "Nästa lägesbild ska vara gjord senast" in read(as_anna, here)
    change = url("own_change_picture", world.agreement.slug, made.pk)
    as_anna.post(change, typed(as_anna.get(change), analysis="Ny"))
    assert "Ny" in read(as_anna, url("own_picture", world.agreement.slug, made.pk))
    withdraw = url("own_withdraw_picture", world.agreement.slug, made.pk)
    as_anna.post(withdraw, {**hidden(as_anna.post(withdraw, {})), "steg": "spara"})
    assert not SituationPicture.objects.exists()


def test_a_local_agreement_sends_the_reader_to_the_central_one(as_anna, world):
    local = Agreement.objects.create(
        name="Lokal", slug="lokal-prov", level="local", parent=world.agreement
    )
    page = as_anna.get(url("own_pictures", local.slug)).content.decode()
    assert url("own_pictures", world.agreement.slug) in page
    assert url("own_add_picture", local.slug) not in page
    assert as_anna.get(url("own_add_picture", local.slug)).status_code == 404


# -- writing --------------------------------------------------------------------------------


def test_a_new_one_may_begin_with_the_last_ones_text_side_by_side(as_anna, world, here, picture):
    add = url("add_picture", world.group.slug)
    plain = as_anna.get(add)
    assert plain.context["form"]["mapping"].value() is None
    assert plain.context["form"]["area"].value() == world.north.pk
    assert "Lägesbilden den 1 februari 2021: kartläggning" in text(plain)
    copied = as_anna.get(f"{add}?fran={picture.pk}")
    assert copied.context["form"]["mapping"].value() == "Karta."
    sent = as_anna.post(f"{add}?fran={picture.pk}", typed(copied, analysis="Bättre nu"))
    assert (sent.status_code, sent.url) == (302, here)
    made = SituationPicture.objects.latest("pk")
    assert (made.mapping, made.analysis, made.area) == ("Karta.", "Bättre nu", world.north)
    assert as_anna.get(f"{add}?fran=999999").status_code == 404
    assert as_anna.get(f"{add}?fran=x").status_code == 200


def test_word_keeps_its_line_breaks_and_loses_what_is_not_seen(as_anna, world):
    add = url("add_picture", world.group.slug)
    pasted = "Ett\r\nTvå\vTre\u2028Fyra\x07\x00\tFem"
    as_anna.post(add, typed(as_anna.get(add), **{**PARTS, "mapping": pasted}))
    assert SituationPicture.objects.get().mapping == "Ett\nTvå\nTre\nFyra\tFem"


def test_twenty_thousand_characters_fit_however_the_lines_end(as_anna, world):
    add = url("add_picture", world.group.slug)
    full = "x\r\n" * 9_999 + "xx"
    sent = as_anna.post(add, typed(as_anna.get(add), **{**PARTS, "mapping": full + "x"}))
    assert sent.context["form"].errors["mapping"] == [
        "Texten har 20\u00a0001 tecken. Skriv högst 20\u00a0000."
    ]
    assert sent.context["form"]["mapping"].value() == full + "x"
    assert as_anna.post(add, typed(sent, mapping=full)).status_code == 302
    assert len(SituationPicture.objects.get().mapping) == 20_000


def test_what_is_missing_is_told_and_nothing_typed_is_lost(as_anna, world):
    add = url("add_picture", world.group.slug)
    sent = as_anna.post(add, typed(as_anna.get(add), mapping="Skrivet", day="2035-01-01"))
    assert sent.context["form"].errors["analysis"] == ["Skriv en analys."]
    later = as_anna.post(add, typed(sent, **PARTS, day="2035-01-01"))
    assert "kan inte vara daterad efter i dag" in later.context["form"].errors["day"][0]
    assert ">\nKarta</textarea>" in text(later)
    assert not SituationPicture.objects.exists()


def test_two_who_change_at_once_are_shown_both_texts(as_anna, world, picture, change, client):
    mine, theirs = as_anna.get(change), as_anna.get(change)
    as_anna.post(change, typed(theirs, mapping="Den andras text"))
    stale = as_anna.post(change, typed(mine, mapping="Min text"))
    assert stale.status_code == 409
    page = text(stale)
    assert "sparade medan du skrev. Båda texterna finns kvar." in page
    assert "Anna Provgren sparade medan" in page
    assert "Den andras text" in page
    assert "Sparat nu: kartläggning" in page
    assert "Sparat nu: analys" not in page  # the same in both
    assert ">\nMin text</textarea>" in page
    picture.refresh_from_db()
    assert picture.mapping == "Den andras text"
    assert as_anna.post(change, typed(stale, mapping="Båda")).status_code == 302
    picture.refresh_from_db()
    assert picture.mapping == "Båda"


def test_a_form_that_does_not_say_what_it_saw_saves_nothing(as_anna, picture, change):
    sent = {**typed(as_anna.get(change), mapping="Min text"), "seen": ""}
    assert as_anna.post(change, sent).status_code == 409
    picture.refresh_from_db()
    assert picture.mapping == "Karta."


def test_one_that_is_withdrawn_meanwhile_keeps_what_was_typed(as_anna, world, picture, change):
    mine = as_anna.get(change)
    withdraw = url("withdraw_picture", world.group.slug, picture.pk)
    as_anna.post(withdraw, {**hidden(as_anna.post(withdraw, {"note": "Fel"})), "steg": "spara"})
    stale = as_anna.post(change, typed(mine, mapping="Min text"))
    assert stale.status_code == 409
    assert "återkallades medan du skrev" in text(stale)
    assert ">\nMin text</textarea>" in text(stale)
    add = url("add_picture", world.group.slug)
    assert f'action="{add}"' in text(stale)
    assert as_anna.post(add, typed(stale, mapping="Min text")).status_code == 302
    assert SituationPicture.objects.get().mapping == "Min text"
    assert as_anna.get(change).status_code == 404


def test_two_who_add_at_once_are_told(as_anna, world):
    add = url("add_picture", world.group.slug)
    first, second = as_anna.get(add), as_anna.get(add)
    as_anna.post(add, typed(first, **PARTS))
    stale = as_anna.post(add, typed(second, **PARTS, day="2021-01-01"))
    assert stale.status_code == 409
    assert SituationPicture.objects.count() == 1
    assert as_anna.post(add, typed(stale)).status_code == 302


def test_long_texts_are_kept_when_the_session_ends(client, world, anna):
    address = url("add_picture", world.group.slug)
    sent = {**PARTS, "day": "2021-01-01", "mapping": "ö" * 20_000, "analysis": "å" * 20_000}
    page = client.post(address, sent, follow=True)
    assert "Din text är sparad" in text(page)
    client.post(url("login"), {"username": anna.email, "password": PASSWORD, "next": address})
    shown = client.get(address)
    assert shown.context["form"]["mapping"].value() == "ö" * 20_000
    assert kept_text.SLOT not in client.session
    assert not Act.objects.filter(verb="picture").exists()


def test_the_secretary_of_today_may_write_and_a_reader_may_not(client, world, bo, picture, change):
    client.force_login(bo)
    add, here = url("add_picture", world.group.slug), url("group_pictures", world.group.slug)
    assert add not in client.get(here).content.decode()
    for address in (add, change):
        assert client.get(address).status_code == 403
    own = client.get(url("own_add_picture", world.agreement.slug))
    assert own.status_code == 403
    user = make_user("p@example.org")
    grant(user, "edit_priorities", world.group)
    client.force_login(user)
    assert client.get(change).status_code == 200
    assert client.get(url("own_add_picture", world.agreement.slug)).status_code == 403


# -- across groups --------------------------------------------------------------------------


def test_across_groups_each_stands_with_its_latest(as_anna, world, picture):
    here = url("pictures")
    page = read(as_anna, f"{here}?datum=2021-12-31")
    assert "har 1 av 1 grupp en lägesbild för 2021" in page
    assert "Finns" in page
    year_after = read(as_anna, f"{here}?datum=2022-02-01")
    assert "har 0 av 1 grupp" in year_after
    assert "1 år" in year_after
    assert "Saknas" in year_after
    assert "Ingen grupp stämmer med urvalet" in read(as_anna, f"{here}?visa=arets")
    assert "Lokala gruppen" in read(as_anna, f"{here}?visa=aldre")
    narrowed = f"{here}?overenskommelse={world.agreement.slug}"
    assert "Lokala gruppen" in read(as_anna, narrowed)
    assert "6 §" in read(as_anna, narrowed)


def test_the_list_is_taken_away_as_shown(as_anna, world, picture):
    answer = as_anna.get(f"{url('export_pictures')}?format=csv&datum=2021-12-31")
    rows = list(csv.reader(io.StringIO(answer.content.decode("utf-8-sig")), delimiter=";"))
    assert rows[0][:3] == ["Grupp", "Läge", "Senaste lägesbild"]
    assert rows[1][0] == "Lokala gruppen i Provstad"
    assert rows[1][2:] == ["2021-02-01", "Norra Provstad", "10 månader", "Har årets"]
    none = as_anna.get(f"{url('export_pictures')}?format=csv&visa=ingen&datum=2021-12-31")
    assert none.content.decode("utf-8-sig").count("\n") == 1
    assert as_anna.get(url("export_pictures"))["Content-Type"].endswith("sheet")


def test_the_pages_cost_the_same_with_many(as_anna, world, here, picture):
    pages = [url("pictures"), here, url("picture", world.group.slug, picture.pk)]
    pages += [url("own_pictures", world.agreement.slug), url("add_picture", world.group.slug)]
    few = [cost(as_anna, page) for page in pages]
    for number in range(20):
        group = make_group(world.agreement, f"Grupp {number}", parent=world.central)
        for owned in (group, world.group):
            make_picture(owned, day(f"2022-01-{number + 1:02}"), area=world.north)
            make_picture(owned, day(f"2022-02-{number + 1:02}"))
        make_picture(None, day(f"2022-03-{number + 1:02}"), agreement=world.agreement)
    assert SteeringGroup.objects.filter(agreement=world.agreement).count() == 22
    many = [cost(as_anna, page) for page in pages]
    assert many == few
    *reading, writing = many
    assert max(reading) <= 12
    assert writing <= 14  # the areas to choose among are narrowed to those that may be seen


@pytest.mark.parametrize("odd", ["9" * 30, "x", "²", "-1", "\x00", "1,2"])
def test_an_odd_area_or_day_is_refused_beside_its_field(as_anna, world, elsewhere, odd):
    add = url("add_picture", world.group.slug)
    sent = as_anna.post(add, typed(as_anna.get(add), **PARTS, area=odd, day=odd))
    assert (sent.status_code, set(sent.context["form"].errors)) == (200, {"area", "day"})
    theirs = as_anna.post(add, typed(sent, day="2021-01-01", area=elsewhere.north.pk))
    assert set(theirs.context["form"].errors) == {"area"}
    assert as_anna.get(f"{add}?fran={odd}").status_code in (200, 404)
