"""Reports: of a group, of a year, of a year without any, and a group's years side by side."""

from tests.browser.steps import State, missing

REPORT = "/uppfoljning/2022/spanga-tensta/rapport/"
REPORTS = [
    State("fatima", REPORT),
    State("karin", f"{REPORT}?version=1"),
    State("sven", "/uppfoljning/2020/farsta/rapport/"),
    missing("fatima", "/uppfoljning/2020/farsta/rapport/", 404),
    State("fatima", "/uppfoljning/2022/rapport/"),
    State("karin", "/uppfoljning/2019/rapport/"),
    State("fatima", "/uppfoljning/jamfor/skarholmen/"),
    State("fatima", "/uppfoljning/jamfor/bromma/"),
]
