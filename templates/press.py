"""Renders pages: the one place where Jinja runs."""

from __future__ import annotations

import re
from base64 import b64encode
from collections.abc import Iterable, Iterator
from functools import cache
from hashlib import sha256
from itertools import chain
from pathlib import Path
from typing import Any, ClassVar, Protocol

from jinja2 import (
    Environment,
    PackageLoader,
    StrictUndefined,
    Template,
    TemplateAssertionError,
    nodes,
)
from jinja2.compiler import CodeGenerator, Frame
from markupsafe import escape

from compare.zones import zone_name
from templates.facts.index import Facts
from templates.html.legible import ESCAPED, finalize, legible, shown
from templates.html.links import Links, web
from templates.html.rows import Rows
from templates.views.answer import description
from templates.views.shared import legend

STATIC = Path(__file__).with_name("static")


def stylesheet(name: str) -> str:
    """One of our stylesheets, behind the shapes of the statuses, which all of them show."""
    return "".join((STATIC / part).read_text("utf-8") for part in ("statuses.css", name))


NAV = (
    "index", "ours", "reference", "matrix", "outlets", "pairs", "headlines", "space", "words", "origins", "timeline",
    "worksheet", "method",
)  # fmt: skip

# Nothing is loaded from anywhere but the report itself, and no script that a quoted text might
# smuggle in would run.
_POLICY = (
    "default-src 'none'; style-src 'self' 'unsafe-inline'; script-src {script}; "
    "base-uri 'none'; form-action 'none'"
)
# Stand in the frame for what is set there later. No value can: what it holds is escaped.
_SLOT = re.compile(r'<slot name="(title|body|style|script)"></slot>')


def navigation(facts: Facts) -> tuple[str, ...]:
    """The pages of which there is one, in their order; some are only there where the user asked for them."""
    absent = {"ours"} if not facts.ours else set()
    absent |= {"reference"} if not facts.comparison.reference else set()
    return tuple(name for name in NAV if name not in absent)


class Page(Protocol):
    """What every page dataclass has."""

    template: ClassVar[str]

    @property
    def title(self) -> str:
        """The page's title, in its <title>."""

    @property
    def anchor(self) -> str:
        """The page's id where all pages are in one file."""


class _Lean(CodeGenerator):
    """Says directly what Jinja says through the environment: a report has a million values.

    A value is looked up among those escaped before, or else set by `shown`, which is `finalize` and `escape` in
    one. An attribute is an attribute and no key; a function is called and gets no context.
    """

    def _output_child_pre(self, node: nodes.Expr, frame: Frame, finalize: Any) -> None:  # noqa: ARG002
        if not frame.eval_ctx.autoescape or frame.eval_ctx.volatile:
            raise TemplateAssertionError("no template here leaves a value unescaped", node.lineno)
        self.write("(escaped[value] if type(value := ")

    def _output_child_post(self, node: nodes.Expr, frame: Frame, finalize: Any) -> None:  # noqa: ARG002
        self.write(") is str else shown(value))")

    def visit_Template(self, node: nodes.Template, frame: Frame | None = None) -> None:  # noqa: N802
        self.writeline("escaped, shown = environment.escaped, environment.shown")
        super().visit_Template(node, frame)

    def visit_Getattr(self, node: nodes.Getattr, frame: Frame) -> None:  # noqa: N802
        self.write("(")
        self.visit(node.node, frame)
        self.write(f").{node.attr}")

    def visit_Call(  # noqa: N802
        self,
        node: nodes.Call,
        frame: Frame,
        forward_caller: bool = False,  # noqa: FBT001, FBT002
    ) -> None:
        self.write("(")
        self.visit(node.node, frame)
        self.write(")(*()")
        self.signature(node, frame, {"caller": "caller"} if forward_caller else None)
        self.write(")")


class _Environment(Environment):
    code_generator_class = _Lean
    escaped = ESCAPED
    shown = staticmethod(shown)


@cache
def environment() -> Environment:
    """Escapes everything, fails on what is undefined, and makes every string legible."""
    env = _Environment(
        loader=PackageLoader("templates", "."),
        autoescape=True,
        undefined=StrictUndefined,
        finalize=finalize,
        auto_reload=False,
        keep_trailing_newline=True,
    )
    env.filters["web"] = web
    return env


class Press:
    """Sets the pages of one report; what thousands of them share is set once."""

    def __init__(self, facts: Facts, *, themed: bool = False, address: str = "") -> None:
        comparison = facts.comparison
        self._facts = facts
        self._shared: dict[str, Any] = {
            "say": facts.say,
            "labels": facts.say.labels,
            "about": facts.about,
            "description": description(facts),
            "version": comparison.run.parallax,
            "fingerprint": facts.fingerprint,
            "legend": legend(facts.say),
            "zone": zone_name(facts.zone),
            "nav": navigation(facts),
            "themed": themed,
            "address": address,
        }
        self._frames: dict[tuple[str, str], tuple[dict[str, Any], list[str]]] = {}

    def document(self, path: str, page: Page) -> bytes:
        """A page as a whole file, in UTF-8.

        Its pieces are encoded one by one: the longest are ASCII, and would be twice as wide in one text with a quotation mark.
        """
        frame = ("../" * path.count("/"), page.anchor if page.anchor in NAV else "")
        if frame not in self._frames:
            self._frames[frame] = self._framed(Links(frame[0]), frame[1], script="'self'")
        values, cut = self._frames[frame]
        pieces = _filled(cut, title=(escape(legible(page.title)),), body=_body(page, values))
        return b"".join(map(str.encode, pieces))

    def one_file(self, pages: Iterable[Page], *, theme: str) -> str:
        """All pages as sections of one file, style and script inside."""
        style = stylesheet("report.css") + theme
        script = (STATIC / "report.js").read_text("utf-8")
        digest = b64encode(sha256(script.encode()).digest()).decode()
        values, cut = self._framed(Links(single=True), "", script=f"'sha256-{digest}'")
        sections = (
            f'<section class="page" id="{escape(page.anchor)}">\n{"".join(_body(page, values))}\n</section>\n'
            for page in pages
        )
        title = escape(legible(str(values["about"])))
        return "".join(
            _filled(cut, title=(title,), body=sections, style=(style,), script=(script,))
        )

    def _framed(self, to: Links, here: str, *, script: str) -> tuple[dict[str, Any], list[str]]:
        """What a page is set with, and the page around it, cut at its slots."""
        hrefs = {key: to.outlet(key) for key in self._facts.outlet_keys.values()}
        values = self._shared | {"to": to, "here": here, "hrefs": hrefs, "rows": Rows()}
        policy = _POLICY.format(script=script)
        frame = environment().get_template("pages/frame.html").render(values, policy=policy)
        return values, _SLOT.split(frame)


@cache
def _template(name: str) -> Template:
    return environment().get_template(f"pages/{name}")


def _body(page: Page, values: dict[str, Any]) -> Iterator[str]:
    """What a page says, piece by piece."""
    template = _template(page.template)
    context = template.new_context({**values, "page": page})
    yield from template.root_render_func(context)
    # A macro holds its context, which holds the macro: every page would stay until cycles are looked for.
    context.vars.clear()


def _filled(cut: list[str], **slots: Iterable[str]) -> Iterator[str]:
    """The pieces of a frame with its slots filled: text and names of slots take turns in `cut`."""
    return chain.from_iterable(slots[part] if i % 2 else (part,) for i, part in enumerate(cut))
