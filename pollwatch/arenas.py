"""How does a program with threads that runs for years keep its memory together?"""

from __future__ import annotations

import ctypes
from contextlib import suppress

M_ARENA_MAX = -8
"""What glibc's ``malloc.h`` calls the number of arenas."""


def share_one_arena() -> None:
    """Let all threads take memory from one place; for before the first of them begins.

    glibc gives each thread a place of its own, and what one of them frees the others never get: a
    daemon then grows by some 1.3 KB a poll, though it holds nothing (measured over 20 000 polls;
    0.1 KB with one place). Python's threads take turns anyway, so nobody waits for it.
    """
    with suppress(OSError, AttributeError):  # no glibc: nothing to mend
        ctypes.CDLL(None).mallopt(M_ARENA_MAX, 1)
