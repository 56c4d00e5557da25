"""Every target has its reason ready, and only those that were not met are explained."""

from bot.bench.ratios import TARGETS, targets
from bot.bench.unmet import REASONS, reasons
from tests.bot.bench.test_ratios import FOUND


def test_every_target_has_a_reason():
    assert [*REASONS] == [one.what for one in TARGETS]


def test_only_what_was_not_met_is_explained():
    unmet = [row.what for row in targets(FOUND) if row.met != "yes"]
    explained = [*reasons(targets(FOUND))]
    assert len(explained) == len(unmet) > 0
    assert all(text.lower().startswith(f"**{what}".lower()) for what, text in zip(unmet, explained, strict=True))
