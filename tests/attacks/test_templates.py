"""Templates that strangers wrote: whatever they try, they print documented values or are refused at their line."""

# ruff: noqa: E501  an attack is one line

import re
import time
from collections.abc import Iterator, Mapping
from dataclasses import fields, is_dataclass
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest
from conftest import POND

from briefings.briefing.parts import Briefing
from briefings.language.strings import load_strings
from briefings.language.wording import Wording
from briefings.library import Library
from briefings.page import render as rendering
from briefings.page.render_sandbox import budget
from briefings.page.render_sandbox.values import is_readable
from briefings.page.screen_links import ScreenLinks
from briefings.page.template_functions import template_functions
from briefings.problems import ProblemError
from briefings.schema.fields import YamlModel

SECONDS = 20.0  # for one template, on a busy machine; most take milliseconds
# What Python prints of functions and objects, and of this program's data classes and modules.
INSIDE = re.compile(
    r" at 0x[0-9a-f]{4,}|&lt;(?!x)\w+ |<(?:function|bound|built-in|class|module|generator|jinja2|briefings)\b"
    r"|functools|\b(?:Briefing|Pack|Screen\w*|Wording|Chapter|Mark|PartialDate|Markup|Fraction)\(|PosixPath|briefings\.\w+"
)


@pytest.fixture(scope="module")
def context(briefings: dict[str, Briefing], library: Library) -> Mapping[str, Any]:
    """What a document's template is given, for the screen."""
    briefing, screen = briefings["secondary"], ScreenLinks.for_briefing(briefings["secondary"])
    wording = Wording("en", load_strings(library, "en"))
    return {
        "briefing": briefing,
        "strings": wording.strings,
        "screen": screen,
        "house": library.house,
        "draw": wording.plural,  # a method: the drawings of a page would cost time here
        **template_functions(briefing, wording, screen),
    }


@pytest.fixture
def fill(tmp_path: Path, context: Mapping[str, Any]) -> Any:
    """Fill a template, with other files beside it; the page, or the problem's text."""

    def filled(template: str, **files: str) -> tuple[str, str]:
        for name, text in {"attack": template, **files}.items():
            (tmp_path / f"{name}.html").write_text(text, "utf-8", "surrogatepass")
        started = time.monotonic()
        try:
            return rendering._render_template(Library(POND, (tmp_path,)), "attack.html", context), ""
        except ProblemError as error:
            return "", str(error)
        finally:
            assert time.monotonic() - started < SECONDS

    return filled


