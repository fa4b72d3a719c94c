"""The reference pages of the documentation, made from the program itself.

`UPDATE_DOCS=1 python -m pytest tests/unit/test_reference.py` (or `make docs`) writes them.
"""

from __future__ import annotations

import dataclasses
import inspect
import json
import textwrap
import types
import typing
from collections.abc import Callable, Iterator, Mapping
from enum import StrEnum
from typing import Any

import msgspec
import typer
from typer.testing import CliRunner

from compare import changes, datamodel, kinds
from compare.coding.corrections import Correction, CorrectionsFile
from compare.coding.sheets import COLUMNS as SHEET_COLUMNS
from compare.coding.sheets import ItemKind
from compare.datamodel import SCHEMA_VERSION, Article, Comparison, Failure
from compare.rows import usual_names
from crawlers.output.crawl_json import CrawlFile
from crawlers.output.ledger import LedgerRow
from parallax.cli import app
from templates.exports import CELL_COLUMNS, CODING_COLUMNS, MATRIX_COLUMNS, MENTION_COLUMNS
from templates.tables import COLUMNS as TABLE_COLUMNS
from templates.view_tables import (
    DAY_COLUMNS,
    NAMING_COLUMNS,
    OURS_COLUMNS,
    REFERENCE_COLUMNS,
    SOURCE_COLUMNS,
    SPACE_COLUMNS,
)

HOLDS_IT = "Made from the program by `make docs`; a test holds the two together."


def pages() -> dict[str, Callable[[], str]]:
    """Every generated page: its name in docs/, and what makes its text."""
    return {
        "cli.md": cli,
        "formats.md": formats,
        "comparison.schema.json": lambda: _json(comparison_schema()),
        "articles.schema.json": lambda: _json(articles_schema()),
        "crawl.schema.json": lambda: _json(crawl_schema()),
    }


def _json(schema: object) -> str:
    return json.dumps(schema, indent=1, ensure_ascii=False) + "\n"


# The command line


def cli() -> str:
    """docs/cli.md: what every command's --help says."""
    parts = ["# The command line", HOLDS_IT, "## parallax", _help()]
    for name, command in _commands(typer.main.get_command(app)):
        parts += [f"## parallax {name}", _help(*name.split())]
        assert command.help
    return "\n\n".join(parts) + "\n"


def _commands(group: Any, before: str = "") -> Iterator[tuple[str, Any]]:
    for name, command in group.commands.items():
        if hasattr(command, "commands"):
            yield from _commands(command, f"{before}{name} ")
            if command.invoke_without_command:
                yield f"{before}{name}", command
        else:
            yield f"{before}{name}", command


def _help(*name: str) -> str:
    told = CliRunner().invoke(
        app, [*name, "--help"], prog_name="parallax", terminal_width=100, max_content_width=100
    )
    assert told.exit_code == 0, told.output
    return f"```text\n{told.output.strip()}\n```"


# The files


def comparison_schema() -> dict[str, Any]:
    """comparison.json as JSON Schema."""
    schema = _schema(Comparison, "comparison.json")
    schema["$defs"]["Article"]["properties"]["sha256"] = {
        "type": "string",
        "description": "Of title, two line ends, text, in UTF-8: what was read.",
    }
    return schema


def articles_schema() -> dict[str, Any]:
    """A row of articles.jsonl as JSON Schema."""
    schema = _schema(Article | Failure, "a row of articles.jsonl")
    for name in ("Article", "Failure"):
        own = schema["$defs"][name]
        own["properties"] = {"type": {"const": name.lower()}} | own["properties"]
    schema["$defs"]["Failure"]["required"] = ["type", *schema["$defs"]["Failure"]["required"]]
    return schema


def crawl_schema() -> dict[str, Any]:
    """crawl.json as JSON Schema."""
    schema = _schema(CrawlFile, "crawl.json")
    schema["$defs"]["LedgerRow"]["properties"]["looked"] = {
        "enum": ["searched", "in part", "could not look", "not searched"],
        "description": inspect.getdoc(LedgerRow.looked),
    }
    return schema


def _schema(kind: Any, title: str) -> dict[str, Any]:
    # The types of the data model are plain dataclasses, of which msgspec knows no union by itself.
    if isinstance(kind, types.UnionType):
        members = typing.get_args(kind)
        refs, defs = msgspec.json.schema_components(members)
        return {
            "$schema": "https://json-schema.org/draft/2020-12/schema",
            "title": title,
            "anyOf": [_at_home(ref) for ref in refs],
            "$defs": _at_home(defs),
        }
    made = msgspec.json.schema(kind)
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": title,
        **_tidy(made),
    }


def _at_home(value: Any) -> Any:
    return _tidy(json.loads(json.dumps(value).replace("#/components/schemas/", "#/$defs/")))


def _tidy(value: Any) -> Any:
    """Descriptions without the indentation that docstrings have in their source."""
    if isinstance(value, dict):
        return {
            k: inspect.cleandoc(v) if k == "description" and isinstance(v, str) else _tidy(v)
            for k, v in value.items()
        }
    return [_tidy(v) for v in value] if isinstance(value, list) else value


