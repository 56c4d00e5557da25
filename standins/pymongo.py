"""pymongo: Rasa's tracker store in MongoDB."""

from stand_in import stand_in

stand_in(__name__)
