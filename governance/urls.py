"""Every address of the app; those in Swedish are fixed, others rely on them."""

from django.urls import path

from governance.views import (
    account,
    accounts,
    agreements,
    challenges,
    changes,
    coverages,
    grants,
    group_verbs,
    groups,
    health,
    help_pages,
    invitations,
    mergers,
    open_pages,
    organizations,
    people,
    search,
    start,
    structure,
)

app_name = "governance"
urlpatterns = [
    path("", start.start, name="start"),
    path("sok/", search.search, name="search"),
    # /overenskommelser/
    path("overenskommelser/", agreements.agreements, name="agreements"),
    path("overenskommelser/<slug:slug>/", agreements.agreement, name="agreement"),
    path("struktur/", structure.structure, name="structure"),
    path("utmaningar/", challenges.challenges, name="challenges"),
    # /styrgrupper/
    path("styrgrupper/", groups.groups, name="groups"),
    path("styrgrupper/ny/", group_verbs.propose, name="propose"),
    path("styrgrupper/sla-ihop/", mergers.merge, name="merge"),
    path("styrgrupper/<slug:slug>/", groups.group, name="group"),
    path("styrgrupper/<slug:slug>/historik/", groups.history, name="history"),
    path("styrgrupper/<slug:slug>/aktivera/", group_verbs.activate, name="activate"),
    path("styrgrupper/<slug:slug>/tackning/", group_verbs.change_coverage, name="change_coverage"),
    path("styrgrupper/<slug:slug>/vila/", group_verbs.rest, name="rest"),
    path("styrgrupper/<slug:slug>/ateruppta/", group_verbs.resume, name="resume"),
    path("styrgrupper/<slug:slug>/upplos/", mergers.dissolve, name="dissolve"),
    path("styrgrupper/<slug:slug>/uppgifter/", group_verbs.describe, name="describe"),
    path("styrgrupper/<slug:slug>/beslut/<int:pk>/", group_verbs.register, name="register"),
    # who and where
    path("organisationer/<slug:slug>/", organizations.organization, name="organization"),
    path("personer/<int:pk>/", people.person, name="person"),
    path("tackning/", coverages.coverage, name="coverage"),
    path("andringar/", changes.changes, name="changes"),
    # /konto/
    path("konto/", account.account, name="account"),
    path("konto/logga-in/", account.SignIn.as_view(), name="login"),
    path("konto/logga-ut/", account.SignOut.as_view(), name="logout"),
    path("konto/losenord/", account.ChangePassword.as_view(), name="password"),
    path("konto/glomt-losenord/", account.ForgotPassword.as_view(), name="forgot_password"),
    path("konto/glomt-losenord/skickat/", account.password_sent, name="password_sent"),
    path(
        "konto/nytt-losenord/<uidb64>/<token>/", account.NewPassword.as_view(), name="new_password"
    ),
    path("konto/inbjudan/<uidb64>/<token>/", account.Invitation.as_view(), name="invitation"),
    path("konto/alla/", accounts.accounts, name="accounts"),
    path("konto/bjud-in/", invitations.invite, name="invite"),
    path("konto/<int:pk>/", accounts.account, name="managed_account"),
    path("konto/behorigheter/", grants.grants, name="grants"),
    path("konto/behorigheter/ny/", grants.give, name="give_grant"),
    path("konto/behorigheter/<str:on>/<int:pk>/ta-bort/", grants.revoke, name="revoke_grant"),
    # open pages
    path("lokala-styrgrupper/", open_pages.local_groups, name="open_groups"),
    path("tillganglighet/", open_pages.accessibility, name="accessibility"),
    path("personuppgifter/", open_pages.privacy, name="privacy"),
    path("hjalp/", help_pages.index, name="help"),
    path("hjalp/<slug:task>/", help_pages.task, name="help_task"),
    path("halsa/", health.health, name="health"),
]
