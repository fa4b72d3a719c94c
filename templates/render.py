"""A comparison as a folder of pages and tables."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from pathlib import Path

from compare.codec import encode_comparison
from compare.datamodel import Comparison
from compare.errors import UsageError
from templates.exports import coding_sheet_csv, matrix_csv, mentions_csv
from templates.facts import Facts
from templates.folder import whole_folder
from templates.press import STATIC, Page, Press
from templates.strings import Strings, english
from templates.views.detail import detail_page
from templates.views.headlines import headlines_page
from templates.views.matrix import matrix_page
from templates.views.method import method_page
from templates.views.origins import origins_page
from templates.views.outlet import mentions_by_article, outlet_page
from templates.views.pairs import pair_pages, pairs_page
from templates.views.parts import words_of_codes
from templates.views.story import origins, story_page
from templates.views.timeline import timeline_page
from templates.views.words import words_page

ONE_FILE = "report.html"


def write_report(
    comparison: Comparison,
    out: Path,
    *,
    single_file: bool = False,
    theme: Path | None = None,
    strings: Strings | None = None,
    progress: Callable[[str, int, int], None] | None = None,
) -> Path:
    """Writes the report's folder whole and returns its index.html; the same input gives the same bytes.

    With `single_file`, the folder also gets report.html, which holds every page and needs no other
    file; its path is returned. `theme` is a stylesheet that comes after ours; `strings` another
    language than English.

    Raises OutputError where the folder cannot be written or holds something else, UsageError for a
    theme that cannot be read, and ComparisonFileError for a comparison whose references lead
    nowhere. `progress` is told what is being done, how many files are done, and of how many (0:
    unknown).
    """
    style = _theme(theme)
    facts = Facts(comparison, strings or english())
    with whole_folder(out) as folder:
        made = files(facts, theme=style, single_file=single_file)
        _write(folder, _told(made, progress) if progress else made)
    return out / (ONE_FILE if single_file else "index.html")


def _told(
    made: Iterable[tuple[str, bytes]], progress: Callable[[str, int, int], None]
) -> Iterator[tuple[str, bytes]]:
    for number, file in enumerate(made):
        progress("writing the report, file", number, 0)
        yield file


def _write(folder: Path, made: Iterable[tuple[str, bytes]]) -> None:
    known: set[Path] = set()
    for path, data in made:
        target = folder / path
        if target.parent not in known:
            target.parent.mkdir(parents=True, exist_ok=True)
            known.add(target.parent)
        target.write_bytes(data)


def _theme(path: Path | None) -> str:
    if path is None:
        return ""
    try:
        style = path.read_text("utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise UsageError(f"{path} cannot be read as a theme: {error}. Give a CSS file.") from error
    if "</style" in style.lower():
        raise UsageError(f"{path} is no theme: it holds a </style> tag. Give a CSS file.")
    return style


def files(
    facts: Facts, *, theme: str = "", single_file: bool = False
) -> Iterator[tuple[str, bytes]]:
    """Every file of a report with its path, one at a time."""
    press = Press(facts, themed=bool(theme))
    for path, page in pages(facts):
        yield path, press.document(path, page).encode()
    if single_file:
        yield ONE_FILE, press.one_file((page for _, page in pages(facts)), theme=theme).encode()
    yield "data/matrix.csv", matrix_csv(facts)
    yield "data/mentions.csv", mentions_csv(facts)
    yield "data/coding-sheet.csv", coding_sheet_csv(facts)
    yield "data/comparison.json", encode_comparison(facts.comparison)
    for name in ("report.css", "report.js"):
        yield f"assets/{name}", (STATIC / name).read_bytes()
    if theme:
        yield "assets/theme.css", theme.encode()


def pages(facts: Facts) -> Iterator[tuple[str, Page]]:
    """Every page of a report with its path."""
    stated_in = mentions_by_article(facts)
    yield "index.html", story_page(facts)
    yield "matrix.html", matrix_page(facts)
    yield "pairs.html", pairs_page(facts)
    yield "headlines.html", headlines_page(facts, stated_in)
    yield "words.html", words_page(facts)
    yield "timeline.html", timeline_page(facts)
    yield "origins.html", origins_page(facts, origins(facts))
    yield "method.html", method_page(facts)
    for name in facts.outlets:
        page = outlet_page(facts, name, stated_in)
        yield f"outlets/{page.key}.html", page
    for pair in pair_pages(facts):
        yield f"pairs/{pair.key}.html", pair
    words = words_of_codes(facts.say)
    for fact in facts.details:
        yield f"details/{fact.key}.html", detail_page(facts, fact, words)
