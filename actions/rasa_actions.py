"""The custom actions Rasa calls. Each is thin: read the conversation, ask `answering`, say it, remember it."""

import datetime as dt

from rasa_sdk import Action, FormValidationAction, Tracker
from rasa_sdk.events import EventType, FollowupAction, Restarted, SlotSet
from rasa_sdk.executor import CollectingDispatcher
from rasa_sdk.types import DomainDict

from actions.answer import Answer
from actions.answering import followup_of, needs_place, reply
from actions.compose.asking import ask_place, ask_which, forgotten
from actions.compose.topic import counted_answer
from actions.conversation import ALARM_TOPICS, Conversation
from actions.directory import wrong_numbers
from actions.knowledge.control import shown


def say(dispatcher: CollectingDispatcher, answer: Answer) -> list[EventType]:
    """Utters `answer` (whole, beside the plain text and buttons that `rasa shell` shows) and remembers its choices."""
    buttons = [{"title": choice.label, "payload": choice.value} for choice in answer.choices]
    dispatcher.utter_message(text=answer.text, buttons=buttons, answer=answer.as_dict())
    return [SlotSet("choices", [[choice.label, choice.value] for choice in answer.choices])]


def ask_and_count(dispatcher: CollectingDispatcher, talk: Conversation) -> list[EventType]:
    """Asks which topic is meant, and counts that it had to."""
    return [*say(dispatcher, ask_which(shown(talk.spoken), talk)), SlotSet("misses", talk.misses + 1)]


def respond(dispatcher: CollectingDispatcher, talk: Conversation) -> list[EventType]:
    """Says the answer; remembers the topic, what was shown, and that this was understood (or that it was not)."""
    library = shown(talk.spoken)
    if talk.heard == "nlu_fallback" and not followup_of(library, talk):
        return ask_and_count(dispatcher, talk)
    known = {service.id for service in library.services} if talk.service else set()
    if talk.service in known:
        wrong_numbers.count(talk.service, known)
        return say(dispatcher, counted_answer(library, talk.service))
    made = reply(library, talk, dt.date.today())
    remembered = [SlotSet("topic", made.topic), SlotSet("shown", list(made.shown)), SlotSet("misses", 0)]
    remembered.append(SlotSet("alarm", talk.heard if talk.heard in ALARM_TOPICS else None))
    if made.topic != talk.previous:
        remembered.append(SlotSet("before", talk.previous))
    return [*say(dispatcher, made.answer), *remembered]


def _conversation(tracker: Tracker) -> Conversation:
    return Conversation.of(tracker.current_state(), dt.datetime.now(dt.UTC))


class ActionAnswer(Action):
    """Answers the topic of the message."""

    def name(self) -> str:
        """The action's name in domain.yml."""
        return "action_answer"

    async def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: DomainDict) -> list[EventType]:
        """Says the answer; remembers the topic, what was shown, and that this was understood."""
        talk = _conversation(tracker)
        if talk.command == "delete":
            return [FollowupAction("action_forget")]
        return respond(dispatcher, talk)


class ActionAskWhich(Action):
    """Asks which of the likeliest topics is meant."""

    def name(self) -> str:
        """The action's name in domain.yml."""
        return "action_ask_which"

    async def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: DomainDict) -> list[EventType]:
        """Says the question and counts it; a follow-up needs no question."""
        return respond(dispatcher, _conversation(tracker))


class ActionAskJurisdiction(Action):
    """What `place_form` says when it needs the place."""

    def name(self) -> str:
        """The action's name in domain.yml."""
        return "action_ask_jurisdiction"

    async def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: DomainDict) -> list[EventType]:
        """Says the question; remembers that it was asked, and what it was asked for."""
        talk = _conversation(tracker)
        return [
            *say(dispatcher, ask_place(shown(talk.spoken), talk)),
            SlotSet("place_asked", True),
            SlotSet("topic", talk.topic),
        ]


class ValidatePlaceForm(FormValidationAction):
    """Decides whether the place is still wanted. The form leaves by itself once it is not."""

    def name(self) -> str:
        """The action's name in domain.yml."""
        return "validate_place_form"

    async def required_slots(
        self, domain_slots: list[str], dispatcher: CollectingDispatcher, tracker: Tracker, domain: DomainDict
    ) -> list[str]:
        """The place, or nothing: it is known, was asked for before, or the talk went elsewhere."""
        talk = _conversation(tracker)
        return domain_slots if needs_place(shown(talk.spoken), talk) else []

    async def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: DomainDict) -> list[EventType]:
        """Validates. Setting a slot, to what it was, tells Rasa that a turn without a place is not an error:
        otherwise it rejects the form, answers, and comes back to the form in the same turn."""
        events = await super().run(dispatcher, tracker, domain)
        return [*events, SlotSet("place_asked", tracker.get_slot("place_asked"))]


class ActionForget(Action):
    """Forgets the conversation. The tracker itself is dropped by whoever keeps it (see bot/agent.py)."""

    def name(self) -> str:
        """The action's name in domain.yml."""
        return "action_forget"

    async def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: DomainDict) -> list[EventType]:
        """Says so, and restarts the tracker."""
        say(dispatcher, forgotten(shown(_conversation(tracker).spoken)))
        return [Restarted()]
