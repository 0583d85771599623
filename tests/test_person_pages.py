"""The pages that change one person: who may, what is shown first, what is said."""

import pytest
from django.urls import reverse

from governance.models import Act, ContactDetail, Inquiry, Person, PersonName
from governance.services import protection
from governance.temporal import today
from tests.days import day
from tests.reading import read
from tests.verb_pages import hidden, text, url
from tests.worlds import appoint, grant, make_person, make_user

pytestmark = pytest.mark.django_db
ALL = ["describe_person", "move_person", "change_contacts", "protect_person"]


@pytest.fixture
def hanna(world) -> Person:
    person = make_person(world.company, "Hanna", "Provlund", title="chef")
    appoint(world.member, person, day("2021-01-01"))
    return person


def confirm(client, address: str, sent: dict, status: int = 302):
    preview = client.post(address, sent)
    assert preview.status_code == 200, text(preview)
    answer = client.post(address, {**hidden(preview), "steg": "spara"})
    assert answer.status_code == status, text(answer)
    return preview, answer


# -- who may -----------------------------------------------------------------------------


def opens(client, person) -> list[str]:
    return [name for name in ALL if client.get(url(name, person.pk)).status_code == 200]


def test_coordinators_of_the_agreement_the_group_and_the_organisation_may(client, world, hanna):
    of_group, of_company, of_other = (make_user(f"{each}@example.org") for each in "gco")
    grant(of_group, "edit_roster", world.group)
    grant(of_company, "appoint_own", world.company)
    grant(of_other, "edit_roster", world.central)
    for user, expected in [(of_group, ALL[:3]), (of_company, ALL[:3]), (of_other, [])]:
        client.force_login(user)
        assert opens(client, hanna) == expected
        shown = client.get(f"/personer/{hanna.pk}/").content.decode()
        assert [name for name in ALL if url(name, hanna.pk) in shown] == expected


def test_the_right_over_a_holder_ends_with_the_mandate(client, world, hanna):
    user = make_user("g@example.org")
    grant(user, "edit_roster", world.group)
    client.force_login(user)
    hanna.mandates.update(valid_through=today())
    assert opens(client, hanna) == ALL[:3]
    hanna.mandates.update(valid_from=day("2020-01-01"), valid_through=day("2021-12-31"))
    answer = client.get(url("change_contacts", hanna.pk))
    assert answer.status_code == 403
    assert "Du har inte rätt att ändra uppgifter om personen." in text(answer)
    assert "Du har inte rätt att skydda personuppgifter." in text(
        client.get(url("protect_person", hanna.pk))
    )


def test_a_day_that_is_not_today_has_no_verbs(as_anna, hanna):
    address = f"/personer/{hanna.pk}/"
    assert url("change_contacts", hanna.pk) in as_anna.get(address).content.decode()
    past = as_anna.get(address, {"datum": "2022-01-01"}).content.decode()
    assert url("change_contacts", hanna.pk) not in past


# -- contact details ----------------------------------------------------------------------


def test_contact_details_are_shown_as_they_become_and_then_on_the_page(as_anna, hanna):
    address = url("change_contacts", hanna.pk)
    sent = {"mobile_new": "070-123 45 67", "email_new": "Hanna@example.org", "main": "mobile_new"}
    preview, answer = confirm(as_anna, address, sent)
    assert "Så blir kontaktuppgifterna" in text(preview)
    assert "hanna@example.org" in text(preview)
    page = read(as_anna, answer.url)
    assert "070-123 45 67 huvudsaklig" in page
    links = as_anna.get(answer.url).content.decode()
    assert 'href="tel:+46701234567"' in links
    assert 'href="mailto:hanna@example.org"' in links
    act = Act.objects.first()
    assert (act.verb, act.agreement) == ("contact", hanna.mandates.get().seat.group.agreement)


