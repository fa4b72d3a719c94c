"""Who included it, who left it out, who editorialized it: one event, many outlets.

This is the one import for programs; `docs/api.md` shows each name at work and says what is stable.
The other packages (`compare`, `crawlers`, `templates`) and the other modules of this one are its
inside, and may change from one version to the next. Nothing heavy is loaded before it is used.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from compare.config import Config
    from compare.datamodel import Article, Comparison, Event, Failure, Status
    from compare.errors import ParallaxError
    from crawlers.options import CrawlOptions
    from crawlers.registry.outlets import Outlet
    from parallax.library import (
        compare_articles,
        crawl,
        open_encoder,
        read_articles,
        read_comparison,
        read_outlets,
        write_comparison,
        write_report,
    )

__all__ = [
    "Article",
    "Comparison",
    "Config",
    "CrawlOptions",
    "Event",
    "Failure",
    "Outlet",
    "ParallaxError",
    "Status",
    "compare_articles",
    "crawl",
    "open_encoder",
    "read_articles",
    "read_comparison",
    "read_outlets",
    "write_comparison",
    "write_report",
]

_ELSEWHERE = {
    "Config": "compare.config",
    "CrawlOptions": "crawlers.options",
    "Outlet": "crawlers.registry.outlets",
    "ParallaxError": "compare.errors",
    **dict.fromkeys(("Article", "Comparison", "Event", "Failure", "Status"), "compare.datamodel"),
}


if not TYPE_CHECKING:  # a type checker would take every misspelt name for one that is offered

    def __getattr__(name: str) -> object:
        """The offered name, imported when it is first asked for (PEP 562)."""
        if name not in __all__:
            raise AttributeError(f"module 'parallax' offers no {name!r}")
        found: object = getattr(import_module(_ELSEWHERE.get(name, "parallax.library")), name)
        globals()[name] = found
        return found


def __dir__() -> list[str]:
    return __all__
