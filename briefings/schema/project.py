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

    packs: Lines = ()  #: ids, or folders from the folder of this file; none means every pack in data/
    audiences: Annotated[Ids, RefersTo("audience")] = ()  #: the only audiences wanted; none means all
    #: audiences that are not wanted; give one of the two lists
    audiences_off: Annotated[Ids, RefersTo("audience")] = ()
    #: the only kinds of document wanted, such as briefing; none means all
    documents: Annotated[Ids, RefersTo("document")] = ()
    #: in order of preference; a document that can be made for none of them keeps its own
    papers: Annotated[Ids, RefersTo("paper")] = ()
    themes: Lines = ()  #: folders that override templates, from the folder of this file; the first takes precedence
    out: Line = "build"  #: the output folder, from the folder of this file
    #: the form of the packs' language, such as en-US: how dates are written; it translates nothing
    language: Annotated[str, Field(strict=True, pattern=r"^[a-z]{2}(-[A-Z]{2})?$")] | None = None
    strict: StrictBool = False  #: whether a warning fails check and build, as an error does
