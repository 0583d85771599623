"""What an agreement said on a day, and what each version changed."""

import datetime
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import pairwise

from governance.models import Agreement, AgreementVersion, Challenge, SteeringGroup
from governance.models.groups import SteeringGroupQuerySet
from governance.queries.groups import Choice, GroupTable
from governance.swedish import fold

# The word that a version uses for its challenges, in the plural.
PLURALS = {
    AgreementVersion.Word.COOPERATION_AREA: "prioriterade samverkansområden",
    AgreementVersion.Word.CHALLENGE: "prioriterade utmaningar",
}
_TEXTS = ("title", "purposes", "text", "signed_by", "decided_by", "registry_number")


@dataclass(frozen=True)
class TextChange:
    """A text that two versions word differently."""

    label: str
    before: str
    after: str


@dataclass(frozen=True)
class VersionChanges:
    """What a version changed from the one before it."""

    before: AgreementVersion
    word: tuple[str, str] | None
    removed: list[Challenge]
    added: list[Challenge]
    kept: list[Challenge]
    texts: list[TextChange]


@dataclass(frozen=True)
class VersionRow:
    """A version with its challenges, whether it is in force on the day, and its changes."""

    version: AgreementVersion
    challenges: list[Challenge]
    in_force: bool
    changes: VersionChanges | None

    @property
    def words(self) -> str:
        return PLURALS[AgreementVersion.Word(self.version.word)]


def versions(agreement: Agreement, day: datetime.date) -> list[VersionRow]:
    """All versions of the agreement, the newest first, in two queries."""
    rows = list(agreement.versions.order_by("number").prefetch_related("challenges"))
    changes = {after.pk: _changes(before, after) for before, after in pairwise(rows)}
    found = [
        VersionRow(row, list(row.challenges.all()), row.in_force(day), changes.get(row.pk))
        for row in rows
    ]
    return found[::-1]


def _changes(before: AgreementVersion, after: AgreementVersion) -> VersionChanges:
    """Challenges are the same when their titles are; each version has its own rows."""
    old, new = (
        {fold(each.title): each for each in version.challenges.all()} for version in (before, after)
    )
    word = (before.get_word_display(), after.get_word_display())
    return VersionChanges(
        before=before,
        word=word if before.word != after.word else None,
        removed=[each for title, each in old.items() if title not in new],
        added=[each for title, each in new.items() if title not in old],
        kept=[each for title, each in new.items() if title in old],
        texts=[
            _text_change(before, after, name) for name in _TEXTS if _differs(before, after, name)
        ],
    )


def _differs(before: AgreementVersion, after: AgreementVersion, name: str) -> bool:
    return bool(getattr(before, name) != getattr(after, name))


def _text_change(before: AgreementVersion, after: AgreementVersion, name: str) -> TextChange:
    label = str(AgreementVersion._meta.get_field(name).verbose_name)  # type: ignore[union-attr]
    return TextChange(label, getattr(before, name), getattr(after, name))


@dataclass(frozen=True)
class Between:
    """The versions nearest to a day on which none was in force."""

    previous: AgreementVersion | None
    following: AgreementVersion | None


def around(rows: Iterable[VersionRow], day: datetime.date) -> Between:
    """`rows` with the newest first, as `versions` gives them."""
    known = [row.version for row in rows]
    ended = [version for version in known if version.has_ended(day)]
    coming = [version for version in known if version.is_upcoming(day)]
    return Between(ended[0] if ended else None, coming[-1] if coming else None)


@dataclass(frozen=True)
class AgreementRow:
    """An agreement in a list, and the version in force on the day, if any."""

    agreement: Agreement
    rows: list[VersionRow]
    day: datetime.date

    @property
    def current(self) -> VersionRow | None:
        return next((row for row in self.rows if row.in_force), None)

    @property
    def between(self) -> Between:
        return around(self.rows, self.day)


def agreement_rows(agreements: Iterable[Agreement], day: datetime.date) -> list[AgreementRow]:
    """Each agreement with its versions and their challenges: three queries for all."""
    shown = (
        Agreement.objects.filter(pk__in=[agreement.pk for agreement in agreements])
        .select_related("parent")
        .prefetch_related("versions__challenges")
    )
    return [AgreementRow(agreement, _listed(agreement, day), day) for agreement in shown]


def _listed(agreement: Agreement, day: datetime.date) -> list[VersionRow]:
    rows = sorted(agreement.versions.all(), key=lambda version: -version.number)
    return [VersionRow(row, list(row.challenges.all()), row.in_force(day), None) for row in rows]


@dataclass(frozen=True)
class BasisCount:
    """How many local groups rest on a basis, and the query of the list that shows them."""

    label: str
    number: int
    address: str


def groups_by_basis(
    groups: SteeringGroupQuerySet,
    agreement: Agreement,
    day: datetime.date,
    *,
    coming: bool,
    **keep: str,
) -> list[BasisCount]:
    """Counted as the list of groups counts them; bases without a group are left out."""
    local = Choice(slag=SteeringGroup.Kind.LOCAL)
    rows = GroupTable(groups.filter(agreement=agreement), day).choose(local, coming=coming)
    counts = Counter(row.group.basis for row in rows)
    keep["overenskommelse"] = agreement.slug
    return [
        BasisCount(
            label=basis.label,
            number=counts[basis.value],
            address=Choice(slag=local.slag, grund=basis.value).address(**keep),
        )
        for basis in SteeringGroup.Basis
        if counts[basis.value]
    ]