def test_a_faulty_number_is_told_beside_its_field_and_stays(as_anna, hanna):
    answer = as_anna.post(
        url("change_contacts", hanna.pk), {"phone_new": "508 00", "email_new": "x"}
    )
    form = answer.context["form"]
    assert set(form.errors) == {"phone_new", "email_new"}
    assert 'value="508 00"' in text(answer)


def test_a_double_click_and_a_late_form_change_nothing(as_anna, hanna):
    address = url("change_contacts", hanna.pk)
    preview, _ = confirm(as_anna, address, {"email_new": "h@example.org"})
    late = as_anna.post(address, {**hidden(preview), "steg": "spara"})
    assert late.status_code == 409
    assert "Uppgifterna har ändrats sedan du öppnade sidan." in text(late)


def test_emptied_fields_take_the_details_away(as_anna, hanna):
    address = url("change_contacts", hanna.pk)
    confirm(as_anna, address, {"email_new": "h@example.org"})
    field = next(name for name in as_anna.get(address).context["form"].fields if "new" not in name)
    confirm(as_anna, address, {field: "", "main": field})
    assert not hanna.contact_details.exists()


# -- name, title, work ---------------------------------------------------------------------


def test_the_name_is_put_right_and_new_work_given(as_anna, world, hanna):
    sent = {"given_name": "Hannah", "family_name": "Provlund", "title": "chef"}
    _, answer = confirm(as_anna, url("describe_person", hanna.pk), sent)
    assert "Hannah Provlund" in read(as_anna, answer.url)
    sent = {"title": "direktör", "organization": world.city.pk}
    preview, answer = confirm(as_anna, url("move_person", hanna.pk), sent)
    assert "1 uppdrag för Provstads bostäder ligger kvar." in text(preview)
    hanna.refresh_from_db()
    assert (hanna.title, hanna.organization) == ("direktör", world.city)


def test_nobody_is_fetched_from_or_sent_to_an_organisation_out_of_sight(as_anna, world, elsewhere):
    guest = make_person(elsewhere.city, "Gunvor", "Annansson")
    appoint(world.member, guest)
    fields = as_anna.get(url("move_person", guest.pk)).context["form"].fields
    assert list(fields["organization"].queryset) == [elsewhere.city]
    ours = make_person(world.city)
    fields = as_anna.get(url("move_person", ours.pk)).context["form"].fields
    assert elsewhere.city not in fields["organization"].queryset


def test_a_hidden_name_is_neither_shown_nor_lost_when_the_title_is_put_right(as_anna, world):
    person = make_person(world.city, "Gömda", "Hemlighetsson", protected=True)
    address = url("describe_person", person.pk)
    form = as_anna.get(address)
    assert list(form.context["form"].fields) == ["title"]
    assert "Hemlighetsson" not in text(form)
    confirm(as_anna, address, {"title": "vd", "given_name": "Annan"})
    assert PersonName.objects.get(person=person).full == "Gömda Hemlighetsson"


# -- protection ---------------------------------------------------------------------------


def test_protecting_is_gone_through_first_and_then_hides_the_name(as_anna, hanna):
    address = url("protect_person", hanna.pk)
    preview, answer = confirm(as_anna, address, {})
    assert (
        "Brev som redan har skickats, och filer som har laddats ner, går inte att ta tillbaka."
        in text(preview)
    )
    page = read(as_anna, answer.url)
    assert "Namnet visas inte." in page
    assert "Provlund" not in page
    assert "Kontaktuppgifter" not in page
    assert not as_anna.get("/sok/", {"q": "provlun"}).content.decode().count("/personer/")


def test_only_who_may_see_protected_names_can_lift_the_protection(as_anna, anna, world, hanna):
    protection.protect(user=None, person=hanna, agreement=None)
    address = url("protect_person", hanna.pk)
    refused = as_anna.post(address, {"verb": "lyft"})
    assert "verb" in refused.context["form"].errors
    grant(anna, "view_protected", world.agreement)
    preview, _ = confirm(as_anna, address, {"verb": "lyft"})
    assert "Namnet visas igen för alla som hör till överenskommelsen" in text(preview)
    hanna.refresh_from_db()
    assert not hanna.protected


