"""What is made quick in Rasa says the same as before."""

import pytest
from rasa.core.actions.action import RemoteAction
from rasa.shared.core.events import Event, SlotSet
from rasa.utils.endpoints import EndpointConfig

import bot.in_process
from bot import quick_rasa

WRONG = {"events": "none"}


@pytest.mark.parametrize("name", ["slot", "user", "bot", "action", "restart", "active_loop"])
def test_it_finds_the_same_class_by_name(name):
    assert Event.resolve_by_type is quick_rasa.resolve_by_type
    assert Event.resolve_by_type(name) is quick_rasa._by_walking(name)


def test_an_unknown_event_is_an_error_or_its_default():
    with pytest.raises(ValueError, match="Unknown event name 'nothing'"):
        Event.resolve_by_type("nothing")
    assert Event.resolve_by_type("nothing", SlotSet) is SlotSet


def test_results_of_actions_here_are_trusted():
    assert RemoteAction("action_x", bot.in_process.endpoint())._validate_action_result(WRONG)


def test_results_of_a_server_are_checked():
    remote = RemoteAction("action_x", EndpointConfig("http://127.0.0.1:1"))
    assert remote._validate_action_result({"events": [], "responses": []})
    with pytest.raises(Exception, match="Failed to validate Action server response"):
        remote._validate_action_result(WRONG)
