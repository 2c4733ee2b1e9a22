"""Work on rows in blocks, on all processors; the compiled loops let go of Python meanwhile."""

import os
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor

_BLOCKS = 8  # for each processor, so that a crowded block does not hold up all
_LEAST = 256


def in_blocks(size: int, loop: Callable[..., None], *given: object) -> None:
    """Run a loop for rows `start` to before `stop`, block by block, several at a time.

    Args:
        size: How many rows there are.
        loop: Takes `start`, `stop` and what is given; it writes into the arrays among these.
        given: The rest of its arguments.
    """
    processors = os.cpu_count() or 1
    step = max(-(-size // (processors * _BLOCKS)), _LEAST)
    blocks = [(start, min(start + step, size)) for start in range(0, size, step)]
    if len(blocks) == 1:
        loop(*blocks[0], *given)
        return
    with ThreadPoolExecutor(processors) as pool:
        for done in [pool.submit(loop, *block, *given) for block in blocks]:
            done.result()