def test_the_account_of_somebody_protected_has_no_address_on_any_page(as_anna, world, hanna, diana):
    account = make_user("hanna.provlund@example.org")
    hanna.user = account
    hanna.save()
    grant(account, "edit_roster", world.group)
    protection.protect(user=None, person=hanna, agreement=None)
    pages = ["/konto/alla/", f"/konto/{account.pk}/", "/konto/behorigheter/"]
    pages += ["/konto/behorigheter/ny/"]
    for page in pages:
        body = text(as_anna.get(page))
        assert "hanna.provlund" not in body, page
        assert f"Konto {account.pk}" in body, page
    as_anna.force_login(diana)
    pages = ["/admin/governance/user/", f"/admin/governance/user/{account.pk}/change/"]
    pages += ["/admin/governance/steeringgroupusergrant/", "/admin/governance/person/add/"]
    pages += ["/admin/governance/user/?q=provlun"]
    for page in pages:
        assert "hanna.provlund" not in text(as_anna.get(page)), page
    as_anna.force_login(account)
    assert "hanna.provlund@example.org" in text(as_anna.get("/konto/"))


def test_the_back_office_says_where_a_protection_is_begun(client, diana, hanna):
    client.force_login(diana)
    address = reverse("admin:governance_person_change", args=[hanna.pk])
    page = client.get(address)
    assert "Ändras av överenskommelsens samordnare" in text(page)
    assert "protected" not in page.context["adminform"].form.fields


def test_only_who_is_surely_the_same_person_is_protected_too(as_anna, world, elsewhere, hanna):
    here, there = (make_person(each.company, "HANNA", "Provlund") for each in (world, elsewhere))
    for place, person in ((world, here), (elsewhere, there)):
        inquiry = Inquiry.objects.create(
            agreement=place.agreement, organization=place.company, valid_from=day("2026-03-02")
        )
        inquiry.answers.create(seat=place.member, kind="change", person=person)
    same, other = (make_person(world.city, "Hanna", "Provlund") for _ in range(2))
    for person, number in ((hanna, "+46701112233"), (same, "070-111 22 33")):
        person.contact_details.create(kind="mobile", value=number)
    for person in (hanna, other):
        person.contact_details.create(kind="phone", value="+46850800000")
    preview, _ = confirm(as_anna, url("protect_person", hanna.pk), {})
    assert "Personen är inlagd 2 gånger till, och skyddas där också." in text(preview)
    assert f"Person {other.pk} hos Provstads stad" in text(preview)
    hidden_ones = set(Person.objects.filter(protected=True))
    assert hidden_ones == {hanna, same, here}
    assert not ContactDetail.objects.exclude(person=other).exists()
    assert f"Person {other.pk}" not in Act.objects.first().summary
    again = as_anna.get(url("protect_person", hanna.pk))
    assert "Heter likadant" not in text(again)


def test_another_spelling_is_a_whole_name(as_anna, world, hanna):
    world.group.note = "Fråga Hannah Pråvlund"
    world.group.save()
    address = url("protect_person", hanna.pk)
    refused = as_anna.post(address, {"spellings": "Hannah Pråvlund\nPråvlund"})
    assert "Skriv både förnamn och efternamn på varje rad." in text(refused)
    confirm(as_anna, address, {"spellings": "\n hannah  provlund \n"})
    world.group.refresh_from_db()
    assert world.group.note == "Fråga Hannah Pråvlund"
    confirm(as_anna, address, {"verb": "rensa", "spellings": "Hannah Pråvlund"})
    world.group.refresh_from_db()
    assert world.group.note == "Fråga [namn borttaget]"
