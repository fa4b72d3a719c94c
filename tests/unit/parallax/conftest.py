"""Runs the command line in this process, as a user's shell would."""

from __future__ import annotations

import sys
from collections.abc import Callable
from dataclasses import dataclass

import pytest


@dataclass(frozen=True)
class Result:
    code: int
    out: str
    err: str


Parallax = Callable[..., Result]


@pytest.fixture
def parallax(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Parallax:
    """`parallax("compare", path, "--out", out)`: what a user sees of that call."""
    from parallax.cli import main

    def run(*args: object) -> Result:
        monkeypatch.setattr(sys, "argv", ["parallax", *map(str, args)])
        try:
            main()
            code: object = 0
        except SystemExit as end:
            code = end.code or 0
        said = capsys.readouterr()
        assert isinstance(code, int)
        return Result(code, said.out, said.err)

    return run
