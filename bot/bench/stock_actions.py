"""The custom actions of the stock bot, as `rasa run actions` serves them; copied into its project by `stock.py`.

They do the least that Lantern's rules need: the text of a topic out of a dictionary, and one question for the place.
Stock therefore pays for its dialogue and its action server, and hardly anything for the answer itself.
"""

import json
from pathlib import Path
from typing import Any

from rasa_sdk import Action, FormValidationAction, Tracker
from rasa_sdk.events import Restarted, SlotSet
from rasa_sdk.executor import CollectingDispatcher

TEXTS = json.loads((Path(__file__).parent / "texts.json").read_text(encoding="utf-8"))


class ActionAnswer(Action):
    """The text of the topic."""

    def name(self) -> str:
        """The action's name in domain.yml."""
        return "action_answer"

    def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: Any) -> list[Any]:
        """Says it, and remembers the topic."""
        topic = tracker.latest_message["intent"]["name"]
        dispatcher.utter_message(text=TEXTS.get(topic, TEXTS["out_of_scope"]))
        return [SlotSet("topic", topic)]


class ActionAskWhich(Action):
    """What is said to a message that is not understood."""

    def name(self) -> str:
        """The action's name in domain.yml."""
        return "action_ask_which"

    def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: Any) -> list[Any]:
        """Offers the likeliest topics."""
        ranking = tracker.latest_message.get("intent_ranking") or []
        buttons = [{"title": one["name"], "payload": f"/{one['name']}"} for one in ranking[1:4]]
        dispatcher.utter_message(text="Which of these do you mean?", buttons=buttons)
        return []


class ActionAskJurisdiction(Action):
    """What the form says."""

    def name(self) -> str:
        """The action's name in domain.yml."""
        return "action_ask_jurisdiction"

    def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: Any) -> list[Any]:
        """Asks, and remembers that it did."""
        dispatcher.utter_message(text="Which state is this about?")
        return [SlotSet("place_asked", True)]


class ValidatePlaceForm(FormValidationAction):
    """Asks once."""

    def name(self) -> str:
        """The action's name in domain.yml."""
        return "validate_place_form"

    async def required_slots(
        self, domain_slots: list[str], dispatcher: CollectingDispatcher, tracker: Tracker, domain: Any
    ) -> list[str]:
        """The place, or nothing once it was asked for."""
        return [] if tracker.get_slot("place_asked") else domain_slots

    async def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: Any) -> list[Any]:
        """Validates. Setting a slot, to what it was, tells Rasa that a turn without a place is no error."""
        events = await super().run(dispatcher, tracker, domain)
        return [*events, SlotSet("place_asked", tracker.get_slot("place_asked"))]


class ActionForget(Action):
    """Starts anew."""

    def name(self) -> str:
        """The action's name in domain.yml."""
        return "action_forget"

    def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: Any) -> list[Any]:
        """Restarts the tracker."""
        dispatcher.utter_message(text="It is forgotten.")
        return [Restarted()]
