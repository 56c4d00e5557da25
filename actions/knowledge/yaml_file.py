"""Read one YAML file into a record, and say exactly where it is wrong.

A lawyer edits these files: an error names the file, the line and the field, never a traceback.
"""

from pathlib import Path
from typing import Any, TypeVar

import yaml
from pydantic import ValidationError

from actions.knowledge.records import Record

R = TypeVar("R", bound=Record)
Loader: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


class DataError(Exception):
    """A file in `data/` is missing, unreadable or not of its shape. `str(error)` is fit to show to its editor."""


def read_yaml(path: Path) -> Any:
    """The plain contents of `path`. Raises `DataError` naming file and line."""
    return _construct(_compose(path))


def read_record(path: Path, kind: type[R]) -> R:
    """The contents of `path` as a record of `kind`. Raises `DataError` naming file, line and field."""
    node = _compose(path)
    contents = _construct(node)
    if not isinstance(contents, dict):
        raise DataError(f"{path}: line 1: expected fields (name: value), found {type(contents).__name__}")
    try:
        return kind.parse_obj(contents)
    except ValidationError as error:
        raise DataError("\n".join(_explain(path, node, e["loc"], e["msg"]) for e in error.errors())) from None


def _compose(path: Path) -> Any:
    try:
        text = path.read_text(encoding="utf-8")
    except FileNotFoundError:
        raise DataError(f"{path}: the file is missing") from None
    except (OSError, UnicodeDecodeError) as error:
        raise DataError(f"{path}: cannot be read as UTF-8 text ({type(error).__name__})") from None
    try:
        node = yaml.compose(text, Loader=Loader)
    except yaml.MarkedYAMLError as error:
        line = error.problem_mark.line + 1 if error.problem_mark else 1
        raise DataError(f"{path}: line {line}: not valid YAML: {error.problem}") from None
    except yaml.YAMLError as error:  # a character YAML does not allow
        raise DataError(f"{path}: not valid YAML: {error}") from None
    if node is None:
        raise DataError(f"{path}: line 1: the file is empty")
    return node


def _construct(node: Any) -> Any:
    return _Constructor().construct_document(node)


class _Constructor(yaml.constructor.SafeConstructor):
    """YAML 1.1 takes the names of fields "on" and "off" for true and false. Here they are names."""

    def flatten_mapping(self, node: yaml.MappingNode) -> None:
        for key, _ in node.value:
            if key.tag == "tag:yaml.org,2002:bool":
                key.tag = "tag:yaml.org,2002:str"
        super().flatten_mapping(node)


def _explain(path: Path, node: Any, location: tuple[int | str, ...], message: str) -> str:
    field = ".".join(str(step) for step in location)
    return f"{path}: line {_line(node, location)}: {field}: {message}"


def _line(node: Any, location: tuple[int | str, ...]) -> int:
    """The line of the deepest part of `location` that is there."""
    line = node.start_mark.line
    for step in location:
        if isinstance(node, yaml.MappingNode):
            found = next(((k, v) for k, v in node.value if k.value == str(step)), None)
            if found is None:
                break
            line, node = found[0].start_mark.line, found[1]
        elif isinstance(node, yaml.SequenceNode) and isinstance(step, int) and step < len(node.value):
            node = node.value[step]
            line = node.start_mark.line
        else:
            break
    return int(line) + 1
