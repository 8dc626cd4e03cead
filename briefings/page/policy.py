"""A page -> the same page with its content security policy in front of everything else in its head.

A policy in the page itself binds only what stands after it, so it must not depend on what a template wrote.
"""

import re

_CHARSET = '<meta charset="utf-8">'
_META = '<meta http-equiv="Content-Security-Policy" content="'
# Nothing is requested from anywhere, no form is sent, and no address in the page is read as relative to another.
_POLICY = (
    "default-src 'none'; base-uri 'none'; form-action 'none'; style-src 'unsafe-inline'; font-src data:; img-src data:"
)
# The usual beginning of a page. After anything else, a browser might have begun its body before the head's tags.
_HEAD = re.compile(r'\s*<!DOCTYPE html>\s*<html(?:\s+[a-z-]+="[^"<>&]*")*\s*>\s*<head>', re.I)
_WHOLE = re.compile(f'{re.escape(_META)}([^"]*)">'.encode())


def policy(digests: tuple[str, ...] = ()) -> str:
    """The policy of a page whose scripts have these SHA-256 digests in base64."""
    scripts = " ".join(f"'sha256-{digest}'" for digest in digests)
    return f"{_POLICY}; script-src {scripts}" if scripts else _POLICY


def with_policy(html: str, rules: str) -> str:
    """The page with a policy as the first element of its head.

    Where a page does not begin as usual, the policy stands in front of it: by the HTML standard, a page that begins
    with `<meta>` has it in its head, and the tags of head and body that follow change nothing about that.
    """
    html = html.removeprefix("\ufeff")
    head = _HEAD.match(html)
    before, after = (head[0], html[head.end() :]) if head else ("<!DOCTYPE html>\n<html>\n<head>", f"\n{html}")
    charset = "" if head and after.lstrip().startswith(_CHARSET) else f"\n{_CHARSET}"
    return f'{before}\n{_META}{rules}">{charset}{after}'


def policy_of(page: bytes) -> str:
    """The policy of a page that has one, else "": the first, since templates cannot write any."""
    found = _WHOLE.search(page)
    return found[1].decode() if found else ""


def for_preview(rules: str) -> str:
    """A page's policy that also allows the script of the preview, and what that asks the server."""
    scripts = "script-src 'self'"
    allowed = rules.replace("script-src", scripts, 1) if "script-src" in rules else f"{rules}; {scripts}"
    return f"{allowed}; connect-src 'self'"


def header(rules: str = "") -> str:
    """A policy as a server sends it: no page of another site may show what it sends in a frame."""
    return f"{rules}; frame-ancestors 'none'" if rules else "frame-ancestors 'none'"
