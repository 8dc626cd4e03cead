"""Pages whose templates strangers wrote: nothing in them runs, fetches, sends or leads to a program."""

import os
import re
from pathlib import Path

import pytest
from playwright.sync_api import sync_playwright

from briefings.briefing.parts import Briefing
from briefings.cli import machine
from briefings.library import Library
from briefings.output.writers.html import write
from briefings.page.page import Page
from briefings.page.page_safety import dangers
from briefings.page.policy import for_preview, header, policy, policy_of, with_policy
from briefings.page.render import render, render_index
from briefings.problems import ProblemError

DANGEROUS = (
    "<script>alert(1)</script>",
    "<SCRIPT>alert(1)</SCRIPT>",
    "<script/x>alert(1)</script>",
    "<script\n>alert(1)</script>",
    "<script src=screen.js>alert(1)</script>",
    '<script src="screen.js" onload="x()"></script>',
    '<script src="mine.js"></script>',
    '<script src="screen.js"> </script>',
    '<script type="application/json">{}</script>',
    '<script type="speculationrules">{"prefetch": []}</script>',
    "<!-- <script>alert(1)</script> -->",
    "<!--> <script>alert(1)</script> -->",
    "<style><script>alert(1)</script></style>",
    "<title><script>alert(1)</script></title>",
    "<textarea><script>alert(1)</script></textarea>",
    '<noscript><p title="</noscript><script>alert(1)</script>">',
    '<p title="<script>alert(1)</script>">',
    "<p title='a'><img src=x onerror=alert(1)>",
    "<svg><script>alert(1)</script></svg>",
    "<svg/onload=alert(1)>",
    '<svg><a xlink:href="javascript:alert(1)"><text>a</text></a></svg>',
    '<svg><animate attributeName="href" values="javascript:alert(1)"/></svg>',
    '<svg><set attributeName="href" to="javascript:alert(1)"/></svg>',
    "<svg><foreignObject><p>a</p></foreignObject></svg>",
    "<math><annotation-xml encoding='text/html'><p>a</p></annotation-xml></math>",
    '<svg><use href="data:image/svg+xml,<svg id=x/>#x"/></svg>',
    "<img src=x onerror=alert(1)>",
    '<img src="a.png"onerror="alert(1)">',
    '<img/src="x"/onerror=alert(1)>',
    '<img src="a.png" ONERROR = "alert(1)">',
    "<p onclick='alert(1)'>a</p>",
    "<p\tonpointerenter=alert(1)>a</p>",
    "<body onload=alert(1)>",
    "<details ontoggle=alert(1) open>a</details>",
    "<input autofocus onfocus=alert(1)>",
    "<p style='animation-name: x' onanimationstart=alert(1)>",
    "<x-own onclick=alert(1)>a</x-own>",
    '<a href="javascript:alert(1)">a</a>',
    '<a href="JaVaScRiPt:alert(1)">a</a>',
    '<a href=" javascript:alert(1)">a</a>',
    '<a href="java\tscript:alert(1)">a</a>',
    '<a href="java&#9;script:alert(1)">a</a>',
    '<a href="java&Tab;script:alert(1)">a</a>',
    '<a href="java&NewLine;script&colon;alert(1)">a</a>',
    '<a href="&#106;avascript:alert(1)">a</a>',
    '<a href="&#x6a;avascript&#58;alert(1)">a</a>',
    '<a href="&#1;javascript:alert(1)">a</a>',
    "<a href=javascript:alert(1)>a</a>",
    "<a href='javascript:alert(1)'>a</a>",
    '<a href="vbscript:msgbox(1)">a</a>',
    '<a href="data:text/html,<b>a</b>">a</a>',
    '<a href="data:text/html;base64,PHNjcmlwdD4=">a</a>',
    '<a href="data:image/svg+xml,%3Csvg%3E">a</a>',
    '<a href="file:x">a</a>',
    '<a href="blob:null/1">a</a>',
    '<a href="ftp://example.org/">a</a>',
    '<a href="view-source:https://example.org/">a</a>',
    '<a class="x" href="https://example.org/" href="javascript:alert(1)">a</a>',
    '<area href="javascript:alert(1)">',
    '<a href="#a" ping="https://example.org/">a</a>',
    '<img src="a.png" attributionsrc="https://example.org/">',
    '<img srcset="https://example.org/a.png 2x" alt="a">',
    "<body background='https://example.org/a.png'>",
    '<meta http-equiv="refresh" content="0; url=https://example.org/">',
    "<META HTTP-EQUIV=refresh CONTENT='0; url=https://example.org/'>",
    '<meta content="0; url=https://example.org/" http-equiv="&#114;efresh">',
    '<meta http-equiv="Content-Security-Policy" content="default-src *">',
    '<meta http-equiv="set-cookie" content="a=b">',
    '<meta charset="utf-16">',
    "<meta charset=iso-2022-jp>",
    '<link rel="preconnect" href="https://example.org/">',
    '<link rel="dns-prefetch" href="//example.org/">',
    '<link rel="prefetch" href="https://example.org/">',
    '<link rel="stylesheet prefetch" href="https://example.org/">',
    '<link rel="modulepreload" href="https://example.org/a.js">',
    '<link rel="icon" href="https://example.org/a.png">',
    '<link rel="manifest" href="https://example.org/a.json">',
    '<link href="https://example.org/">',
    "<html manifest='a.appcache'>",
    '<base href="https://example.org/">',
    "<base target=_blank>",
    '<form action="https://example.org/"><input></form>',
    "<form ACTION=https://example.org/>",
    '<button formaction="https://example.org/">a</button>',
    '<input type="image" src="javascript:alert(1)">',
    '<iframe src="https://example.org/"></iframe>',
    '<iframe srcdoc="<p>a</p>"></iframe>',
    '<object data="https://example.org/"></object>',
    '<embed src="https://example.org/">',
    "<applet code=a></applet>",
    '<frameset><frame src="https://example.org/"></frameset>',
    "<portal src='https://example.org/'></portal>",
    '<template shadowrootmode="open"><p>a</p></template>',
    "<template><p>a</p></template>",
    '<video src="https://example.org/a.mp4"></video>',
    "<audio autoplay></audio>",
    '<picture><source srcset="https://example.org/a.png"></picture>',
    "<plaintext>",
    "<xmp><p>a</p></xmp>",
    "<p title=" + "a " * 300 + ">",
    "<p>a\x00b</p>",
    "<p>a\x1bb</p>",
    "<p>\ud800</p>",
)
HARMLESS = (
    "<p class=a>1 < 2 and 3 > 2</p>",
    "<P CLASS='a' data-x=1>a<br/>b</P>",
    '<a href="https://example.org/a?b=c&amp;d=e#f">a</a>',
    '<a href="#note-1" id="_call-1">1</a>',
    '<a href="kursk-briefing.html">a</a>',
    '<a href="mailto:teacher@example.org">a</a>',
    "<a href='../a.pdf' target=_blank rel='noopener external'>a</a>",
    '<img src="house/crest.svg" alt="a">',
    '<img src="data:image/png;base64,AAAA" alt="a">',
    '<svg viewBox="0 0 1 1"><title>a</title><path d="M0 0h1"/><use href="#a"/></svg>',
    '<link rel="stylesheet" href="css/theme.css" media="screen">',
    '<link rel="license" href="https://creativecommons.org/licenses/by/4.0/">',
    '<meta charset="utf-8">',
    '<meta name="viewport" content="width=device-width">',
    '<meta property="og:title" content="a">',
    '<form method="dialog"><button type="reset">a</button></form>',
    '<textarea rows="3"></textarea>',
    "<details open><summary>a</summary></details>",
    '<script src="reader.js"></script>',
    "<noscript><p>a</p></noscript>",
    "<p>javascript: is a word, and so is onclick=1</p>",
    "<!-- onclick=alert(1) -->",
    "<style>p::before { content: 'a < b' }</style>",
)


