"""Rasa graph components of our own: how Lantern understands a message."""
