from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from compare.datamodel import Comparison, Status
from compare.errors import ComparisonFileError
from templates.facts.index import Facts
from templates.html.strings import english
from templates.render import write_report
from templates.views.shared import first_said


def codes(facts: Facts, words: str) -> str:
    return next(f.codes for f in facts.details if words in f.detail.text)


def test_every_status_has_its_own_letter_and_carried_text_is_told_apart(
    harbour: Comparison,
) -> None:
    facts = Facts(harbour, english())
    assert codes(facts, "ran aground off the island") == "ckcciiq"
    assert codes(facts, "Nobody was hurt") == "ikkiibq"
    assert codes(facts, "had been steering") == "ileiqbq"


def test_all_who_could_means_that_nobody_who_could_know_left_it_out(harbour: Comparison) -> None:
    groups = {f.detail.text: f.group for f in Facts(harbour, english()).details}
    assert groups["Nobody was hurt."] == "able"
    assert "everyone" not in groups.values()
    assert groups["Skerry Line did not say who had been steering."] == "some"
    assert groups["Lifeboats are on their way."] == "one"


def test_everyone_means_every_outlet(harbour: Comparison) -> None:
    read = tuple(o for o in harbour.outlets if o != "Lantern Post")
    facts = Facts(replace(harbour, outlets=read), english())
    [first] = [f for f in facts.details if f.group == "everyone"]
    assert first.detail.text.startswith("The car ferry Maren")
    assert (first.stated_by, first.able) == (6, 6)


def test_two_of_many_are_not_everyone_even_if_nobody_is_known_to_have_left_it_out(
    harbour: Comparison,
) -> None:
    rare = next(d for d in harbour.details if "cooperate" in d.text)
    cells = tuple(
        replace(c, status=Status.CANNOT_TELL) if c.status is Status.LEFT_OUT else c
        for c in rare.cells
    )
    details = tuple(replace(d, cells=cells) if d is rare else d for d in harbour.details)
    facts = Facts(replace(harbour, details=details), english())
    assert next(f.group for f in facts.details if f.detail.id == rare.id) == "some"


def test_the_most_reported_detail_comes_first(harbour: Comparison) -> None:
    facts = Facts(harbour, english())
    counts = [f.stated_by for f in facts.details]
    assert counts == sorted(counts, reverse=True)
    assert [f.order for f in facts.details] == list(range(1, len(counts) + 1))


def test_the_most_central_detail_comes_before_the_most_reported(harbour: Comparison) -> None:
    last = Facts(harbour, english()).details[-1].detail.id
    details = tuple(
        replace(d, importance_score=0.9 if d.id == last else 0.1) for d in harbour.details
    )
    assert Facts(replace(harbour, details=details), english()).details[0].detail.id == last


def test_order_does_not_hang_on_the_order_of_details_in_the_file(harbour: Comparison) -> None:
    backwards = replace(harbour, details=harbour.details[::-1])
    assert [f.key for f in Facts(harbour, english()).details] == [
        f.key for f in Facts(backwards, english()).details
    ]


def test_the_fingerprint_changes_with_what_was_read(harbour: Comparison) -> None:
    other = replace(
        harbour,
        articles=(
            replace(harbour.articles[0], text=harbour.articles[0].text + " More."),
            *harbour.articles[1:],
        ),
    )
    assert Facts(harbour, english()).fingerprint != Facts(other, english()).fingerprint


def broken(harbour: Comparison, **changes: object) -> Comparison:
    detail = harbour.details[0]
    mention = replace(detail.mentions[0], **changes)  # type: ignore[arg-type]
    return replace(
        harbour,
        details=(replace(detail, mentions=(mention, *detail.mentions[1:])), *harbour.details[1:]),
    )


@pytest.mark.parametrize(
    "changes",
    [
        {"article": "nowhere"},
        {"end": 99_999},
        {"start": -1},
        {"start": 50, "end": 40},
        {"outlet": "Other"},
    ],
)
def test_a_mention_that_leads_nowhere_is_refused(
    harbour: Comparison, changes: dict[str, object]
) -> None:
    with pytest.raises(ComparisonFileError, match="Compare the articles again"):
        Facts(broken(harbour, **changes), english())


def test_a_cell_that_points_at_no_mention_is_refused(harbour: Comparison) -> None:
    detail = harbour.details[0]
    cells = (replace(detail.cells[0], mentions=(17,)), *detail.cells[1:])
    with pytest.raises(ComparisonFileError, match="does not have"):
        Facts(
            replace(harbour, details=(replace(detail, cells=cells), *harbour.details[1:])),
            english(),
        )


def test_an_outlet_that_only_an_article_names_is_not_lost(harbour: Comparison) -> None:
    facts = Facts(replace(harbour, outlets=harbour.outlets[1:]), english())
    assert facts.outlets[-1] == harbour.outlets[0]


def with_part(harbour: Comparison) -> tuple[Comparison, str, str]:
    """The comparison with one detail marked as part of another: their ids."""
    main, part = harbour.details[1], harbour.details[5]
    details = tuple(replace(d, part_of=main.id) if d is part else d for d in harbour.details)
    return replace(harbour, details=details), main.id, part.id


def test_a_part_has_no_row_of_its_own_but_its_mentions_stay(harbour: Comparison) -> None:
    comparison, main, part = with_part(harbour)
    facts = Facts(comparison, english())
    assert part not in {f.detail.id for f in facts.details}
    assert len(facts.details) == len(harbour.details) - 1
    counted = sum(1 for fact, _ in facts.statements() if fact.detail.id == main)
    assert counted == len(harbour.details[1].mentions) + len(harbour.details[5].mentions)


def test_a_part_of_nothing_known_is_shown_by_itself(harbour: Comparison) -> None:
    details = tuple(replace(d, part_of="gone") for d in harbour.details)
    assert len(Facts(replace(harbour, details=details), english()).details) == len(details)


def test_the_page_of_the_main_detail_holds_its_parts(harbour: Comparison, tmp_path: Path) -> None:
    comparison, main, part = with_part(harbour)
    report = write_report(comparison, tmp_path / "report").parent
    assert f'id="d-{part}"' in (report / f"details/{main}.html").read_text("utf-8")
    assert not (report / f"details/{part}.html").exists()
    for table in ("matrix", "cells", "coding-sheet", "mentions"):
        assert f"{part},{main}," in (report / f"data/{table}.csv").read_text("utf-8"), table


def test_nobody_is_called_first_where_only_the_day_is_known(harbour: Comparison) -> None:
    def said(comparison: Comparison) -> str:
        facts = Facts(comparison, english())
        return first_said(
            facts, next(f for f in facts.details if "Nobody was hurt" in f.detail.text)
        )

    by_day = tuple(replace(a, published="2031-05-06", modified=None) for a in harbour.articles)
    assert said(harbour).startswith("first in ")
    assert said(replace(harbour, articles=by_day)) == ""
