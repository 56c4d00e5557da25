"""Lantern beside stock Rasa, on one machine in one run: `lantern bench`, `make bench`, `docs/benchmarks.md`.

Everything that is measured runs in processes of its own. Nothing here imports Rasa, except the modules under "In a
child": a library that the service and the measuring process both load would halve what the service seems to take.
What a run needs (the other virtual environment, models, samples) lives in `.bench/` and can be deleted.
"""
