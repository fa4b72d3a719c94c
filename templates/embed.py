"""For other people's pages: the matrix or one row as a small file without scripts, and a picture for link previews."""

from __future__ import annotations

import struct
import zlib
from collections.abc import Iterator, Sequence

from markupsafe import Markup

from templates.facts.details import DetailFact
from templates.facts.index import Facts
from templates.html.links import Links
from templates.press import environment, stylesheet
from templates.views.glance import lacked
from templates.views.shared import columns, legend, row, words_of_codes

# So many rows are in the embedded matrix, and so many details have a row of their own.
ROWS = 12
# The size that link previews are shown in, in pixels, and the room around the grid.
WIDTH, HEIGHT, MARGIN = 1200, 630, 60
# Colours of the letters on paper, as in report.css; the shapes are too small to be told apart.
_COLOURS = {
    "i": (31, 95, 125), "k": (125, 163, 181), "e": (168, 72, 10), "c": (160, 22, 70), "l": (29, 27, 24),
    "b": (222, 216, 204), "q": (222, 216, 204), "n": (222, 216, 204),
}  # fmt: skip
_PAPER = bytes((255, 253, 249))


def embeds(facts: Facts) -> Iterator[tuple[str, bytes]]:
    """embed/matrix.html and embed/<detail>.html for the most important details, with their paths."""
    shown = facts.details[:ROWS]
    yield "embed/matrix.html", _page(facts, shown)
    first = dict.fromkeys([*shown, *lacked(facts)[:ROWS]])
    for fact in first:
        yield f"embed/{fact.key}.html", _page(facts, [fact])


def _page(facts: Facts, shown: Sequence[DetailFact]) -> bytes:
    words = words_of_codes(facts.say)
    template = environment().get_template("pages/embed.html")
    return template.render(
        to=Links("../"),
        say=facts.say,
        labels=facts.say.labels,
        about=facts.about,
        version=facts.comparison.run.parallax,
        fingerprint=facts.fingerprint,
        legend=legend(facts.say),
        columns=columns(facts),
        rows=[row(facts, fact, words) for fact in shown],
        style=Markup(stylesheet("embed.css")),  # noqa: S704  our own file
    ).encode()


def preview(facts: Facts) -> bytes:
    """A PNG of the matrix in colours, 1200 by 630: the most important details, a column an outlet."""
    outlets = max(len(facts.outlets), 1)
    height = max(min((HEIGHT - 2 * MARGIN) // max(min(len(facts.details), ROWS), 1), 42), 1)
    width = max((WIDTH - 2 * MARGIN) // outlets, 1)
    blank = b"\0" + _PAPER * WIDTH
    lines = [blank] * MARGIN
    for fact in facts.details[:ROWS]:
        cells = b"".join(
            bytes(_COLOURS[code]) * max(width - 4, 1) + _PAPER * min(4, width - 1)
            for code in fact.codes
        )
        line = (_PAPER * MARGIN + cells)[: 3 * WIDTH]
        lines += [b"\0" + line + _PAPER * (WIDTH - len(line) // 3)] * max(height - 4, 1)
        lines += [blank] * min(4, height - 1)
    lines = (lines + [blank] * HEIGHT)[:HEIGHT]
    header = struct.pack(">IIBBBBB", WIDTH, HEIGHT, 8, 2, 0, 0, 0)
    body = zlib.compress(b"".join(lines), 9)
    chunks = ((b"IHDR", header), (b"IDAT", body), (b"IEND", b""))
    return b"\x89PNG\r\n\x1a\n" + b"".join(_chunk(*chunk) for chunk in chunks)


def _chunk(kind: bytes, data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))
