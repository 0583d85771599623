"""Every page that is only read, with the objects of one agreement put in its address."""

from django.urls import reverse

from governance.models import Organization, Person, SteeringGroup, User

# Pages about a day and the reader's groups, then the others that a signed-in reader opens.
ACROSS = ["start", "search", "agreements", "structure", "challenges", "groups", "coverage"]
ACROSS += ["seat_requests"]
ACROSS += ["changes", "mandates", "functions", "inquiries", "reminders", "properties"]
ACROSS += ["boundaries"]
ACROSS += ["routes"]
ACROSS += ["pictures", "priorities", "measures"]
ACROSS += ["rounds", "year", "year_report"]
ABOUT_ONE = ["agreement", "group", "history", "seat", "organization", "person"]
ABOUT_ONE += ["group_functions", "timeline", "contact_list", "meetings"]
ABOUT_ONE += ["presence", "group_companies"]
ABOUT_ONE += ["group_pictures", "own_pictures", "group_priorities"]
ABOUT_ONE += ["group_measures", "group_plan"]
ABOUT_ONE += ["compare_years"]
ACCOUNTS = ["account", "api_tokens", "accounts", "managed_account", "grants"]
OPEN = ["api_docs", "open_groups", "accessibility", "privacy", "help", "help_task", "password_sent"]
# What is asked on the way in or out, and not read; files; and what is about one meeting.
NOT_READ = ["login", "logout", "password", "forgot_password", "new_password", "invitation"]
NOT_READ += ["health", "confirm_facts", "export_roster", "export_mandates", "call", "calendar"]
NOT_READ += ["property_suggestions"]
NOT_READ += ["export_priorities"]
# Drawings: test_coverage_map.py, test_company_map.py, test_map_tags.py and test_structure_chart.py.
NOT_READ += ["coverage_map", "coverage_shapes", "structure_chart"]
NOT_READ += ["presence_map", "presence_shapes"]
# Plots: test_plot_pages.py opens them.
NOT_READ += ["indicator_plot", "indicator_areas_plot", "measures_plot", "group_measures_plot"]
NOT_READ += ["boundary_set"]  # test_boundary_pages.py reads it, for it needs a set
# test_route_pages.py opens the sheet, for it needs an area, and clicks.
NOT_READ += ["route_sheet", "verify_route", "try_route", "take_back_attempt"]
# test_measure_pages.py and test_plans.py open these, for they need a measure and a plan.
NOT_READ += ["measure", "export_measures", "action_plan"]
VERBS = ["propose", "merge", "activate", "change_coverage", "rest", "resume", "dissolve"]
VERBS += ["describe", "register", "invite", "give_grant", "revoke_grant", "staff", "add_seat"]
VERBS += ["appoint", "replace", "plan", "stand_in", "change_seat", "end_seat", "extend"]
VERBS += ["imports", "import_run"]
VERBS += ["end_mandate", "leave", "correct", "end_leave", "undo", "appoint_everywhere", "succeed"]
VERBS += ["ask", "record_answer", "withdraw_inquiry", "settle_answer", "confirm_group"]
VERBS += ["plan_meeting", "change_meeting", "hold_meeting", "cancel_meeting"]
VERBS += ["describe_person", "move_person", "change_contacts", "protect_person"]
VERBS += ["request_seat", "grant_request", "decline_request", "withdraw_request"]
VERBS += ["load_boundaries", "confirm_boundary_names"]
VERBS += ["activate_boundaries", "discard_boundaries"]
VERBS += ["add_route", "change_route", "end_route"]
# test_picture_pages.py reads them, for they need a lägesbild, and saves a municipality's own.
NOT_READ += ["picture", "own_picture", "export_pictures"]
NOT_READ += ["own_add_picture", "own_change_picture", "own_withdraw_picture"]
VERBS += ["add_picture", "change_picture", "withdraw_picture"]
VERBS += ["want", "change_wish", "end_wish", "tie_seats"]
VERBS += ["choose_challenges", "add_own_priority", "order_priorities", "change_priority"]
VERBS += ["end_priority", "add_goal", "change_goal", "remove_goal"]
VERBS += ["add_measure", "change_measure", "report_measure", "withdraw_measure"]
VERBS += ["make_plan", "change_plan", "withdraw_plan"]
# test_followup_permissions.py opens these in every state, for everybody and for a stranger.
NOT_READ += ["show_followup", "send_followup", "return_followup", "adopt_followup"]
NOT_READ += ["revise_followup", "followup_comments"]
VERBS += ["open_followups", "set_round_due", "remind_of_round"]
# test_followup_pages.py opens these, for they need a follow-up and a section of it.
NOT_READ += ["followup", "followup_section"]
NOT_READ += ["year_plot", "year_measures_plot", "goal_plot"]  # drawn in test_report_plots.py
# test_report_downloads.py takes these away.
NOT_READ += ["year_data", "year_report_file", "group_report_file"]
NOT_READ += ["group_report"]  # test_report_pages.py opens it, for it needs a follow-up
# A company's own stock, and each property: test_stock_pages and test_hidden_properties open them.
STOCK = ["stock", "export_stock", "add_stock", "stock_run"]
STOCK += ["property", "describe_property", "hide_property", "end_holding"]

# Lists that are looked up: test_lookups opens them, for each is its owner's alone.
STOCK += ["lookups", "lookup", "export_lookup"]

# What is measured: the indicators themselves are the same for every municipality, and name
# whoever measures. test_indicator_pages.py asks what a stranger sees of their values.
SHARED = ["indicators", "indicator"]
NOT_READ += ["export_indicators", "export_indicator"]
NOT_READ += ["add_value", "correct_value", "withdraw_value", "value_lists", "value_run"]

READING = [*ACROSS, *ABOUT_ONE, *ACCOUNTS, *OPEN, *SHARED]


def url_of(
    name: str, group: SteeringGroup, organization: Organization, person: Person, account: User
) -> str:
    """The address of the page, about these where it is about one."""
    arguments: dict[str, list[object]] = {
        "agreement": [group.agreement.slug],
        "group": [group.slug],
        "history": [group.slug],
        "timeline": [group.slug],
        "contact_list": [group.slug],
        "group_functions": [group.slug],
        "group_priorities": [group.slug],
        "meetings": [group.slug],
        "group_pictures": [group.slug],
        "own_pictures": [group.agreement.slug],
        "group_measures": [group.slug],
        "group_plan": [group.slug],
        "seat": [group.slug, seat.pk] if (seat := group.seats.first()) else [],
        "organization": [organization.slug],
        "presence": [organization.slug],
        "group_companies": [group.slug],
        "person": [person.pk],
        "managed_account": [account.pk],
        "help_task": ["foresla-grupp"],
        "indicator": ["oro-for-att-utsattas-for-brott"],
        "year": [2024],
        "year_report": [2024],
        "compare_years": [group.slug],
    }
    found = reverse(f"governance:{name}", args=arguments.get(name))
    return f"{found}?q=a" if name == "search" else found
