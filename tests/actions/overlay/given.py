"""Overlays to try: text by the name of its file."""

from collections.abc import Mapping
from pathlib import Path

from actions.overlay.reading import Overlay, read_overlay

EXAMPLE = Path(__file__).parents[3] / "deploy" / "overlay-example"

SERVICE = """
services:
- id: {id}
  name: A day center
  description: Food and a place to sit.
  status: active
  needs: [food]
  service_areas: [{{state: OR}}]
  phones: [{{number: 503-555-0100}}]
  police_contact: {police}
  police_contact_note: They call no one unless you ask.
  assured_date: 2026-11-20
  confidence: high
  sources: [{{title: Its page, url: "https://center.example.org"}}]
"""

ANSWER = """
topic: {topic}
checked_on: 2026-11-20
recheck_days: 100
sources:
  own_rules: {{title: Our rules, url: "https://center.example.org/rules"}}
lead: {{say: Our own words about this., from: [own_rules]}}
short: [Our own words about this.]
"""

LAW = """
code: {code}
checked_on: 2026-11-20
recheck_days: 100
sources:
  own_lawyer: {{title: Our lawyer, url: "https://center.example.org/lawyer"}}
condoms:
  status: none_found
  statute: none found
  lead: {{say: "Our lawyer found no law on condoms as proof.", from: [own_lawyer]}}
  short: ["Oregon: our lawyer found no law on condoms as proof."]
"""


def service(name: str = "a-day-center", police: str = "never_without_consent") -> str:
    return SERVICE.format(id=name, police=police)


def answer(topic: str) -> str:
    return ANSWER.format(topic=topic)


def law(code: str = "OR") -> str:
    return LAW.format(code=code)


def write_files(folder: Path, files: Mapping[str, str]) -> Path:
    folder.mkdir(exist_ok=True)
    for name, text in files.items():
        file = folder / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text, encoding="utf-8")
    return folder


def read(folder: Path, files: Mapping[str, str]) -> Overlay:
    return read_overlay(write_files(folder, files))
