"""The model of briefings.toml: what a project wants of what there is, and where the files go."""

from typing import Annotated

from pydantic import ConfigDict, Field

from .fields import Ids, Line, Lines, RefersTo, StrictBool, YamlModel


class ProjectFile(YamlModel):
    """briefings.toml: every key is optional, and an option on the command line replaces it.

    `packs` are ids or folders. `audiences` are the only ones wanted, `audiences_off` are those not wanted. Each
    document is made on the first of `papers` that it can be made for, otherwise on its own. `themes` and `out` are
    folders, relative to this file. `language` is the form of the packs' language that is used, such as en-US:
    it decides how dates and numbers are written. With `strict`, warnings are errors.
    """

    model_config = ConfigDict(title="briefings.toml")

    packs: Lines = ()
    audiences: Annotated[Ids, RefersTo("audience")] = ()
    audiences_off: Annotated[Ids, RefersTo("audience")] = ()
    documents: Annotated[Ids, RefersTo("document")] = ()
    papers: Annotated[Ids, RefersTo("paper")] = ()
    themes: Lines = ()
    out: Line = "build"
    language: Annotated[str, Field(strict=True, pattern=r"^[a-z]{2}(-[A-Z]{2})?$")] | None = None
    strict: StrictBool = False