VALUES = {
    "function": "cite",
    "method": "draw",
    "lambda": "traced",
    "briefing": "briefing",
    "model": "briefing.pack",
    "row": "briefing.rows.values()|first",
    "date parts": "briefing.pack.as_of.parts",
    "rows": "briefing.rows",
    "text method": "'a'.upper",
    "dict method": "briefing.rows.items",
    "range": "range",
    "namespace kind": "namespace",
    "namespace": "namespace(a=1)",
    "dict": "dict",
    "generator": "[1]|map('abs')",
    "self": "self",
    "block": "self.b",
    "screen": "screen",
    "macro": "m",
}
WAYS = {
    "printed": "{{ v }}",
    "joined by ~": "{{ '' ~ v }}",
    "string": "{{ v|string }}",
    "join": "{{ [v, v]|join(',') }}",
    "pprint": "{{ v|pprint }}",
    "format filter": "{{ '%s'|format(v) }}",
    "format filter, named": "{{ '%(a)s'|format(a=v) }}",
    "format filter, repr": "{{ '%r'|format(v) }}",
    "percent": "{{ '%s' % v }}",
    "percent, tuple": "{{ '%s' % (v,) }}",
    "percent, dict": "{{ '%(a)s' % {'a': v} }}",
    "format": "{{ '{}'.format(v) }}",
    "format, repr": "{{ '{!r}'.format(v) }}",
    "format, named": "{{ '{a}'.format(a=v) }}",
    "format_map": "{{ '{a}'.format_map({'a': v}) }}",
    "markup format": "{{ ('{}'|safe).format(v) }}",
    "in a list": "{{ [v] }}",
    "in a dict": "{{ {'a': v} }}",
    "in a tuple": "{{ (v, 1) }}",
    "list": "{{ v|list }}",
    "tojson": "{{ {'a': v}|tojson }}",
    "xmlattr": "{{ {'a': v}|xmlattr }}",
    "urlize": "{{ v|urlize }}",
    "upper": "{{ v|upper }}",
    "escape": "{{ v|e }}",
    "safe": "{{ v|safe }}",
    "forceescape": "{{ v|forceescape }}",
    "trim": "{{ v|trim }}",
    "replace": "{{ 'a'|replace('a', v) }}",
    "text replace": "{{ 'a'.replace('a', v) }}",
    "truncate": "{{ v|truncate(9999) }}",
    "striptags": "{{ v|striptags }}",
    "indent": "{{ v|indent }}",
    "wordwrap": "{{ v|wordwrap }}",
    "map to text": "{{ [v]|map('string')|join }}",
    "map to upper": "{{ [v]|map('upper')|first }}",
    "sum": "{{ [v]|sum(start='') }}",
    "default": "{{ nothing|default(v) }}",
    "groupby": "{{ [{'a': v}]|groupby('a') }}",
    "dictsort": "{{ {'a': v}|dictsort }}",
    "element of that name": "{{ {}[v] }}",
    "as a key": "{{ strings[v] }}",
    "call with it": "{{ cite([v]) }}",
    "names": "{{ names([v, 'b']) }}",
    "traced": "{{ traced(v, none) }}",
    "owner": "{{ traced('4 frogs', v) }}",
    "owner's id": "{{ traced('4 frogs', namespace(id=v)) }}",
    "css": "{{ css(v) }}",
    "plural": "{{ plural(strings.minutes, v) }}",
    "plain": "{{ plain(v) }}",
    "language": "{{ language(v) }}",
    "row": "{{ number(namespace(ref=v)) }}",
    "when": "{{ when(v, plain=true) }}",
    "period": "{{ period(v) }}",
    "autoescape off": "{% autoescape false %}{{ v }}{{ 'a' ~ v }}{% endautoescape %}",
    "set block": "{% set x %}{{ v }}{% endset %}{{ x }}",
    "filter block": "{% filter upper %}{{ v }}{% endfilter %}",
    "macro argument": "{% macro p(x) %}{{ x }}{{ varargs }}{{ kwargs }}{% endmacro %}{{ p(v, v, a=v) }}",
    "caller": "{% macro p() %}{{ caller }}{% endmacro %}{% call p() %}{% endcall %}",
    "loop": "{% for x in [1] %}{{ loop }}{% endfor %}",
    "loop's cycle": "{% for x in [1] %}{{ loop.cycle(v) }}{% endfor %}",
    "concatenated": "{{ [v] + [v] }}",
    "multiplied": "{{ [v] * 2 }}",
    "attr": "{{ v|attr('__class__') }}",
    "debug": "{% debug %}",
}


@pytest.mark.parametrize("way", WAYS)
def test_no_inside_of_this_program_reaches_a_page_or_a_message(fill: Any, way: str) -> None:
    for value in VALUES.values():
        template = (
            f"{{% block b %}}{{% endblock %}}{{% macro m() %}}{{% endmacro %}}{{% set v = {value} %}}\n{WAYS[way]}"
        )
        page, problem = fill(template)
        assert not INSIDE.search(page + problem.partition("\n")[0]), f"{value}: {page}{problem}"
        assert not problem or re.match(r"\S*attack\.html:[12]:1: error\[[\w-]+\]", problem), value


@pytest.mark.parametrize("value", ["'words'", "1200", "2.5", "briefing.pack.as_of", "briefing.title", "'<b>'|safe"])
@pytest.mark.parametrize("way", ["printed", "joined by ~", "string", "join", "format", "percent", "upper"])
def test_texts_numbers_and_dates_are_printed_in_every_way(fill: Any, way: str, value: str) -> None:
    page, problem = fill(f"{{% set v = {value} %}}{WAYS[way]}")
    assert not problem
    assert page


