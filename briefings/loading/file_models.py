"""The table of files -> the model of each file of a pack: its keys, each with a list of items."""

from typing import Annotated, Any, Union, cast

from pydantic import Field, create_model

from ..drawings.kind import KIND_NAMES, find_kind
from ..schema.fields import YamlModel
from ..schema.files import FILES
from ..schema.topic import PackInfo

# Any kind of drawing, told apart by its `kind`. The union is built here since the kinds depend on the schema.
_KINDS: Any = Union[tuple(find_kind(name).fields for name in KIND_NAMES)]  # noqa: UP007
_DRAWING: Any = Annotated[_KINDS, Field(discriminator="kind")]

FILE_KEYS: dict[str, dict[str, Any]] = {file.name: file.types() for file in FILES}
FILE_KEYS["drawings.yaml"]["drawings"] = tuple[_DRAWING, ...]

FILE_MODELS: dict[str, type[YamlModel]] = {"pack.yaml": PackInfo} | {
    name: create_model(name, __base__=YamlModel, **cast(Any, {key: (kind, kind()) for key, kind in keys.items()}))
    for name, keys in FILE_KEYS.items()
}
