import pytest
import yaml

from bot.bench.stock import ACTIONS, Stock
from bot.bench.wrong import CannotBench

CONFIG = """recipe: default.v1
# The pipeline
language: en
pipeline:
# # No configuration was provided.
#   - name: WhitespaceTokenizer
#   - name: DIETClassifier
#     epochs: 100
policies:
#   - name: TEDPolicy
#     max_history: 5
#     epochs: 100
"""


@pytest.fixture
def python(tmp_path):
    """The Python of an environment with what `rasa init` lays down."""
    template = tmp_path / "env" / "lib" / "python3.10" / "site-packages" / "rasa" / "cli" / "initial_project"
    template.mkdir(parents=True)
    (template / "config.yml").write_text(CONFIG)
    (template / "credentials.yml").write_text("rest:\n")
    return tmp_path / "env" / "bin" / "python"


@pytest.fixture
def nlu(tmp_path):
    (tmp_path / "nlu" / "en").mkdir(parents=True)
    (tmp_path / "nlu" / "en" / "greet.yml").write_text("version: '3.1'\n")
    return tmp_path / "nlu"


def test_its_project_has_rasas_configuration_and_our_topics(python, nlu, tmp_path):
    project = tmp_path / "project"
    Stock(project, python, nlu, {"greet": "Hello."})
    assert (project / "config.yml").read_text() == CONFIG
    assert (project / "actions" / "actions.py").read_bytes() == ACTIONS.read_bytes()
    assert (project / "actions" / "texts.json").read_text() == '{"greet": "Hello."}'
    assert (project / "data" / "nlu" / "en" / "greet.yml").exists()
    assert "immunity_reporting" in (project / "data" / "rules.yml").read_text()


def test_fewer_epochs_write_the_same_pipeline_out(python, nlu, tmp_path):
    Stock(tmp_path / "project", python, nlu, {}, epochs=3)
    config = yaml.safe_load((tmp_path / "project" / "config.yml").read_text())
    assert config["pipeline"] == [{"name": "WhitespaceTokenizer"}, {"name": "DIETClassifier", "epochs": 3}]
    assert config["policies"] == [{"name": "TEDPolicy", "max_history": 5, "epochs": 3}]


def test_without_rasa_it_says_so(nlu, tmp_path):
    with pytest.raises(CannotBench, match="no Rasa"):
        Stock(tmp_path / "project", tmp_path / "nowhere" / "bin" / "python", nlu, {})


def test_its_actions_are_those_that_the_domain_names():
    source = ACTIONS.read_text()
    domain = yaml.safe_load((ACTIONS.parents[2] / "domain.yml").read_text())
    assert all(f'return "{name}"' in source for name in domain["actions"])
