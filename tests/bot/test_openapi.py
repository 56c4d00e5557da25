"""docs/openapi.yml says what there is: no route too few, none too many, and valid by OpenAPI's own schema."""

import json
import re
from collections.abc import Iterator
from itertools import product
from pathlib import Path
from typing import Any

import jsonschema
import pytest
import yaml
from aiohttp import web

from actions.knowledge.control import shown
from bot import metrics
from bot.app import make_app
from bot.metrics import Counts
from bot.pages.reference import SCHEMAS
from bot.settings import ROOT, Settings

DESCRIBED: dict[str, Any] = yaml.safe_load((ROOT / "docs" / "openapi.yml").read_text(encoding="utf-8"))
SPECIFICATION = Path(__file__).parent / "openapi-3.0.json"  # https://spec.openapis.org/oas/3.0/schema/2021-09-28
METHODS = {"get", "post", "put", "patch", "delete", "options", "trace"}


def operations() -> dict[tuple[str, str], dict[str, Any]]:
    return {
        (method.upper(), path): operation
        for path, item in DESCRIBED["paths"].items()
        for method, operation in item.items()
        if method in METHODS
    }


def paths(resource: web.AbstractResource) -> Iterator[str]:
    """The paths of a resource as OpenAPI writes them; `{name:a|b}` is two paths."""
    about: Any = resource.get_info()
    if "path" in about:
        yield about["path"]
        return
    groups = dict(re.findall(r"\(\?P<(\w+)>([^()]*)\)", about["pattern"].pattern))
    listed = {name: kind.replace("\\", "").split("|") for name, kind in groups.items() if "[" not in kind}
    for values in product(*listed.values()):
        filled = {name: f"{{{name}}}" for name in groups} | dict(zip(listed, values, strict=True))
        yield about["formatter"].format(**filled)


@pytest.fixture
def app(canned, tmp_path) -> web.Application:
    """With everything switched on."""
    tokens = {"twilio_token": "t", "plivo_token": "p", "public_url": "https://chat.example", "secret": "s" * 16}
    return make_app(canned, Settings(optouts=tmp_path / "optouts", **tokens))


def test_every_route_is_described_and_nothing_else(app):
    apps = (app, metrics.application(Counts()))
    there = {(r.method, path) for one in apps for r in one.router.routes() if r.resource for path in paths(r.resource)}
    gets = {path for method, path in there if method == "GET"}
    assert {path for method, path in there if method == "HEAD"} == gets  # as the description says
    assert {(method, path) for method, path in there if method != "HEAD"} == set(operations())


def test_it_is_valid():
    kind = json.loads(SPECIFICATION.read_text(encoding="utf-8"))
    jsonschema.Draft4Validator(kind).validate(json.loads(json.dumps(DESCRIBED)))
    names = [operation["operationId"] for operation in operations().values()]
    assert len(names) == len(set(names))


def test_what_it_refers_to_is_there_and_what_is_there_is_referred_to():
    referred = set(re.findall(r'"\$ref": "#/components/([^"]+)"', json.dumps(DESCRIBED)))
    assert referred == {f"{kind}/{name}" for kind, named in DESCRIBED["components"].items() for name in named}


def test_every_place_in_a_path_is_a_parameter():
    for (_, path), operation in operations().items():
        given = [p if "name" in p else of(p) for p in operation.get("parameters", [])]
        assert {p["name"] for p in given if p["in"] == "path"} == set(re.findall(r"{(\w+)}", path)), path


def test_the_examples_and_lists_are_true():
    examples = {name: parameter["example"] for name, parameter in DESCRIBED["components"]["parameters"].items()}
    assert examples["need"] in shown().needs.needs and examples["state"] in shown().places
    assert examples["code"] in shown().laws and examples["topic"] in shown().sections
    (kind,) = operations()["GET", "/schema/{kind}.json"]["parameters"]
    assert kind["schema"]["enum"] == list(SCHEMAS)


@pytest.mark.parametrize(
    "method, path", [key for key in operations() if "sms" not in key[1] and "metrics" not in key[1]]
)
async def test_what_is_answered_is_described(method, path, new_client):
    """One plain request to each; `make fuzz` sends many."""
    client = await new_client()
    names = {name: parameter["example"] for name, parameter in DESCRIBED["components"]["parameters"].items()}
    if path.startswith("/guidance/"):
        names["topic"] = "record_impact"
    sent = {"json": {"text": "oregon"}} if "talk" in path else {"data": {"text": "oregon"}}
    answer = await client.request(
        method, path.format(**names, kind="law"), allow_redirects=False, **(sent if method == "POST" else {})
    )
    described = operations()[method, path]["responses"][str(answer.status)]
    described = of(described) if "$ref" in described else described
    assert answer.content_type in described.get("content", {answer.content_type: None})
    assert set(described.get("headers", {})) <= set(answer.headers)
    if answer.content_type == "application/json":
        kind = described["content"]["application/json"]["schema"] | {"components": DESCRIBED["components"]}
        jsonschema.Draft4Validator(with_null(kind)).validate(await answer.json())


def of(reference: dict[str, Any]) -> dict[str, Any]:
    kind, name = reference["$ref"].split("/")[-2:]
    return DESCRIBED["components"][kind][name]


def with_null(kind: Any) -> Any:
    """OpenAPI 3.0's `nullable`, as JSON Schema says it."""
    if isinstance(kind, list):
        return [with_null(one) for one in kind]
    if not isinstance(kind, dict):
        return kind
    kind = {name: with_null(value) for name, value in kind.items()}
    return kind | {"type": [kind["type"], "null"]} if kind.get("nullable") else kind
