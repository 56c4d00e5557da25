"""What Rasa does anew on every turn, and need do once or not at all: three quarters of the time of a turn.

- To find the class of an event by its name, it walks through all subclasses, for each event of a tracker it reads.
- To trust the result of a custom action, it checks its own schema against the schema of schemas, and the result
  against that. The results of actions in this process were made by rasa-sdk and have their shape (`in_process.py`);
  those of a server are checked as before.
"""

from functools import cache
from typing import Any

from rasa.core.actions.action import RemoteAction
from rasa.shared.core.events import Event

_by_walking = Event.resolve_by_type
_checked = RemoteAction._validate_action_result


@cache
def _class_of(name: str) -> type[Event] | None:
    return _by_walking(name)


def resolve_by_type(type_name: str, default: type[Event] | None = None) -> type[Event] | None:
    """Stands in for `Event.resolve_by_type`. Raises ValueError for a name there is not, without a default."""
    return _class_of(type_name) if default is None else _by_walking(type_name, default)


def use(local_address: str) -> None:
    """Teaches Rasa. The results of actions at `local_address` are trusted."""

    def validated(self: RemoteAction, result: dict[str, Any]) -> bool:
        local = self.action_endpoint is not None and self.action_endpoint.url == local_address
        return True if local else bool(_checked(self, result))

    Event.resolve_by_type = staticmethod(resolve_by_type)
    RemoteAction._validate_action_result = validated
