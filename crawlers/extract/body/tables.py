"""Tables in the flow of a story: what stands between two of its paragraphs, in their own box, is told by it."""

from __future__ import annotations

from collections.abc import Sequence

from crawlers.extract.body.blocks import Block, Box
from crawlers.extract.body.wording import is_prose

_LINKED = 0.4  # of a row: more is a list of other pages
_WRAPPERS = 2  # boxes around a table that hold nothing else: a figure, a box that scrolls


def with_tables(blocks: Sequence[Block], kept: Sequence[int]) -> list[int]:
    """The kept blocks, and the rows of tables between the paragraphs among them."""
    flows: dict[Box | None, list[int]] = {}
    for k in kept:
        if is_prose(blocks[k]):
            flows.setdefault(blocks[k].box.parent, []).append(k)
    within = range(kept[0], kept[-1]) if kept else ()
    rows = [k for k in within if _is_row(blocks[k]) and _in_flow(k, blocks[k].box, flows)]
    return sorted({*kept, *rows})


def _is_row(block: Block) -> bool:
    return (
        block.box.tag == "tr" and not block.box.hidden and block.linked <= _LINKED * len(block.text)
    )


def _in_flow(k: int, row: Box, flows: dict[Box | None, list[int]]) -> bool:
    table = next((box for box in row.chain() if box.tag == "table"), None)
    around = table.parent if table is not None else None
    for _ in range(1 + _WRAPPERS):
        flow = flows.get(around, ())
        if flow and flow[0] < k < flow[-1]:
            return True
        around = around.parent if around is not None else None
    return False
