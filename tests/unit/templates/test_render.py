from __future__ import annotations

import gc
import re
import subprocess
import sys
from collections import Counter
from dataclasses import replace
from hashlib import sha256
from pathlib import Path
from urllib.parse import unquote, urldefrag

import lxml.html
import pytest

from compare.codec import read_comparison
from compare.datamodel import Comparison, Event, Run
from compare.errors import OutputError, UsageError
from templates.folder import WRITTEN
from templates.render import write_report

Report = dict[str, lxml.html.HtmlElement]


@pytest.fixture(scope="module")
def folder(harbour: Comparison, tmp_path_factory: pytest.TempPathFactory) -> Path:
    return write_report(harbour, tmp_path_factory.mktemp("harbour") / "report").parent


@pytest.fixture(scope="module")
def report(folder: Path) -> Report:
    return {
        str(p.relative_to(folder)): lxml.html.document_fromstring(p.read_text("utf-8"))
        for p in sorted(folder.rglob("*.html"))
    }


def test_the_list_of_what_was_written_has_every_file_with_its_hash(folder: Path) -> None:
    lines = (folder / WRITTEN).read_text("utf-8").splitlines()
    listed = {name: hashed for hashed, _, name in (line.partition("  ") for line in lines)}
    there = {p.relative_to(folder).as_posix(): p for p in folder.rglob("*") if p.is_file()}
    del there[WRITTEN.as_posix()]
    assert listed == {name: sha256(path.read_bytes()).hexdigest() for name, path in there.items()}
    assert list(listed) == sorted(listed, key=lambda name: Path(name).parts)


def test_pages_do_not_stay_in_memory_when_they_are_written(
    harbour: Comparison, tmp_path: Path
) -> None:
    gc.collect()
    gc.disable()
    try:
        write_report(harbour, tmp_path / "report")
        assert gc.collect() < 1_000
    finally:
        gc.enable()


def text(element: lxml.html.HtmlElement) -> str:
    return " ".join(element.text_content().split())


def detail_path(harbour: Comparison, words: str) -> str:
    return f"details/{next(d.id for d in harbour.details if words in d.text)}.html"


def test_every_link_and_anchor_inside_resolves(folder: Path, report: Report) -> None:
    anchors = {path: set(page.xpath("//@id")) for path, page in report.items()}
    for path, page in report.items():
        for href in page.xpath("//@href | //@src"):
            if re.match(r"https?://", href):
                continue
            target, anchor = urldefrag(href)
            target = target.partition("?")[0]
            there = (folder / path).parent / unquote(target) if target else folder / path
            assert there.is_file(), (path, href)
            if anchor:
                assert anchor in anchors[str(there.resolve().relative_to(folder.resolve()))], (
                    path,
                    href,
                )


def test_anchors_are_unique_in_the_whole_report(report: Report) -> None:
    shared = {"main", "keys", "keys-title"}
    counts = Counter(
        i for path, page in report.items() for i in page.xpath("//@id") if i not in shared
    )
    # Headings of the single pages may repeat nowhere either: the one-file report holds them all.
    assert [i for i, n in counts.items() if n > 1] == []


def test_nothing_is_loaded_from_elsewhere(report: Report) -> None:
    for page in report.values():
        loaded = page.xpath("//script/@src | //link/@href | //img/@src | //iframe/@src")
        assert all(not re.match(r"[a-z]+:|//", address) for address in loaded)


def test_every_cell_of_the_matrix_leads_to_its_evidence_or_reason(
    harbour: Comparison, report: Report
) -> None:
    cells = report["matrix.html"].xpath("//table[@id='grid']//td/a")
    assert len(cells) == len(harbour.details) * len(harbour.outlets)
    for cell in cells:
        path, anchor = cell.get("href").split("#")
        place = report[path].get_element_by_id(anchor)
        if text(cell) in {"included", "taken over", "editorialized", "conflicting"}:
            links = place.xpath(".//p[@class='go']/a/@href")
            assert any("outlets/" in link for link in links)
            assert any("#:~:text=" in link or ":~:text=" in link for link in links)
        else:
            assert len(text(place)) > 60, "a reason in words"


def test_the_evidence_leads_to_the_sentence_in_its_article(
    harbour: Comparison, report: Report
) -> None:
    page = report[detail_path(harbour, "ran aground off the island")]
    [stand] = page.xpath("//article[contains(@id, 'tolvik-courier')]")
    link = stand.xpath(".//p[@class='go']/a/@href")[0]
    path, anchor = link.removeprefix("../").split("#")
    assert text(report[path].get_element_by_id(anchor)).startswith("There were 213 people on board")


