"""Who sits under whom as a drawing: where everything stands in `structure/chart.svg`.

From left to right: an agreement's central groups, the local ones under them and what is
under those; then its parties with their organisations. The lists of /struktur/ say the same.
"""

import textwrap
from collections.abc import Iterable
from dataclasses import dataclass, field

from governance.queries.structure import AgreementTree, GroupNode, OrganizationNode
from governance.swedish import counted

BOX, BETWEEN = 232, 44  # how wide a box is, and the space to those under it
LINE, PAD, APART = 17, 7, 10
MARGIN, HEAD = 14, 34
LETTERS = 29  # how many fit on a line of a box
_SILENT = ("active", "active_unregistered")  # the group is at work, which needs no word


@dataclass
class Box:
    """A group or an organisation: its lines of text, and the boxes under it."""

    kind: str
    lines: list[tuple[str, str]]
    children: list["Box"] = field(default_factory=list)
    x: int = 0
    y: int = 0

    @property
    def height(self) -> int:
        return 2 * PAD + LINE * len(self.lines)

    @property
    def middle(self) -> int:
        return self.y + self.height // 2

    @property
    def texts(self) -> list[tuple[str, str, int, int]]:
        """Each line with its kind and place."""
        first = self.y + PAD + 13
        return [
            (text, kind, self.x + 10, first + LINE * at)
            for at, (text, kind) in enumerate(self.lines)
        ]

    def every(self) -> Iterable["Box"]:
        yield self
        for child in self.children:
            yield from child.every()

    @property
    def link(self) -> str:
        """The lines from the box to those under it, as the data of a path."""
        start, turn = self.x + BOX, self.x + BOX + BETWEEN // 2
        return "".join(
            f"M{start} {self.middle}H{turn}V{child.middle}H{child.x}" for child in self.children
        )


@dataclass(frozen=True)
class Heading:
    text: str
    y: int
    kind: str


@dataclass(frozen=True)
class Chart:
    width: int
    height: int
    headings: list[Heading]
    boxes: list[Box]


def draw(trees: list[AgreementTree]) -> Chart:
    """Every group and every organisation of the trees once, agreement by agreement."""
    headings: list[Heading] = []
    boxes: list[Box] = []
    y = MARGIN + HEAD  # under the title of the drawing
    for tree in trees:
        headings.append(Heading(str(tree.agreement), y + 24, "agreement"))
        y += HEAD + 6
        for title, roots, none in (
            ("Grupper", [_group(node) for node in tree.groups], "Inga grupper är inlagda."),
            (
                "Parter och deras organisationer",
                [_organization(node) for node in tree.parties],
                "Inga parter är inlagda.",
            ),
        ):
            headings.append(Heading(title if roots else f"{title}: {none}", y + 18, "part"))
            y += HEAD
            for root in roots:
                y = _place(root, MARGIN, y) + APART
            boxes += [each for root in roots for each in root.every()]
            y += APART
    right = max((box.x + BOX for box in boxes), default=720)
    return Chart(max(right, 720) + MARGIN, y + MARGIN, headings, boxes)


def _place(box: Box, x: int, y: int) -> int:
    """Put the box and all under it below `y`, itself beside their middle; gives the bottom."""
    box.x, box.y = x, y
    below = y
    for child in box.children:
        below = _place(child, x + BOX + BETWEEN, below) + APART
    below -= APART if box.children else 0
    if box.children:
        middle = (box.children[0].middle + box.children[-1].middle) // 2
        box.y = max(y, middle - box.height // 2)
    return max(below, box.y + box.height)


def _group(node: GroupNode) -> Box:
    notes = [] if node.status.code in _SILENT else [node.status.text]
    children = [_group(child) for child in node.children]
    return Box(f"group-{node.group.kind}", _lines(node.group.name, notes), children)


def _organization(node: OrganizationNode) -> Box:
    notes = [counted(node.seats, "plats", "platser")] if node.seats else []
    children = [_organization(child) for child in node.children]
    return Box("organization", _lines(node.organization.name, notes), children)


def _lines(name: str, notes: list[str]) -> list[tuple[str, str]]:
    words = textwrap.wrap(name, LETTERS) or [name]
    return [*((text, "title") for text in words), *((note, "note") for note in notes)]
