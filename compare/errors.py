"""The errors a user can cause, each with a slug that has a heading in docs/messages.md.

    ParallaxError
    |-- UsageError              exit 2   the call cannot mean anything
    |   |-- EventFileError               an event file with an unknown key, a reversed window ...
    |   `-- RegistryError                an outlet registry that names no domain ...
    |-- InputError              exit 3   a file that is not what the command reads
    |   |-- ArticlesFileError            articles.jsonl
    |   |-- ComparisonFileError          comparison.json
    |   `-- ModelError                   a model that is not there or does not fit
    |-- NothingFoundError       exit 4   the work was done and there is nothing to show
    |-- OutputError             exit 5   the result cannot be written
    `-- StoppedError            exit 130 Ctrl-C: what was finished is on disk

A page that fails is no error: it is a `Failure`, counted and shown.
"""

from __future__ import annotations

from typing import ClassVar


class ParallaxError(Exception):
    """Says what is wrong and what to do, in that order; `slug` finds more in docs/messages.md."""

    slug: ClassVar[str] = "error"
    exit_code: ClassVar[int] = 1


class UsageError(ParallaxError):
    """The call cannot mean anything."""

    slug = "usage"
    exit_code = 2


class EventFileError(UsageError):
    """An event file that cannot be understood."""

    slug = "event-file"


class RegistryError(UsageError):
    """An outlet registry that cannot be understood."""

    slug = "registry"


class InputError(ParallaxError):
    """A file that is not what the command reads."""

    slug = "input"
    exit_code = 3


class ArticlesFileError(InputError):
    """An articles.jsonl that cannot be used at all; a single bad row is a `Failure`."""

    slug = "articles-file"


class ComparisonFileError(InputError):
    """A comparison.json that cannot be used: not one, or of a newer schema."""

    slug = "comparison-file"


class ModelError(InputError):
    """A model that is not there, or that does not fit what was fitted for it."""

    slug = "model"


class NothingFoundError(ParallaxError):
    """The work was done and there is nothing to show."""

    slug = "nothing-found"
    exit_code = 4


class OutputError(ParallaxError):
    """The result cannot be written."""

    slug = "output"
    exit_code = 5


class StoppedError(ParallaxError):
    """The user stopped the work; says what is on disk and how to go on."""

    slug = "stopped"
    exit_code = 130
