"""Stands in for packages that Rasa imports at its start and Lantern never uses.

Rasa imports its TensorFlow components, its other channels and its other stores whether a bot has any of them or not.
Each module beside this one takes the name of such a package: it can be imported, its submodules too, and there is a
class by whatever name is asked of it, so that annotations and base classes can be read. To make or to call one is an
error that says what is missing. A real package goes first wherever one is installed.
"""

import sys
from importlib.abc import Loader, MetaPathFinder
from importlib.machinery import ModuleSpec
from types import ModuleType
from typing import Any

_names: set[str] = set()


class _Missing(type):
    """The kind of a class that has a class by every name: `tf.keras.layers.Dense`."""

    def __getattr__(cls, name: str) -> "_Missing":
        return _missing(cls.__module__, name)


def _missing(module: str, name: str) -> _Missing:
    if name.startswith("__"):
        raise AttributeError(name)  # what Python asks of a module or class to find out what it is

    def refuse(cls: type, *_args: Any, **_kwargs: Any) -> Any:
        package = module.partition(".")[0]
        raise ModuleNotFoundError(f"{module}.{name} was called, but Lantern comes without the package {package}")

    return _Missing(name, (), {"__module__": module, "__new__": refuse})


class _StandIn(ModuleType):
    """A module, and package, with a class by every name."""

    def __getattr__(self, name: str) -> _Missing:
        return _missing(self.__name__, name)


class _Submodules(MetaPathFinder, Loader):
    """Finds `tensorflow.keras.utils` and the like."""

    def find_spec(self, name: str, path: Any = None, target: Any = None) -> ModuleSpec | None:
        return ModuleSpec(name, self, is_package=True) if name.partition(".")[0] in _names else None

    def create_module(self, spec: ModuleSpec) -> ModuleType:
        return _StandIn(spec.name)

    def exec_module(self, module: ModuleType) -> None: ...


def stand_in(name: str) -> None:
    """Makes the module `name`, which calls this, the stand-in for a package."""
    if not _names:
        sys.meta_path.append(_Submodules())
    _names.add(name)
    module = sys.modules[name]
    module.__class__ = _StandIn
    module.__path__ = []
