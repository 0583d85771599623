"""The PDF of a year with fifteen groups, as it is fetched: told step by step, and tagged."""

import json
from itertools import pairwise

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from governance.documents.blocks import Document, Figure, Heading, Table
from governance.documents.plot_words import alternative
from governance.models import Area
from tests.following import (
    make_followup,
    make_goal,
    make_indicator,
    make_measure,
    make_priority,
    make_value,
)
from tests.pdf_tags import Tagged, all_tagged, declared, fonts_inside
from tests.reports import freeze, of_year
from tests.test_report_pdf import squeezed
from tests.worlds import FIRST, appoint, make_group, make_person, make_seat

pytestmark = pytest.mark.django_db
GROUPS, BUDGET = 15, 12
LONG = "\n\n".join(
    f"Stycke {number}. Vi gick vandringar på torget, talade med dem som bor där och lagade "
    "belysningen. Samordningen mellan staden och polisen fungerade bättre än året före, men "
    "två möten ställdes in eftersom platser stod utan ledamot." * 2
    for number in range(4)
)


@pytest.fixture
def year(world) -> None:
    """Fifteen local groups with an adopted follow-up of ten sections each."""
    indicators = [make_indicator("PROV1"), make_indicator("PROV2", unit="antal")]
    for number in range(GROUPS):
        area = Area.objects.create(
            name=f"Område {number + 1:02}",
            slug=f"omrade-{number}",
            kind="stadsdelsomrade",
            valid_from=FIRST,
        )
        group = make_group(world.agreement, f"Grupp {number + 1:02}", parent=world.central)
        for role in ("chair", "member", "secretary"):
            seat = make_seat(group, world.city, f"plats-{role}", role)
            appoint(seat, make_person(world.city, f"Person {number}", "Provson"))
        priority = make_priority(group, world.challenge)
        for indicator in indicators:
            make_goal(priority, indicator, area)
            for when, value in ((2018, 14), (2020, 12), (2021, 11 + number)):
                make_value(indicator, area, when, value)
        for each in range(6):
            status = ("done", "ongoing", "planned")[each % 3]
            make_measure(priority, world.city, title=f"Åtgärd {each}", status=status)
        followup = freeze(make_followup(group), text=LONG)
        assert followup.sections.count() == 10


def streamed(client: Client) -> tuple[list[dict], bytes]:
    """The lines that tell of the steps, and the file after them."""
    url = reverse("governance:year_report_file", args=[2021, "pdf"])
    rest = b"".join(client.get(f"{url}?framsteg=1").streaming_content)  # type: ignore[arg-type]
    lines: list[dict] = []
    while "size" not in (lines or [{}])[-1]:
        line, _, rest = rest.partition(b"\n")
        lines.append(json.loads(line))
    return lines, rest


def test_the_pdf_of_fifteen_groups_tells_its_steps_and_passes_the_check_of_its_tags(
    world, year, anna, as_anna
):
    with CaptureQueriesContext(connection) as asked:
        [*steps, last], file = streamed(as_anna)
    assert len(asked) <= BUDGET
    document = of_year(anna)
    of = len(document.plots) + 1
    assert of == 2 * GROUPS + 3 + 1
    assert [(each["done"], each["of"]) for each in steps] == [(each, of) for each in range(of)]
    assert len({each["text"] for each in steps}) == of
    assert last == {
        "name": "samlad-uppfoljning-2021.pdf", "type": "application/pdf", "size": len(file),
    }  # fmt: skip
    tagged = Tagged(file)
    declared(tagged, document.title)
    fonts_inside(tagged)
    assert len(all_tagged(tagged)) > 5000
    headings_are(tagged, document)
    tables_are(tagged, document)
    figures = [each for each in document.blocks if isinstance(each, Figure)]
    said = [each.found["/Alt"] for each in tagged.named("Figure")]
    assert said == [alternative(each.plot) for each in figures]
    assert len(tagged.reader.pages) > GROUPS * 2


def headings_are(file: Tagged, document: Document) -> None:
    """The title, the contents and every heading of the document, in order and without jumps."""
    wanted = [each for each in document.blocks if isinstance(each, Heading)]
    levels = [int(tag.name[1]) for tag in file.tags if tag.name in ("H1", "H2", "H3", "H4")]
    assert levels == [1, 2, *(each.level for each in wanted)]
    assert all(after <= before + 1 for before, after in pairwise(levels))
    assert [squeezed(each) for each in outline(file.reader.outline)][-len(wanted) :] == [
        squeezed(each.text) for each in wanted
    ]


def outline(parts: list) -> list[str]:
    """The bookmarks of the file, those within others after them."""
    return [
        title
        for each in parts
        for title in (outline(each) if isinstance(each, list) else [each.title])
    ]


def tables_are(file: Tagged, document: Document) -> None:
    """Each with its caption, a header with a scope for every column, and every row whole."""
    wanted = [each for each in document.blocks if isinstance(each, Table)]
    found = file.named("Table")
    assert len(found) == len(wanted) == len(file.named("Caption"))
    for tag, table in zip(found, wanted, strict=True):
        heads = [each for each in tag.every() if each.name == "TH"]
        assert [each.attribute("/Scope") for each in heads] == ["/Column"] * len(table.columns)
        rows = [len([*each.children]) for each in tag.every() if each.name == "TR"]
        assert rows == [len(table.columns)] * (len(table.rows) + 1)
