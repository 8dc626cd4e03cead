"""Packs, briefings and templates -> Problems, each at its file, line and column."""

import sys
from importlib import import_module
from types import ModuleType
from typing import Any


class _CallablePackage(ModuleType):
    """This package, which is also the function of its name: Python sets `briefings.check` to the package on import.

    Another name for either was rejected: the function is called like the command, and so are the others.
    """

    def __call__(self, *args: Any, **options: Any) -> Any:
        # By name: api.py stands after this package, and importing it here would be a circle.
        return import_module("briefings.api").check(*args, **options)


sys.modules[__name__].__class__ = _CallablePackage