@pytest.mark.parametrize("html", DANGEROUS, ids=lambda html: ascii(html[:60]))
def test_what_would_run_fetch_or_send_is_found(html: str) -> None:
    assert [danger.code for danger in dangers(f"<p>a</p>{html}<p>b</p>")]


@pytest.mark.parametrize("html", HARMLESS, ids=lambda html: html[:60])
def test_what_does_nothing_is_allowed(html: str) -> None:
    assert list(dangers(f"<p>a</p>{html}<p>b</p>")) == []


@pytest.mark.parametrize(
    "repeated", ["<a ", "<a x='", '<a x="<', "<script ", "<p a=b ", "<!--", "<p onx='", '<a href="java']
)
def test_reading_tags_takes_no_longer_than_the_page(repeated: str) -> None:
    for _ in dangers(repeated * 100_000):
        pass


def page(briefing: Briefing, project: Path, **files: str) -> Page:
    for name, text in files.items():
        path = project / "templates" / f"{name.replace('__', '/')}.html"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text)
    return render(briefing, Library(project), screen=True)


def test_a_dangerous_tag_is_refused_at_its_line(briefings: dict[str, Briefing], project: Path) -> None:
    with pytest.raises(ProblemError) as caught:
        page(
            briefings["secondary"], project, partials__colophon="<p>\n  <a href='java\tscript:x'>a</a>\n<b\nonclick=a>"
        )
    first, second = (str(problem) for problem in caught.value.problems)
    assert "templates/partials/colophon.html:2:3: error[unsafe-markup]: an address of the kind 'javascript:'; " in first
    assert "templates/partials/colophon.html:3:1: error[unsafe-markup]: 'onclick' runs a script; " in second


