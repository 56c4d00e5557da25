"""What a phone has to fetch: Lantern's page against the bundles of two chat widgets, as npm has them."""

import gzip
import re
import shutil
import subprocess
import tarfile
import urllib.request
from pathlib import Path
from typing import Any

from bot.bench.process import environment
from bot.bench.serving import Served

BUNDLES = {  # package -> the one file that a page includes
    "deep-chat": "package/dist/deepChat.bundle.js",
    "rasa-webchat": "package/lib/index.js",
}
PACKED = 9  # how hard both are packed
_LINKED = re.compile(r'(?:href|src)="(/[\w.-]+\.(?:css|js))"')


def own(bot: Served) -> dict[str, int]:
    """Bytes of the first screen and of each file that it includes, gzipped."""
    html = _fetched(f"{bot.url}/")
    names = sorted({*_LINKED.findall(html.decode())})
    return {"/": _packed(html), **{name: _packed(_fetched(bot.url + name)) for name in names}}


def others(folder: Path) -> dict[str, Any]:
    """Version and gzipped bytes of each bundle; why not, where npm does not bring it."""
    return {name: _bundle(name, file, folder) for name, file in BUNDLES.items()}


def _bundle(name: str, file: str, folder: Path) -> dict[str, Any]:
    npm = shutil.which("npm")
    if not npm:
        return {"missing": "npm is not installed"}
    packed = folder / "npm" / name
    shutil.rmtree(packed, ignore_errors=True)
    packed.mkdir(parents=True)
    command = [npm, "pack", "--silent", "--ignore-scripts", name]
    done = subprocess.run(command, cwd=packed, capture_output=True, text=True, env=environment(), check=False)  # noqa: S603
    archive = next(iter(packed.glob("*.tgz")), None)
    if archive is None:
        return {"missing": f"npm did not bring it ({(done.stderr.strip().splitlines() or ['silently'])[-1]})"}
    with tarfile.open(archive) as opened:
        member = opened.extractfile(file)
        assert member is not None
        version = archive.stem.removeprefix(f"{name}-")
        return {"version": version, "file": file.removeprefix("package/"), "bytes": _packed(member.read())}


def _fetched(url: str) -> bytes:
    with urllib.request.urlopen(url, timeout=20) as response:  # noqa: S310  our own address
        return bytes(response.read())


def _packed(content: bytes) -> int:
    return len(gzip.compress(content, PACKED))
