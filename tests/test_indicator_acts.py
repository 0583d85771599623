"""Acts on one value: added, corrected, withdrawn and undone, and who may do it."""

from decimal import Decimal

import pytest
from django.core.exceptions import ValidationError

from governance.models import IndicatorValue
from governance.permissions import Measuring, NotAllowed, require_to_measure, visible_areas
from governance.queries.indicators import Series, goal_lines
from governance.services import indicators as service
from governance.services import undo
from governance.services.acts import Stale
from tests.days import day
from tests.following import make_goal, make_indicator, make_priority
from tests.worlds import grant, local_under, make_user

pytestmark = pytest.mark.django_db


def entered(world):
    return IndicatorValue.objects.filter(area=world.north)


def add(world, indicator, number="12.5", year=2025, **more):
    return service.add_value(
        user=None,
        agreement=world.agreement,
        indicator=indicator,
        area=world.north,
        year=year,
        number=Decimal(number),
        **more,
    )


def correct(world, row, number, **more):
    given = {"year": row.year, "measured_on": row.measured_on, "source": row.source, **more}
    return service.correct_value(
        user=None, agreement=world.agreement, row=row, number=Decimal(number), **given
    )


def test_a_value_is_added_corrected_and_withdrawn_each_as_one_act(world) -> None:
    worry = make_indicator("ORO", name="Oro")
    done = add(world, worry)
    assert done.summary == "Oro i Norra Provstad (stadsdel) 2025: 12,5\u00a0%, nytt värde."
    assert (done.verb, done.agreement) == ("indicate", world.agreement)
    row = entered(world).get()
    entered(world).update(source_mark="confirmed", source="Mätningen")
    row.refresh_from_db()
    done = correct(world, row, "11")
    assert done.summary == (
        "Oro i Norra Provstad (stadsdel) 2025: 11\u00a0% i stället för 12,5\u00a0%."
    )
    row.refresh_from_db()
    assert (row.value, row.source_mark, row.source) == (11, "", "Mätningen")
    done = correct(world, row, "11", year=2024)
    assert done.summary.endswith("11\u00a0%, rättade uppgifter, och gäller 2024.")
    done = service.withdraw_value(user=None, agreement=world.agreement, row=row)
    assert "är borttaget" in done.summary
    assert not entered(world).exists()
    assert worry.outcomes.model.history.filter(caused_by=done, history_type="-").count() == 1


@pytest.mark.parametrize(
    ("unit", "number", "words"),
    [
        ("%", "100.5", "från 0 till 100"),
        ("%", "-1", "från 0 till 100"),
        ("antal", "2.5", "heltal"),
        ("antal", "-1", "heltal"),
        ("kr", "1.005", "två decimaler"),
        ("kr", "1000000000000", "för stort"),
    ],
)
def test_a_number_that_cannot_be_is_refused_in_words(world, unit, number, words) -> None:
    with pytest.raises(ValidationError, match=words):
        add(world, make_indicator("X", unit=unit), number)
    assert not entered(world).exists()


def test_one_area_has_one_value_a_year_and_changes_are_not_made_on_what_is_stale(world) -> None:
    worry = make_indicator("ORO")
    add(world, worry)
    with pytest.raises(ValidationError, match="redan ett värde för området det året"):
        add(world, worry, "3")
    row = entered(world).get()
    seen = service.last_written(row)
    with pytest.raises(ValidationError, match="Inga ändringar"):
        correct(world, row, "12.50")
    correct(world, row, "9", seen=seen)
    with pytest.raises(Stale):
        correct(world, row, "8", seen=seen)
    with pytest.raises(Stale):
        service.withdraw_value(user=None, agreement=world.agreement, row=row, seen=seen)


def test_each_is_undone_and_what_was_changed_since_is_not(world) -> None:
    worry = make_indicator("ORO")
    first = add(world, worry)
    row = entered(world).get()
    second = correct(world, row, "9")
    with pytest.raises(ValidationError, match="har ändrats efter"):
        undo.undo(user=None, act=first, now=first.at)
    undo.undo(user=None, act=second, now=second.at)
    assert str(entered(world).get().value) == "12.50"
    third = service.withdraw_value(user=None, agreement=world.agreement, row=row)
    undo.undo(user=None, act=third, now=third.at)
    assert str(entered(world).get().value) == "12.50"
    undo.undo(user=None, act=first, now=first.at)
    assert not entered(world).exists()


def test_a_hidden_count_is_told_by_no_goal_and_no_act(world) -> None:
    hiding = make_indicator("ANTAL1", unit="antal", hide_small=True)
    goal = make_goal(make_priority(world.group, own_title="Torg"), hiding, world.north, 20, 4)
    add(world, hiding, number="3", year=2025)
    found = goal_lines([goal], Series(hiding, [world.north.pk], day("2025-12-31")), 2025)[0]
    assert (found.now, found.said) == ("färre än 5 (2025)", "Visas inte: antalet är under 5.")
    value = entered(world).get()
    done = correct(world, value, number="2")
    assert "färre än 5" in done.summary
    assert not any(figure in done.summary for figure in (" 2 ", " 3 ", " 2.", " 3.", " 3,", " 2,"))


# -- who enters what ------------------------------------------------------------------------------


def test_the_areas_of_a_reader_are_the_same_as_those_that_are_visible(karin, world, stina) -> None:
    for user in (karin, stina):
        there = set(visible_areas(user).values_list("pk", flat=True))
        assert Measuring(user).seen == there


def test_values_are_entered_only_where_the_structure_is_ones_own(world, elsewhere) -> None:
    both = make_user("bada@example.org")
    grant(both, "edit_structure", world.agreement)
    grant(both, "view_protected", elsewhere.agreement)
    mine = require_to_measure(both)
    assert mine.agreements == [world.agreement]
    assert mine.agreement_for(world.north) == world.agreement
    assert mine.agreement_for(world.municipality) == world.agreement
    assert elsewhere.north.pk in mine.seen
    assert elsewhere.north.pk not in mine.areas
    with pytest.raises(NotAllowed):
        mine.agreement_for(elsewhere.north)


def test_a_local_agreement_without_territory_enters_for_nothing_larger(world) -> None:
    local = local_under(world.agreement)
    world.group.agreement = local
    world.group.save()
    user = make_user("lokal@example.org")
    grant(user, "edit_structure", local)
    mine = Measuring(user)
    assert mine.areas == {world.district.pk, world.north.pk, world.south.pk}
    assert world.municipality.pk in mine.seen
    grant(user, "edit_structure", world.agreement)
    assert Measuring(make_again(user)).agreements == [world.agreement]


def make_again(user):
    return type(user).objects.get(pk=user.pk)
