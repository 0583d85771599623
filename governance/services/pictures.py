"""Lägesbilder of a group or of the municipality: added, changed, withdrawn; one act each.

What stands in them is free text, so no summary repeats it: only whose, when and where.
"""

import datetime
from typing import Any

from django.core.exceptions import ValidationError

from governance.models import Act, Agreement, Area, SituationPicture, SteeringGroup, User
from governance.queries.pictures import is_baseline, of_owner, seen_of, seen_of_owner
from governance.services.acts import Stale, act, lock
from governance.swedish import in_words, listed
from governance.temporal import has_passed

Owner = SteeringGroup | Agreement

NOTHING = "Uppgifterna är redan sådana. Inget har ändrats."
GONE = "Lägesbilden är återkallad. Inget har ändrats."


def add_picture(
    *,
    user: User | None,
    owner: Owner,
    today: datetime.date,
    day: datetime.date,
    area: Area | None = None,
    seen: int | None = None,
    **texts: str,
) -> Act:
    """Add a lägesbild of the group, or of the municipality when `owner` is the agreement.

    One for each owner, area and day; not dated after `today`, nor after the group's last
    day, but before its first one if need be: the baseline may be older than the group.
    `seen` is what `seen_of_owner` said when the reader opened the page. `texts` are the
    law's three parts and the sources.
    """
    with act(user=user, verb=Act.Verb.PICTURE, agreement=_agreement(owner)) as done:
        owner = _locked(owner)
        if seen is not None and seen != seen_of_owner(owner):
            raise Stale("Lägesbilderna")
        picture = SituationPicture(day=day, area=area, **_owned_by(owner), **texts)
        _save(picture, today)
        _tell(done, owner, f"{_which(picture)} läggs in.")
        if is_baseline(picture):
            done.summary += "\nDen är den första där och är därmed utgångsläget."
    return done


def change_picture(
    *,
    user: User | None,
    picture: SituationPicture,
    today: datetime.date,
    seen: int | None = None,
    **fields: Any,
) -> Act:
    """Change the day, the area or the texts; the history keeps what stood there.

    Stale is raised when it was changed since `seen` (`seen_of`) was read, so that a save
    never takes the place of a newer text that nobody has looked at.
    """
    owner = _owner(picture)
    with act(user=user, verb=Act.Verb.PICTURE, agreement=_agreement(owner)) as done:
        owner = _locked(owner)
        picture = _found(picture, seen)
        before = _which(picture)
        changed = [name for name, value in fields.items() if getattr(picture, name) != value]
        if not changed:
            raise ValidationError(NOTHING)
        for name in changed:
            setattr(picture, name, fields[name])
        _save(picture, today)
        names = listed(str(_field(name).verbose_name) for name in changed)
        _tell(done, owner, f"{before} ändras: {names}.")
        if before != _which(picture):
            done.summary += f"\nDen är nu: {_which(picture)}."
    return done


def withdraw_picture(
    *, user: User | None, picture: SituationPicture, note: str = "", seen: int | None = None
) -> Act:
    """Withdraw one that was entered by mistake; the history keeps its content.

    Refused while an åtgärdsplan or a follow-up rests on it.
    """
    owner = _owner(picture)
    with act(
        user=user,
        verb=Act.Verb.PICTURE,
        agreement=_agreement(owner),
        reason=Act.Reason.CORRECTION,
        note=note,
    ) as done:
        owner = _locked(owner)
        picture = _found(picture, seen)
        _check_unused(picture)
        _tell(done, owner, f"{_which(picture)} återkallas.")
        picture.delete()
    return done


def _owner(picture: SituationPicture) -> Owner:
    owner = picture.group or picture.agreement
    assert owner is not None  # the database keeps that one of them is there
    return owner


def _agreement(owner: Owner) -> Agreement:
    return owner.agreement if isinstance(owner, SteeringGroup) else owner


def _owned_by(owner: Owner) -> dict[str, Owner]:
    return {"group" if isinstance(owner, SteeringGroup) else "agreement": owner}


def _locked(owner: Owner) -> Owner:
    """The owner as it is now: one writer at a time of what is its own."""
    if isinstance(owner, SteeringGroup):
        return lock([owner])[0]
    return Agreement.objects.select_for_update(of=("self",)).get(pk=owner.pk)


def _found(picture: SituationPicture, seen: int | None) -> SituationPicture:
    rows = SituationPicture.objects.select_related("group", "agreement", "area")
    found = rows.filter(pk=picture.pk).first()
    if found is None:
        raise ValidationError(GONE)
    if seen is not None and seen != seen_of(found):
        raise Stale("Lägesbilden")
    return found


def _save(picture: SituationPicture, today: datetime.date) -> None:
    if has_passed(today, picture.day):
        raise ValidationError(
            {"day": f"En lägesbild kan inte vara daterad efter i dag, den {in_words(today)}."}
        )
    if picture.group and picture.group.has_ended(picture.day):
        last = in_words(picture.group.valid_through or picture.day)
        raise ValidationError(
            {"day": f"Gruppens sista dag var den {last}. Välj den dagen eller en tidigare."}
        )
    same = of_owner(_owner(picture)).filter(area=picture.area, day=picture.day)
    if same.exclude(pk=picture.pk).exists():
        raise ValidationError(
            {
                "day": f"Det finns redan en lägesbild den {in_words(picture.day)} för samma "
                "område. Ändra den, eller välj en annan dag eller ett annat område."
            }
        )
    picture.full_clean()
    picture.save()


def _check_unused(picture: SituationPicture) -> None:
    used = [f"åtgärdsplanen {plan.title}" for plan in picture.plans.all()]
    used += [f"uppföljningen av {each.year}" for each in picture.followups.all()]
    if used:
        raise ValidationError(
            f"Lägesbilden ligger till grund för {listed(used)}. Ändra lägesbilden i stället, "
            "eller välj en annan där först."
        )


def _tell(done: Act, owner: Owner, sentence: str) -> None:
    if isinstance(owner, SteeringGroup):
        done.groups.add(owner)
        done.summary = f"{owner.name}: {sentence}"
    else:
        done.summary = f"Kommunens egen {sentence}"


def _which(picture: SituationPicture) -> str:
    """`lägesbild den 3 februari 2020 för Farsta`."""
    where = f" för {picture.area.name}" if picture.area else ""
    return f"lägesbild den {in_words(picture.day)}{where}"


def _field(name: str) -> Any:
    return SituationPicture._meta.get_field(name)
