"""A comparison as a folder of pages and tables."""

from __future__ import annotations

import gc
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

from compare.codec import encoded_in_pieces
from compare.datamodel import Comparison
from compare.errors import UsageError
from compare.progress import Progress
from templates.embed import embeds, preview
from templates.exports import by_rating_csv, cells_csv, coding_sheet_csv, matrix_csv, mentions_csv
from templates.facts.details import DetailFact
from templates.facts.index import Facts, mentions_by_article
from templates.facts.known import Known
from templates.facts.rated import Rated
from templates.folder import whole_folder
from templates.html.links import web
from templates.html.strings import Strings, english
from templates.press import STATIC, Page, Press, stylesheet
from templates.view_tables import view_tables
from templates.views.changed import changed_page, has_changes
from templates.views.detail import detail_page
from templates.views.headlines import headlines_page
from templates.views.matrix import matrix_page
from templates.views.method import method_page
from templates.views.moved import moved_pages
from templates.views.origins import origins_page
from templates.views.ours import ours_page
from templates.views.outlet import outlet_page
from templates.views.outlets import outlets_page
from templates.views.pairs import pair_pages, pairs_page
from templates.views.reference import reference_page
from templates.views.shared import words_of_codes
from templates.views.space import space_page
from templates.views.story import story_page
from templates.views.timeline import timeline_page
from templates.views.words import WordsPage, words_page
from templates.views.worksheet import worksheet_page
from templates.writing import File, write_files

ONE_FILE = "report.html"
BY_RATING = "by_rating.csv"


def write_report(
    comparison: Comparison,
    out: Path,
    *,
    single_file: bool = False,
    theme: Path | None = None,
    strings: Strings | None = None,
    ratings: Rated | None = None,
    known: Mapping[str, Known] | None = None,
    ours: str = "",
    address: str = "",
    progress: Progress | None = None,
) -> Path:
    """Writes the report's folder whole and returns its index.html; the same input gives the same bytes.

    With `single_file`, the folder also gets report.html, which holds every page and needs no other
    file; its path is returned. `theme` is a stylesheet that comes after ours; `strings` another
    language than English. `ratings` are the user's own ratings of outlets, shown as such; details
    counted by them are by_rating.csv. `known` is what a registry says of the outlets; `ours` the user's own
    outlet, whose story then comes first; `address` where the report will stand on the web, which
    previews of links need for their picture.

    Raises OutputError where the folder cannot be written or holds something else, UsageError for a
    theme that cannot be read or an address that is none, and ComparisonFileError for a comparison whose references lead
    nowhere. `progress` is told what is being done, how many files are done, and of how many (0:
    unknown).
    """
    style, place = _theme(theme), _address(address)
    hashes: dict[str, str] = {}

    def facts() -> Facts:
        return Facts(comparison, strings or english(), ratings, known=known, ours=ours)

    with _uncollected(), whole_folder(out, hashes) as folder:
        told = facts()
        later = tuple(map(_detail_path, told.details))
        made = files(told, theme=style, single_file=single_file, address=place)
        del told  # no name holds the facts: they are gone before cycles are looked for again
        hashes |= write_files(folder, _told(made, progress), later)
        del made
    return out / (ONE_FILE if single_file else "index.html")


@contextmanager
def _uncollected() -> Iterator[None]:
    """Nobody looks for cycles: a report makes millions of objects, and next to none in a cycle."""
    enabled = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if enabled:
            gc.enable()


def _told(made: Iterable[File], progress: Progress | None) -> Iterator[File]:
    for number, file in enumerate(made):
        if progress:
            progress("writing the report, file", number, 0)
        yield file


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


def _address(given: str) -> str:
    """The folder's address with a slash at its end; "" where none is given."""
    if not given:
        return ""
    if not web(given) or {"?", "#"} & set(given):
        raise UsageError(
            f"{given} is no address of a folder. Give one such as https://news.example/report/."
        )
    return given.removesuffix("index.html").rstrip("/") + "/"


def files(
    facts: Facts, *, theme: str = "", single_file: bool = False, address: str = ""
) -> Iterator[File]:
    """Every file of a report with its path, one at a time."""
    press = Press(facts, themed=bool(theme), address=address)
    yield from _all_but_details(facts, press, theme=theme, single_file=single_file)
    yield from _details(facts.details, facts, press)


def _all_but_details(
    facts: Facts, press: Press, *, theme: str, single_file: bool
) -> Iterator[File]:
    words = words_page(facts)
    for path, page in _shared_pages(facts, words):
        yield path, press.document(path, page)
    if single_file:
        yield ONE_FILE, press.one_file((page for _, page in pages(facts)), theme=theme).encode()
    yield "data/matrix.csv", matrix_csv(facts)
    yield "data/mentions.csv", mentions_csv(facts)
    yield "data/cells.csv", cells_csv(facts)
    yield from view_tables(facts, words)
    yield "data/coding-sheet.csv", coding_sheet_csv(facts)
    if facts.ratings:
        yield BY_RATING, by_rating_csv(facts, facts.ratings)
    yield "data/comparison.json", encoded_in_pieces(facts.comparison)
    yield from embeds(facts)
    yield "assets/preview.png", preview(facts)
    yield "assets/report.css", stylesheet("report.css").encode()
    yield "assets/report.js", (STATIC / "report.js").read_bytes()
    if theme:
        yield "assets/theme.css", theme.encode()


def _details(details: Iterable[DetailFact], facts: Facts, press: Press) -> Iterator[File]:
    for path, page in _detail_pages(details, facts):
        yield path, press.document(path, page)


def pages(facts: Facts) -> Iterator[tuple[str, Page]]:
    """Every page of a report with its path."""
    yield from _shared_pages(facts, words_page(facts))
    yield from _detail_pages(facts.details, facts)


def _shared_pages(facts: Facts, words: WordsPage) -> Iterator[tuple[str, Page]]:
    stated_in = mentions_by_article(facts)
    yield "index.html", story_page(facts)
    yield "matrix.html", matrix_page(facts)
    yield "outlets.html", outlets_page(facts)
    if facts.ours:
        yield "ours.html", ours_page(facts)
    if facts.comparison.reference:
        yield "reference.html", reference_page(facts)
    yield "space.html", space_page(facts)
    yield "pairs.html", pairs_page(facts)
    yield "headlines.html", headlines_page(facts, stated_in)
    yield "words.html", words
    yield "timeline.html", timeline_page(facts)
    if has_changes(facts):
        yield "changed.html", changed_page(facts)
    yield "origins.html", origins_page(facts, facts.origins)
    yield "method.html", method_page(facts)
    yield "worksheet.html", worksheet_page(facts)
    for name in facts.outlets:
        page = outlet_page(facts, name, stated_in)
        yield f"outlets/{page.key}.html", page
    for pair in pair_pages(facts):
        yield f"pairs/{pair.key}.html", pair


def _detail_pages(details: Iterable[DetailFact], facts: Facts) -> Iterator[tuple[str, Page]]:
    words = words_of_codes(facts.say)
    for fact in details:
        yield _detail_path(fact), detail_page(facts, fact, words)
    yield from ((f"details/{page.old}.html", page) for page in moved_pages(facts))


def _detail_path(fact: DetailFact) -> str:
    return f"details/{fact.key}.html"
