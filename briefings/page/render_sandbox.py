"""The Jinja environment in which templates run: they can read data and call template functions, and nothing else."""

from collections.abc import Callable
from dataclasses import fields, is_dataclass
from functools import cache, partial
from types import FunctionType, MethodType
from typing import Any

from jinja2.sandbox import ImmutableSandboxedEnvironment

from ..schema.fields import YamlModel


class Sandbox(ImmutableSandboxedEnvironment):
    """A Jinja environment in which a template can read data and call template functions, and nothing else.

    Themes come from other people, so a template is untrusted code. Jinja's own sandbox blocks names that begin with
    an underscore and internals of functions, classes and frames; its immutable variant also blocks changes to lists
    and dicts (`strings.update()`), which a template could leave behind for other pages. is_safe_attribute() restricts
    our own objects further.

    `recheck_files` makes templates that have changed since the last page load again.
    """

    recheck_files: Callable[[], None]

    def is_safe_attribute(self, obj: Any, attr: str, value: Any) -> bool:
        """Return whether a template may read `obj.attr`. Jinja calls it for every attribute access."""
        # Only the fields: pydantic's public methods are dangerous. parse_file() reads any file, parse_raw() can load
        # a pickle, which runs code, and model_config is shared by all instances.
        if isinstance(obj, YamlModel):
            return attr in type(obj).model_fields
        # Fields and properties, no methods: PartialDate.parse() and the like are not made for template authors.
        if is_dataclass(obj):
            return attr in _public_attributes(obj.__class__)
        # Template functions are callable, but their attributes lead out of the sandbox: `cite.func` and
        # `when.__self__` return objects that no template was given, `partial.args` the whole Library.
        if isinstance(obj, partial | FunctionType | MethodType):
            return False
        return bool(super().is_safe_attribute(obj, attr, value))


@cache
def _public_attributes(kind: Any) -> frozenset[str]:
    """Return the names of the fields and properties of a dataclass."""
    return frozenset({f.name for f in fields(kind)} | {n for n in dir(kind) if isinstance(getattr(kind, n), property)})
