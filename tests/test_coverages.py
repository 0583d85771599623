"""/tackning/: every stadsdel with its local group, on any day."""

import datetime
import html
import re

import pytest

from governance.models import Area, Coverage, SteeringGroup
from governance.permissions import visible_groups
from governance.queries.coverages import CoverageTable
from governance.rights import rights
from governance.services.coverages import change_coverage
from governance.temporal import day_before, today
from tests.days import day
from tests.worlds import make_group


def table(user, on: datetime.date) -> CoverageTable:
    """Fresh eyes each time: the rights of a user object are worked out once."""
    user = type(user).objects.get(pk=user.pk)
    return CoverageTable(on, visible_groups(user), rights(user).agreements)


def row(table: CoverageTable, name: str):
    return next(each for each in table.rows if each.area.name == name)


def text(response) -> str:
    """What the page says, without tags."""
    return " ".join(html.unescape(re.sub(r"<[^>]+>", " ", response.content.decode())).split())


@pytest.mark.parametrize("on", ["2019-12-01", "2021-01-01", "2024-01-01", "2026-06-01"])
def test_each_of_the_117_has_exactly_one_local_group(karin, on):
    found = table(karin, day(on))
    assert len(found.rows) == 117
    assert [len(each.covering) for each in found.rows] == [1] * 117
    assert (found.gaps, found.doubles) == ([], [])


@pytest.mark.parametrize(
    ("name", "on", "district", "police"),
    [
        ("Rågsved", "2019-11-04", "Enskede-Årsta-Vantör", "Farsta"),
        ("Årsta", "2019-11-04", "Enskede-Årsta-Vantör", "Globen"),
        ("Solberga", "2021-01-01", "Hägersten-Älvsjö", "Globen"),
        ("Fruängen", "2021-01-01", "Hägersten-Älvsjö", "Skärholmen"),
        ("Vasastaden", "2019-11-04", "Norrmalm", "Norrmalm"),
        ("Vasastaden", "2026-11-23", "Norra innerstaden", "Norra innerstaden"),
    ],
)
def test_the_page_says_what_a_stadsdel_is_part_of(client, karin, name, on, district, police):
    client.force_login(karin)
    page = text(client.get("/tackning/", {"datum": on}))
    group = f"Lokal styrgrupp {district}"
    assert f"{name} {district} {police} {group}" in page


@pytest.mark.parametrize(
    ("on", "districts", "police"), [("2019-06-01", 14, 7), ("2025-06-01", 11, 8)]
)
def test_the_page_lists_the_areas_in_force(client, karin, on, districts, police):
    found = table(karin, day(on))
    assert (len(found.districts), len(found.police_districts)) == (districts, police)
    assert sum(number for _, number in found.districts) == 117
    client.force_login(karin)
    page = text(client.get("/tackning/", {"datum": on}))
    assert f"{districts} stadsdelsområden och {police} lokalpolisområden" in page


def test_a_group_that_stops_covering_leaves_exactly_its_stadsdelar_as_gaps(client, karin, farsta):
    on = day("2025-03-01")
    mine = {each.area.name for each in table(karin, on).rows if farsta in groups(each)}
    assert "Hökarängen" in mine
    coverage = farsta.coverages.get()
    coverage.valid_through = day_before(on)
    coverage.save()
    assert table(karin, day_before(on)).gaps == []
    assert {each.area.name for each in table(karin, on).gaps} == mine
    client.force_login(karin)
    page = text(client.get("/tackning/", {"datum": on.isoformat(), "visa": "luckor"}))
    rest, gaps = 117 - len(mine), len(mine)
    assert f"117 stadsdelar : {rest} har en lokal styrgrupp, {gaps} saknar , 0 har flera" in page
    assert "Hökarängen" in page
    assert "Abrahamsberg" not in page


def test_a_group_that_covers_more_makes_exactly_those_stadsdelar_double(client, karin, farsta):
    on = day("2025-03-01")
    kungsholmen = Area.objects.get(kind="stadsdelsomrade", slug="kungsholmen")
    theirs = {each.area.name for each in table(karin, on).rows if each.district == kungsholmen}
    areas = [farsta.coverages.get().area, kungsholmen]
    change_coverage(user=None, group=farsta, first_day=on, areas=areas)
    assert table(karin, day_before(on)).doubles == []
    assert {each.area.name for each in table(karin, on).doubles} == theirs
    client.force_login(karin)
    page = text(client.get("/tackning/", {"datum": on.isoformat(), "visa": "dubbla"}))
    assert f"{len(theirs)} har flera" in page
    assert "Lokal styrgrupp Farsta, Lokal styrgrupp Kungsholmen" in page


def groups(row) -> list[SteeringGroup]:
    return [covering.group for covering in row.covering]


