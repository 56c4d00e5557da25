"""The sample of docs/reporting.md is what Lantern prints."""

from bot.monthly.showing import as_text
from tests.bot.monthly.simulated import BLOCK, CHANNELS, LANGUAGES, PAGE, PLACES, TOPICS, simulated


def test_it_is_today_s():
    (start, end) = BLOCK.findall(PAGE.read_text(encoding="utf-8"))[0]
    assert f"{start}{as_text(simulated())}{end}" in PAGE.read_text(encoding="utf-8")


def test_what_came_up_a_few_times_is_nowhere_in_it():
    cells = {row.cell for table in simulated().tables for row in table.rows}
    for kind, weights in {"topic": TOPICS, "place": PLACES, "language": LANGUAGES, "channel": CHANNELS}.items():
        assert f"{kind}:{max(weights, key=lambda name: bool(name) * weights[name])}" in cells
    assert not cells & {"place:WY", "language:ko", "topic:minor_disclosure", "gate:minor"}