OUTSIDE = (
    "briefing.__class__",
    "briefing['__class__']",
    "briefing|attr('__class__')",
    "[briefing]|map(attribute='__class__')|first",
    "[briefing]|map(attribute='pack.__dict__')|first",
    "[briefing]|groupby('__class__')",
    "[briefing]|selectattr('__class__')|list|length + nothing",
    "''.__class__.__mro__",
    "'{0.__class__}'.format(briefing)",
    "'{0[__class__]}'.format(briefing)",
    "'{a.__init__.__globals__}'.format(a=cite)",
    "cite.func",
    "cite.args",
    "cite.keywords",
    "inline.__globals__",
    "inline.__closure__",
    "inline.__code__",
    "self._TemplateReference__context",
    "self.__init__",
    "namespace.__init__",
    "namespace(a=1)._Namespace__attrs",
    "dict.fromkeys('ab')",
    "dict.mro()",
    "range.__globals__",
    "lipsum.__globals__",
    "lipsum(n=1)",
    "cycler('a')",
    "joiner()()",
    "strings.update({'sources': 'x'})",
    "strings.pop('sources')",
    "strings.setdefault('x', 1)",
    "strings.clear()",
    "screen.calls.update({1: 'x'})",
    "screen.record_call(1)",
    "screen.for_briefing(briefing)",
    "briefing.pack.model_dump()",
    "briefing.pack.model_config",
    "briefing.pack.parse_file('x')",
    "briefing.pack.as_of.parse('2024')",
    "briefing.pack.as_of.first.strftime('%s')",
    "house.path.read_text()",
    "house.find('x')",
    "[].append(1)",
    "[1].sort()",
    "'a'.encode()",
    "'a'.translate({97: 'b'})",
    "'a'.format_map(strings)",
    "'a'.maketrans('a', 'b')",
    "(1).bit_length()",
    "(1.5).hex()",
    "briefing.rows.copy()",
    "'a'.center(9)",
    "'a'.zfill(10)",
    "briefing()",
    "strings()",
    "nothing",
    "'a'|random",
    "briefing|tojson",
)


@pytest.mark.parametrize("expression", OUTSIDE)
def test_a_template_reads_documented_names_alone(fill: Any, expression: str, context: Mapping[str, Any]) -> None:
    before = (dict(context["strings"]), dict(context["screen"].calls))
    page, problem = fill(f"<p>\n{{{{ {expression} }}}}")
    assert page == ""
    assert re.match(r"\S*attack\.html:2:1: error\[(?:template-error|template-syntax|undefined)\]", problem)
    assert not INSIDE.search(problem.partition("\n")[0])
    assert before == (dict(context["strings"]), dict(context["screen"].calls))


def test_no_way_of_fields_leads_to_anything_but_data(context: Mapping[str, Any]) -> None:
    """Whatever a template can reach from `briefing` by names, elements and items is data: no path, module or class."""
    kinds: set[type] = set()
    seen: set[int] = set()
    waiting = [context["briefing"], context["screen"], context["house"], context["strings"]]
    while waiting:
        value = waiting.pop()
        if id(value) in seen:
            continue
        seen.add(id(value))
        kinds.add(type(value))
        waiting += reachable(value)
    data = {kind for kind in kinds if is_dataclass(kind) or issubclass(kind, YamlModel)}
    others = {kind.__name__ for kind in kinds - data}
    assert {kind for kind in data if not kind.__module__.startswith("briefings.")} == set()
    assert others <= {
        *("str", "int", "float", "bool", "NoneType", "Fraction", "date", "Decimal", "Mark", "WrittenAmount"),
        *("list", "tuple", "dict", "frozenset", "mappingproxy", "Markup"),
    }


def reachable(value: Any) -> Iterator[Any]:
    """The values that a template gets from a value."""
    if isinstance(value, Mapping):
        yield from value
        yield from value.values()
    elif isinstance(value, list | tuple | frozenset):
        yield from value
    elif is_dataclass(value) or isinstance(value, YamlModel):
        names = type(value).model_fields if isinstance(value, YamlModel) else [field.name for field in fields(value)]
        yield from (getattr(value, name) for name in {*names, *dir(type(value))} if is_readable(value, name))