CORPORA = (
    "What `parallax extract` makes articles.jsonl of, and `parallax ingest` takes into a store. Every row and page "
    "becomes an article, or a failure that names the file and line.\n\n"
    "| what | how it is read |\n| --- | --- |\n"
    "| CSV, with commas, semicolons or tabs | the first line names the columns; UTF-8, UTF-16, or what Excel saves "
    "(bytes that are no UTF-8 count as Windows-1252). `--column KEY=COLUMN` says what a column holds; without, the keys "
    "of an [Article](#article) and the usual names below. Authors are parted by semicolons. A row without an id is "
    "called by file and line, one without an outlet by the host of its address |\n"
    "| JSON Lines | the same, an object a row |\n"
    "| a row with `path` and no `text` | names the file of a page, relative to the table, .gz allowed; `url` or "
    "`outlet` must be there, `id`, `fetched_at` and `content_type` may |\n"
    "| WARC (`.warc`, `.warc.gz`) | every answer: a page, or why it is none |\n"
    "| saved pages (`.html`, `.htm`, `.xhtml`, `.gz` of the first two) | whose a page is, says the note of the browser or "
    "SingleFile that saved it, else the address that it calls its own, else the first folder inside the given one: "
    "a host, as wget names it, or the outlet's name. `NAME_files` beside a page is a part of it |\n"
    "| Zotero's CSV | `Key`, `Publication Title`, `Author`, `Date`, `Url`; the text is the first HTML snapshot among `File "
    "Attachments`, so export with files. An item without one is a failure |\n"
    "| Media Cloud's CSV of stories, CSL JSON (Zotero and other reference managers) | have addresses and no text: every row "
    "is a failure that says so; `parallax crawl --urls FILE` takes the file as it is, and reads the pages |\n\n"
    "RIS, BibTeX and Zotero's RDF are not read: export CSV with files from Zotero, or CSL JSON for the addresses.\n\n"
    "| key | usual names of its column, the first that is there |\n| --- | --- |\n"
    + "".join(
        f"| `{key}` | {', '.join(f'`{name}`' for name in names)} |\n"
        for key, names in usual_names().items()
    )
    + "\nSpaces, hyphens and capitals do not matter. A column that is nearly a key (`titel`) is asked about. With `--split-by "
    "COLUMN` each event is a file of its own in the folder `--out`; rows that name none, and events of which "
    "no row could be read, are in `not-read.ndjson` there."
)


def formats() -> str:
    """docs/formats.md: every file, its types, their fields, and the columns of every table."""
    parts = [
        "# Files",
        (
            f"{HOLDS_IT} JSON Schema of the same: [comparison](comparison.schema.json), "
            "[articles](articles.schema.json), [crawl](crawl.schema.json)."
        ),
        (
            "All text is UTF-8. Spans are offsets in characters into an article's own title or text, half "
            "open: `text[start:end]`. Times are ISO 8601, as precise as they are known. Unknown keys are "
            "skipped when a file is read, and null stands for a field that is not there."
        ),
        "## articles.jsonl",
        (
            "What `parallax crawl` and `parallax extract` write and `parallax compare` reads: a JSON object a "
            'line. `"type": "failure"` marks a [Failure](#failure), everything else is an '
            "[Article](#article), of which `id`, `outlet`, `title` and `text` must be there."
        ),
        "## Corpora in",
        CORPORA,
        "## comparison.json",
        (
            f"What `parallax compare` writes: a [Comparison](#comparison). `schema_version` is "
            f"{SCHEMA_VERSION}; it grows when a field changes its meaning, and older files are still read. "
            "Each article has `sha256` beside its fields: the hash of what was read."
        ),
        "## crawl.json",
        "What `parallax crawl` writes beside articles.jsonl: a [CrawlFile](#crawlfile).",
        "## Tables",
        (
            "CSV (RFC 4180) with a byte order mark, so that spreadsheets read it as UTF-8. What would begin a "
            "formula has an apostrophe in front. Every table has every detail of comparison.json: count those without "
            "`part_of` to count none twice."
        ),
        "### data/matrix.csv\n\nA line a detail; then a column an outlet, with the status in words.",
        _columns(MATRIX_COLUMNS),
        "### data/mentions.csv\n\nA line a mention; `rating: NAME` comes last where you gave ratings.",
        _columns(MENTION_COLUMNS),
        "### data/cells.csv\n\nA line a cell and nothing else, for statistics over many events.",
        _columns(CELL_COLUMNS),
        "### data/coding-sheet.csv\n\nA line a cell, with empty columns for a coder; `rating: NAME` comes last.",
        _columns(CODING_COLUMNS),
        "### data/sources.csv\n\nA line an outlet and a source that it cites; those without a name together, by kind.",
        _columns(SOURCE_COLUMNS),
        "### data/space.csv\n\nA line a detail and an outlet that states it.",
        _columns(SPACE_COLUMNS),
        "### data/naming.csv\n\nA line a wording of an outlet, of persons, and of groups and acts: what the page Words lists.",
        _columns(NAMING_COLUMNS),
        "### data/days.csv\n\nA line a day that an article names.",
        _columns(DAY_COLUMNS),
        "### data/ours.csv\n\nOnly with `--ours`: a line a detail that the page Our story lists.",
        _columns(OURS_COLUMNS),
        "### data/reference.csv\n\nOnly with `--reference`: a line a fact and an article that states it; one a fact and outlet where none does.",
        _columns(REFERENCE_COLUMNS),
        (
            "### by_rating.csv\n\nOnly with `--ratings`: a line a detail, `detail`, `part_of` and `text`, then for each of "
            "your ratings three columns with how many of its outlets `tell it`, `left it out`, `cannot tell`."
        ),
        (
            "### report/tables, over many events\n\nWhat `parallax report --all` writes: each table as CSV, and as "
            "Parquet where the extra `[tables]` is installed. text is a string (empty where there is none), whole "
            "an int64, number a double (missing where it is not defined), yes or no a bool in Parquet and the two "
            "words in CSV. Intervals are percentile bootstrap over events, 1,000 resamples of a fixed seed. "
            'R reads them so with `read.csv(PATH, fileEncoding = "UTF-8-BOM", na.strings = character())` (text is character, whole '
            "integer, number numeric), pandas with `read_parquet`, or `read_csv(PATH, keep_default_na=False, na_values={c: "
            '[""] for c in ("rate", "low", "high", "differing")})`.'
        ),
        *(
            part
            for name, columns in TABLE_COLUMNS.items()
            for part in (
                f"#### {name}",
                _columns({c: f"{told.holds} ({told.kind})" for c, told in columns.items()}),
            )
        ),
        "### Coding sheets\n\nWhat `parallax code` writes; [codebook.md](codebook.md) has the codes.",
        _columns(SHEET_COLUMNS),
        "## corrections.json",
        (
            "What `parallax correct` keeps beside comparison.json: a [CorrectionsFile](#correctionsfile). Report, "
            "explain and labelled data lay it over the comparison."
        ),
        "## events.jsonl",
        (
            "What `parallax events` writes: a row for each article with `id`, `event` (the event's id), `names` and "
            "`words` that most of its articles hold, `hours` from the first article to the last, and `likely`, "
            "the mean probability that two of them are about one event; null where nothing is known."
        ),
        "## Types",
        *(_type(kind) for kind in _types()),
        "## Words with a fixed meaning",
        *(_words(kind) for kind in _enums()),
    ]
    return "\n\n".join(parts) + "\n"


