"""The session ends while somebody types: the text is there again after signing in, once."""

import pytest
from django.test import Client

from governance.models import Act
from governance.views import kept_text
from tests.days import day
from tests.verb_pages import NOW, VERBS, pages, text, url
from tests.worlds import PASSWORD, make_group, make_user

KEPT = "Du har loggats ut. Din text är sparad. Logga in och fortsätt."
NOT_KEPT = "Du har loggats ut och inget har sparats."
HERE_AGAIN = "Det du skrev står kvar här nedanför. Inget är sparat än."


@pytest.fixture
def other(world):
    return make_group(world.agreement, "Andra gruppen")


def post_signed_out(address: str, typed: dict) -> tuple[Client, str]:
    """A window whose session has ended when the form is sent, and the page it comes to."""
    client = Client()
    sent = client.post(address, {**typed, "steg": "spara"}, follow=True)
    assert sent.redirect_chain[0][0] == f"{url('login')}?next={address}"
    return client, text(sent)


def sign_in(client: Client, email: str, address: str):
    return client.post(
        f"{url('login')}?next={address}",
        {"username": email, "password": PASSWORD, "next": address},
        follow=True,
    )


@pytest.mark.parametrize("verb", VERBS)
def test_what_was_typed_is_on_the_form_again_once(world, other, anna, verb):
    address, typed = pages(world, other)[verb]
    acts = Act.objects.count()
    client, page = post_signed_out(address, typed)
    assert KEPT in page
    shown = sign_in(client, anna.email, address)
    assert shown.status_code == 200
    assert HERE_AGAIN in text(shown)
    bound = shown.context["form"]
    assert bound.is_bound
    for name in typed:
        assert bound.data.getlist(name) == [str(value) for value in as_list(typed[name])]
    again = client.get(address)
    assert not again.context["form"].is_bound
    assert HERE_AGAIN not in text(again)
    assert Act.objects.count() == acts


def as_list(value: object) -> list[object]:
    return value if isinstance(value, list) else [value]


@pytest.mark.parametrize(
    ("name", "typed"),
    [
        ("invite", {"email": "ny@example.org"}),
        ("give_grant", {"right": "agreement.edit_structure"}),
    ],
)
def test_invitations_and_rights_take_part(world, anna, name, typed):
    client, page = post_signed_out(url(name), typed)
    assert KEPT in page
    shown = sign_in(client, anna.email, url(name))
    assert HERE_AGAIN in text(shown)
    assert shown.context["form"].data.dict().items() >= typed.items()


def test_what_others_did_meanwhile_makes_it_stale_when_it_is_sent(world, other, anna):
    address = url("rest", world.group.slug)
    client, _ = post_signed_out(address, {"first_day": NOW, "seen": "0"})
    as_other = Client()
    as_other.force_login(anna)
    as_other.post(address, {"first_day": "2025-02-01", "seen": "0", "steg": "spara"})
    shown = sign_in(client, anna.email, address)
    again = {"first_day": NOW, "seen": shown.context["seen"], "steg": "spara"}
    refused = client.post(address, again)
    assert refused.status_code in (200, 409)
    assert world.group.decisions.filter(act="rest").count() == 1
    assert world.group.decisions.get(act="rest").first_day == day("2025-02-01")


def test_an_account_without_the_right_gets_the_ordinary_refusal(world, other, bo):
    outside = make_user("utanfor@example.org")
    address = url("rest", world.group.slug)
    for account, status in [(bo, 403), (outside, 404)]:
        client, _ = post_signed_out(address, {"first_day": NOW, "decision_note": "Hemligt"})
        refused = sign_in(client, account.email, address)
        assert refused.status_code == status
        assert "Hemligt" not in text(refused)
        assert kept_text.SLOT not in client.session


def test_another_form_that_is_sent_discards_it(world, other, anna):
    address = url("rest", world.group.slug)
    client, _ = post_signed_out(address, {"first_day": NOW})
    sign_in(client, anna.email, "/")
    client.post(url("dissolve", other.slug), {"last_day": ""})
    assert not client.get(address).context["form"].is_bound


def test_it_is_found_also_when_another_page_is_opened_first(world, anna):
    address = url("rest", world.group.slug)
    client, _ = post_signed_out(address, {"first_day": NOW})
    sign_in(client, anna.email, "/")
    client.get(url("propose"))
    assert client.get(address).context["form"].data["first_day"] == NOW


@pytest.mark.parametrize(("minutes", "kept"), [(59, True), (61, False)])
def test_it_is_kept_for_an_hour(world, anna, monkeypatch, minutes, kept):
    address = url("rest", world.group.slug)
    client, _ = post_signed_out(address, {"first_day": NOW})
    now = kept_text.time.time()
    monkeypatch.setattr(kept_text.time, "time", lambda: now + minutes * 60)
    shown = sign_in(client, anna.email, address)
    assert shown.context["form"].is_bound is kept


def test_more_than_can_be_kept_is_said_not_to_be(world, anna):
    address = url("describe", world.group.slug)
    client, page = post_signed_out(address, {"note": "x" * (kept_text.LONGEST + 1)})
    assert NOT_KEPT in page
    assert KEPT not in page
    assert kept_text.SLOT not in client.session


@pytest.mark.parametrize("address", ["/konto/losenord/", "/konto/1/", "/admin/", "/andringar/"])
def test_passwords_and_the_back_office_are_never_kept(db, address):
    client = Client()
    client.post(address, {"old_password": "hemligt", "new_password1": "ännu hemligare"})
    assert kept_text.SLOT not in client.session


def test_neither_the_token_nor_the_button_is_kept(world):
    client, _ = post_signed_out(
        url("rest", world.group.slug), {"first_day": NOW, "csrfmiddlewaretoken": "a" * 64}
    )
    assert client.session[kept_text.SLOT]["typed"] == f"first_day={NOW}"
