"""Custom actions without a second server: Rasa calls them here, in its own process.

Rasa posts every custom action to an HTTP address. `endpoints.yml` names the address `in-process`; importing this
module teaches Rasa's `EndpointConfig` to hand such a request to rasa-sdk's executor, and makes Rasa's turns quick
(`quick_rasa.py`). These are the places where Lantern changes Rasa, because Rasa has no hook for it. Any other address
still goes over HTTP, so that the same actions run under `rasa run actions`.
"""

from functools import cache
from typing import Any

from rasa.shared.exceptions import RasaException
from rasa.utils.endpoints import EndpointConfig
from rasa_sdk.executor import ActionExecutor
from rasa_sdk.interfaces import ActionExecutionRejection

from bot import quick_rasa

ADDRESS = "in-process"

_over_http = EndpointConfig.request


@cache
def executor() -> ActionExecutor:
    """rasa-sdk's executor with every action of the package `actions` registered."""
    ready = ActionExecutor()
    ready.register_package("actions")
    return ready


async def request(self: EndpointConfig, *args: Any, **kwargs: Any) -> Any:
    """What an action endpoint does when Rasa calls it; stands in for `EndpointConfig.request`.

    Raises:
        rasa's ActionExecutionRejection: where an action says that another one must decide.
    """
    if self.url != ADDRESS:
        return await _over_http(self, *args, **kwargs)
    try:
        return await executor().run(kwargs["json"])
    except ActionExecutionRejection as rejection:
        from rasa.core.actions.action import ActionExecutionRejection as Rejected

        raise Rejected(rejection.action_name, rejection.message) from None
    except Exception as error:  # Rasa logs what it catches, and an error's text may hold a person's words
        name = kwargs["json"].get("next_action")
        raise RasaException(f"The action {name} failed ({type(error).__name__})") from None


def endpoint() -> EndpointConfig:
    """The address of the actions in this process, as Rasa wants it."""
    return EndpointConfig(ADDRESS)


EndpointConfig.request = request
quick_rasa.use(ADDRESS)
