"""What to tell a browser -> a response: a page with the script that reloads it, and pages that say what is wrong."""

import html
import os
from collections.abc import Iterable
from dataclasses import dataclass
from urllib.parse import quote

from ..page.policy import for_preview, policy, policy_of
from ..problems import Problem

_PLAIN = """<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="utf-8">
<title>{title}</title>
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta http-equiv="Content-Security-Policy" content="{policy}">
<style>
:root {{ color-scheme: light dark; }}
body {{ font: 1rem/1.5 system-ui, sans-serif; max-width: 60rem; margin: 2rem auto; padding: 0 1rem; }}
pre {{ white-space: pre-wrap; overflow-wrap: anywhere; border-left: 4px solid #b3261e; padding-left: 1rem; }}
</style>
</head>
<body>
<main>
<h1>{title}</h1>
{body}
</main>
</body>
</html>
"""


@dataclass(frozen=True)
class PreviewResponse:
    """The response to a request: content with its HTTP status, or a path to redirect to."""

    content: bytes = b""
    media_type: str = "text/html"
    status: int = 200
    redirect: str = ""


def with_reload_script(content: bytes, version: str, *, is_error: bool = False) -> bytes:
    """The page with the script that reloads it, and a content security policy that allows this script."""
    data = f'data-version="{version}"{" data-error" if is_error else ""}'
    script = f'<script src="/@preview.js" {data}></script>\n'
    # A page has its own policy: only add to it, so that the preview refuses whatever the built page refuses.
    rules = policy_of(content)
    content = content.replace(rules.encode(), for_preview(rules).encode(), 1) if rules else content
    before, end, after = content.rpartition(b"</body>")
    return before + script.encode() + end + after if end else content + script.encode()


def plain_page(title: str, words: str, version: str, status: int) -> PreviewResponse:
    """A page that says in a paragraph why there is no other. It reloads after the next change."""
    return _error_page(title, f"<p>{html.escape(words)}</p>", version, status)


def failure_page(error: Exception, version: str) -> PreviewResponse:
    """The page for an error that nobody foresaw: a fault of this program, or of the computer."""
    body = "<p>This page could not be made. It reloads after the next change of a file.</p>\n"
    body += f"<pre>{html.escape(f'{type(error).__name__}: {error}')}</pre>"
    return _error_page("Something went wrong", body, version, 500)


def problems_page(problems: Iterable[Problem], version: str) -> PreviewResponse:
    """The page that shows what is wrong in the data or in templates."""
    body = "<p>This page reloads when the errors are fixed.</p>\n"
    body += "\n".join(f"<pre>{html.escape(str(problem))}</pre>" for problem in problems)
    return _error_page("Errors", body, version, 500)


def pack_list(folders: Iterable[str], version: str) -> PreviewResponse:
    """The list of the packs in folders of these names."""
    items = "".join(f'<li><a href="/{quoted(name)}/">{html.escape(name)}</a></li>' for name in folders)
    page = _PLAIN.format(policy=policy(), title="Packs", body=f"<ul>{items}</ul>")
    return PreviewResponse(with_reload_script(_encoded(page), version))


def _error_page(title: str, body: str, version: str, status: int) -> PreviewResponse:
    page = _encoded(_PLAIN.format(policy=policy(), title=title, body=body))
    return PreviewResponse(with_reload_script(page, version, is_error=True), status=status)


def quoted(name: str) -> str:
    """A folder's name in an address. Any byte but a slash may be in it, also such as are no UTF-8."""
    return quote(os.fsencode(name), safe="")


def _encoded(page: str) -> bytes:
    """The page as UTF-8; what cannot be, such as a part of a file's name, as a question mark."""
    return page.encode("utf-8", "replace")
