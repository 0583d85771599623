"""More follow-ups in the demo, so that a year's report has several groups; all invented.

The values of the indicators are real: they come with the structure.
"""

import datetime
from decimal import Decimal
from typing import NamedTuple

from governance.models import (
    Area,
    Challenge,
    FollowUpSection,
    Goal,
    Indicator,
    IndicatorValue,
    LocalPriority,
    Measure,
    Meeting,
    Organization,
    Seat,
    SteeringGroup,
)

Kind = FollowUpSection.Kind
INDICATOR = "TM02"
REASON = "Exempel: frågan återkommer i gruppens lägesbild."
# The groups, the years they have adopted, the target for the area that carries their name, and
# what they say of the three challenges that they work with.
GROUPS = [
    ("rinkeby-kista", (2022,), "9", "partly partly not"),
    ("spanga-tensta", (2022,), "15", "fully partly unknown"),
    ("skarholmen", (2022, 2023), "", "partly fully not"),
]
# Its priorities and its goal are there already.
FARSTA = ("farsta", (2022, 2023), "", "partly partly")
CODES = ("U01", "U02", "U03")
FIRST, LAST = datetime.date(2021, 1, 1), datetime.date(2023, 12, 31)


class Planned(NamedTuple):
    challenge: str
    title: str
    target: int
    unit: str
    status: str
    progress: int | None
    why: str


MEASURES = [
    Planned("U01", "Exempel: trygghetsvandringar", 8, "vandringar", "done", 9, ""),
    Planned("U01", "Exempel: ny belysning längs gångvägen", 40, "lampor", "ongoing", 25, ""),
    Planned("U02", "Exempel: vuxna ute på helgkvällar", 30, "kvällar", "done", 30, ""),
    Planned(
        "U03",
        "Exempel: gemensam rutin med skolorna",
        4,
        "skolor",
        "not_done",
        1,
        "Exempel: skolorna bytte rektorer under året.",
    ),
]
# What the groups write, by the kind of section.
TEXTS = {
    Kind.FACTS: "Exempel: uppföljningen är framtagen av gruppens sekreterare tillsammans med "
    "kommunpolisen.",
    Kind.PICTURE: "Exempel: skadegörelse och nedskräpning finns mest kring centrum, framför allt "
    "på helgkvällar. Invånarna nämner mörka gångvägar.\n\nIngen mätning har gjorts sedan 2020. "
    "Hur siffrorna har ändrats sedan utgångsläget står under utmaningarna.",
    Kind.CHALLENGE: "Exempel: gruppen har arbetat med {title} på varje möte. Det mesta av det som "
    "planerades blev gjort.",
    Kind.MEASURES: "Exempel: de flesta åtgärderna är genomförda. Arbetet med skolorna började "
    "senare än planerat.",
    Kind.PROCESS: "Exempel: syftet stämde, men målen var svåra att mäta varje år.",
    Kind.ANALYSIS: "Exempel: åtgärderna kan ha bidragit till att fler känner sig trygga. Vi vet "
    "inte hur mycket, för andra saker har ändrats samtidigt.",
    Kind.COMMUNICATION: "Exempel: arbetet har beskrivits i stadsdelens nyhetsbrev och för "
    "bostadsbolagens hyresvärdar.",
    Kind.NEXT_YEAR: "Exempel: vandringarna och belysningen fortsätter. Rutinen med skolorna görs "
    "om tillsammans med rektorerna.",
    Kind.ATTACHMENTS: "Exempel: gruppens lägesbild och anteckningar från årets möten.",
    Kind.REPORTING: "Exempel: lämnad till stadsdelsnämnden och till den centrala styrgruppen.",
}
JUDGEMENTS = {
    (slug, code): judgement
    for slug, _years, _target, judged in [*GROUPS, FARSTA]
    for code, judgement in zip(CODES, judged.split(), strict=False)
}


def add_work_to_report() -> None:
    """Priorities, goals, measures and meetings of the groups, before the years are opened."""
    for slug, years, target, _judged in GROUPS:
        group = SteeringGroup.objects.get(slug=slug)
        challenges = Challenge.objects.filter(
            version__agreement=group.agreement_id, version__number=2, code__in=CODES
        )
        for challenge in challenges.order_by("order"):
            priority = LocalPriority.objects.create(
                group=group,
                challenge=challenge,
                order=challenge.order,
                reason=REASON,
                valid_from=FIRST,
                valid_through=min(group.valid_through or LAST, LAST),
            )
            _add_measures(priority, challenge.code)
            if target and challenge.code == "U01":
                _add_goal(priority, slug, Decimal(target))
        for year in years:
            _meet(group, year)
    slug, years, *_rest = FARSTA
    farsta = SteeringGroup.objects.get(slug=slug)
    for priority in farsta.priorities.filter(challenge__code__in=CODES):
        _add_measures(priority, CODES[priority.order - 1])
    for year in years:
        _meet(farsta, year)


def _add_goal(priority: LocalPriority, slug: str, target: Decimal) -> None:
    area = Area.objects.get(kind=Area.Kind.DISTRICT, slug=slug)
    indicator = Indicator.objects.get(code=INDICATOR)
    began = IndicatorValue.objects.get(indicator=indicator, area=area, year=2017)
    Goal.objects.create(
        priority=priority,
        indicator=indicator,
        area=area,
        aim="Exempel: färre ska vara oroliga för att utsättas för brott",
        baseline=began.value,
        baseline_year=began.year,
        target=target,
        due=datetime.date(2023, 6, 30),
    )


def _add_measures(priority: LocalPriority, code: str) -> None:
    seat = priority.group.seats.select_related("organization").order_by("pk").first()
    organization = seat.organization if seat else Organization.objects.earliest("pk")
    for each in MEASURES:
        if each.challenge == code:
            Measure.objects.create(
                priority=priority,
                organization=organization,
                title=each.title,
                start=FIRST,
                due=datetime.date(2022, 12, 31),
                target=each.target,
                unit=each.unit,
                status=each.status,
                progress=each.progress,
                why=each.why,
            )


def _meet(group: SteeringGroup, year: int) -> None:
    """Four times, with all but one seat represented."""
    for month in (2, 5, 9, 11):
        day = datetime.date(year, month, 15)
        if not group.has_ended(day):
            meeting = Meeting.objects.create(group=group, day=day, state=Meeting.State.HELD)
            there = group.seats.as_of(day).exclude(role=Seat.Role.DEPUTY).order_by("pk")
            meeting.present.set(list(there)[month % 2 :])


def text_of(section: FollowUpSection) -> str:
    """What stands in a section, as if a group had written it."""
    if section.kind == Kind.CHALLENGE and _about(section) not in JUDGEMENTS:
        return "Exempel: gruppen har inte arbetat med det här under året."
    title = section.title[:1].lower() + section.title[1:]
    return TEXTS[Kind(section.kind)].format(title=title)


def judgement_of(section: FollowUpSection) -> str:
    """What a group would say of how it went; of what it did not work with, that it cannot be."""
    if section.kind != Kind.CHALLENGE:
        return ""
    return JUDGEMENTS.get(_about(section), FollowUpSection.Judgement.UNKNOWN)


def _about(section: FollowUpSection) -> tuple[str, str]:
    return section.group.slug, section.challenge.code if section.challenge else ""
