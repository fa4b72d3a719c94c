"""Processes do what one process does; one that dies costs its unit another try, and nobody else anything."""

from __future__ import annotations

import os
from pathlib import Path

from parallax.fleet.fleet import Here, Processes
from parallax.fleet.work import EventUnit


def upper(unit: EventUnit) -> bytes:
    return unit.articles[0].upper()


def dies_once(unit: EventUnit) -> bytes:
    marker = Path(unit.inputs)
    if unit.event == "e1" and not marker.exists():
        marker.touch()
        os._exit(9)
    return upper(unit)


def dies_always(unit: EventUnit) -> bytes:
    if unit.event == "e1":
        os._exit(9)
    return upper(unit)


def units(inputs: str = "") -> list[EventUnit]:
    return [EventUnit(f"e{n}", inputs, (f"article {n}".encode(),)) for n in range(5)]


def test_a_worker_that_dies_costs_its_unit_another_try(tmp_path: Path) -> None:
    here = {d.unit.event: d.result for d in Here().run(upper, units())}
    with Processes(2) as fleet:
        there = fleet.run(dies_once, units(str(tmp_path / "marker")))
        assert {d.unit.event: d.result for d in there} == here
        again = fleet.run(upper, units())  # whoever died has a successor for the next run, too
        assert {d.unit.event: d.result for d in again} == here


def test_a_unit_that_always_kills_its_worker_is_lost_alone() -> None:
    with Processes(2) as fleet:
        done = {d.unit.event: d for d in fleet.run(dies_always, units())}
    assert len(done) == 5
    assert [d.unit.event for d in done.values() if d.result is None] == ["e1"]
    assert done["e1"].why


def test_a_bug_in_one_event_is_said_and_the_others_go_on() -> None:
    bad = [EventUnit("bad", "", ()), *units()]
    (lost,) = [d for d in Here().run(upper, bad) if d.result is None]
    assert (lost.unit.event, lost.why) == ("bad", "IndexError: tuple index out of range")


def dies_at_once(unit: EventUnit) -> bytes:
    os.kill(os.getpid(), 9)
    return upper(unit)


def test_processes_that_all_die_lose_what_they_had_and_no_more() -> None:
    bad, good = units()[:2], units()[2:]
    with Processes(2) as fleet:
        done = {d.unit.event: d.result for d in fleet.run(dies_by_name, [*bad, *good])}
    assert done == {u.event: None if u in bad else upper(u) for u in [*bad, *good]}


def dies_by_name(unit: EventUnit) -> bytes:
    return dies_at_once(unit) if unit.event in {"e0", "e1"} else upper(unit)
