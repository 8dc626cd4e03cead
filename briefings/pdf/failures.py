"""Exceptions while a page is typeset -> Problems of the page, unless they are faults of this program."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from ..page.page import Page
from ..problems import Problem, ProblemError

_LONGEST_MESSAGE = 300


@contextmanager
def failures_as_problems(page: Page) -> Iterator[None]:
    """Raise ProblemError for what the system refuses, and for what is more than WeasyPrint can do."""
    try:
        yield
    except RecursionError:
        hint = "put fewer elements into each other: a few dozen are enough"
        raise ProblemError([Problem("too-deep", f"page {page.name} is nested too deeply", None, hint)]) from None
    except OSError as error:
        raise ProblemError([_refused(page, error)]) from None
    except (ProblemError, MemoryError):
        raise
    except Exception as error:
        if _is_ours(error):
            raise
        message = f"page {page.name} is more than the typesetter can do: {type(error).__name__}: {error}"
        hint = "take away the style or the element that was added last"
        raise ProblemError([Problem("typesetting", message[:_LONGEST_MESSAGE], None, hint)]) from None


def _refused(page: Page, error: OSError) -> Problem:
    """What the system refused: nearly always the temporary folder, where fonts are written."""
    reason = (error.strerror or str(error)).lower()
    file = f" ({error.filename})" if error.filename else ""
    hint = "check the free space and the permissions of the temporary folder, or set TMPDIR to another one"
    return Problem("not-typeset", f"page {page.name} cannot be typeset: {reason}{file}", None, hint)


def _is_ours(error: Exception) -> bool:
    """Whether an exception was raised by our own code: that is a fault of this program."""
    traceback, file = error.__traceback__, ""
    while traceback:
        file, traceback = traceback.tb_frame.f_code.co_filename, traceback.tb_next
    return Path(file).is_relative_to(Path(__file__).parent.parent)
