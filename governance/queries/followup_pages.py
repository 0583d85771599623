"""One follow-up as it is read and written: each section with its guidance and its figures."""

import datetime
from dataclasses import dataclass, field
from typing import Any

from governance.models import FollowUp, FollowUpSection, Status
from governance.permissions import names, visible_followups
from governance.queries.followup_figures import GoalLine, MeasureLine
from governance.queries.rounds import STATE_MARKS, STATE_WORDS
from governance.rights import Account
from governance.temporal import has_passed

Kind = FollowUpSection.Kind
# What to write in each part, as Brå's method for following up has it (facts of the domain, 4.4).
GUIDANCE = {
    Kind.FACTS: [
        "Kontrollera att uppgifterna här bredvid stämmer.",
        "Skriv vem som har tagit fram uppföljningen, som funktion, och diarienummer om det finns.",
    ],
    Kind.PICTURE: [
        "Kartläggning: vilka brott, hur många, vilka följder?",
        "Annan information: vad vet ni som inte syns i statistiken?",
        "Analys: vad beror det på? Jämför med utgångsläget.",
        "Skriv källa och mätdatum för varje siffra.",
    ],
    Kind.CHALLENGE: [
        "Vad ville ni uppnå, och hur gick det? Utgå från siffrorna här bredvid.",
        "Att fler brott anmäls behöver inte vara dåligt: det kan bero på fler poliser på plats.",
        "Gör en egen bedömning: helt, delvis, ej eller går ej att bedöma.",
    ],
    Kind.MEASURES: [
        "Vad blev gjort och vad blev inte gjort? Varför blev det annorlunda än planerat?",
        "Skriv gärna hur mycket tid och pengar som gick åt.",
    ],
    Kind.PROCESS: [
        "Blev syftet rätt?",
        "Var målen specifika, mätbara, accepterade, realistiska och tidsbestämda?",
        "Fungerade organisationen? Se möten, närvaro och vakanser här bredvid.",
    ],
    Kind.ANALYSIS: [
        "Har åtgärderna lett till ökad trygghet och minskad brottslighet?",
        "Vad vet ni inte?",
    ],
    Kind.COMMUNICATION: ["Vad har kommunicerats, internt och externt?"],
    Kind.NEXT_YEAR: [
        "Vad fortsätter, vad ändras och vad avslutas?",
        "Behöver den centrala styrgruppen besluta något?",
    ],
    Kind.ATTACHMENTS: ["Räkna upp lägesbild, protokoll och annat, med diarienummer."],
    Kind.REPORTING: [
        "Vem har fått uppföljningen, och när: central styrgrupp, stadsdelsnämnd, "
        "kommunstyrelsen (SFS 2023:196 13 §)?",
    ],
}


@dataclass(frozen=True)
class Row:
    """One section with what stands beside it; `editor` is None when the name is hidden."""

    section: FollowUpSection
    guidance: list[str]
    last_text: str = ""
    editor: str | None = ""
    goals: list[GoalLine] = field(default_factory=list)
    measures: list[MeasureLine] = field(default_factory=list)

    @property
    def anchor(self) -> str:
        return f"avsnitt-{self.section.pk}"

    @property
    def heading(self) -> str:
        title = self.section.title
        return title[:1].upper() + title[1:]

    @property
    def status(self) -> Status:
        if self.section.done:
            return Status("filled", "Klart")
        if self.section.text:
            return Status("starting", "Påbörjat")
        return Status("closed", "Saknas")


def figures_day(followup: FollowUp, day: datetime.date) -> datetime.date:
    """The avstämningsdatum or, while the year is not over, the day itself."""
    return followup.cutoff if has_passed(followup.cutoff, day) else day


def state_of(followup: FollowUp) -> Status:
    state = FollowUp.State(followup.state)
    return Status(STATE_MARKS[state], STATE_WORDS[state])


def last_followup(user: Account, followup: FollowUp) -> FollowUp | None:
    """The newest one of the year before that the reader may see."""
    rows = visible_followups(user).filter(group=followup.group_id, year=followup.year - 1)
    return rows.order_by("-number").first()


def section_rows(user: Account, followup: FollowUp, facts: dict[str, Any]) -> list[Row]:
    """The sections in order, each with last year's text and its figures; four queries."""
    sections = list(
        followup.sections.select_related(
            "challenge", "priority__challenge", "edited_by__person"
        ).order_by("order", "pk")
    )
    before = last_followup(user, followup)
    texts = {_about(each): each.text for each in before.sections.all()} if before else {}
    editors = editor_names(user, followup, sections)
    for each in sections:
        each.followup = followup
    return [
        Row(
            section=each,
            guidance=GUIDANCE[Kind(each.kind)],
            last_text=texts.get(_about(each), ""),
            editor=editors[each.pk],
            **_figures(each, facts),
        )
        for each in sections
    ]


def editor_names(
    user: Account, followup: FollowUp, sections: list[FollowUpSection]
) -> dict[int, str | None]:
    """Who saved each section last, by its id: empty when nobody has or it is no person."""
    people = {
        each.pk: person
        for each in sections
        if each.edited_by and (person := getattr(each.edited_by, "person", None))
    }
    shown = names(user, people.values(), followup.group.agreement) if people else {}
    return {each.pk: shown[people[each.pk].pk] if each.pk in people else "" for each in sections}


def _about(section: FollowUpSection) -> tuple[str, int | None, int | None]:
    return section.kind, section.challenge_id, section.priority_id


def _figures(section: FollowUpSection, facts: dict[str, Any]) -> dict[str, Any]:
    """Goals and measures of what the section is about; all measures where it is about them."""
    if section.kind == Kind.MEASURES:
        return {"measures": [MeasureLine(each) for each in facts["measures"]]}
    if section.kind != Kind.CHALLENGE:
        return {}
    about = [each for each in facts["priorities"] if _same(section, each)]
    own = {each["pk"] for each in about}
    return {
        "goals": [
            GoalLine(goal, section.followup.year) for each in about for goal in each["goals"]
        ],
        "measures": [MeasureLine(each) for each in facts["measures"] if each["priority"] in own],
    }


def _same(section: FollowUpSection, priority: dict[str, Any]) -> bool:
    if section.priority_id:
        return bool(priority["pk"] == section.priority_id)
    return bool(priority["challenge"] == section.challenge_id)


def whole_text(rows: list[Row]) -> str:
    """Everything that is written, with its headings, for *Kopiera texten*."""
    parts = []
    for row in rows:
        judged = row.section.get_judgement_display()
        lines = [row.heading, f"Bedömning: {judged}" if judged else "", row.section.text]
        parts.append("\n".join(line for line in lines if line))
    return "\n\n".join(parts)
