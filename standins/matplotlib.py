"""Matplotlib: the plots of `rasa test`; the dev group has the real one."""

from stand_in import stand_in

stand_in(__name__)