def _columns(columns: Mapping[str, str]) -> str:
    rows = (f"| `{name}` | {meaning} |" for name, meaning in columns.items())
    return "\n".join(["| column | holds |", "| --- | --- |", *rows])


def _types() -> list[type[Any]]:
    own = [c for c in {**vars(changes), **vars(datamodel)}.values() if dataclasses.is_dataclass(c)]
    first = [Comparison, Article, Failure]
    files: list[type[Any]] = [CrawlFile, LedgerRow, CorrectionsFile, Correction]
    return [*first, *(c for c in own if c not in first), *files]  # type: ignore[list-item]


def _enums() -> list[type[StrEnum]]:
    found = [*{**vars(kinds), **vars(changes), **vars(datamodel)}.values(), ItemKind]
    return [c for c in found if isinstance(c, type) and issubclass(c, StrEnum) and c is not StrEnum]


def _type(kind: type[Any]) -> str:
    hints = typing.get_type_hints(kind)
    rows = [
        f"| `{f.name}` | {_named(hints[f.name])} | {_absent(f)} |" for f in dataclasses.fields(kind)
    ]
    head = ["| field | type | if absent |", "| --- | --- | --- |"]
    return "\n".join([f"### {kind.__name__}", "", inspect.getdoc(kind) or "", "", *head, *rows])


def _named(hint: Any) -> str:
    """A type as a reader of JSON knows it, with a link where it has fields or words of its own."""
    if hint is type(None):
        return "null"
    origin, args = typing.get_origin(hint), typing.get_args(hint)
    if origin in {types.UnionType, typing.Union}:
        return " or ".join(_named(a) for a in args)
    if origin is tuple:
        return f"list of {_named(args[0])}"
    if origin is typing.Literal:
        return " or ".join(f'"{a}"' for a in args)
    if origin is not None:
        return f"object of {_named(args[1])}"
    plain = {str: "string", int: "integer", float: "number", bool: "true or false"}
    return plain.get(hint) or f"[{hint.__name__}](#{hint.__name__.lower()})"


def _absent(f: dataclasses.Field[Any]) -> str:
    if f.default_factory is not dataclasses.MISSING:
        return "empty"
    if f.default is dataclasses.MISSING:
        return "must be there"
    return "empty" if f.default == () else f"`{json.dumps(f.default)}`"


def _words(kind: type[StrEnum]) -> str:
    values = textwrap.fill(", ".join(f"`{v.value}`" for v in kind), 110, break_on_hyphens=False)
    return f"### {kind.__name__}\n\n{inspect.getdoc(kind)}\n\n{values}"
