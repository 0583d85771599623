"""The yearly follow-up as a report: of one group, and of all groups of a year.

Everything comes from what was frozen (or, of a draft, from what is saved now), so that page,
PDF and Word file say the same then and later.
"""

import datetime
from collections.abc import Iterator
from typing import Any

from django.urls import reverse
from django.utils import timezone

from governance.documents.blocks import Block, Column, Document, Facts, Heading, Table, Text
from governance.documents.goal_plots import goal_plot
from governance.documents.report_overviews import overview
from governance.documents.report_words import (
    NOTHING,
    drawn,
    goal_cells,
    state_in_words,
    tallied,
    used,
    worked,
)
from governance.models import FollowUp, FollowUpSection
from governance.queries.followup_figures import GoalLine, MeasureLine
from governance.queries.reports import YearReport
from governance.queries.snapshots import Frozen, FrozenSection
from governance.swedish import in_words, listed

Kind = FollowUpSection.Kind
Part = dict[str, Any]
_WARNING = "Det här är ett utkast. Texter och siffror kan ändras tills uppföljningen är fastställd."


def document_of(frozen: Frozen, applies: int = 0) -> Document:
    """The report of one group; `applies` is the number of the version that does, if any."""
    followup = frozen.followup
    replaced = Text(f"En rättad version är fastställd. Version {applies} gäller.", note=True)
    version = f"-version-{followup.number}" if followup.number > 1 else ""
    return Document(
        title=f"Uppföljning {followup.year} för {frozen.data['group']['name']}",
        subtitle=f"{frozen.data['agreement']}. {state_in_words(followup)}",
        file_name=f"uppfoljning-{followup.year}-{followup.group.slug}{version}",
        registry_number=followup.registry_number,
        blocks=[*([replaced] if applies > followup.number else []), *_group(frozen, 2)],
    )


def document_of_year(report: YearReport, agreement: str = "", *, whole: bool = True) -> Document:
    """The report of all groups of the year; without `whole`, only its overview.

    `agreement` is the slug of the one that it is about, empty for all of the reader's.
    """
    names = dict.fromkeys(each.data["agreement"] for each in report.told)
    nothing = "Ingen fastställd uppföljning" if report.waiting else "Ingen styrgrupp att visa"
    agreements = listed(names) or nothing
    blocks = overview(report, agreement)
    if whole:
        for each in report.told:
            blocks.append(Heading(each.data["group"]["name"], 2, each.followup.group.slug))
            blocks.append(Text(state_in_words(each.followup), note=True))
            blocks += _group(each, 3)
    return Document(
        title=f"Samlad uppföljning {report.year}",
        subtitle=agreements,
        file_name="-".join(filter(None, ["samlad-uppfoljning", str(report.year), agreement])),
        blocks=blocks,
        contents=whole,
    )


# -- one group ------------------------------------------------------------------------------------


def _group(frozen: Frozen, level: int) -> Iterator[Block]:
    """Facts, who sat, then the sections in their order; `level` is that of their headings."""
    slug = frozen.followup.group.slug
    sections = frozen.sections
    if frozen.followup.is_open:
        yield Text(_WARNING, note=True)
    yield Heading("Uppgifter", level, f"{slug}-uppgifter")
    yield Facts(_facts(frozen))
    for each in sections:
        if each.part["kind"] == Kind.FACTS and each.part["text"]:
            yield Text(each.part["text"])
    yield Heading("Ledamöter", level, f"{slug}-ledamoter")
    yield from _roster(frozen)
    told = {line.measure["pk"] for each in sections if _challenge(each) for line in each.measures}
    for each in sections:
        if each.part["kind"] != Kind.FACTS:
            yield Heading(each.heading, level, f"avsnitt-{each.part['id']}")
            yield from _section(each, frozen, told)


def _challenge(section: FrozenSection) -> bool:
    return bool(section.part["kind"] == Kind.CHALLENGE)


def _facts(frozen: Frozen) -> list[tuple[str, str]]:
    followup, data = frozen.followup, frozen.data
    rows = [
        ("Styrgrupp", f"{data['group']['name']} ({data['group']['state'].lower()})"),
        ("Överenskommelse", _agreement(data)),
        ("År", str(followup.year)),
        ("Avstämningsdatum", in_words(followup.cutoff)),
        ("Läge", state_in_words(followup)),
        ("Registrerad i egenskap av", followup.get_capacity_display().capitalize()),
        ("Protokoll", followup.minutes),
        ("Diarienummer", followup.registry_number or "Ej registrerat"),
        ("Rättad därför att", followup.reason),
        ("Skickad", _sent(followup)),
        ("Täckning", listed(each["name"] for each in data["coverage"]) or "Ingen"),
        ("Föregångare under året", listed(map(_predecessor, data["facts"]["predecessors"]))),
    ]
    return [(about, said) for about, said in rows if said]


