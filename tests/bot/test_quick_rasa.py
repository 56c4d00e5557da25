"""What is made quick in Rasa says the same as before."""

import pytest
from rasa.core.actions.action import RemoteAction
from rasa.core.processor import MessageProcessor
from rasa.engine.graph import ExecutionContext, GraphComponent, GraphSchema, SchemaNode
from rasa.engine.runner.dask import DaskGraphRunner
from rasa.engine.storage.local_model_storage import LocalModelStorage
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


class Adds(GraphComponent):
    """Adds up what it is given, and one."""

    @classmethod
    def create(cls, config, model_storage, resource, execution_context):
        return cls()

    def run(self, a=0, b=0):
        return 1 + a + b


def node(**needs: str) -> SchemaNode:
    return SchemaNode(needs=needs, uses=Adds, constructor_name="create", fn="run", config={}, eager=True)


def test_the_graph_gives_what_it_gave_with_dask(tmp_path):
    nodes = {"last": node(a="middle", b="first"), "middle": node(a="first"), "first": node(a="given"), "other": node()}
    schema = GraphSchema(nodes)
    given = (schema, LocalModelStorage(tmp_path), ExecutionContext(schema))
    for targets in (["last"], ["other", "middle"]):
        results = [
            kind.create(*given).run({"given": 5}, targets) for kind in (quick_rasa.OrderedRunner, DaskGraphRunner)
        ]
        assert results[0] == results[1]
    ordered = quick_rasa.OrderedRunner.create(*given)
    assert [ordered.run({"given": n}, ["last"])["last"] for n in (5, 6)] == [14, 16]


def test_a_loaded_model_runs_in_order(lantern):
    assert isinstance(lantern.pipeline, quick_rasa.OrderedRunner)
    assert MessageProcessor.parse_message.__globals__["DaskGraphRunner"] is quick_rasa.OrderedRunner
