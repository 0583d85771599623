"""Addresses of what groups have set out to do, and how it went."""

from django.urls import URLPattern, path

from governance.views import (
    followup_verbs,
    followups,
    goals,
    indicator_lists,
    indicator_verbs,
    indicators,
    measure_verbs,
    measures,
    plans,
    plots,
    priorities,
    priority_verbs,
    report_downloads,
    report_plots,
    reports,
    rounds,
    situation_picture_verbs,
    situation_pictures,
)


def pictures_of(whose: str, *, own: bool) -> list[URLPattern]:
    """The pages of the lägesbilder of one group, or of the municipality in an agreement."""
    here, prefix, kind = f"{whose}/<slug:slug>/lagesbilder/", "own_" if own else "", {"own": own}
    verbs = situation_picture_verbs
    return [
        path(
            here,
            situation_pictures.owned_pictures,
            kind,
            name="own_pictures" if own else "group_pictures",
        ),
        path(f"{here}ny/", verbs.add_picture, kind, name=f"{prefix}add_picture"),
        path(f"{here}<int:pk>/", situation_pictures.picture, kind, name=f"{prefix}picture"),
        path(f"{here}<int:pk>/andra/", verbs.change_picture, kind, name=f"{prefix}change_picture"),
        path(
            f"{here}<int:pk>/aterkalla/",
            verbs.withdraw_picture,
            kind,
            name=f"{prefix}withdraw_picture",
        ),
    ]