ENDLESS = {
    "nested ranges": "{% for a in range(9999) %}{% for b in range(9999) %}{% endfor %}{% endfor %}",
    "a range of ranges": "{{ range(10 ** 9)|list }}",
    "a condition that is never met": "{% for a in range(9999) %}{% for b in range(9999) if b < 0 %}{% endfor %}{% endfor %}",
    "a macro that calls itself twice": "{% macro m(n) %}{% if n %}{{ m(n - 1) }}{{ m(n - 1) }}{% endif %}{% endmacro %}{{ m(40) }}",
    "a macro without end": "{% macro m() %}{{ m() }}{% endmacro %}{{ m() }}",
    "a block that calls itself": "{% block b %}{{ self.b() }}{% endblock %}",
    "two blocks that call each other twice": "{% set n = 40 %}{% block a %}{{ self.b() }}{{ self.b() }}{% endblock %}{% block b %}{{ self.a() }}{% endblock %}",
    "a recursive loop": "{% for x in [1, 2] recursive %}{{ loop([1, 2]) }}{% endfor %}",
    "an include of itself": '{% include "attack.html" %}',
    "an include of itself, twice": '{% if n is not defined %}{% set n = 30 %}{% endif %}{% if n %}{% set n = n - 1 %}{% include "attack.html" %}{% include "attack.html" %}{% endif %}',
    "itself as its base": '{% extends "attack.html" %}',
    "a growing list": "{% set n = namespace(a=[1]) %}{% for i in range(60) %}{% set n.a = n.a + n.a %}{% endfor %}",
    "a doubled text": "{% set n = namespace(a='ab') %}{% for i in range(60) %}{% set n.a = n.a ~ n.a %}{% endfor %}",
    "a text added to itself": "{% set n = namespace(a='ab') %}{% for i in range(60) %}{% set n.a = n.a + n.a %}{% endfor %}",
    "a text joined with itself": "{% set n = namespace(a='ab') %}{% for i in range(60) %}{% set n.a = [n.a, n.a]|join %}{% endfor %}",
    "a text formatted into itself": "{% set n = namespace(a='ab') %}{% for i in range(60) %}{% set n.a = '%s%s'|format(n.a, n.a) %}{% endfor %}",
    "a text formatted into itself by name": "{% set n = namespace(a='ab') %}{% for i in range(60) %}{% set n.a = '{0}{0}'.format(n.a) %}{% endfor %}",
    "a text replaced by itself": "{% set n = namespace(a='aa') %}{% for i in range(60) %}{% set n.a = n.a|replace('a', n.a) %}{% endfor %}",
    "the same by its method": "{% set n = namespace(a='aa') %}{% for i in range(60) %}{% set n.a = n.a.replace('a', n.a) %}{% endfor %}",
    "a block that is set into itself": "{% set n = namespace(a='ab') %}{% for i in range(60) %}{% set x %}{{ n.a }}{{ n.a }}{% endset %}{% set n.a = x %}{% endfor %}",
    "a repeated text": "{{ 'a' * 10 ** 10 }}",
    "a text repeated before the number": "{{ 10 ** 10 * 'a' }}",
    "a repeated list": "{{ ([1] * 10 ** 10)|length }}",
    "a wide number": "{{ '%10000000000d'|format(1) }}",
    "a wide number by %": "{{ '%10000000000d' % 1 }}",
    "a wide number of stars": "{{ '%*d'|format(10 ** 9, 1) }}",
    "a precise number": "{{ '%.1000000000f'|format(1) }}",
    "a wide field": "{{ '{:>10000000000}'.format(1) }}",
    "a wide field by a field": "{{ '{:{}}'.format(1, 10 ** 10) }}",
    "a precise field": "{{ '{:.999999999f}'.format(1) }}",
    "an indent": "{{ 'a\nb'|indent(10 ** 10) }}",
    "a centre": "{{ 'a'|center(10 ** 10) }}",
    "a batch": "{{ [1]|batch(10 ** 10, 0)|list }}",
    "slices": "{{ [1]|slice(10 ** 10, 0)|list }}",
    "a power": "{{ 10 ** 10 ** 10 }}",
    "powers of powers": "{% set n = namespace(a=9) %}{% for i in range(60) %}{% set n.a = n.a * n.a %}{% endfor %}",
    "a fraction that grows": "{% set n = namespace(a=briefing.rows.values()|map(attribute='estimate')|map(attribute='value')|first) %}{% for i in range(60) %}{% set n.a = n.a * n.a %}{% endfor %}{{ 9 ** 999 }}",
    "rounding to a billion digits": "{{ 1|round(10 ** 9, 'ceil') }}",
    "a long page": "{% for a in range(9999) %}{% for b in range(9999) %}words words words{% endfor %}{% endfor %}",
    "a page of texts": "{% for a in range(9999) %}{% for b in range(999) %}{{ inline('12 frogs and more words. ' * 99) }}{% endfor %}{% endfor %}",
    "nine million characters": "{% for a in range(9000) %}{{ 'words ' * 200 }}{% endfor %}",
    "filters in a loop": "{% set l = range(9999)|list %}{% for a in range(9999) %}{% set x = l|sort|first %}{% endfor %}",
    "lorem ipsum": "{{ lipsum(n=10 ** 7) }}",
    "an endless cycle": "{% set c = cycler(1) %}{% for a in range(9999) %}{% for b in range(9999) %}{{ c.next() }}{% endfor %}{% endfor %}",
}


@pytest.mark.parametrize("what", ENDLESS)
def test_whatever_a_template_repeats_ends_and_is_named(fill: Any, what: str) -> None:
    page, problem = fill(f"<p>\n{ENDLESS[what]}")
    assert page == ""
    assert re.match(r"\S*attack\.html:[123]:1: error\[template-\w+\]", problem)