def test_left_out_is_never_said_without_its_reason(harbour: Comparison, report: Report) -> None:
    reasons = {(d.id, c.outlet): c.reason for d in harbour.details for c in d.cells}
    for detail in harbour.details:
        page = report[f"details/{detail.id}.html"]
        for cell in detail.cells:
            assert reasons[detail.id, cell.outlet] in text(page)
    for gap in report["outlets/free-coast.html"].xpath("//section[@class='gap']"):
        assert "was read in full" in text(gap[1])
        assert "no sentence of it states any of these" in text(gap[1])
        for rows in gap.xpath(".//ul"):
            assert "Already in " in text(rows.getprevious())


def test_what_cannot_be_told_is_not_under_left_out(report: Report) -> None:
    for outlet, wanted in (
        ("meridian-evening", "Cannot tell"),
        ("skerry-radio", "Published before"),
        ("lantern-post", "Cannot tell"),
    ):
        titles = [
            text(h) for h in report[f"outlets/{outlet}.html"].xpath("//section[@class='gap']/h3")
        ]
        assert any(title.startswith(wanted) for title in titles)
        assert not any(title.startswith("Left out") for title in titles)


def test_the_story_tells_agreement_conflict_and_solitude_in_order(report: Report) -> None:
    headings = [text(h) for h in report["index.html"].xpath("//main//h2[@id]")]
    assert headings == [
        "What else all who could report 1", "What one alone reports 6", "Who editorialized how",
    ]  # fmt: skip
    story = text(report["index.html"])
    assert (
        "12 details, by how many outlets report them. 6 articles of 6 outlets, which go back to 5 texts."
        in story
    )
    assert "Cannot be judged: Lantern Post (the server answered 403 Forbidden)." in story


def test_the_first_sentence_says_what_the_difference_is_and_who_cannot_be_judged(
    report: Report,
) -> None:
    page = report["index.html"]
    assert text(page.get_element_by_id("difference")) == (
        "They contradict each other on 2 points, first of all “214” (Northline Wire) against “at least 230” "
        "(Free Coast); 4 details that matter are left out, by The Daily Harbour, Free Coast and Tolvik Courier; "
        "Free Coast uses strongly loaded words; The Daily Harbour and Free Coast run another’s text."
    )
    [unjudged] = page.xpath("//p[@class='unread']")
    assert text(unjudged).startswith(
        "Cannot be judged: Lantern Post (the server answered 403 Forbidden). Read only in part, so that nothing "
        "is said of what they lack: Meridian Evening (behind a paywall)."
    )


def test_nothing_stands_twice_on_the_story(report: Report) -> None:
    said = [
        " ".join(e.text_content().split())
        for e in report["index.html"].xpath("//main//a[contains(@class, 'text')]")
    ]
    assert len(said) > 10
    assert sorted(said) == sorted(set(said))


def test_conflicting_values_and_loaded_words_are_marked_in_their_sentence(
    harbour: Comparison, report: Report
) -> None:
    page = report[detail_path(harbour, "ran aground off the island")]
    assert [text(m) for m in page.xpath("//article[contains(@id, 'free-coast')]//blockquote/mark")] == [
        "rust-bucket", "slammed into the rocks", "at least 230",
    ]  # fmt: skip
    assert "others say “ran aground”" in text(page)


def test_each_differing_value_stands_once_with_all_who_give_it(
    harbour: Comparison, report: Report
) -> None:
    page = report[detail_path(harbour, "ran aground off the island")]
    [line] = page.xpath("//section[@class='conflicts']/ul/li")
    assert text(line) == (
        "Numbers differ 214 Northline Wire at least 230 Free Coast 213 Tolvik Courier"
    )
    assert "Northline Wire says 214, Tolvik Courier says 213." in text(page)


def test_an_article_is_shown_whole_with_every_claim_marked(
    harbour: Comparison, report: Report
) -> None:
    page = report["outlets/free-coast.html"]
    [article] = page.xpath("//article[@class='read']")
    for mark in article.xpath(".//sup"):
        mark.drop_tree()
    source = next(a for a in harbour.articles if a.outlet == "Free Coast")
    shown = text(article)
    for line in source.text.split("\n"):
        assert " ".join(line.split()) in shown
    kinds = Counter(s.get("class") for s in article.xpath(".//span[starts-with(@class, 's ')]"))
    assert kinds == {"s editorialized": 3, "s carried": 2, "s own": 1}
    assert article.xpath(".//blockquote")


def test_failures_and_other_events_are_told_apart(report: Report) -> None:
    page = report["method.html"]
    lost, elsewhere = (
        text(page.xpath(f"//h2[@id='{name}']/..//table")[0]) for name in ("failures", "elsewhere")
    )
    assert "403 Forbidden" in lost
    assert "about another event: a ferry that ran aground in 2027" in elsewhere


