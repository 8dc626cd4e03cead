"""The Jinja environment in which templates run: they can read data and call template functions, and nothing else."""

from collections.abc import Callable, Iterable
from functools import partial
from types import BuiltinFunctionType, FunctionType, MethodType
from typing import Any

import jinja2
from jinja2 import nodes
from jinja2.compiler import CodeGenerator, Frame
from jinja2.meta import find_referenced_templates
from jinja2.parser import Parser
from jinja2.runtime import BlockReference, Context, LoopContext, Macro, TemplateReference, Undefined
from jinja2.sandbox import ImmutableSandboxedEnvironment, safe_range
from jinja2.utils import Namespace

from . import operators
from .budget import CALLED, DRAWN, FILLED, check_items, check_text, spend
from .filters import allowed_filters
from .values import check_argument, describe, is_readable, printable

_LOOP = frozenset(
    ("changed", "cycle", "depth", "depth0", "first", "index", "index0", "last", "length", "nextitem", "previtem")
) | {"revindex", "revindex0"}
# What templates may call.
_CALLABLE = (partial, FunctionType, MethodType, BuiltinFunctionType, BlockReference, LoopContext, Macro)
_COSTLY = "draw"  # how the functions begin that make a drawing
MAX_SOURCE = 2_000_000  # characters of a template
MAX_TAGS = 20_000  # of a template: what compiling it costs


class Missing(jinja2.StrictUndefined):
    """What is not there: printing it is an error, whose message never holds what Python prints of a value."""

    __slots__ = ()

    @property
    def _undefined_message(self) -> str:
        if self._undefined_hint or isinstance(self._undefined_name, str):
            message: str = super()._undefined_message
            return message
        return f"{describe(self._undefined_obj)} has no such element"


class _CountingCompiler(CodeGenerator):
    """Writes into each block of statements what it costs, so that every loop and every call is counted."""

    def blockvisit(self, nodes: Iterable[nodes.Node], frame: Frame) -> None:
        """Visit the statements of a loop, a branch, a macro, a block or a template."""
        statements = list(nodes)
        self.writeline(f"environment.spend({_cost(statements)})")
        super().blockvisit(statements, frame)

    def visit_Include(self, node: nodes.Include, frame: Frame) -> None:
        """Visit an include, which makes a context of its own."""
        self.writeline(f"environment.spend({FILLED})")
        super().visit_Include(node, frame)

    def visit_Import(self, node: nodes.Import, frame: Frame) -> None:
        """Visit an import, which fills a template."""
        self.writeline(f"environment.spend({FILLED})")
        super().visit_Import(node, frame)

    def visit_FromImport(self, node: nodes.FromImport, frame: Frame) -> None:
        """Visit an import of names."""
        self.writeline(f"environment.spend({FILLED})")
        super().visit_FromImport(node, frame)

    def visit_For(self, node: nodes.For, frame: Frame) -> None:
        """Visit a loop. The condition of `for … if` is counted too: it is asked where the body is not run."""
        if node.test is not None:
            counted = nodes.And(nodes.EnvironmentAttribute("counted"), node.test)
            node.test = counted.set_environment(self.environment).set_lineno(node.lineno)
        super().visit_For(node, frame)

    def visit_Concat(self, node: nodes.Concat, frame: Frame) -> None:
        """Visit `a ~ b`, which prints its parts."""
        markup = "context.eval_ctx.autoescape" if frame.eval_ctx.volatile else str(frame.eval_ctx.autoescape)
        self.write(f"(markup_join if {markup} else str_join)(environment.joined((")
        for part in node.nodes:
            self.visit(part, frame)
            self.write(", ")
        self.write(")))")


