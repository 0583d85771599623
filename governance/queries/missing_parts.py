"""What a follow-up still lacks before it can be sent."""

from collections.abc import Iterable
from dataclasses import dataclass

from governance.models import FollowUpSection

# Parts that may stand without a text of their own: they are filled in from the data, or
# there is nothing to say.
_NO_TEXT = (
    FollowUpSection.Kind.FACTS,
    FollowUpSection.Kind.MEASURES,
    FollowUpSection.Kind.ATTACHMENTS,
)


@dataclass(frozen=True)
class Missing:
    """A part that is not ready, and in a sentence all that it lacks."""

    section: FollowUpSection
    sentence: str


def missing_parts(sections: Iterable[FollowUpSection]) -> list[Missing]:
    """In the order given; a part that lacks nothing is left out."""
    found = []
    for section in sections:
        lacks = _lacks(section)
        if lacks:
            sentence = f"{section.title}: {', '.join(lacks)}."
            found.append(Missing(section, sentence[:1].upper() + sentence[1:]))
    return found


def _lacks(section: FollowUpSection) -> list[str]:
    lacks = []
    if section.kind not in _NO_TEXT and not section.text.strip():
        lacks.append("text saknas")
    if section.kind == FollowUpSection.Kind.CHALLENGE and not section.judgement:
        lacks.append("bedömning saknas")
    if not section.done:
        lacks.append("inte markerat som klart")
    return lacks
