"""What a reader may do with a follow-up now, and what members have said of it."""

from dataclasses import dataclass

from governance.models import Act, FollowUp, FollowUpComment, FollowUpSection
from governance.permissions import allowed, capacities, may_comment, names, visible_followups
from governance.rights import ENTER_FOLLOWUP, Account

State = FollowUp.State
# From which states each verb starts.
STARTS = {
    Act.Verb.SHOW: (State.DRAFT, State.RETURNED),
    Act.Verb.SEND: FollowUp.OPEN_STATES,
    Act.Verb.HAND_BACK: (State.SENT,),
    Act.Verb.ADOPT: (State.SENT,),
    Act.Verb.REVISE: (State.ADOPTED,),
    Act.Verb.COMMENT: (State.WITH_MEMBERS,),
}
_WRITERS = {Act.Verb.SHOW, Act.Verb.SEND, Act.Verb.REVISE}
_NOT_NOW = {
    State.DRAFT: "Uppföljningen är ett utkast. Skicka den för fastställande först.",
    State.WITH_MEMBERS: "Styrgruppen läser uppföljningen. Skicka den för fastställande först.",
    State.SENT: "Uppföljningen är skickad för fastställande. Den kan fastställas eller lämnas "
    "tillbaka.",
    State.RETURNED: "Uppföljningen är återlämnad. Ändra den och skicka den igen först.",
    State.ADOPTED: "Uppföljningen är fastställd och låst. Öppna en rättelse om något är fel.",
}


def not_now(verb: Act.Verb, followup: FollowUp) -> str:
    """Why the verb cannot be carried out in the follow-up's state, or nothing."""
    if followup.state in STARTS[verb]:
        return ""
    if verb == Act.Verb.COMMENT:
        return "Uppföljningen kan kommenteras bara medan den är hos styrgruppen."
    if verb == Act.Verb.SHOW and followup.state == State.WITH_MEMBERS:
        return "Styrgruppen läser redan uppföljningen."
    if verb == Act.Verb.REVISE:
        return "Uppföljningen är inte fastställd. Ändra i den som finns i stället."
    return _NOT_NOW[State(followup.state)]


def verbs_for(user: Account, followup: FollowUp, *, is_newest: bool = True) -> list[str]:
    """Which verbs (as in `Act.Verb`) the reader may carry out now, in the order to show them.

    Only the newest version can be corrected.
    """
    now = [verb for verb, states in STARTS.items() if followup.state in states]
    writes = allowed(user, ENTER_FOLLOWUP, followup)
    registers = bool(capacities(user, followup.group))
    found = []
    for verb in now:
        if verb == Act.Verb.COMMENT:
            fits = may_comment(user, followup)
        else:
            fits = writes if verb in _WRITERS else registers
        if fits and (is_newest or verb != Act.Verb.REVISE):
            found.append(str(verb))
    return found


def may_read_comments(user: Account, followup: FollowUp) -> bool:
    """Those who may comment now, and at any time those who write it or register what is decided."""
    return (
        allowed(user, ENTER_FOLLOWUP, followup)
        or bool(capacities(user, followup.group))
        or may_comment(user, followup)
    )


def versions_of(user: Account, followup: FollowUp) -> list[FollowUp]:
    """Those of the same group and year that the reader may see, the newest first."""
    rows = visible_followups(user).filter(group=followup.group_id, year=followup.year)
    return list(rows.order_by("-number").defer("snapshot"))


def applying(versions: list[FollowUp]) -> int:
    """The number of the adopted version that applies, of `versions_of`; 0 before any is."""
    return next((each.number for each in versions if each.is_locked), 0)


@dataclass(frozen=True)
class Said:
    """A comment; `who` is a name, or the organisation or the account when it is hidden."""

    comment: FollowUpComment
    section: FollowUpSection | None
    who: str


def comments_on(user: Account, followup: FollowUp) -> list[Said]:
    """In the order they were made; two queries, any number."""
    rows = FollowUpComment.objects.filter(followup=followup).select_related(
        "user__person__organization", "section__challenge", "section__priority__challenge"
    )
    found = list(rows)
    people = [person for each in found if (person := getattr(each.user, "person", None))]
    seen = names(user, people, followup.group.agreement)
    return [Said(each, each.section, _who(each, seen)) for each in found]


def _who(comment: FollowUpComment, seen: dict[int, str | None]) -> str:
    person = getattr(comment.user, "person", None)
    if person is None:
        return f"Konto {comment.user_id}"
    name = seen.get(person.pk)
    return f"{name}, {person.organization}" if name else str(person.organization)
