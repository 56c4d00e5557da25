"""The colours of the page: Lantern's own, an organization's in their place, and whether people can read them.

Contrast is what WCAG 2.2 computes (https://www.w3.org/TR/WCAG22/#dfn-contrast-ratio): 1 to 21.
"""

from collections.abc import Iterator, Mapping

from actions.knowledge.site_records import Colours

TEXT_LEAST = 4.5
EDGE_LEAST = 3.0  # of the edge of a field or a button
SCHEMES = ("light", "dark")
OURS: Mapping[str, Mapping[str, str]] = {  # as bot/channels/static/style.css has them
    "light": {
        "ink": "#1d2126",
        "paper": "#fbfaf7",
        "soft": "#efece5",
        "line": "#71757c",
        "link": "#0b4f8a",
        "mine": "#dde8f3",
        "exit": "#1d2126",
    },
    "dark": {
        "ink": "#eceae4",
        "paper": "#15171a",
        "soft": "#23262b",
        "line": "#9197a0",
        "link": "#9cc9f5",
        "mine": "#21354a",
        "exit": "#eceae4",
    },
}
READ = (  # (what is read, on what), everywhere on the page
    ("ink", "paper"),
    ("ink", "soft"),
    ("ink", "mine"),
    ("link", "paper"),
    ("link", "soft"),
    ("paper", "link"),  # the button that sends
    ("paper", "exit"),  # the exit
)
EDGES = (("line", "paper"), ("line", "soft"))


def contrast(one: str, other: str) -> float:
    """The contrast of two colours, as "#rrggbb"."""
    darker, lighter = sorted((_luminance(one), _luminance(other)))
    return (lighter + 0.05) / (darker + 0.05)


def hard_to_read(colours: Colours, scheme: str) -> Iterator[str]:
    """What people could not read in `scheme`, a sentence each; nothing where it gives no colours of its own."""
    own: Mapping[str, str] = getattr(colours, scheme)
    all_of_it = {**OURS[scheme], **own}
    for pairs, least in ((READ, TEXT_LEAST), (EDGES, EDGE_LEAST)):
        for front, back in pairs:
            if {front, back} & own.keys() and (found := contrast(all_of_it[front], all_of_it[back])) < least:
                yield f"{front} on {back} has a contrast of {found:.2f}, and {least:g} is the least"


def stylesheet(colours: Colours) -> str:
    """The rules that put `colours` in the place of Lantern's own, each in its scheme; empty where there are none."""
    return _rules(colours.light, "not all and (prefers-color-scheme: dark)") + _rules(
        colours.dark, "(prefers-color-scheme: dark)"
    )


def _rules(own: Mapping[str, str], where: str) -> str:
    values = " ".join(f"--{name}: {colour};" for name, colour in own.items())
    return f"@media {where} {{ :root {{ {values} }} }}\n" if own else ""


def _luminance(colour: str) -> float:
    red, green, blue = (_linear(int(colour[at : at + 2], 16) / 255) for at in (1, 3, 5))
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def _linear(part: float) -> float:
    return part / 12.92 if part <= 0.04045 else float(((part + 0.055) / 1.055) ** 2.4)
