"""Whatever a file holds, it is imported or refused with reasons; nothing else comes out."""

import copy
import json
from collections.abc import Iterator
from random import Random
from typing import Any

import pytest

from actions.directory.problems import NotImported
from actions.directory.to_hsds import to_hsds
from tests.actions.directory.given import hsds, read
from tests.actions.directory.test_round_trip import ANYTHING

VALUES = (None, "", 0, -1, 1.5, True, [], {}, "x", "\0", "é" * 50, [None], [1], {"id": "1"}, "2026-01-01", 10**400)
VALUES += ("https://x.example", [{"id": "1"}], "https://[", "OR", "{}", "[]", "24:61", "\ud800")
BYTES = b'\0"[]{}:,\\\n0\xff'


def places(value: Any, path: tuple = ()) -> Iterator[tuple]:
    """The path to everything inside `value`."""
    inside = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for step, part in inside:
        yield (*path, step)
        yield from places(part, (*path, step))


def spoiled(given: dict, random: Random) -> dict:
    """`given` with a few things in it otherwise, or gone."""
    given = copy.deepcopy(given)
    for path in random.sample(list(places(given)), random.randint(1, 4)):
        here: Any = given
        try:
            for step in path[:-1]:
                here = here[step]
            if random.random() < 0.15:
                del here[path[-1]]
            else:
                here[path[-1]] = random.choice(VALUES)
        except (KeyError, IndexError, TypeError):  # gone with something before it
            continue
    return given


def taken_or_refused(file) -> None:
    try:
        assert read(file).services
    except NotImported as error:
        assert all(problem.file and problem.message for problem in error.problems)


@pytest.mark.parametrize("seed", range(8))
def test_anything_at_all(seed, tmp_path):
    random, file = Random(seed), tmp_path / "given.json"
    for base in (hsds(), to_hsds(ANYTHING)) * 10:
        file.write_text(json.dumps([hsds("Fine"), spoiled(base, random)]))
        taken_or_refused(file)
        data = bytearray(file.read_bytes())
        for _ in range(3):
            data[random.randrange(len(data))] = random.choice(BYTES)
        file.write_bytes(data)
        taken_or_refused(file)
