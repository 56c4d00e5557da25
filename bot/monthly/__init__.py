"""Counts that outlast a restart, by the month, and the page made from them (docs/reporting.md).

Off unless `LANTERN_COUNTS` names a folder. What is counted are talks, each once for a topic, a place, a language and
so on, so that ten are ten talks and not one person who wrote ten times. Exact counts are in memory only. What is
written down, once an hour, are whole tens for the month: no number under ten, no time, no id, no words, and nothing
about two things at once. A report leaves out what is under ten, and is made so that nobody can tell from what it
shows whether something that it leaves out was there at all (`withholding.py`).
"""