@pytest.mark.parametrize(
    "tag",
    [
        "<{{ 'script' }}>alert(1)</script>",
        "{{ '<script>'|safe }}alert(1)</script>",
        "{% set s = 'scr' ~ 'ipt' %}<{{ s }}>alert(1)</{{ s }}>",
        "<p {{ 'on' ~ 'click' }}='alert(1)'>a</p>",
        "{% autoescape false %}{{ '<img src=x onerror=alert(1)>' }}{% endautoescape %}",
        "<a href='{{ 'javascript' }}:alert(1)'>a</a>",
    ],
)
def test_a_tag_that_a_template_composes_is_refused(briefings: dict[str, Briefing], project: Path, tag: str) -> None:
    with pytest.raises(ProblemError, match=r"error\[unsafe-markup\]"):
        page(briefings["secondary"], project, partials__colophon=tag)


def test_printed_pages_and_the_index_are_looked_at_too(briefings: dict[str, Briefing], project: Path) -> None:
    (project / "templates/partials").mkdir(parents=True)
    (project / "templates/partials/colophon.html").write_text('<a href="javascript:a">a</a>')
    (project / "templates/index.html").write_text("<!DOCTYPE html>\n<p onclick=a>a</p>")
    with pytest.raises(ProblemError, match=r"colophon\.html:1:1: error\[unsafe-markup\]"):
        render(briefings["secondary"], Library(project))
    with pytest.raises(ProblemError, match=r"index\.html:2:1: error\[unsafe-markup\]"):
        render_index([{"briefing": briefings["secondary"], "files": {}}], "en", Library(project))


HEADS = {
    "usual": '<!DOCTYPE html>\n<html lang="en">\n<head>\n<meta charset="utf-8">{}</head>',
    "no charset": '<!DOCTYPE html><html lang="en"><head>{}</head>',
    "capitals": '<!doctype HTML><HTML LANG="en"><HEAD>{}</HEAD>',
    "something first": '<!DOCTYPE html>{}<html lang="en"><head><meta charset="utf-8"></head>',
    "a comment first": '<!-- <head><meta charset="utf-8"> --><!DOCTYPE html><html><head>{}</head>',
    "a comment in the tag's place": "<!DOCTYPE html><html><!-- <head> -->{}<head></head>",
    "a head in an attribute": '<!DOCTYPE html><html title="<head>">{}<head></head>',
    "no doctype": '<html lang="en"><head>{}</head>',
    "no head": '<!DOCTYPE html><html lang="en">{}',
    "no tags": "{}",
    "two heads": '<!DOCTYPE html><html><head></head>{}<head><meta charset="utf-8"></head>',
    "a byte order mark": "\ufeff<!DOCTYPE html><html><head>{}</head>",
    "words first": "words <!DOCTYPE html><html><head>{}</head>",
    "a head with attributes": '<!DOCTYPE html><html><head class="a">{}</head>',
    "a body first": "<body>{}<!DOCTYPE html><html><head></head>",
    "a header": "<!DOCTYPE html><html><header>{}</header>",
}


@pytest.mark.parametrize("name", HEADS)
def test_the_policy_is_the_first_element_of_the_head(name: str) -> None:
    """As WeasyPrint's parser, which follows the HTML standard, reads the page."""
    import tinyhtml5

    body = "<body><p>a</p></body></html>"
    html = with_policy(HEADS[name].format("<title>t</title>") + body, policy())
    root = tinyhtml5.parse(html.encode(), transport_encoding="utf-8", namespace_html_elements=False)
    head = root.find("head")
    first = head[0]
    assert (first.tag, first.get("http-equiv"), first.get("content")) == ("meta", "Content-Security-Policy", policy())
    assert len(root.findall("head")) == 1
    assert any(element.get("charset") == "utf-8" for element in head)