BROKEN = {
    "not UTF-8 but a lone surrogate": "\ud800",
    "deeply nested branches": "{% if 1 %}" * 150 + "{% endif %}" * 150,
    "deeply nested loops": "{% for a in [1] %}" * 30 + "{% endfor %}" * 30,
    "deeply nested lists": "{{ " + "[" * 500 + "]" * 500 + " }}",
    "deeply nested brackets": "{{ " + "(" * 5000 + "1" + ")" * 5000 + " }}",
    "a long sum": "{{ " + "+".join(["a"] * 3000) + " }}",
    "a long chain of filters": "{{ 1" + "|abs" * 3000 + " }}",
    "a hundred thousand tags": "{{ 1 }}" * 100_000,
    "three million characters": "a" * 3_000_000,
    "a loop that ends nothing": "{% endfor %}",
    "an unknown filter": "{{ 1|pprint }}",
    "an unknown filter in a branch": "{% if briefing %}{{ 1|pprint }}{% endif %}",
    "an unknown test": "{% if 1 is nothing %}{% endif %}",
    "a mark where there is no source": "{{ inline('[@nobody]') }}",
    "a number that is none": "{{ inline('[=no/thing]') }}",
    "wrong arguments": "{{ inline() }}",
    "an argument twice": "{{ number(1, form='', form='') }}",
    "a wrong kind": "{{ number(briefing) }}",
    "an assertion of a filter": "{{ 'abc'|truncate(1, end='....') }}",
    "a list without an attribute": "{{ [1]|map(attribute=briefing)|list }}",
    "an import of nothing": '{% import "none.html" as x %}',
    "an import of no template": "{% include briefing %}",
    "an include of a list": "{% include [briefing, cite] %}",
}


@pytest.mark.parametrize("what", BROKEN)
def test_what_cannot_be_filled_is_a_problem_at_its_line(fill: Any, what: str) -> None:
    page, problem = fill(BROKEN[what])
    assert page == ""
    assert re.match(r"\S*attack\.html:1:1: error\[[\w-]+\]", problem)
    assert not INSIDE.search(problem.partition("\n")[0])
    assert len(problem.partition("\n")[0]) < 500


def test_a_mark_on_a_page_without_a_briefing_is_an_error(library: Library) -> None:
    functions = template_functions(None, Wording("en", load_strings(library, "en")))
    with pytest.raises(ValueError, match="no briefing"):
        functions["inline"]("[#est-1]")


def test_values_that_are_shared_are_the_same_after_a_template(fill: Any) -> None:
    template = "{% set n = namespace(a=briefing.rows) %}{% set n.a = 1 %}{% set strings = {} %}{{ n.a }}"
    assert fill(template) == ("1", "")
    assert fill("{{ strings.sources }}{{ briefing.rows|length }}")[1] == ""


def test_what_honest_templates_do_is_allowed(fill: Any) -> None:
    page, problem = fill(
        "{% macro cell(x) %}<td>{{ x }}{{ caller() if caller is defined }}</td>{% endmacro %}"
        "{% for a, b in {'x': 1, 'y': 2}|dictsort %}{{ loop.index }}{{ cell(a ~ b) }}{{ loop.cycle('odd', 'even') }}{% endfor %}"
        "{% call cell('c') %}!{% endcall %}{% set n = namespace(a=[]) %}{% for i in range(3) %}{% set n.a = n.a + [i] %}{% endfor %}"
        "{{ n.a|sum }} {{ '%.1f'|format(1.25) }} {{ '{:,}'.format(1200) }} {{ 'a-b'.split('-')|last|upper }}"
        "{{ [3, 1, 2]|sort|join(', ') }} {% set b = '<b>'|safe %}{{ b ~ '<i>' }} {{ '%s'|format('<i>') }} {{ nothing|default('none') }}"
        "{{ '<b>a</b> &amp;\n b'|striptags }} {{ [1, 2, 3]|batch(2)|map('join', '-')|join(';') }} {{ 'a b c'|truncate(3, true, '') }}"
    )
    assert problem == ""
    assert page == (
        "1<td>x1</td>odd2<td>y2</td>even<td>c!</td>3 1.2 1,200 B1, 2, 3 <b>&lt;i&gt; &lt;i&gt; none"
        "a &amp; b 1-2;3 a b c"
    )


def test_a_number_that_only_an_exact_value_has_is_printed(fill: Any) -> None:
    assert fill("{{ 1 / 4 }} {{ 2 ** 10 }} {{ 7 // 2 }} {{ 7 % 4 }}") == ("0.25 1024 3 3", "")
    assert Fraction(1, 3) == Fraction(1, 3)
    assert budget.spent() > budget.STEPS  # no page is made now
