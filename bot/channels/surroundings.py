"""What the page says around the talk, as plain values: for the widget, when the talk changes its language.

The templates mark each such place with the name of its sentence (`data-say`, `data-label`).
"""

from typing import Any

from actions.knowledge.library import Library
from bot.channels import opening
from bot.html import pieces
from bot.settings import Settings

SENTENCES = (
    "page.title",
    "page.heading",
    "page.leave_first",
    "page.leave",
    "page.languages",
    "page.program",
    "page.operator",
    "page.kept",
    "page.not_privileged",
    "page.exit_limits",
    "seen.ask",
    "page.try",
    "page.log",
    "page.write",
    "page.send",
    "page.tools",
    "pages.nav",
    "pages.safety",
    "pages.privacy",
    "pages.crisis",
    "pages.more",
    "widget.you",
    "widget.choices",
)


def surroundings(library: Library, settings: Settings) -> dict[str, Any]:
    """Everything around the talk in the language of `library`.

    Returns:
        `words`: what the widget says by itself; `say`: the sentences by name; `labels`: of the choices of the first
        screen, by value; `tools`: label and value each; `crisis`: the pieces of the crisis line.
    """
    filled = {"operator": settings.operator, "minutes": settings.idle_minutes}
    return {
        "words": library.interface["widget"],
        "say": {name: library.say(name, **filled) for name in SENTENCES} | _own_opening(library),
        "labels": opening.always_offered(library),
        "tools": [{"label": choice.label, "value": choice.value} for choice in opening.tools(library)],
        "crisis": list(pieces(library.say("errors.crisis"))),
    }


def _own_opening(library: Library) -> dict[str, str]:
    """What the organization that runs this says on the first screen."""
    text = library.interface["here"].get("opening")
    return {"here.opening": text} if text else {}
