"""Patterns that tell many groups apart in a drawing, also in black and white."""

from dataclasses import dataclass

# What is drawn in each tile, 12 wide and 12 high, with ink on the tint.
MOTIFS = (
    ("lines", "M0 6H12"),
    ("posts", "M6 0V12"),
    ("rising", "M-3 3L3 -3M0 12L12 0M9 15L15 9"),
    ("falling", "M-3 9L3 15M0 0L12 12M9 -3L15 3"),
    ("dots", "M4 6a2 2 0 1 0 4 0a2 2 0 1 0 -4 0"),
    ("grid", "M0 6H12M6 0V12"),
    ("crosses", "M6 3V9M3 6H9"),
    ("waves", "M0 6Q3 1 6 6T12 6"),
    ("diamonds", "M6 1L11 6L6 11L1 6Z"),
    ("teeth", "M0 9L6 3L12 9"),
    ("dashes", "M1 3H6M7 9H12"),
    ("lattice", "M0 0L12 12M12 0L0 12"),
    ("squares", "M3 3H9V9H3Z"),
    ("pairs", "M0 4H12M0 8H12"),
    ("bricks", "M0 0H12M0 6H12M3 0V6M9 6V12"),
    ("rain", "M4 1V6M10 7V12"),
)
FILLED = ("dots",)
# Tints in light and in dark; their number and that of the motifs have no common divisor.
TINTS = (
    ("#dcebf7", "#16384f"),
    ("#fbe6c8", "#4a3412"),
    ("#dff0d8", "#1d4223"),
    ("#f6dcea", "#4c1f3a"),
    ("#e6e1f6", "#322a58"),
    ("#d5f0ee", "#0f4240"),
    ("#f7f3c6", "#423f10"),
)
INK = ("#4d5b61", "#a9b9bf")  # the motif, in light and in dark
OUTLINE = ("#14232a", "#e7eef0")  # between stadsdelar and around groups


@dataclass(frozen=True)
class Pattern:
    """The look of the group with this number: no two numbers up to 112 have the same."""

    number: int

    @property
    def key(self) -> str:
        return f"monster-{self.number}"

    @property
    def motif(self) -> str:
        return MOTIFS[(self.number - 1) % len(MOTIFS)][0]

    @property
    def path(self) -> str:
        return MOTIFS[(self.number - 1) % len(MOTIFS)][1]

    @property
    def is_filled(self) -> bool:
        return self.motif in FILLED

    @property
    def tint(self) -> int:
        """The place of its tint in TINTS."""
        return (self.number - 1) % len(TINTS)

    @property
    def scale(self) -> str:
        """When the motifs begin anew they are drawn larger."""
        return f"{1 + 0.5 * ((self.number - 1) // len(MOTIFS)):g}"


def style() -> str:
    """The rules of the drawing: light, dark where the reader has chosen it, and in print."""
    return "\n".join(
        [
            _rules(0),
            f"@media screen and (prefers-color-scheme:dark){{{_rules(1)}}}",
        ]
    )


def _rules(mode: int) -> str:
    ground, bad, soft = (("#fff", "#9c2a1b", "#4a5a62"), ("#172226", "#f3a698", "#a9b9bf"))[mode]
    ink, outline = INK[mode], OUTLINE[mode]
    rules = [
        f".ground,.bare{{fill:{ground}}}",
        "text{font-family:system-ui,-apple-system,'Segoe UI',Roboto,'Noto Sans',Arial,sans-serif;"
        f"fill:{outline};font-size:14px}}",
        f".name,.mark{{paint-order:stroke;stroke:{ground};stroke-width:4px;stroke-linejoin:round;"
        "font-size:12px;font-weight:600;text-anchor:middle;pointer-events:none}",
        f".badge{{fill:{ground};stroke:{outline};stroke-width:1.5}}",
        ".number{font-size:13px;font-weight:700;text-anchor:middle;pointer-events:none}",
        f".count{{fill:{outline};stroke:{ground};stroke-width:1.5}}",
        f".counted{{fill:{ground};font-size:11px;font-weight:700;text-anchor:middle;"
        "pointer-events:none}",
        ".head{font-size:18px;font-weight:700}",
        f".soft{{fill:{soft}}}",
        f".motif{{fill:none;stroke:{ink};stroke-width:1.2}}",
        f".full{{fill:{ink};stroke:none}}",
        f".part{{stroke:{outline};stroke-width:0.6;stroke-linejoin:round}}",
        f".edge{{fill:none;stroke:{outline};stroke-width:2.2;stroke-linejoin:round;"
        "pointer-events:none}",
        f".gap{{fill:{ground};stroke:{bad};stroke-width:2.5;stroke-dasharray:6 4}}",
        f".gap-text{{fill:{bad}}}",
        f".double{{stroke:{bad};stroke-width:2.5}}",
        f".cross{{fill:none;stroke:{bad};stroke-width:3}}",
        f".unknown{{fill:{ground};stroke:{soft};stroke-width:1;stroke-dasharray:2 3}}",
        ".small{font-size:13px}",
        f".box{{fill:{ground};stroke:{outline};stroke-width:1.2}}",
        f".link{{fill:none;stroke:{soft};stroke-width:1.2}}",
        *(f".tint-{at}{{fill:{tint[mode]}}}" for at, tint in enumerate(TINTS)),
    ]
    return "".join(rules)
