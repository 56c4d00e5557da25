"""What Rasa does anew on every turn, and need do once or not at all: three quarters of the time of a turn.

- To find the class of an event by its name, it walks through all subclasses, for each event of a tracker it reads.
- To run its graph, it has dask find an order of the components, though it is the same on every turn.
- To trust the result of a custom action, it checks its own schema against the schema of schemas, and the result
  against that. The results of actions in this process were made by rasa-sdk and have their shape (`in_process.py`);
  those of a server are checked as before.
"""

from collections.abc import Sequence
from functools import cache
from graphlib import TopologicalSorter
from typing import Any

import rasa.core.processor
from rasa.core.actions.action import RemoteAction
from rasa.engine.runner.dask import DaskGraphRunner
from rasa.shared.core.events import Event

_by_walking = Event.resolve_by_type
_checked = RemoteAction._validate_action_result


@cache
def _class_of(name: str) -> type[Event] | None:
    return _by_walking(name)


def resolve_by_type(type_name: str, default: type[Event] | None = None) -> type[Event] | None:
    """Stands in for `Event.resolve_by_type`. Raises ValueError for a name there is not, without a default."""
    return _class_of(type_name) if default is None else _by_walking(type_name, default)


class OrderedRunner(DaskGraphRunner):
    """Runs the components of a loaded model one after the other, in an order that is found once."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._orders: dict[tuple[str, ...], list[tuple[str, tuple[str, ...]]]] = {}

    def run(self, inputs: dict[str, Any] | None = None, targets: Sequence[str] | None = None) -> dict[str, Any]:
        """What the components `targets` give. `inputs` stand for components that are not in the graph."""
        wanted = tuple(targets or self._graph_schema.target_names)
        if wanted not in self._orders:
            self._orders[wanted] = self._order(wanted)
        done = {name: (name, value) for name, value in (inputs or {}).items()}
        for name, needs in self._orders[wanted]:
            done[name] = self._instantiated_nodes[name](*(done.get(need, need) for need in needs))
        return {name: done[name][1] for name in wanted}

    def _order(self, wanted: tuple[str, ...]) -> list[tuple[str, tuple[str, ...]]]:
        """The components that `wanted` rest on, and what each needs, in an order in which they can run."""
        nodes = self._graph_schema.minimal_graph_schema([*wanted]).nodes
        needs = {name: tuple(node.needs.values()) for name, node in nodes.items()}
        return [(name, needs[name]) for name in TopologicalSorter(needs).static_order() if name in needs]


def use(local_address: str) -> None:
    """Teaches Rasa. The results of actions at `local_address` are trusted."""

    def validated(self: RemoteAction, result: dict[str, Any]) -> bool:
        local = self.action_endpoint is not None and self.action_endpoint.url == local_address
        return True if local else bool(_checked(self, result))

    rasa.core.processor.DaskGraphRunner = OrderedRunner
    Event.resolve_by_type = staticmethod(resolve_by_type)
    RemoteAction._validate_action_result = validated
