"""Writes sign-offs into `data/`: all of them, or none."""

import datetime as dt
import json
import os
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

from actions.knowledge.library import DATA, Library
from actions.knowledge.records import Reviewed
from actions.knowledge.revisions import UNREVIEWED
from actions.knowledge.yaml_file import read_yaml
from actions.review.items import Item, items
from actions.review.yaml_line import CannotEdit, Step, with_review

MOST = 80  # characters of a name or a role: people are told both


class CannotSign(Exception):
    """Something cannot be signed; nothing was written. `str(error)` says what and why."""


@dataclass(frozen=True)
class Reviewer:
    """Who signs, as what, and when. Raises `CannotSign` where people could not be told so."""

    name: str
    role: str
    on: dt.date

    def __post_init__(self) -> None:
        for what, text in (("name", self.name), ("role", self.role)):
            if not text.strip() or text != text.strip() or not text.isprintable() or len(text) > MOST:
                raise CannotSign(f"The {what} is one line of 1 to {MOST} characters: people are told it.")

    def sign(self, item: Item) -> Reviewed:
        """The sign-off of `item` as it is now."""
        return Reviewed(name=self.name, role=self.role, on=self.on, revision=item.revision)


def sign(
    found: Iterable[Item],
    by: Reviewer,
    data: Path = DATA,
    *,
    taken_off: Iterable[Item] = (),
    after: Callable[[], None] | None = None,
) -> list[Path]:
    """Signs every item of `found`, takes the sign-off of others off, and returns the files that changed.

    `after` is done last; where it or the writing fails, every file is put back as it was. Raises `CannotSign`.
    """
    new: dict[Path, str] = {}
    ours = {item.name: item.revision for item in items(Library.load(data))}
    reviews = [*((item, _flow(by.sign(item))) for item in found), *((item, UNREVIEWED) for item in taken_off)]
    for item, review in reviews:
        if ours.get(item.name) != item.revision:
            raise CannotSign(
                f"{item.name} is not in {data} as you read it: it is your own, or was changed just now. Nothing was "
                f"signed. Below it in your own file this signs it: review: {review}"
            )
        file, path = where(item.name, data)
        text = new.get(file) or _text(file)
        try:
            new[file] = with_review(text, path, review)
        except CannotEdit as error:
            raise CannotSign(f"{item.name}: {file}: {error}") from None
    _replace(new, after)
    return list(new)


def where(name: str, data: Path = DATA) -> tuple[Path, tuple[Step, ...]]:
    """The file of `data` that the item `name` stands in, and the way to it in there. Raises LookupError."""
    kind, _, rest = name.partition(".")
    if not rest:
        return _service(name, data)
    stem, *path = rest.split(".")
    file = data / kind / f"{stem}.yml"
    return file, tuple(path)


def _service(name: str, data: Path) -> tuple[Path, tuple[Step, ...]]:
    for file in sorted((data / "services").glob("[A-Z][A-Z].yml")):
        if name in file.read_text(encoding="utf-8"):
            for at, service in enumerate(read_yaml(file)["services"]):
                if service["id"] == name:
                    return file, ("services", at)
    raise LookupError(name)


def _flow(signed: Reviewed) -> str:
    name, role = (json.dumps(text, ensure_ascii=False) for text in (signed.name, signed.role))
    return f'{{name: {name}, role: {role}, "on": {signed.on}, revision: {signed.revision}}}'


def _text(file: Path) -> str:
    with file.open(encoding="utf-8", newline="") as opened:  # ends of lines stay as they are
        return opened.read()


def _replace(new: Mapping[Path, str], after: Callable[[], None] | None) -> None:
    old = {file: file.read_bytes() for file in new}
    drafts: dict[Path, Path] = {}
    replaced: list[Path] = []
    try:
        for file, text in new.items():
            drafts[file] = file.with_suffix(f".{os.getpid()}.new")
            drafts[file].write_bytes(text.encode())
        for file, draft in drafts.items():
            draft.replace(file)
            replaced.append(file)
        if after:
            after()
    except BaseException as error:
        for file in replaced:
            file.write_bytes(old[file])
        if isinstance(error, OSError):
            raise CannotSign(f"{error.filename} cannot be written ({error.strerror}). Nothing was signed.") from None
        raise
    finally:
        for draft in drafts.values():
            draft.unlink(missing_ok=True)
