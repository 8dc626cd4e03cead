"""What the tests of the product share."""

from collections.abc import Iterator

import pytest
import scenes


@pytest.fixture(scope="module", autouse=True)
def drawings_laid_out_once() -> Iterator[None]:
    """Keep the scenes of drawings: nearly every module renders the pages of the same packs."""
    with scenes.laid_out_once():
        yield
