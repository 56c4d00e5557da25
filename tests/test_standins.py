"""The packages that Rasa imports and Lantern does not have: they can be imported, and nothing more."""

import importlib
import importlib.util
from pathlib import Path

import pytest

from bot.settings import ROOT

NAMES = sorted(file.stem for file in (ROOT / "standins").glob("*.py") if file.stem != "stand_in")
ABSENT = [name for name in NAMES if "standins" in str(getattr(importlib.util.find_spec(name), "origin", ""))]


def test_there_is_no_tensorflow():
    assert {"tensorflow", "keras", "boto3", "pymongo", "aiogram"} <= {*ABSENT}


def test_a_real_package_goes_first():
    """The dev group has Matplotlib."""
    import matplotlib

    assert "standins" not in str(Path(matplotlib.__file__)) and matplotlib.__version__


@pytest.mark.parametrize("name", ABSENT)
def test_it_can_be_named_but_not_used(name):
    module = importlib.import_module(name)
    submodule = importlib.import_module(f"{name}.some.part")
    for thing in (module.Thing, submodule.Thing, module.some_function, module.layers.Dense):
        with pytest.raises(ModuleNotFoundError, match=f"comes without the package {name}"):
            thing(1, key=2)


def test_it_can_be_a_base_class_and_an_annotation():
    import tensorflow as tf

    class Ours(tf.keras.layers.Dense):
        def call(self, x: tf.Tensor | None) -> tf.Tensor: ...

    assert Ours.__mro__[1].__name__ == "Dense"
    with pytest.raises(ModuleNotFoundError, match="tensorflow"):
        Ours()


def test_it_does_not_pretend_to_have_what_python_asks_for():
    import tensorflow

    assert not hasattr(tensorflow, "__version__")


def test_rasa_imports_all_of_its_components():
    from rasa.engine.recipes.default_components import DEFAULT_COMPONENTS

    assert "DIETClassifier" in {component.__name__ for component in DEFAULT_COMPONENTS}
