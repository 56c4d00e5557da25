"""Makes a release: `python3 tools/release.py 0.2.0 [--dry-run]`. It needs only Python and git, and pushes nothing.

The version is written into pyproject.toml and uv.lock; what stands under “Unreleased” in CHANGELOG.md and
docs/upgrading.md moves under the version; then everything is committed and tagged. Whatever is not in order stops it
before anything is written.
"""

import argparse
import datetime as dt
import re
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parents[1]
VERSION = re.compile(r"(0|[1-9]\d*)\.(0|[1-9]\d*)\.(0|[1-9]\d*)")
OWN_VERSION = {  # file -> where it says the version of Lantern itself
    "pyproject.toml": re.compile(r'(\[project\]\nname = "lantern"\nversion = ")([^"]+)(")'),
    "uv.lock": re.compile(r'(\[\[package\]\]\nname = "lantern"\nversion = ")([^"]+)(")'),
}
UNRELEASED = "## Unreleased\n"


class NotReady(Exception):
    """The release cannot be made. `str(error)` says why."""


def planned(root: Path, version: str, today: dt.date) -> dict[Path, str]:
    """What each file of the release will hold. Raises `NotReady`."""
    if not VERSION.fullmatch(version):
        raise NotReady(f"{version} is no version: three numbers, as 0.2.0")
    if changed := _git(root, "status", "--porcelain"):
        raise NotReady(f"the tree is not clean:\n{changed}")
    if _git(root, "tag", "--list", f"v{version}"):
        raise NotReady(f"v{version} is there already")
    files = {root / name: _with_version(root / name, place, version) for name, place in OWN_VERSION.items()}
    for name, must in (("CHANGELOG.md", True), ("docs/upgrading.md", False)):
        files[root / name] = _under_version(root / name, f"## {version}, {today.isoformat()}\n", must)
    return {file: text for file, text in files.items() if text != file.read_text(encoding="utf-8")}


def _with_version(file: Path, place: re.Pattern[str], version: str) -> str:
    text = file.read_text(encoding="utf-8")
    found = place.search(text)
    if not found:
        raise NotReady(f"{file.name} does not say its version where it is looked for")
    if _numbers(version) < _numbers(found[2]):
        raise NotReady(f"{file.name} says {found[2]}, which comes after {version}")
    return place.sub(rf"\g<1>{version}\g<3>", text, count=1)


def _numbers(version: str) -> tuple[int, ...]:
    return tuple(map(int, version.split(".")))


def _under_version(file: Path, heading: str, must: bool) -> str:
    """The text of `file` with what was unreleased under `heading`, and nothing unreleased any more."""
    text = file.read_text(encoding="utf-8")
    before, found, after = text.partition(UNRELEASED)
    notes, _, older = after.partition("\n## ")
    if not found and must:
        raise NotReady(f"{file.name} has no “{UNRELEASED.strip()}”")
    if not notes.strip():
        if must:
            raise NotReady(f"nothing stands under “Unreleased” in {file.name}")
        return text
    rest = f"\n## {older}" if older else ""
    return f"{before}{UNRELEASED}\n{heading}\n{notes.strip()}\n{rest}"


def release(root: Path, version: str, files: dict[Path, str]) -> None:
    """Writes the files, commits them and tags the commit."""
    for file, text in files.items():
        file.write_text(text, encoding="utf-8")
    _git(root, "add", "--", *(str(file) for file in files))
    _git(root, "commit", "--quiet", "--message", f"Release {version}")
    _git(root, "tag", "--annotate", f"v{version}", "--message", f"Lantern {version}")


def _git(root: Path, *arguments: str) -> str:
    done = subprocess.run(["git", *arguments], cwd=root, capture_output=True, text=True, check=False)  # noqa: S603, S607
    if done.returncode:
        raise NotReady(f"git {arguments[0]}: {done.stderr.strip()}")
    return done.stdout.strip()


def main(arguments: list[str] | None = None, root: Path = ROOT) -> int:
    """Makes the release, or with `--dry-run` says what it would do."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("version", help="three numbers, as 0.2.0")
    parser.add_argument("--dry-run", action="store_true", help="say what would be done; change nothing")
    options = parser.parse_args(arguments)
    try:
        files = planned(root, options.version, dt.date.today())
        if not options.dry_run:
            release(root, options.version, files)
    except NotReady as error:
        print(f"No release: {error}", file=sys.stderr)
        return 1
    names = ", ".join(file.relative_to(root).as_posix() for file in files)
    if options.dry_run:
        print(
            f"Would write {names}, commit “Release {options.version}” and tag v{options.version}. Nothing was changed."
        )
    else:
        print(f"Released: {names}; tag v{options.version}. To publish: git push --follow-tags")
    return 0


if __name__ == "__main__":
    sys.exit(main())
