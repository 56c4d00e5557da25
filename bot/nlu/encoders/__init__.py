"""Sentence encoders: published models, bent towards how people write to Lantern, run in small integers."""
