import pytest
import yaml

from bot import model
from bot.bench import sample


@pytest.fixture
def nlu(tmp_path):
    """Two languages; a topic in lines, one as a list with metadata."""
    lines = "".join(f"- ola {number}\n" for number in range(30))
    listed = [{"text": f"help {n}\n", "metadata": {"alarm": "danger"}} for n in range(10)]
    blocks = {
        "es/greet.yml": {"intent": "greet", "metadata": {"language": "es"}, "examples": lines},
        "en/alarms.yml": {"intent": "crisis_danger", "examples": listed},
    }
    for name, block in blocks.items():
        (tmp_path / "nlu" / name).parent.mkdir(parents=True)
        (tmp_path / "nlu" / name).write_text(yaml.safe_dump({"version": "3.1", "nlu": [block]}))
    return tmp_path / "nlu"


def test_every_block_keeps_its_share_its_shape_and_its_language(nlu, tmp_path):
    assert sample.count(nlu) == 40
    assert sample.write(tmp_path / "sample", 20, nlu) == 20 == sample.count(tmp_path / "sample")
    greet = yaml.safe_load((tmp_path / "sample" / "es" / "greet.yml").read_text())["nlu"][0]
    assert greet["metadata"] == {"language": "es"}
    assert greet["examples"].splitlines() == [f"- ola {number}" for number in range(0, 30, 2)]
    alarms = yaml.safe_load((tmp_path / "sample" / "en" / "alarms.yml").read_text())["nlu"][0]
    assert [one["text"] for one in alarms["examples"]] == [f"help {number}\n" for number in range(0, 10, 2)]
    assert alarms["examples"][0]["metadata"] == {"alarm": "danger"}


def test_no_block_is_left_empty_and_never_is_there_more_than_all(nlu, tmp_path):
    assert sample.write(tmp_path / "least", 1, nlu) == 2
    assert sample.write(tmp_path / "most", 10_000, nlu) == 40


def test_a_project_is_all_that_a_model_is_made_from(tmp_path):
    written = sample.project(tmp_path, 600)
    assert written == sample.count(tmp_path / "data" / "nlu") >= 600 * 0.8
    assert all((tmp_path / name).exists() for name in model.TRAINED_FROM)
    assert len(model.fingerprint(tmp_path)) == 12 and model.fingerprint(tmp_path) != model.fingerprint()
