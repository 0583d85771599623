"""Whose values of indicators a reader may see, and in which areas enter and correct them."""

from functools import cached_property

from django.db.models import QuerySet
from django.http import Http404

from governance.models import Agreement, Area, AreaMap, Coverage, ImportRun
from governance.permissions.asking import allowed
from governance.permissions.refusals import ENTER_VALUES, NotAllowed
from governance.permissions.seeing import VALUES
from governance.rights import EDIT_STRUCTURE, Account, rights


class Measuring:
    """The areas of one user, read in two queries when the first is asked for.

    A value belongs to no agreement. Whoever may change the structure of an agreement with a
    territory may enter values for it, its parts and what these are parts of; a police
    region may so be entered from several municipalities. Without a territory it is what the
    agreement's groups cover, and its parts.
    """

    def __init__(self, user: Account) -> None:
        self.user = user

    @cached_property
    def agreements(self) -> list[Agreement]:
        """Those for which the user enters values; one under another of them is left out."""
        mine = rights(self.user).agreements
        found = [each for each in mine if allowed(self.user, EDIT_STRUCTURE, each)]
        pks = {each.pk for each in found}
        tops = [each for each in found if each.parent_id not in pks]
        return sorted(tops, key=lambda each: each.sort_key)

    @cached_property
    def _near(self) -> AreaMap:
        return AreaMap(None)

    @cached_property
    def _covered(self) -> list[tuple[int, int]]:
        """(agreement, area) of what the groups of the user's agreements have ever covered."""
        mine = [each.pk for each in rights(self.user).agreements]
        rows = Coverage.objects.filter(group__agreement__in=mine)
        return list(rows.values_list("group__agreement", "area").distinct())

    def _covered_by(self, agreement: Agreement) -> set[int]:
        return {area for pk, area in self._covered if pk == agreement.pk}

    @cached_property
    def seen(self) -> set[int]:
        """The same areas as `visible_areas`, by key."""
        territories = {
            each.territory_id for each in rights(self.user).agreements if each.territory_id
        }
        inside = self._near.downwards(*territories)
        return self._near.upwards(*inside, *(area for _, area in self._covered))

    def areas_of(self, agreement: Agreement) -> set[int]:
        """The areas for which values are entered for the agreement."""
        covered = self._covered_by(agreement)
        if agreement.territory_id is None:
            return self._near.downwards(*covered)
        return self._near.upwards(*self._near.downwards(agreement.territory_id), *covered)

    @cached_property
    def areas(self) -> set[int]:
        """All areas for which the user may enter values."""
        return set().union(*map(self.areas_of, self.agreements))

    def agreement_for(self, area: Area) -> Agreement:
        """For which agreement the user enters values in the area; NotAllowed when for none."""
        for agreement in self.agreements:
            if area.pk in self.areas_of(agreement):
                return agreement
        raise NotAllowed(ENTER_VALUES, rights(self.user).agreements[0])


def require_to_measure(user: Account) -> Measuring:
    """404 to those who belong to no agreement, a refusal in words to those without the right."""
    mine = rights(user).agreements
    if not mine:
        raise Http404
    found = Measuring(user)
    if not found.agreements:
        raise NotAllowed(ENTER_VALUES, mine[0])
    return found


def visible_value_runs(user: Account) -> QuerySet[ImportRun]:
    """The user's own lists of values; what stands in a list is for its owner alone."""
    return ImportRun.objects.filter(user=user.pk, columns__has_key=VALUES)
