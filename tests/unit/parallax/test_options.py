"""Options are declared once: on the fields of a dataclass."""

from __future__ import annotations

from dataclasses import dataclass, fields
from pathlib import Path
from typing import Annotated, Any

import pytest
import typer
from typer.testing import CliRunner

from compare.errors import UsageError
from crawlers.options import CrawlOptions
from parallax.cli import app
from parallax.options import CrawlBehaviour, Wanted, options_of


@dataclass(frozen=True)
class Colours:
    """Two options."""

    front: Annotated[str, typer.Option("--front", help="In front.")] = "red"
    back: Annotated[list[int] | None, typer.Option(help="Behind.")] = None


def made(called: list[Any]) -> typer.Typer:
    paints = typer.Typer()

    @paints.command()
    @options_of(colours=Colours)
    def paint(wall: Path, colours: Colours, coats: int = 1) -> None:
        """Paint a wall."""
        called.append((wall, colours, coats))

    return paints


def test_the_fields_are_options_and_come_as_the_object() -> None:
    called: list[Any] = []
    done = CliRunner().invoke(made(called), ["w", "--front", "blue", "--back", "3", "--coats", "2"])
    assert done.exit_code == 0, done.output
    assert called == [(Path("w"), Colours(front="blue", back=[3]), 2)]


def test_defaults_and_help_are_those_of_the_fields() -> None:
    called: list[Any] = []
    assert CliRunner().invoke(made(called), ["w"]).exit_code == 0
    assert called == [(Path("w"), Colours(), 1)]
    shown = CliRunner().invoke(made([]), ["--help"]).output
    assert "In front." in shown
    assert "Paint a wall." in shown


def test_every_field_of_both_is_an_option_of_crawl_and_of_run() -> None:
    commands = typer.main.get_command(app).commands  # type: ignore[attr-defined]
    named = {f.name for group in (Wanted, CrawlBehaviour) for f in fields(group)}
    for name in ("crawl", "run"):
        assert named <= {p.name for p in commands[name].params}


def test_what_the_user_bounds_is_what_the_crawl_is_bound_by() -> None:
    asked = CrawlBehaviour(sources=3, source_depth=0, extract_timeout=1.5, pages=7).crawl_options()
    assert (asked.sources, asked.source_depth, asked.extract_timeout, asked.pages) == (3, 0, 1.5, 7)
    usual, given = CrawlOptions(), CrawlBehaviour().crawl_options()
    for name in {f.name for f in fields(CrawlBehaviour)} & {
        "sources",
        "source_depth",
        "extract_timeout",
        "pages",
    }:
        assert getattr(given, name) == getattr(usual, name)


@pytest.mark.parametrize("given", [{"gdelt": "maybe"}, {"wayback": "ftp://a.example"}])
def test_a_service_is_on_off_or_an_address(given: dict[str, str]) -> None:
    with pytest.raises(UsageError, match=r"write on, off, or an address"):
        CrawlBehaviour(**given).crawl_options()  # type: ignore[arg-type]
    assert (
        CrawlBehaviour(gdelt="http://127.0.0.1:9/").crawl_options().gdelt == "http://127.0.0.1:9/"
    )
