"""The formats of output files. Apart from the models, so that a worker process need not load pydantic."""

from typing import Literal

Format = Literal["html", "pdf"]  # each is a module of output/writers/
