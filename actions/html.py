"""How pages are made from templates: the same for the chat, the sheets of a review and the reports."""

from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined


def templates(*folders: Path) -> Environment:
    """The templates in `folders`: everything is escaped, and a name that there is not is an error.

    They are read once: an update puts new ones beside a process of the old code.
    """
    made = Environment(
        loader=FileSystemLoader(folders),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        auto_reload=False,
    )
    for name in made.list_templates(extensions=("html",)):
        made.get_template(name)
    return made
