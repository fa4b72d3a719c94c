"""One list of agencies: who signs, who is cited and whose picture it is are told by the same names."""

from __future__ import annotations

import pytest

from compare import agencies
from compare.kinds import Voice
from compare.language.attribution import voice_of
from compare.language.boilerplate_words import CAPTION
from compare.verdicts.origins import canonical_source


@pytest.mark.parametrize("agency", agencies.AGENCIES, ids=lambda agency: agency.name)
def test_what_a_page_credits_is_the_agency_that_texts_cite(agency: agencies.Agency) -> None:
    assert canonical_source(agency.credit, {}) == agency.name
    for form in (*agency.forms, *agency.signed):
        assert canonical_source(form, {}) == agency.name
        assert agencies.signature(agency).search(f"With {form.upper()}")
    for form in agency.forms:
        assert voice_of(form) is Voice.OUTLET
        assert canonical_source(f"the agency {form}", {}) in {agency.name, f"the agency {form}"}


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("the state news agency Yonhap", "Yonhap"),
        ("Press Trust of India", "PTI"),
        ("the Australian Associated Press", "AAP"),
        ("the Iowa Press Association", "the Iowa Press Association"),
        ("a Harrisburg, PA, lawyer", "a Harrisburg, PA, lawyer"),
        ("PA", "PA Media"),
    ],
)
def test_a_name_that_others_bear_too_is_an_agency_only_alone(written: str, meant: str) -> None:
    assert canonical_source(written, {}) == meant


def test_no_name_means_two_agencies() -> None:
    named = [{f.lower() for f in (a.name, *a.forms, *a.signed)} for a in agencies.AGENCIES]
    assert sum(map(len, named)) == len(set().union(*named))


def test_captions_and_sources_know_every_agency_of_the_list() -> None:
    assert CAPTION.search("Rescue workers at the weir. Ana Roe/Canadian Press")
    assert voice_of("the APA's ethics committee") is Voice.NAMED