def _agreement(data: Part) -> str:
    version = data["version"]
    if version is None:
        return f"{data['agreement']}. Ingen version gällde på avstämningsdatumet."
    said = f"{data['agreement']}, version {version['number']}"
    return said if version["title"] == data["agreement"] else f"{said}: {version['title']}"


def _sent(followup: FollowUp) -> str:
    if followup.is_open or followup.sent_at is None:
        return ""
    return in_words(timezone.localtime(followup.sent_at).date())


def _predecessor(part: Part) -> str:
    last = part["last_day"]
    until = f" (till och med den {_day(last)})" if last else ""
    return f"{part['name']}{until}, som har en egen uppföljning"


def _day(iso: str) -> str:
    return in_words(datetime.date.fromisoformat(iso))


def _roster(frozen: Frozen) -> Iterator[Block]:
    rows = frozen.data["roster"]
    if not rows:
        yield Text("Gruppen hade inga platser på avstämningsdatumet.", note=True)
        return
    yield Table(
        caption=f"Ledamöter den {in_words(frozen.followup.cutoff)}",
        columns=[Column("Plats i gruppen"), Column("Roll"), Column("Ledamot"), Column("Läge")],
        rows=[[_seat(row), row["role"].capitalize(), _holders(row), row["status"]] for row in rows],
    )


def _seat(row: Part) -> str:
    number = f" {row['number']}" if row["number"] != 1 else ""
    return f"{row['function']}{number}, {row['organization']}"


def _holders(row: Part) -> str:
    """Who sat there, as the reader may see it, and the deputies."""
    holder = [_person(row["holder"], row["mailbox"])] if row["holder"] else []
    deputies = [f"Ersättare: {_person(each, row['mailbox'])}" for each in row["deputies"]]
    return "; ".join([*holder, *deputies]) or NOTHING


def _person(person: Part, mailbox: str) -> str:
    if person["name"] is None:
        name = f"Namnet visas inte. Skriv till {mailbox}" if mailbox else "Namnet visas inte"
    else:
        name = person["name"] or "Namn saknas"
    return f"{name} ({person['title']})" if person["title"] else name


# -- one section ----------------------------------------------------------------------------------


def _section(section: FrozenSection, frozen: Frozen, told: set[int]) -> Iterator[Block]:
    part, facts = section.part, frozen.data["facts"]
    if _challenge(section):
        yield Facts([("Bedömning av måluppfyllelsen", part["judged"].capitalize() or "Saknas")])
        yield from _goals(section, frozen.followup)
        yield from _measures(section.measures, f"Åtgärder: {section.heading}")
    elif part["kind"] == Kind.MEASURES:
        yield from _measures_section(section, facts["tally"], told)
    elif part["kind"] == Kind.PROCESS:
        yield Facts(worked(facts))
    yield Text(part["text"]) if part["text"] else Text("Inget är skrivet.", note=True)


def _goals(section: FrozenSection, followup: FollowUp) -> Iterator[Block]:
    year = followup.year
    if not section.goals:
        yield Text(f"Inget mål är satt för {year}.", note=True)
        return
    titles = ["Indikator och område", "Utgångsläge", str(year - 1), str(year), "Mål", "Så långt"]
    yield Table(
        caption=f"Mål: {section.heading}",
        columns=[Column(title) for title in titles],
        rows=[[_goal(line), *goal_cells(line)] for line in section.goals],
    )
    for line in section.goals:
        plot = goal_plot(line.goal)
        if not plot.is_empty:
            args = [year, followup.group.slug, line.goal["pk"]]
            address = f"{reverse('governance:goal_plot', args=args)}?version={followup.number}"
            yield from drawn(plot, address)


def _goal(line: GoalLine) -> str:
    aim = f". {line.goal['aim']}" if line.goal["aim"] else ""
    return f"{line.goal['indicator']}, {line.goal['area']}{aim}"


def _measures_section(
    section: FrozenSection, tally: dict[str, int], told: set[int]
) -> Iterator[Block]:
    """How many of each status, and those that no challenge above has told of."""
    if not section.measures:
        yield Text("Inga åtgärder fanns under året.", note=True)
        return
    yield Facts(tallied(tally))
    rest = [line for line in section.measures if line.measure["pk"] not in told]
    yield from _measures(rest, "Övriga åtgärder" if told else "Åtgärder")


def _measures(lines: list[MeasureLine], caption: str) -> Iterator[Block]:
    if lines:
        titles = ["Åtgärd", "Ansvarig", "Läge", "Gjort", "Klar senast"]
        yield Table(
            caption, [Column(title) for title in titles], [_measure(each) for each in lines]
        )


def _measure(line: MeasureLine) -> list[str]:
    part = line.measure
    why = f". {part['why']}" if part["why"] else ""
    done = ". ".join(filter(None, [line.progress or "Ej registrerat", listed(used(part))]))
    return [part["title"], part["organization"], f"{line.status.text}{why}", done, part["due"]]