# What a browser does at once; each tells the address in it, or changes the title.
AT_ONCE = (
    "<script>document.title = 'ran'</script>",
    "<img src='https://x.invalid/img' onerror=\"document.title = 'ran'\">",
    "<link rel=stylesheet href='https://x.invalid/css'>",
    "<iframe src='https://x.invalid/frame'></iframe>",
    "<iframe srcdoc=\"<script>parent.document.title = 'ran'</script>\"></iframe>",
    "<object data='https://x.invalid/object'></object>",
    "<video autoplay src='https://x.invalid/video'></video>",
    "<svg onload=\"document.title = 'ran'\"><image href='https://x.invalid/svg'/></svg>",
    "<form id=f action='https://x.invalid/form'></form><script>f.submit()</script>",
    "<style>body { background: url(https://x.invalid/background) } @import 'https://x.invalid/import';</style>",
    "<base href='https://x.invalid/'><img src='based'>",
)


@pytest.mark.slow
@pytest.mark.tool("chromium", "libatomic")
def test_a_browser_runs_and_fetches_nothing_wherever_a_page_begins(tmp_path: Path) -> None:
    """The policy alone, without the check of tags: as if one had been overlooked."""
    asked: list[str] = []
    environment = {name: value for name, value in os.environ.items() if name != "FONTCONFIG_FILE"}
    with sync_playwright() as playwright:
        program = machine.program("chromium")
        browser = playwright.chromium.launch(executable_path=program, args=["--no-sandbox"], env=environment)
        page = browser.new_page()
        page.route(re.compile("x.invalid"), lambda route: (asked.append(route.request.url), route.abort()))
        for name, head in HEADS.items():
            html = head.format("<title>quiet</title>" + "".join(AT_ONCE)) + "<body>" + "".join(AT_ONCE)
            (tmp_path / f"{name}.html").write_text(with_policy(html, policy()))
            page.goto((tmp_path / f"{name}.html").as_uri())
            assert (name, page.title(), asked) == (name, "quiet", [])
        (tmp_path / "bare.html").write_text("".join(AT_ONCE))  # this test can fail
        page.goto((tmp_path / "bare.html").as_uri())
        assert asked


def test_a_policy_forbids_everything_that_it_does_not_allow(library: Library, briefings: dict[str, Briefing]) -> None:
    html = write(render(briefings["secondary"], library, screen=True), library).content.decode()
    rules = dict(rule.split(" ", 1) for rule in policy_of(html.encode()).split("; "))
    script = rules.pop("script-src")
    assert re.fullmatch(r"'sha256-[\w+/=]{44}'", script)
    assert rules == {
        "default-src": "'none'",
        "base-uri": "'none'",
        "form-action": "'none'",
        "style-src": "'unsafe-inline'",
        "font-src": "data:",
        "img-src": "data:",
    }
    assert html.index("http-equiv") < html.index('charset="utf-8"') < html.index("<title") < 1024


def test_a_preview_adds_its_script_to_the_page_s_own_policy() -> None:
    for rules in (policy(), policy(("abc=",)), policy(("abc=", "def="))):
        names = [rule.partition(" ")[0] for rule in for_preview(rules).split("; ")]
        assert len(names) == len(set(names))
        assert "script-src 'self'" in for_preview(rules)
        assert "connect-src 'self'" in for_preview(rules)
        assert header(rules).endswith("; frame-ancestors 'none'")
    assert "'self' 'sha256-abc='" in for_preview(policy(("abc=",)))


def test_what_a_pack_says_breaks_out_of_no_attribute(briefings: dict[str, Briefing], library: Library) -> None:
    """Ids and addresses of data are written by Python into attributes; each is escaped there."""
    from briefings.language.strings import load_strings
    from briefings.language.wording import Wording
    from briefings.page.screen_links import ScreenLinks
    from briefings.page.template_functions import template_functions

    briefing, screen = briefings["secondary"], ScreenLinks.for_briefing(briefings["secondary"])
    functions = template_functions(briefing, Wording("en", load_strings(library, "en")), screen)
    evil = "a'\"><img src=x onerror=alert(1)>"
    source = briefing.notes[0].source.id
    written = [
        functions["inline"](f"a [@{source}] {evil}", (source,), briefing.pack, within=evil),
        functions["inline"](f"[a](https://example.org/{evil}) `{evil}` *{evil}*"),
        functions["traced"](f"4 frogs {evil}", briefing.pack),
        functions["names"]([evil, f"{evil} 7b"]),
        functions["cite"]([source], evil),
        f"<style>a::before {{ content: {functions['css'](evil + '</style>')} }}</style>",
    ]
    for html in written:
        assert "<img" not in str(html)
        assert list(dangers(str(html))) == []
