"""Who may see and do what. Asked here and nowhere else.

A user belongs to an agreement through a grant on it, on one of its groups, or on an
organisation that is a party or has a seat, or because the user's person works at such
an organisation or one under it. To those who do not belong, its objects are a 404.

A grant is given by hand (django-guardian). The rest is derived when asked, never
stored: downwards from an agreement to its groups and to the local agreements under
it, from an organisation to those under it, and from the mandates in force today. So
a right begins and ends with the mandate.
"""

from governance.permissions.asking import (
    allowed,
    allowed_on_a_group,
    get_permitted,
    get_visible,
    may_fill,
    may_fill_of,
    require,
    require_on_a_group,
    require_over,
    require_somewhere,
    require_to_fill,
    require_to_see_stock,
    sees_stock,
)
from governance.permissions.following import (
    capacities,
    may_comment,
    visible_followups,
    visible_goals,
    visible_indicators,
    visible_measures,
    visible_pictures,
    visible_plans,
    visible_priorities,
    visible_values,
)
from governance.permissions.people import (
    contacts,
    name_parts,
    named_like,
    names,
    searchable_names,
)
from governance.permissions.refusals import (
    EDIT_PERSON,
    FILL_SEAT,
    PROTECT_PERSON,
    SEE_STOCK,
    NotAllowed,
)
from governance.permissions.routes import (
    may_add_routes,
    may_edit_route,
    may_edit_routes,
    require_to_edit_route,
)
from governance.permissions.seeing import (
    agreement_ids,
    agreements_with,
    known_people,
    organizations_in,
    routes_about,
    visible_acts,
    visible_agreements,
    visible_areas,
    visible_boundary_sets,
    visible_groups,
    visible_holdings,
    visible_import_runs,
    visible_lookups,
    visible_organizations,
    visible_people,
    visible_properties,
    visible_reminders,
    visible_routes,
    visible_stock_runs,
)

__all__ = [
    "EDIT_PERSON",
    "FILL_SEAT",
    "PROTECT_PERSON",
    "SEE_STOCK",
    "NotAllowed",
    "agreement_ids",
    "agreements_with",
    "allowed",
    "allowed_on_a_group",
    "capacities",
    "contacts",
    "get_permitted",
    "get_visible",
    "known_people",
    "may_add_routes",
    "may_comment",
    "may_edit_route",
    "may_edit_routes",
    "may_fill",
    "may_fill_of",
    "name_parts",
    "named_like",
    "names",
    "organizations_in",
    "require",
    "require_on_a_group",
    "require_over",
    "require_somewhere",
    "require_to_edit_route",
    "require_to_fill",
    "require_to_see_stock",
    "routes_about",
    "searchable_names",
    "sees_stock",
    "visible_acts",
    "visible_agreements",
    "visible_areas",
    "visible_boundary_sets",
    "visible_followups",
    "visible_goals",
    "visible_groups",
    "visible_holdings",
    "visible_import_runs",
    "visible_indicators",
    "visible_lookups",
    "visible_measures",
    "visible_organizations",
    "visible_people",
    "visible_pictures",
    "visible_plans",
    "visible_priorities",
    "visible_properties",
    "visible_reminders",
    "visible_routes",
    "visible_stock_runs",
    "visible_values",
]
