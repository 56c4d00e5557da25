"""Settings are typed, checked and documented."""

import re

import pytest

from bot.settings import PREFIX, ROOT, Settings, WrongSetting


def test_defaults(tmp_path):
    assert Settings.read({}, tmp_path / "none") == Settings()


def test_the_environment_wins_over_the_file(tmp_path):
    file = tmp_path / ".env"
    file.write_text("LANTERN_PORT=9000\nLANTERN_OPERATOR=A clinic\n")
    read = Settings.read({"LANTERN_PORT": "9001"}, file)
    assert (read.port, read.operator) == (9001, "A clinic")


def test_origins_are_a_list(tmp_path):
    read = Settings.read({"LANTERN_ORIGINS": "https://clinic.example, https://b.example:8443"}, tmp_path / "none")
    assert read.origins == ("https://clinic.example", "https://b.example:8443")


def test_months_are_counted_only_where_a_folder_is_named(tmp_path):
    assert Settings.read({"LANTERN_COUNTS": ""}, tmp_path / "none").counts is None
    assert Settings.read({"LANTERN_COUNTS": "counts"}, tmp_path / "none").counts == ROOT / "counts"


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("PORT", "eighty"),
        ("PORT", "70000"),
        ("PORT", "--5"),
        ("IDLE_MINUTES", "16"),
        ("IDLE_MINUTES", "0"),
        ("MOST_SESSIONS", "-1"),
        ("EXIT_URL", "http://example.org"),
        ("ORIGINS", "*"),
        ("ORIGINS", "https://clinic.example/page"),
        ("ORIGINS", "http://clinic.example"),
        ("SECRET", "short"),
        ("LOG_LEVEL", "LOUD"),
        ("NO_SUCH", "1"),
    ],
)
def test_a_wrong_value_is_named(name, value, tmp_path):
    with pytest.raises(WrongSetting, match=f"LANTERN_{name}: takes"):
        Settings.read({f"LANTERN_{name}": value}, tmp_path / "none")


def test_every_setting_is_documented_twice():
    example = (ROOT / ".env.example").read_text()
    for name in Settings.__dataclass_fields__:
        assert re.search(rf"^#? ?{PREFIX}{name.upper()}=", example, re.MULTILINE), name
        assert f"        {name}: " in (Settings.__doc__ or ""), name


def test_the_example_is_valid_and_says_the_defaults(tmp_path):
    assert Settings.read({}, ROOT / ".env.example") == Settings()
