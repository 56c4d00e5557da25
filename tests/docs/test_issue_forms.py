"""The forms of issues are of the shape GitHub wants, and each warns against writing about a person."""

import pytest
import yaml

from bot.settings import ROOT

FOLDER = ROOT / ".github" / "ISSUE_TEMPLATE"
FORMS = sorted(file for file in FOLDER.glob("*.yml") if file.name != "config.yml")
KINDS = {"markdown", "input", "textarea", "dropdown", "checkboxes"}


@pytest.mark.parametrize("file", FORMS, ids=lambda file: file.stem)
def test_a_form(file):
    form = yaml.safe_load(file.read_text(encoding="utf-8"))
    assert {"name", "description", "body"} <= form.keys() <= {"name", "description", "title", "labels", "body"}
    ids = [part["id"] for part in form["body"] if part["type"] != "markdown"]
    assert len(ids) == len(set(ids))
    for part in form["body"]:
        assert part["type"] in KINDS and part.keys() <= {"type", "id", "attributes", "validations"}
        about = part["attributes"]
        assert about.get("value") if part["type"] == "markdown" else about.get("label")
        if part["type"] in ("dropdown", "checkboxes"):
            assert about["options"]
    assert "Write nothing about a real person" in form["body"][0]["attributes"]["value"]
    last = form["body"][-1]
    assert last["type"] == "checkboxes" and last["attributes"]["options"][0]["required"] is True


def test_all_are_there_and_nothing_is_asked_without_one():
    assert [file.stem for file in FORMS] == ["bug", "translation", "wrong-fact"]
    assert yaml.safe_load((FOLDER / "config.yml").read_text())["blank_issues_enabled"] is False


def test_a_wrong_fact_needs_its_source():
    form = yaml.safe_load((FOLDER / "wrong-fact.yml").read_text(encoding="utf-8"))
    (source,) = [part for part in form["body"] if part.get("id") == "source"]
    assert source["validations"]["required"] is True