def test_only_local_groups_make_double_cover(world):
    council = make_group(world.agreement, "Rådet", kind="strategic_council")
    Coverage.objects.create(group=council, area=world.north, valid_from=council.valid_from)
    found = CoverageTable(day("2024-01-01"), SteeringGroup.objects.all(), [world.agreement])
    assert [groups(each) for each in found.rows] == [[world.group]] * 2


def test_a_proposed_group_covers_nothing_and_a_resting_one_is_named_as_such(client, world, karin):
    world.group.decisions.create(act="rest", first_day=day("2024-02-01"))
    proposed = make_group(world.agreement, "Påtänkta gruppen", active=False)
    Coverage.objects.create(group=proposed, area=world.north, valid_from=proposed.valid_from)
    world.agreement.parties.add(karin.person.organization)
    client.force_login(karin)
    address = {"overenskommelse": world.agreement.slug, "datum": "2024-02-01"}
    page = text(client.get("/tackning/", address))
    assert "Lokala gruppen i Provstad (vilande)" in page
    assert "Påtänkta" not in page
    before = text(client.get("/tackning/", {**address, "datum": "2024-01-31"}))
    assert "(vilande)" not in before


def test_a_day_without_faults_says_so_in_one_sentence(client, karin):
    client.force_login(karin)
    page = text(client.get("/tackning/", {"datum": "2025-06-01"}))
    assert "Inga luckor och ingen dubbel täckning" in page
    assert "Dubbel täckning" not in page


def test_before_the_sources_begin_nothing_is_called_a_gap(client, karin):
    client.force_login(karin)
    page = text(client.get("/tackning/", {"datum": "2018-12-31"}))
    assert "Uppgift saknas före 2019. Det betyder inte att områden saknades." in page
    assert "Uppgift saknas före den 4 november 2019. Det betyder inte att grupp saknades." in page
    assert table(karin, day("2018-12-31")).gaps == []
    first = table(karin, day("2019-01-01"))
    assert all(each.police_district for each in first.rows)
    assert first.police_known_from is None


def test_before_a_group_that_was_entered_in_the_app_there_is_a_gap(world):
    found = CoverageTable(day_before(world.group.valid_from), visible(world), [world.agreement])
    assert found.rows == []
    Area.objects.all().update(valid_from=day("2015-01-01"))
    Area.objects.get(pk=world.north.pk).wholes.update(valid_from=day("2015-01-01"))
    Area.objects.get(pk=world.district.pk).wholes.update(valid_from=day("2015-01-01"))
    found = CoverageTable(day_before(world.group.valid_from), visible(world), [world.agreement])
    assert [each.area for each in found.gaps] == [world.north]


def visible(world):
    return SteeringGroup.objects.filter(agreement=world.agreement)


def test_a_day_without_any_version_is_said_and_answered(client, karin):
    client.force_login(karin)
    page = text(client.get("/tackning/", {"datum": "2019-08-27"}))
    assert "Den 27 augusti 2019 gällde ingen version av Övergripande" in page
    assert "gällde ingen version" not in text(client.get("/tackning/", {"datum": "2019-11-04"}))


def test_stadsdelar_stand_in_swedish_order(karin):
    found = [each.area.name for each in table(karin, today()).rows]
    assert found[0] == "Abrahamsberg"
    assert found.index("Västertorp") < found.index("Ålsten") < found.index("Årsta")
    assert found.index("Årsta") < found.index("Älvsjö") < found.index("Östberga")


def test_a_stranger_sees_own_stadsdelar_and_no_others(client, stranger):
    client.force_login(stranger)
    page = text(client.get("/tackning/"))
    assert "2 stadsdelar : 2 har en lokal styrgrupp" in page
    assert "Rågsved" not in page
    assert "Lokal styrgrupp Farsta" not in page


def test_the_number_of_queries_does_not_grow(client, karin, django_assert_max_num_queries, farsta):
    client.force_login(karin)
    with django_assert_max_num_queries(12) as few:
        client.get("/tackning/")
    for number in range(30):
        group = make_group(farsta.agreement, f"Grupp {number}", valid_from=day("2024-01-01"))
        Coverage.objects.create(
            group=group, area=farsta.coverages.get().area, valid_from=group.valid_from
        )
    with django_assert_max_num_queries(12) as many:
        client.get("/tackning/")
    assert len(few) == len(many)


@pytest.mark.parametrize(
    "on", ["2015-01-01", "2018-12-31", "2019-08-27", "2035-12-31", "2025-02-30"]
)
def test_any_day_is_answered_within_the_budget(client, karin, django_assert_max_num_queries, on):
    client.force_login(karin)
    with django_assert_max_num_queries(12):
        assert client.get("/tackning/", {"datum": on}).status_code == 200
