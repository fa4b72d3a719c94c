"""README's commands are all accounted for, and each is one that the command line takes."""

from __future__ import annotations

import shlex
from typing import Any

import pytest
import typer

from parallax.cli import app
from tests.unit import readme

_CORPUS = "tests/integration/test_corpus.py runs it as it stands, with a table of its own"
_OTHER_SITES = (
    "asks sites of others; the same options are run on the sample web by tests/integration"
)
# What runs each command, or why none does as it stands.
ACCOUNTED = {
    "make demo": "the CI's machine runs the demo from the wheel; tests/integration/conftest.py makes it",
    "make test": "is what runs this",
    "python -m venv .venv": "sets up: the CI's first step",
    ".venv/bin/python -m pip install -c constraints.txt .": "sets up: the CI's first step",
    ".venv/bin/parallax demo --open": "opens a browser on a screen; without it tests/integration/conftest.py makes it",
    "parallax run --about": _OTHER_SITES,
    "parallax run --like": _OTHER_SITES,
    "parallax run --url": _OTHER_SITES,
    "parallax extract": _CORPUS,
    "parallax compare": _CORPUS,
    "parallax report": _CORPUS,
    "parallax explain": "tests/integration/test_corpus.py runs it, with a detail and an outlet put in",
    "parallax demo --out": "tests/integration/conftest.py makes it",
    "parallax serve": "runs until it is told to end; tests/unit/parallax/test_serve.py asks its server",
}


def test_every_command_is_run_or_it_is_said_why_not() -> None:
    shown = readme.commands()
    for command in shown:
        assert any(command.startswith(known) for known in ACCOUNTED), command
    for known in ACCOUNTED:
        assert any(command.startswith(known) for command in shown), f"README lacks {known}"


@pytest.mark.parametrize("command", [c for c in readme.commands() if "parallax " in c])
def test_a_command_is_one_that_the_command_line_takes(command: str) -> None:
    _, _, call = command.partition("parallax ")
    name, *given = shlex.split(call)
    group: Any = typer.main.get_command(app)
    with group.make_context("parallax", [name], resilient_parsing=True) as outer:
        taken = group.get_command(outer, name).make_context(name, given, parent=outer)
    assert taken.params