def test_the_same_comparison_gives_the_same_bytes(
    harbour: Comparison, folder: Path, tmp_path: Path
) -> None:
    again = write_report(harbour, tmp_path / "again").parent
    files = sorted(p.relative_to(folder) for p in folder.rglob("*") if p.is_file())
    assert files == sorted(p.relative_to(again) for p in again.rglob("*") if p.is_file())
    assert all((folder / f).read_bytes() == (again / f).read_bytes() for f in files)


def test_the_report_can_be_made_again_from_its_own_data(harbour: Comparison, folder: Path) -> None:
    assert read_comparison(folder / "data" / "comparison.json") == harbour


def test_a_comparison_of_nothing_is_shown_as_such(tmp_path: Path) -> None:
    empty = Comparison(
        schema_version=1,
        run=Run(parallax="0", model="m"),
        event=Event(),
        outlets=(),
        articles=(),
        details=(),
    )
    index = write_report(empty, tmp_path / "report").read_text()
    assert "No contradiction between the outlets was found." in index


def test_a_folder_that_is_no_report_is_refused(harbour: Comparison, tmp_path: Path) -> None:
    (tmp_path / "mine.txt").write_text("x")
    with pytest.raises(OutputError):
        write_report(harbour, tmp_path)


def test_a_detail_without_verdicts_is_not_called_left_out(
    harbour: Comparison, tmp_path: Path
) -> None:
    bare = replace(harbour, details=tuple(replace(d, cells=()) for d in harbour.details))
    matrix = write_report(bare, tmp_path / "report").with_name("matrix.html").read_text()
    page: lxml.html.HtmlElement = lxml.html.document_fromstring(matrix)
    assert "left out" not in text(page.get_element_by_id("grid"))
    assert "not judged" in matrix


def test_outside_links_go_only_through_the_filter() -> None:
    room = Path(__file__).parents[3] / "templates"
    for path in room.rglob("*.html"):
        for value in re.findall(r'(?:href|src)="([^"]*)"', path.read_text()):
            inside = value.startswith(("{{ to.", "{{ hrefs[", "#"))
            assert inside or "| web" in value, (path.name, value)
        assert "| safe" not in path.read_text()


def test_importing_the_renderer_loads_nothing_heavy() -> None:
    heavy = {"torch", "sentence_transformers", "faiss", "scrapy", "twisted", "typer", "trafilatura"}
    code = "import sys, templates.render; print(' '.join(sys.modules))"
    loaded = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True
    ).stdout.split()
    assert not heavy & set(loaded)


def test_a_report_has_the_title_and_the_command_that_were_given(
    harbour: Comparison, tmp_path: Path
) -> None:
    said = {"title": "The bridge of Marden", "command": "parallax run --only --out DIR"}
    run = replace(harbour.run, settings={**harbour.run.settings, **said})
    write_report(replace(harbour, run=run), tmp_path / "report")
    assert "The bridge of Marden</h1>" in (tmp_path / "report" / "index.html").read_text()
    method = (tmp_path / "report" / "method.html").read_text()
    assert method.count("parallax run --only --out DIR") == 1
    assert "The bridge of Marden" in method


def test_an_id_of_an_earlier_run_leads_to_the_detail_that_it_went_into(
    harbour: Comparison, tmp_path: Path
) -> None:
    target = harbour.details[0]
    moved = replace(harbour, forwarded={"cafe00000001": target.id, "cafe00000002": "gone"})
    folder = write_report(moved, tmp_path / "report").parent
    page = lxml.html.document_fromstring((folder / "details/cafe00000001.html").read_text("utf-8"))
    (link,) = (a for a in page.iter("a") if a.get("class") == "text")
    assert unquote(link.get("href", "")).endswith(f"{target.id}.html")
    assert text(link) == target.text
    assert not (folder / "details/cafe00000002.html").exists()


def test_a_link_preview_has_its_picture_by_its_whole_address(
    harbour: Comparison, tmp_path: Path
) -> None:
    index = write_report(harbour, tmp_path / "report", address="https://news.example/grounding")
    for path in (index, *index.parent.glob("outlets/*.html")):
        page = lxml.html.document_fromstring(path.read_bytes())
        assert page.xpath("//meta[@property='og:image']/@content") == [
            "https://news.example/grounding/assets/preview.png"
        ]


@pytest.mark.parametrize(
    "address", ["news.example/x", "javascript:alert(1)", "https://a.example/?q"]
)
def test_an_address_that_is_none_is_told(harbour: Comparison, tmp_path: Path, address: str) -> None:
    with pytest.raises(UsageError, match=r"https://news\.example/report/"):
        write_report(harbour, tmp_path / "report", address=address)
    assert not (tmp_path / "report").exists()
