"""The Dockerfile, the compose file and the Kubernetes manifests: read, and held to what they promise.

Schemas and linters that need more than the lock were run by hand; deploy/README.md says which.
"""

import re
from pathlib import Path
from typing import Any

import pytest
import yaml

from bot.app import make_app
from bot.model import TRAINED_FROM
from bot.settings import PREFIX, Settings
from tests.browser.served import CannedLantern
from tests.deploy.proxied import DEPLOY

DOCKERFILE = (DEPLOY / "docker" / "Dockerfile").read_text()
COMPOSE = yaml.safe_load((DEPLOY / "docker" / "compose.yml").read_text())
MANIFESTS = [
    document
    for file in sorted((DEPLOY / "kubernetes").glob("*.yaml"))
    for document in yaml.safe_load_all(file.read_text())
]
PODS: dict[str, Any] = {
    document["metadata"]["name"]: document["spec"]["template"]["spec"]
    for document in MANIFESTS
    if document["kind"] == "Deployment"
}


def files() -> list[Path]:
    return [path for path in DEPLOY.rglob("*") if path.is_file()]


@pytest.mark.parametrize("path", files(), ids=lambda path: str(path.relative_to(DEPLOY)))
def test_every_setting_named_is_one(path):
    for name in re.findall(rf"\b{PREFIX}([A-Z_]+)\b", path.read_text()):
        assert name.lower() in Settings.__dataclass_fields__ or name == "PORT", name


def test_the_image_runs_as_nobody_and_ends_in_time():
    last = DOCKERFILE.rpartition("\nFROM ")[2]
    assert re.search(r"^USER 10001:10001$", last, re.MULTILINE)
    assert "build-essential" not in last and "pip install" not in last
    assert "STOPSIGNAL SIGTERM" in last and "/health/ready" in last
    assert "uv sync --frozen" in DOCKERFILE


def test_the_image_has_everything_a_model_is_trained_from_and_no_more():
    copied = {
        word for line in re.findall(r"^COPY (?!--from)(.*) \S+$", DOCKERFILE, re.MULTILINE) for word in line.split()
    }
    for name in TRAINED_FROM:
        assert name in copied or name.partition("/")[0] in copied, name
    allowed = re.findall(r"^!(\S+)$", (DEPLOY / "docker" / "Dockerfile.dockerignore").read_text(), re.MULTILINE)
    assert copied == set(allowed)


@pytest.mark.parametrize("name", ["lantern", "redis"])
def test_containers_of_compose_are_held_small(name):
    service = COMPOSE["services"][name]
    assert service["read_only"] is True and service["cap_drop"] == ["ALL"]
    assert service["security_opt"] == ["no-new-privileges:true"]
    assert service["ulimits"]["core"] == 0
    assert service["mem_limit"] == service["memswap_limit"], "swap is a disk"
    for port in service.get("ports", ()):
        assert port.startswith("127.0.0.1:")


def test_only_lantern_reaches_redis():
    assert COMPOSE["networks"]["back"] == {"internal": True}
    assert COMPOSE["services"]["redis"]["networks"] == ["back"]
    assert "ports" not in COMPOSE["services"]["redis"]


@pytest.mark.parametrize("name", ["lantern", "redis"])
def test_pods_are_held_small(name):
    pod = PODS[name]
    assert pod["automountServiceAccountToken"] is False
    assert pod["securityContext"]["runAsNonRoot"] is True
    assert pod["securityContext"]["seccompProfile"] == {"type": "RuntimeDefault"}
    (container,) = pod["containers"]
    assert container["securityContext"] == {
        "allowPrivilegeEscalation": False,
        "readOnlyRootFilesystem": True,
        "capabilities": {"drop": ["ALL"]},
    }
    assert set(container["resources"]) == {"requests", "limits"} and "memory" in container["resources"]["limits"]
    for volume in pod["volumes"]:
        assert "configMap" in volume or volume["emptyDir"]["medium"] == "Memory", "a disk may be copied"


def test_kubernetes_does_not_set_settings_of_ours():
    """A Service named lantern would put LANTERN_PORT=tcp://… into every pod, which is no port."""
    assert all(pod["enableServiceLinks"] is False for pod in PODS.values())


def test_the_probes_ask_what_is_there():
    routes = {
        route.resource.canonical for route in make_app(CannedLantern(), Settings()).router.routes() if route.resource
    }  # type: ignore[arg-type]
    (container,) = PODS["lantern"]["containers"]
    for probe, path in (("startupProbe", "live"), ("livenessProbe", "live"), ("readinessProbe", "ready")):
        assert container[probe]["httpGet"] == {"path": f"/health/{path}", "port": "http"}
        assert f"/health/{path}" in routes


def test_nothing_may_go_out_except_to_redis_and_to_look_up_names():
    policies = {d["metadata"]["name"]: d["spec"] for d in MANIFESTS if d["kind"] == "NetworkPolicy"}
    assert policies["nobody"] == {"podSelector": {}, "policyTypes": ["Ingress", "Egress"]}
    ports = {port["port"] for rule in policies["lantern"]["egress"] for port in rule["ports"]}
    assert ports == {6379, 53} and "egress" not in policies["redis"]


def test_every_manifest_is_applied():
    listed = next(d for d in MANIFESTS if d["kind"] == "Kustomization")["resources"]
    present = {file.name for file in (DEPLOY / "kubernetes").glob("*.yaml")} - {"kustomization.yaml"}
    assert set(listed) == present
