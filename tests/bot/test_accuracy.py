"""A floor under understanding: what it had when this was written, less a little. Goals are in docs/decisions.md."""

from pathlib import Path

from actions.knowledge.yaml_file import read_yaml

MESSAGES = read_yaml(Path(__file__).parents[1] / "data" / "understanding_en.yml")


async def test_topics(lantern):
    first, among_three, crises = 0, 0, []
    for row in MESSAGES:
        right = {row["label"], *row.get("alt_labels", ())}
        understood = await lantern.parse(row["text"])
        first += understood.topic in right
        among_three += any(topic in right for topic, _ in understood.ranking[:3])
        if row.get("crisis") and not (understood.gate or understood.topic in right):
            crises.append(row["text"])
    assert first / len(MESSAGES) >= 0.87
    assert among_three / len(MESSAGES) >= 0.95
    assert len(crises) <= 2, crises
