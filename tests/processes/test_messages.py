"""Messages between processes, and how much memory a worker says that it holds."""

import sys

import pytest

from briefings.processes.messages import resident_bytes


@pytest.mark.skipif(sys.platform != "linux", reason="only glibc keeps what was freed")
def test_freed_memory_is_not_held() -> None:
    before = resident_bytes()
    blocks = [bytearray(b"x") * 60_000 for _ in range(1000)]  # small enough to come from the heap
    last = blocks.pop()  # which stays above them, so that the heap cannot shrink by itself
    held = resident_bytes()
    assert held - before > 50_000_000
    del blocks
    assert resident_bytes() - before < 10_000_000
    assert last
