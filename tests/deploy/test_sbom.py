"""`make sbom`: a list of every package that runs here, made from the lock without a network."""

import json
import re
import shutil
import subprocess

import pytest

from bot.settings import ROOT
from tools.advisories import pinned

UV = shutil.which("uv") or shutil.which(".uv/bin/uv", path=str(ROOT)) or str(ROOT / ".uv" / "bin" / "uv")


def test_it_lists_every_package_with_its_version(tmp_path):
    if not shutil.which(UV):
        pytest.skip("uv is not here; make install brings it")
    recipe = re.search(r"^sbom:.*\n\t@\$\(UV\) (.+)$", (ROOT / "Makefile").read_text(), re.MULTILINE)
    assert recipe
    words = recipe[1].replace("sbom.cdx.json", str(tmp_path / "sbom.cdx.json")).split()
    done = subprocess.run([UV, *words], cwd=ROOT, capture_output=True, text=True)
    if "invalid value" in done.stderr:
        pytest.skip("this uv is too old to write CycloneDX")
    assert done.returncode == 0, done.stderr
    made = json.loads((tmp_path / "sbom.cdx.json").read_text())
    assert (made["bomFormat"], made["specVersion"]) == ("CycloneDX", "1.5")
    listed = {component["name"]: component["version"] for component in made["components"]}
    versions = pinned()
    assert listed.items() <= versions.items()
    for name in ("rasa", "aiohttp", "onnxruntime", "redis", "scikit-learn"):
        assert listed[name] == versions[name]
    hashes = [r["hashes"] for component in made["components"] for r in component["externalReferences"]]
    assert all(one["alg"] == "SHA-256" for each in hashes for one in each)


def test_it_leaves_out_only_what_developers_need():
    """What the list does not have is reached from the groups `dev` and `compare` alone; so the list is whole."""
    if not shutil.which(UV):
        pytest.skip("uv is not here; make install brings it")
    command = [UV, "export", "--frozen", "--offline", "--no-hashes", "--no-annotate", "--quiet"]

    def names(*options: str) -> set[str]:
        printed = subprocess.run([*command, *options], cwd=ROOT, capture_output=True, text=True, check=True).stdout
        return set(re.findall(r"^([a-z0-9-]+)==", printed, re.MULTILINE))

    running = names("--no-dev")
    assert names("--only-dev") | names("--only-group", "compare") | running == set(pinned())
