"""How much Lantern bears: simulated people talk with `lantern serve` on this machine, and count what goes wrong.

What each person must hear is known from a rehearsal, in which the same conversations are held one at a time. Under
load every answer must be the same one, in the person's own session, after the person's own words. Nothing here imports
Rasa: a library that the service and the measuring process both load would halve what the service seems to take.
"""
