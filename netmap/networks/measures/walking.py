"""A depth-first walk over one island, and what hangs on each node alone.

What is reached below a node and has no way past it falls away when the node goes (Hopcroft and
Tarjan 1973). Nodes are numbers in the order of their ids.
"""

from dataclasses import dataclass

NOT_YET = -1


@dataclass(frozen=True, slots=True)
class Walk:
    """What a walk found.

    Attributes:
        order: The nodes as they were reached, the start first.
        above: By node, the one it was reached from; the start from itself.
        hanging: By node, those reached from it that have no way past it, nor has what is below.
        bridges: Those whose tie to the one above is their only way to it.
        size: By node, how many there are from it downwards, itself among them.
    """

    order: list[int]
    above: dict[int, int]
    hanging: dict[int, list[int]]
    bridges: list[int]
    size: dict[int, int]

    def weight(self, one: int) -> int:
        """Count a node and all that hangs on it alone."""
        return 1 + sum(self.size[below] for below in self.hanging.get(one, ()))


def walk_from_middle(neighbours: list[list[int]], start: int, when: list[int]) -> Walk:
    """Walk an island once to find its middle, and again from there.

    For every other node the part with the middle is then the largest that would stay: what hangs
    on it alone is less than half.

    Args:
        neighbours: By node, whom it is tied to.
        start: Any node of the island.
        when: By node, its turn in the walk, :data:`NOT_YET` before; written for the island.
    """
    first = _walk(neighbours, start, when)
    half = len(first.order) / 2
    middle = max(
        (one for one in first.order if first.weight(one) >= half), key=lambda one: when[one]
    )
    for one in first.order:
        when[one] = NOT_YET
    return _walk(neighbours, middle, when)


def _walk(neighbours: list[list[int]], start: int, when: list[int]) -> Walk:
    order, above = _depth_first(neighbours, start, when)
    walk = Walk(order, above, {}, [], dict.fromkeys(order, 1))
    # How far up, in turns, some way leads from a node or from below it.
    high = {one: when[one] for one in order}
    for one in reversed(order[1:]):
        over = above[one]
        ways = (when[other] for other in neighbours[one] if other != over)
        high[one] = min(high[one], min(ways, default=when[one]))
        high[over] = min(high[over], high[one])
        walk.size[over] += walk.size[one]
        if high[one] >= when[over]:
            walk.hanging.setdefault(over, []).append(one)
        if high[one] > when[over]:
            walk.bridges.append(one)
    return walk


def _depth_first(
    neighbours: list[list[int]], start: int, when: list[int]
) -> tuple[list[int], dict[int, int]]:
    """Walk, writing into `when` the turn of each node; give the order, and who led to whom."""
    when[start] = 0
    order, above, path = [start], {start: start}, [(start, iter(neighbours[start]))]
    while path:
        over, rest = path[-1]
        for one in rest:
            if when[one] == NOT_YET:
                when[one] = len(order)
                order.append(one)
                above[one] = over
                path.append((one, iter(neighbours[one])))
                break
        else:
            path.pop()
    return order, above
