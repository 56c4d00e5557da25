"""Custom actions run in this process, and unchanged over HTTP."""

import pytest
from rasa.core.actions.action import ActionExecutionRejection
from rasa.shared.exceptions import RasaException
from rasa.utils.endpoints import EndpointConfig

from bot import in_process

CALL = {
    "next_action": "action_answer",
    "sender_id": "s",
    "tracker": {
        "sender_id": "s",
        "slots": {},
        "latest_message": {"intent": {"name": "greet", "confidence": 0.9}, "entities": []},
        "events": [],
        "paused": False,
        "latest_event_time": 0,
        "latest_input_channel": "web",
        "latest_action_name": "action_listen",
        "active_loop": {},
        "followup_action": None,
    },
    "domain": {},
    "version": "3.6.21",
}


async def test_an_action_runs_here():
    result = await in_process.endpoint().request(json=CALL)
    assert result["responses"][0]["answer"]["id"] == "phrases.greet"


async def test_the_same_action_over_http(aiohttp_client, aiohttp_server):
    """Another address goes over HTTP, to a server that speaks rasa-sdk's protocol."""
    from aiohttp import web

    async def webhook(request: web.Request) -> web.Response:
        return web.json_response(await in_process.executor().run(await request.json()))

    app = web.Application()
    app.router.add_post("/webhook", webhook)
    server = await aiohttp_server(app)
    result = await EndpointConfig(str(server.make_url("/webhook"))).request(json=CALL)
    assert result["responses"][0]["answer"]["id"] == "phrases.greet"


async def test_an_error_says_its_kind_and_nothing_else(monkeypatch):
    async def fail(_):
        raise KeyError("Canary Featherstone")

    monkeypatch.setattr(in_process.executor(), "run", fail)
    with pytest.raises(RasaException, match=r"action_answer failed \(KeyError\)") as error:
        await in_process.endpoint().request(json=CALL)
    assert error.value.__cause__ is None and error.value.__suppress_context__


async def test_a_rejection_reaches_rasa(monkeypatch):
    from rasa_sdk.interfaces import ActionExecutionRejection as Rejection

    async def reject(_):
        raise Rejection("place_form")

    monkeypatch.setattr(in_process.executor(), "run", reject)
    with pytest.raises(ActionExecutionRejection):
        await in_process.endpoint().request(json=CALL)