urlpatterns = [
    # /indikatorer/
    path("indikatorer/", indicators.indicators, name="indicators"),
    path("indikatorer/export/", indicators.export_indicators, name="export_indicators"),
    path("indikatorer/las-in/", indicator_lists.value_lists, name="value_lists"),
    path("indikatorer/las-in/<int:pk>/", indicator_lists.value_run, name="value_run"),
    path("indikatorer/<slug:slug>/", indicators.indicator, name="indicator"),
    path("indikatorer/<slug:slug>/diagram.svg", plots.indicator_plot, name="indicator_plot"),
    path(
        "indikatorer/<slug:slug>/omraden.svg",
        plots.indicator_areas_plot,
        name="indicator_areas_plot",
    ),
    path("indikatorer/<slug:slug>/export/", indicators.export_indicator, name="export_indicator"),
    path("indikatorer/<slug:slug>/nytt-varde/", indicator_verbs.add_value, name="add_value"),
    path("utfall/<int:pk>/ratta/", indicator_verbs.correct_value, name="correct_value"),
    path("utfall/<int:pk>/ta-bort/", indicator_verbs.withdraw_value, name="withdraw_value"),
    # lägesbilder: of a group, and the municipality's own
    path("lagesbilder/", situation_pictures.pictures, name="pictures"),
    path("lagesbilder/export/", situation_pictures.export_pictures, name="export_pictures"),
    *pictures_of("styrgrupper", own=False),
    *pictures_of("overenskommelser", own=True),
    # priorities and goals
    path("prioriteringar/", priorities.priorities, name="priorities"),
    path("prioriteringar/export/", priorities.export_priorities, name="export_priorities"),
    path("prioriteringar/<int:pk>/andra/", priority_verbs.change_priority, name="change_priority"),
    path("prioriteringar/<int:pk>/avsluta/", priority_verbs.end_priority, name="end_priority"),
    path("prioriteringar/<int:pk>/mal/nytt/", goals.add_goal, name="add_goal"),
    path("prioriteringar/mal/<int:pk>/andra/", goals.change_goal, name="change_goal"),
    path("prioriteringar/mal/<int:pk>/ta-bort/", goals.remove_goal, name="remove_goal"),
    path(
        "styrgrupper/<slug:slug>/prioriteringar/",
        priorities.group_priorities,
        name="group_priorities",
    ),
    path(
        "styrgrupper/<slug:slug>/prioriteringar/valj/",
        priority_verbs.choose_challenges,
        name="choose_challenges",
    ),
    path(
        "styrgrupper/<slug:slug>/prioriteringar/egen/",
        priority_verbs.add_own_priority,
        name="add_own_priority",
    ),
    path(
        "styrgrupper/<slug:slug>/prioriteringar/ordning/",
        priority_verbs.order_priorities,
        name="order_priorities",
    ),
    # measures and action plans
    path("atgarder/", measures.measures, name="measures"),
    path("atgarder/diagram.svg", plots.measures_plot_picture, name="measures_plot"),
    path("atgarder/export/", measures.export_measures, name="export_measures"),
    path("atgarder/<int:pk>/", measures.measure, name="measure"),
    path("atgarder/<int:pk>/andra/", measure_verbs.change_measure, name="change_measure"),
    path("atgarder/<int:pk>/rapportera/", measure_verbs.report_measure, name="report_measure"),
    path("atgarder/<int:pk>/ta-bort/", measure_verbs.withdraw_measure, name="withdraw_measure"),
    path("styrgrupper/<slug:slug>/atgarder/", measures.group_measures, name="group_measures"),
    path(
        "styrgrupper/<slug:slug>/atgarder/diagram.svg",
        plots.group_measures_plot,
        name="group_measures_plot",
    ),
    path("styrgrupper/<slug:slug>/atgarder/ny/", measure_verbs.add_measure, name="add_measure"),
    path("styrgrupper/<slug:slug>/atgardsplan/", plans.group_plan, name="group_plan"),
    path("styrgrupper/<slug:slug>/atgardsplan/ny/", plans.make_plan, name="make_plan"),
    path("styrgrupper/<slug:slug>/atgardsplan/<int:pk>/", plans.action_plan, name="action_plan"),
    path(
        "styrgrupper/<slug:slug>/atgardsplan/<int:pk>/andra/", plans.change_plan, name="change_plan"
    ),
    path(
        "styrgrupper/<slug:slug>/atgardsplan/<int:pk>/ta-bort/",
        plans.withdraw_plan,
        name="withdraw_plan",
    ),
    # /uppfoljning/: the years, one year, one group's follow-up, one section of it
    path("uppfoljning/", rounds.rounds, name="rounds"),
    path("uppfoljning/oppna/", rounds.open_followups, name="open_followups"),
    path("uppfoljning/<int:year>/", rounds.year, name="year"),
    path("uppfoljning/klar-senast/<int:year>/", rounds.set_round_due, name="set_round_due"),
    path("uppfoljning/paminn/<int:year>/", rounds.remind_of_round, name="remind_of_round"),
    # reports: of all groups of a year, of one group, and one group's years beside each other
    path("uppfoljning/<int:year>/rapport/", reports.year_report_page, name="year_report"),
    path("uppfoljning/<int:year>/rapport/xlsx/", report_downloads.year_data, name="year_data"),
    path(
        "uppfoljning/<int:year>/rapport/<slug:kind>/",
        report_downloads.year_report_file,
        name="year_report_file",
    ),
    path(
        "uppfoljning/<int:year>/<slug:slug>/rapport/<slug:kind>/",
        report_downloads.group_report_file,
        name="group_report_file",
    ),
    path("uppfoljning/<int:year>/<slug:slug>/rapport/", reports.group_report, name="group_report"),
    path(
        "uppfoljning/<int:year>/rapport/diagram/<int:pk>.svg",
        report_plots.year_plot,
        name="year_plot",
    ),
    path(
        "uppfoljning/<int:year>/rapport/atgarder.svg",
        report_plots.year_measures_plot,
        name="year_measures_plot",
    ),
    path(
        "uppfoljning/<int:year>/<slug:slug>/rapport/diagram/<int:pk>.svg",
        report_plots.goal_plot,
        name="goal_plot",
    ),
    path("uppfoljning/jamfor/<slug:slug>/", reports.compare_years, name="compare_years"),
    path("uppfoljning/<int:year>/<slug:slug>/", followups.followup, name="followup"),
    path(
        "uppfoljning/<int:year>/<slug:slug>/avsnitt/<int:pk>/",
        followups.section,
        name="followup_section",
    ),
    # a follow-up on its way from draft to adopted
    path(
        "uppfoljning/<int:year>/<slug:slug>/visa-for-gruppen/",
        followup_verbs.show_followup,
        name="show_followup",
    ),
    path(
        "uppfoljning/<int:year>/<slug:slug>/skicka/",
        followup_verbs.send_followup,
        name="send_followup",
    ),
    path(
        "uppfoljning/<int:year>/<slug:slug>/lamna-tillbaka/",
        followup_verbs.return_followup,
        name="return_followup",
    ),
    path(
        "uppfoljning/<int:year>/<slug:slug>/faststall/",
        followup_verbs.adopt_followup,
        name="adopt_followup",
    ),
    path(
        "uppfoljning/<int:year>/<slug:slug>/ratta/",
        followup_verbs.revise_followup,
        name="revise_followup",
    ),
    path(
        "uppfoljning/<int:year>/<slug:slug>/kommentarer/",
        followup_verbs.followup_comments,
        name="followup_comments",
    ),
]
