"""The command `parallax`: one Typer app, one module a command.

Nothing heavy is imported here, so that `parallax --help` is instant; a command imports what it
needs when it runs.
"""

from __future__ import annotations

import errno
import os
import sys
from contextlib import suppress

import typer

from compare.errors import OutputError, ParallaxError
from parallax.commands import (
    agree,
    batch,
    code,
    compare,
    correct,
    crawl,
    demo,
    diff,
    events,
    explain,
    extract,
    find,
    flag,
    gate,
    ingest,
    outlets,
    report,
    run,
    serve,
    sources,
    verify,
    watch,
)
from parallax.console import say_error, show
from parallax.environment import parallax_version, prefer_offline

# What runs out on a machine; anything else of the kind is a mistake of ours, and shows where.
_FAULTS_OF_THE_MACHINE = frozenset(
    {
        errno.ENOSPC,
        errno.EDQUOT,
        errno.EMFILE,
        errno.ENFILE,
        errno.ENOMEM,
        errno.EROFS,
        errno.EFBIG,
        errno.EIO,
    }
)

ARCHIVES = "--from-archive"

app = typer.Typer(
    name="parallax",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
    context_settings={"help_option_names": ["-h", "--help"]},
)


def _version(wanted: bool) -> None:
    if wanted:
        show(f"parallax {parallax_version()}")
        raise typer.Exit


@app.callback()
def parallax(
    version: bool = typer.Option(
        False, "--version", help="Show the version and exit.", callback=_version, is_eager=True
    ),
) -> None:
    """Who included it, who left it out, who editorialized it: one event, many outlets.

    Parallax crawls what each outlet published about an event, finds the claims that state the same
    detail, and shows per detail what each outlet did with it, with the sentence as evidence.

    \b
    Start here:
      parallax demo --open
      parallax run --about "words" --from 2019-03-23 --to 2019-03-26 --out OUT
    """
    del version  # `_version` has acted on it
    prefer_offline()


app.command("run")(run.run)
app.command("crawl")(crawl.crawl)
app.command("extract")(extract.extract)
app.command("compare")(compare.compare)
app.command("report")(report.report)
app.command("diff")(diff.diff)
app.command("watch")(watch.watch)
app.command("verify")(verify.verify)
app.command("explain")(explain.explain)
app.command("code")(code.code)
app.command("agree")(agree.agree)
app.command("correct")(correct.correct)
app.command("events")(events.events)
app.command("ingest")(ingest.ingest)
app.command("batch")(batch.batch)
app.command("find")(find.find)
app.command("gate")(gate.gate)
app.command("flag")(flag.flag)
app.command("sources")(sources.sources)
app.add_typer(outlets.app, name="outlets")
app.command("demo")(demo.demo)
app.command("serve")(serve.serve)


def main() -> None:
    """Runs the command line; a user's error is a message and an exit code, never a traceback."""
    try:
        app(spread(sys.argv[1:]))
    except ParallaxError as error:
        _end(error)
    except MemoryError:
        _end(OutputError("this machine has no memory left. Give it fewer or shorter articles."))
    except OSError as error:
        if error.errno not in _FAULTS_OF_THE_MACHINE:
            raise
        _end(OutputError(f"cannot go on: {error.strerror}. Make room, and run it again."))


def spread(words: list[str]) -> list[str]:
    """The words of a call, with --from-archive before each of several files behind one of it.

    A shell makes several words of `--from-archive OUT/archive/*.warc.gz`.
    """
    told: list[str] = []
    behind = False
    for word in words:
        if behind and told[-1] != ARCHIVES and word.endswith((".warc", ".warc.gz")):
            told.append(ARCHIVES)
        behind = word == ARCHIVES or (behind and not word.startswith("-"))
        told.append(word)
    return told


def _end(error: ParallaxError) -> None:
    say_error(error)
    with suppress(OSError, ValueError, AttributeError):
        # What is left in the buffer of a full output would be tried again, and complain, at the end.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    sys.exit(error.exit_code)
