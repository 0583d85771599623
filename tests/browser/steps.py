"""How a page is reached: who opens it, and what is done there first."""

from dataclasses import dataclass, field

from playwright.sync_api import FilePayload, Page

# A step is ("fyll", label, text), ("välj", label, option), ("kryssa", label, ""),
# ("bifoga", label, what stands in the file),
# ("tryck", button, ""), ("öppna", what is folded, ""), ("följ", link, "") or
# ("gå", selector, ""), which follows or presses the first that it finds.
Step = tuple[str, str, str]


@dataclass(frozen=True)
class State:
    """A page as `who` (the first name of a demo person, or nobody) meets it."""

    who: str
    path: str
    status: int = 200
    steps: tuple[Step, ...] = ()
    errors: tuple[int, ...] = field(default=())

    def __str__(self) -> str:
        done = "".join(f" {what} {on}" for what, on, _ in self.steps)
        return f"{self.who or 'ingen'} {self.path}{done}"

    def reach(self, page: Page) -> None:
        """Do the steps, as a person would: by labels and by the words on buttons."""
        for what, on, text in self.steps:
            if what == "fyll":
                page.get_by_label(on).first.fill(text)
            elif what == "välj":
                page.get_by_label(on).first.select_option(label=text)
            elif what == "kryssa":
                page.get_by_label(on).first.check()
            elif what == "bifoga":
                file = FilePayload(name="prov.geojson", mimeType="", buffer=text.encode())
                page.get_by_label(on).first.set_input_files(file)
            elif what == "öppna":
                page.locator("summary", has_text=on).first.click()
            elif what == "följ":
                page.get_by_role("link", name=on).first.click()
                page.wait_for_load_state()
            elif what == "gå":
                page.locator(on).first.click()
                page.wait_for_load_state()
            else:
                page.get_by_role("button", name=on).first.click()
                page.wait_for_load_state()


def missing(who: str, path: str, status: int) -> State:
    return State(who, path, status, errors=(status,))