def _cost(statements: Iterable[nodes.Node]) -> int:
    """Steps of statements when they are run once, without what they call."""
    cost = 1
    for statement in statements:
        texts = statement.nodes if isinstance(statement, nodes.Output) else ()
        cost += sum(len(text.data) // 64 for text in texts if isinstance(text, nodes.TemplateData))
        cost += sum(1 for _ in statement.find_all(nodes.Expr)) // 8
    return cost


class Sandbox(ImmutableSandboxedEnvironment):
    """A Jinja environment in which a template can read data and call template functions, and nothing else.

    Themes come from other people, so a template is untrusted code. Jinja's own sandbox forbids what is known to be
    dangerous; this one allows what is documented: the attributes of `values.py`, the filters of `filters.py`, and
    results up to the sizes of `budget.py`. `recheck_files` makes templates that have changed load again.
    `named_by` has the templates that each compiled one includes, imports or extends by a fixed name.
    """

    recheck_files: Callable[[], None]
    code_generator_class = _CountingCompiler
    intercepted_binops = operators.INTERCEPTED
    spend = staticmethod(spend)
    joined = staticmethod(operators.joined)

    def __init__(self, **options: Any) -> None:
        super().__init__(undefined=Missing, finalize=_printed, **options)
        self.filters = allowed_filters(self.filters)
        self.globals = {"range": _range, "dict": _dict, "namespace": Namespace}
        self.named_by: dict[str, tuple[str, ...]] = {}

    @property
    def counted(self) -> bool:
        """Take a step; always true."""
        return spend(1)

    def _parse(self, source: str, name: str | None, filename: str | None) -> nodes.Template:
        """Parse a template that is not too long to compile."""
        if len(source) > MAX_SOURCE or source.count("{{") + source.count("{%") > MAX_TAGS:
            raise jinja2.TemplateSyntaxError("the template is too long; divide it into several", 1, name, filename)
        return Parser(self, source, name, filename).parse()

    def _generate(
        self, source: nodes.Template, name: str | None, filename: str | None, defer_init: bool = False
    ) -> str:
        """Write the Python of a template."""
        if name:
            self.named_by[name] = tuple(filter(None, find_referenced_templates(source)))
        return super()._generate(source, name, filename, defer_init)

    def is_safe_attribute(self, obj: Any, attr: str, value: Any) -> bool:
        """Return whether a template may read `obj.attr`. Jinja calls it for every attribute access."""
        if attr.startswith("_"):
            return False
        if isinstance(obj, LoopContext):
            return attr in _LOOP
        if isinstance(obj, Namespace | TemplateReference | jinja2.environment.TemplateModule):
            return True
        return attr == "super" if isinstance(obj, BlockReference) else is_readable(obj, attr)

    def call_binop(self, context: Context, operator: str, left: Any, right: Any) -> Any:
        """Return `left operator right`, for which the compiler writes a call."""
        return operators.calculate(operator, left, right)

    def wrap_str_format(self, value: Any) -> Callable[..., str] | None:
        """Return a checked `format` in place of that of a text."""
        text = getattr(value, "__self__", None)
        if not (isinstance(text, str) and isinstance(value, MethodType | BuiltinFunctionType)):
            return None
        return partial(self._formatted, text) if value.__name__ == "format" else None

    def _formatted(self, text: str, *values: Any, **named: Any) -> Any:
        check_text(len(text))
        if not hasattr(text, "__html__"):
            return operators.Formatter(self).vformat(text, values, named)
        escape = type(text).escape  # type: ignore[attr-defined]
        return type(text)(operators.EscapeFormatter(self, escape=escape).vformat(text, values, named))

    def is_safe_callable(self, obj: Any) -> bool:
        """Return whether a template may call `obj`: a function, a method that it could read, a macro or a loop."""
        return obj is Namespace or isinstance(obj, _CALLABLE)

    def call(__self, __context: Context, __function: Any, *args: Any, **kwargs: Any) -> Any:
        """Call what a template calls. The names here begin with two underscores, so that any keyword can be given."""
        if not __self.is_safe_callable(__function):
            raise TypeError(f"{describe(__function)} cannot be called")
        owner = getattr(__function, "__self__", None)
        if isinstance(owner, str):
            operators.check_method(owner, __function.__name__, args, kwargs)
        elif isinstance(owner or __function, BlockReference | LoopContext | Macro):
            spend(CALLED)
        elif __function is not Namespace:
            _check_arguments(__function, (*args, *kwargs.values()))
        return __context.call(__function, *args, **kwargs)


def _printed(value: Any) -> Any:
    """Return a value that `{{ }}` prints, and count its characters."""
    if isinstance(value, str):
        spend(len(value) // 64)
    elif not isinstance(value, Undefined):
        printable(value)
    return value


def _check_arguments(function: Any, values: tuple[Any, ...]) -> None:
    """Refuse arguments of a template function that are no data: it could be led to print them."""
    name = getattr(function, "__name__", "") or getattr(getattr(function, "func", None), "__name__", "")
    spend(DRAWN if name.startswith(_COSTLY) else 1)
    for value in values:
        if isinstance(value, str):
            check_text(len(value))
            spend(len(value))  # it is read as Markdown
        elif not isinstance(value, Undefined):
            check_argument(value)


def _range(*ends: int) -> range:
    """Python's range, with a limited number of values."""
    check_items(len(range(*ends)))
    return safe_range(*ends)


def _dict(*values: Any, **named: Any) -> dict[Any, Any]:
    """Python's dict, as a function: the class has methods that are not for templates."""
    made = dict(*values, **named)
    check_items(len(made))
    return made
