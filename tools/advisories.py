"""Which pinned packages have known advisories: `python tools/advisories.py FOLDER`, for the table in SECURITY.md.

FOLDER is a copy of PyPA's advisory database (github.com/pypa/advisory-database), or any folder of advisories in the
form of OSV as YAML. Nothing is asked over the network, so nobody learns what is installed here. Each advisory that
touches a version in `uv.lock` is printed; those that SECURITY.md does not name are marked, and make it exit with 1.
"""

import sys
import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Any, NamedTuple

import yaml
from packaging.version import InvalidVersion, Version

ROOT = Path(__file__).parents[1]


class Found(NamedTuple):
    """An advisory that touches a pinned version."""

    package: str
    version: str
    ids: tuple[str, ...]
    says: str


def pinned(lock: Path = ROOT / "uv.lock") -> dict[str, str]:
    """Version by name of every package in the lock that comes from elsewhere."""
    packages = tomllib.loads(lock.read_text(encoding="utf-8"))["package"]
    return {p["name"]: p["version"] for p in packages if "registry" in p["source"]}


def touching(versions: dict[str, str], folder: Path) -> Iterator[Found]:
    """Every advisory under `folder` that touches one of `versions`."""
    loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    for file in sorted(folder.rglob("*.y*ml")):
        if file.parent.name.lower().replace("_", "-") not in versions:
            continue
        advisory = yaml.load(file.read_text(encoding="utf-8"), Loader=loader)  # noqa: S506  a safe loader
        for affected in () if "withdrawn" in advisory else advisory.get("affected", ()):
            name = affected["package"]["name"].lower().replace("_", "-")
            if name in versions and is_touched(versions[name], affected):
                ids = (advisory["id"], *advisory.get("aliases", ()))
                yield Found(name, versions[name], ids, " ".join(advisory.get("details", "").split())[:160])
                break


def is_touched(version: str, affected: dict[str, Any]) -> bool:
    """Whether OSV's `affected` holds `version`: it is listed, or between what introduced it and what fixed it."""
    if version in affected.get("versions", ()):
        return True
    return any(_within(version, span["events"]) for span in affected.get("ranges", ()) if span["type"] == "ECOSYSTEM")


def _within(version: str, events: list[dict[str, str]]) -> bool:
    is_inside = False
    try:
        for event in events:
            ((kind, at),) = event.items()
            if kind == "introduced":
                is_inside |= at == "0" or Version(version) >= Version(at)
            elif Version(version) > Version(at) or (kind == "fixed" and Version(version) == Version(at)):
                is_inside = False
    except InvalidVersion:
        return True  # better one too many
    return is_inside


def main(folder: Path) -> int:
    """Prints them. Returns how the process ends."""
    named = (ROOT / "SECURITY.md").read_text(encoding="utf-8")
    missing = 0
    for found in touching(pinned(), folder):
        is_named = any(id_ in named for id_ in found.ids)
        missing += not is_named
        print(" " if is_named else "!", found.package, found.version, *found.ids, "-", found.says)
    return 1 if missing else 0


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1])))
