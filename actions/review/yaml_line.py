"""Puts a sign-off into a YAML file and leaves everything else of it as it was written: comments, order, quotes, ends of
lines. What came out is read again, and refused where anything but the sign-off is another.
"""

import json
from collections.abc import Sequence
from typing import Any

import yaml

from actions.knowledge.yaml_file import Loader

Step = str | int
FIELD = "review"
_AFTER = "confidence"  # the sign-off of a section stands below it


class CannotEdit(Exception):
    """A sign-off cannot be put there. `str(error)` says why."""


def with_review(text: str, path: Sequence[Step], review: str) -> str:
    """`text` of a YAML file in which `review`, in YAML's flow style, stands in the mapping at `path`.

    Raises `CannotEdit` where there is no such mapping, or where the result would not be the same but for it.
    """
    node = _find(yaml.compose(text, Loader=Loader), path)
    new = _put(text, node, review)
    before, after = (_read(version) for version in (text, new))
    for contents in (before, after):
        _inside(contents, path).pop(FIELD, None)
    if before != after or _inside(_read(new), path).get(FIELD) != _read(review):
        raise CannotEdit("the file is written in a way that cannot be edited line by line; put the sign-off in by hand")
    return new


def _find(node: Any, path: Sequence[Step]) -> yaml.MappingNode:
    for step in path:
        if isinstance(node, yaml.MappingNode):
            node = next((value for key, value in node.value if key.value == step), None)
        elif isinstance(node, yaml.SequenceNode) and isinstance(step, int) and step < len(node.value):
            node = node.value[step]
        else:
            node = None
    if not isinstance(node, yaml.MappingNode) or not node.value:
        raise CannotEdit(f"there is nothing at {'.'.join(map(str, path)) or 'its top'}")
    return node


def _put(text: str, node: yaml.MappingNode, review: str) -> str:
    for key, value in node.value:
        if key.value == FIELD:
            start, end = value.start_mark.index, value.end_mark.index
            if isinstance(value, yaml.MappingNode) and not value.flow_style:  # of several lines; ends at the next token
                start, end = key.end_mark.index + 1, _end_of_block(value)
                review = f" {review}"
            return text[:start] + review + text[end:]
    if node.flow_style:
        at = node.end_mark.index - 1
        return f"{text[:at].rstrip()}, {FIELD}: {review}{text[at:]}"
    at, new_first = _line_after(text, node)
    end = "\r\n" if "\r\n" in text else "\n"
    line = f"{' ' * node.value[0][0].start_mark.column}{FIELD}: {review}"
    return f"{text[:at]}{end if new_first else ''}{line}{'' if new_first else end}{text[at:]}"


def _line_after(text: str, node: yaml.MappingNode) -> tuple[int, bool]:
    """Where a line can be put in: after the field that it stands below best; and whether no end of line is there."""
    one_line = [
        (key.value, value)
        for key, value in node.value
        if isinstance(value, yaml.ScalarNode) and value.style not in ("|", ">")
    ]
    wanted = [value for name, value in one_line if name == _AFTER] or [value for _, value in one_line[-1:]]
    if not wanted:
        raise CannotEdit("it has no field that a sign-off can stand below; put the sign-off in by hand")
    at = text.find("\n", wanted[0].end_mark.index)
    return (at + 1, False) if at >= 0 else (len(text), True)


def _end_of_block(node: Any) -> int:
    """Where the last value inside a block ends."""
    while isinstance(node, yaml.MappingNode | yaml.SequenceNode) and not node.flow_style and node.value:
        last = node.value[-1]
        node = last[1] if isinstance(last, tuple) else last
    return int(node.end_mark.index)


def _read(text: str) -> Any:
    """The contents of `text`, every scalar as text; what stands there once under two names is there twice."""
    return json.loads(json.dumps(yaml.load(text, Loader=_AllText)))  # noqa: S506  a SafeLoader


class _AllText(Loader):
    """Reads every scalar as the text it is, so that nothing is taken for the same that is written otherwise."""


_AllText.yaml_implicit_resolvers = {}


def _inside(contents: Any, path: Sequence[Step]) -> dict[str, Any]:
    for step in path:
        contents = contents[step]
    assert isinstance(contents, dict)
    return contents
