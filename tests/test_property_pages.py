"""One property: what a reader sees of it, and the verbs of its own company."""

import pytest

from governance.models import Holding, Property
from tests.access import window
from tests.days import day
from tests.letters import text
from tests.stock import save
from tests.verb_pages import hidden, url

pytestmark = pytest.mark.django_db


@pytest.fixture
def keeper(bodil):
    return window(bodil)


def test_readers_see_where_it_is_and_who_has_it_and_the_company_everything(keeper, bo, held):
    page = url("property", held[0].property_id)
    own, others = text(keeper.get(page)), text(window(bo).get(page))
    for shown in (own, others):
        assert "Provstad Kvarnvingen 3" in shown
        assert "Farstavägen 12 A–C, 123 45" in shown
        assert "Norra Provstad" in shown
        assert "Provstads bostäder" in shown
    assert "101" in own
    assert "Lägenheter" in own
    assert "101" not in others
    assert "Lägenheter" not in others


def carry_out(keeper, page, sent):
    preview = keeper.post(page, sent)
    assert "Gå igenom" in text(preview), text(preview)
    answer = keeper.post(page, {**hidden(preview), "steg": "spara"})
    assert answer.status_code == 302
    return text(preview)


def test_facts_are_changed_with_a_preview_and_one_act(keeper, held, world):
    row = held[0]
    page = url("describe_property", row.pk)
    form = keeper.get(page).context["form"]
    sent = {name: form[name].value() or "" for name in form.fields}
    assert keeper.post(page, sent).context["form"].errors
    sent |= {"flats": "44", "addresses": "Farstavägen 12 A–C\nNyvägen 3 lgh 1101", "use": "care"}
    said = carry_out(keeper, page, {**sent, "point": "59.2440, 18.0930", "own_number": "X 9"})
    assert "lägenheter" in said
    this = Property.objects.get(pk=row.property_id)
    row.refresh_from_db()
    assert (this.flats, this.use, row.own_number) == (44, "care", "X 9")
    assert [each.text() for each in this.addresses.order_by("pk")] == [
        "Farstavägen 12 A–C",
        "Nyvägen 3",
    ]
    assert this.addresses.first().postal_code == "123 45"
    bad = keeper.post(page, {**sent, "addresses": "Box 3", "point": "1, 2", "flats": "-1"})
    assert set(bad.context["form"].errors) == {"addresses", "point", "flats"}
    assert "Box 3" in bad.content.decode()


def test_a_property_is_hidden_and_shown_again(keeper, bo, held):
    row = held[0]
    page, shown = url("hide_property", row.pk), url("property", row.property_id)
    said = carry_out(keeper, page, {})
    assert "minst fem" in said
    assert window(bo).get(shown).status_code == 404
    assert "Visas inte för andra" in text(keeper.get(shown))
    carry_out(keeper, page, {})
    assert window(bo).get(shown).status_code == 200


def test_a_sold_property_ends_and_leaves_the_stock(keeper, company, held):
    page = url("end_holding", held[0].pk)
    assert keeper.post(page, {"last_day": ""}).context["form"].errors
    carry_out(keeper, page, {"last_day": "2026-06-30"})
    row = Holding.objects.get(pk=held[0].pk)
    assert row.valid_through == day("2026-06-30")


def test_a_change_by_somebody_else_in_between_is_told(keeper, company, held):
    page = url("end_holding", held[0].pk)
    preview = keeper.post(page, {"last_day": "2026-12-30"})
    save(company, "Fastighet\tLägenheter\nKvarnvingen 3\t77")
    answer = keeper.post(page, {**hidden(preview), "steg": "spara"})
    assert answer.status_code == 409
    assert Holding.objects.get(pk=held[0].pk).valid_through is None
