"""Crawls, and commands that crawl, in processes that are forked where Scrapy and the reader of pages are loaded already.

A crawl that starts as a Python of its own spends most of its time on imports, twice: for itself and for
the fork server of its readers. Here one server, started by the first crawl, forks both.
"""

from __future__ import annotations

import json
import multiprocessing
import os
import subprocess
import sys
import tempfile
from collections.abc import Mapping, Sequence
from multiprocessing import forkserver
from pathlib import Path

PRELOADED = ["crawlers.extract.warm", "tests.integration.crawl.loaded"]
COMMAND = """
import json, sys
from parallax.cli import main
sys.argv = ["parallax", *json.loads(sys.argv[1])]
main()
"""


class Forked:
    """What the tests use of `subprocess.Popen`, of Python code with one argument, with files in `folder` for what it says."""

    def __init__(self, code: str, argument: str, folder: Path, **environment: str) -> None:
        context = multiprocessing.get_context("forkserver")
        context.set_forkserver_preload(PRELOADED)
        said = Path(tempfile.mkdtemp(prefix="said-", dir=folder))
        self._out, self._err = said / "stdout", said / "stderr"
        self._process = context.Process(
            target=_run, args=(code, argument, self._out, self._err, os.environ | environment)
        )
        self._process.start()

    def communicate(self, timeout: float | None = None) -> tuple[str, str]:
        """Both outputs, once it has ended; raises subprocess.TimeoutExpired."""
        self._process.join(timeout)
        if self._process.exitcode is None:
            raise subprocess.TimeoutExpired("a crawl", timeout or 0.0)
        said, complaints = (p.read_text() if p.exists() else "" for p in (self._out, self._err))
        return said, complaints

    def poll(self) -> int | None:
        """The exit code; None while it runs."""
        return self._process.exitcode

    @property
    def returncode(self) -> int | None:
        """The exit code, negative for the signal that ended it."""
        return self._process.exitcode

    def kill(self) -> None:
        """End it with SIGKILL."""
        self._process.kill()

    def send_signal(self, number: int) -> None:
        """Send it a signal."""
        if (pid := self._process.pid) is not None and self.poll() is None:
            os.kill(pid, number)


def parallax(words: Sequence[str], folder: Path, **environment: str) -> Forked:
    """The command line, with these words behind `parallax`."""
    return Forked(COMMAND, json.dumps(words), folder, **environment)


def _run(code: str, argument: str, out: Path, err: Path, environment: Mapping[str, str]) -> None:
    for number, path in ((1, out), (2, err)):
        opened = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC)
        os.dup2(opened, number)
        os.close(opened)
    os.environ.clear()
    os.environ.update(environment)
    # Of a process that it forked, Python 3.11 does not know that the server is there, and starts another.
    for server in (forkserver, forkserver._forkserver):
        setattr(server, "ensure_running", lambda: None)  # noqa: B010
    sys.argv = ["-c", argument]
    try:
        exec(compile(code, "child", "exec"), {"__name__": "__main__"})
    finally:
        sys.stdout.flush()
        sys.stderr.flush()
        _save_lines()


def _save_lines() -> None:
    """Keep which lines ran, where that is traced: a forked process ends without it."""
    if "coverage" in sys.modules:
        from coverage import Coverage

        if tracing := Coverage.current():
            tracing.stop()
            tracing.save()
