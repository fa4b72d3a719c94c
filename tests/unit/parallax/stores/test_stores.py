"""Both stores hold the same, whatever the order in which files came, how often, and by how many hands."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path

import pytest

from compare.datamodel import Article, Failure, Stage
from compare.errors import InputError, OutputError, UsageError
from parallax.stores.folder import FolderStore
from parallax.stores.open import open_store
from parallax.stores.store import Counts, Store
from tests.unit.parallax.stores.conftest import Server

AT, BY = "2024-05-04T00:00:00+00:00", "ann"
ONE = Article(
    id="1", outlet="Wire", title="A bridge fell", text="The old bridge at Tarn collapsed. Nobody was hurt.",
    url="https://wire.example/1", published="2024-05-01T10:00:00+00:00", fetched_at="2024-05-01T11:00:00+00:00",
)  # fmt: skip
LATER = replace(
    ONE,
    text="The old bridge at Tarn collapsed. Two were hurt.",
    fetched_at="2024-05-01T18:00:00+00:00",
)
OTHER = replace(ONE, id="2", outlet="Post", url="https://post.example/1", published="2024-05-03")
UNDATED = replace(ONE, id="3", outlet="Mail", url=None, published=None)
LOST = Failure(stage=Stage.FETCH, reason="HTTP 503", url="https://mail.example/9")


def filled(new_store: Callable[[], Store]) -> Store:
    store = new_store()
    assert store.add_file("f1", "monday", [ONE, OTHER, LOST], at=AT, by=BY)
    assert store.add_file(
        "f2", "tuesday", [LATER, replace(ONE, fetched_at="2024-05-02"), UNDATED], at=AT, by=BY
    )
    return store


def test_every_row_is_an_article_a_duplicate_or_a_failure(new_store: Callable[[], Store]) -> None:
    with filled(new_store) as store:
        assert store.counts() == Counts(files=2, articles=4, versions=1, duplicates=1, failures=1)
        assert not store.add_file("f1", "monday again", [ONE], at=AT, by=BY)
        assert store.has_file("f1")
        assert not store.has_file("f3")
        assert store.counts().duplicates == 1


def test_the_newest_text_of_each_page_in_a_window_of_days(new_store: Callable[[], Store]) -> None:
    with filled(new_store) as store:
        texts = {a.outlet: a.text for a in store.articles("2024-05-01", "2024-05-02")}
        assert texts == {"Wire": LATER.text}
        assert {a.outlet for a in store.articles("2024-05-02")} == {"Post"}
        assert [a.id for a in store.articles()] == sorted(a.id for a in store.articles())
        assert {a.outlet for a in store.articles()} == {"Wire", "Post", "Mail"}


def test_no_order_of_the_files_matters(tmp_path: Path, postgres: Server) -> None:
    found = []
    for number, name in enumerate([tmp_path / "a", tmp_path / "b", postgres.new_database()]):
        files = [("f1", [ONE, OTHER]), ("f2", [LATER, replace(ONE, fetched_at="2024-05-01")])]
        with open_store(str(name)) as store:
            for digest, rows in files if number != 1 else files[::-1]:
                store.add_file(digest, digest, rows, at=AT, by=BY)
            found.append((store.counts(), list(store.articles()), store.find("bridge", 9)))
    assert found[0] == found[1] == found[2]


def test_sentences_are_found_by_words_in_any_form(new_store: Callable[[], Store]) -> None:
    with filled(new_store) as store:
        found = store.find("bridges collapse", 10)
        assert [f.outlet for f in found] == ["Post", "Wire", "Mail"]
        assert {f.text for f in found} == {"The old bridge at Tarn collapsed."}
        assert store.find("collapsed hurt", 10) == []  # not in one sentence
        assert len(store.find("bridge", 1)) == 1
        with pytest.raises(UsageError, match="no word"):
            store.find("the", 10)


def test_what_a_page_took_back_is_not_found_in_it(new_store: Callable[[], Store]) -> None:
    with filled(new_store) as store:
        assert {f.outlet for f in store.find("nobody hurt", 10)} == {"Post", "Mail"}
        assert [f.outlet for f in store.find("two hurt", 10)] == ["Wire"]


def test_a_folder_without_columns_gives_the_same(tmp_path: Path) -> None:
    """As one that was filled where pyarrow is not installed."""
    with filled(lambda: FolderStore(tmp_path / "s")) as store:

        def told() -> tuple[object, ...]:
            days = list(store.articles("2024-05-01", "2024-05-02"))
            return store.counts(), list(store.articles()), days, store.find("bridge hurt", 9)

        whole = told()
        (tmp_path / "s" / "files" / "f2.parquet").unlink()
        assert told() == whole
        (tmp_path / "s" / "files" / "f1.parquet").unlink()
        assert told() == whole


def test_comparisons_are_kept_once_and_the_last_is_given(new_store: Callable[[], Store]) -> None:
    with new_store() as store:
        assert store.comparison("e") is None
        assert store.keep("e", "i1", b"first", at="2024-05-01", by="ann")
        assert store.keep("e", "i2", b"second", at="2024-05-02", by="bob")
        assert not store.keep("e", "i1", b"first", at="2024-05-03", by="cid")
        assert store.comparison("e") == b"second"
        assert store.counts().comparisons == 2


def test_what_two_people_say_at_once_is_all_kept(new_store: Callable[[], Store]) -> None:
    def say(who: str) -> int:
        with new_store() as store:
            return sum(store.note("e", f"{who} {n}".encode(), at=AT, by=who) for n in range(9))

    with new_store() as store, ThreadPoolExecutor(2) as pool:
        assert sum(pool.map(say, ("ann", "bob"))) == 18
        said = [lines.decode() for lines in store.notes("e")]
        for who in ("ann", "bob"):
            assert [s for s in said if s.startswith(who)] == [f"{who} {n}" for n in range(9)]
        assert not store.note("e", b"ann 3", at=AT, by="ann")
        assert store.notes("other") == []


def test_a_folder_with_other_things_is_no_store(tmp_path: Path) -> None:
    (tmp_path / "notes.txt").write_text("mine")
    with pytest.raises(InputError, match="other things"):
        FolderStore(tmp_path)


def test_a_store_that_somebody_else_makes_just_now_is_one(tmp_path: Path) -> None:
    """Who writes store.json has it under another name until it is whole."""
    (tmp_path / ".store.json.x1y2").write_text("{")
    with FolderStore(tmp_path) as store:
        assert store.counts() == Counts()


@pytest.mark.parametrize(
    "named", ["mysql://a@b/c", "postgres:news", "host=db dbname=news", "s3://a/b"]
)
def test_an_address_of_another_kind_makes_no_folder(
    named: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    with pytest.raises(UsageError, match="no address that Parallax knows"):
        open_store(named)
    assert not list(tmp_path.iterdir())


def test_a_text_with_a_character_that_the_server_refuses_is_kept_whole(
    new_store: Callable[[], Store],
) -> None:
    odd = replace(ONE, title="A bri\0dge fell", url="https://wire.example/1\0", outlet="Wi\0re")
    with new_store() as store:
        assert store.add_file("f1", "monday", [odd], at=AT, by=BY)
        (found,) = store.articles()
        assert (found.title, found.url, found.outlet) == (odd.title, odd.url, odd.outlet)
        assert store.find("collapsed", 9)


def test_a_reader_cannot_write(postgres: Server) -> None:
    import psycopg

    address = postgres.new_database()
    with open_store(address) as store:
        store.add_file("f1", "monday", [ONE], at=AT, by=BY)
    database = address.split("@/")[1].split("?")[0]
    with psycopg.connect(postgres.address(), autocommit=True) as connection:
        connection.execute("drop role if exists rita")
        connection.execute("create role rita login in role parallax_reader")
    with open_store(postgres.address("rita", database)) as store:
        assert [a.outlet for a in store.articles()] == ["Wire"]
        with pytest.raises(OutputError, match="may not do that"):
            store.add_file("f2", "tuesday", [OTHER], at=AT, by="rita")
        with pytest.raises(OutputError, match="may not do that"):
            store.keep("e", "i", b"x", at=AT, by="rita")


def test_tables_of_an_earlier_version_are_brought_up_to_date_once(postgres: Server) -> None:
    import psycopg

    address = postgres.new_database()
    with open_store(address) as store:
        store.add_file("f1", "monday", [ONE], at=AT, by=BY)
    with psycopg.connect(address, autocommit=True) as connection:
        connection.execute("drop table notes; delete from parallax_schema where version > 1")

    def opened(_: int) -> int:
        with open_store(address) as store:
            return store.counts().articles + store.note("e", b"x", at=AT, by=BY)

    with ThreadPoolExecutor(4) as pool:
        assert sorted(pool.map(opened, range(4))) == [1, 1, 1, 2]


def test_a_server_that_is_restarted_costs_nothing(postgres: Server) -> None:
    address = postgres.new_database()
    with open_store(address) as store:
        store.add_file("f1", "monday", [ONE], at=AT, by=BY)
        postgres.stop()
        again = threading.Timer(0.5, postgres.start)
        again.start()
        assert store.add_file("f2", "tuesday", [OTHER], at=AT, by=BY)
        again.join()
        assert store.counts() == Counts(files=2, articles=2)


def test_a_server_that_is_not_there_is_said(tmp_path: Path) -> None:
    from parallax.stores.postgres import PostgresStore

    with pytest.raises(OutputError, match="cannot be reached"):
        PostgresStore(f"postgresql://x@/x?host={tmp_path}", patience=0.1)


def test_a_database_that_is_none_is_said_at_once(postgres: Server) -> None:
    import psycopg

    with pytest.raises(UsageError, match=r"no address of a database: invalid URI query.*hst"):
        open_store("postgresql://x@/x?hst=y")
    address = postgres.new_database()
    with pytest.raises(InputError, match="holds no store"):
        open_store(address, new=False)
    with psycopg.connect(address) as connection:
        assert connection.execute("select to_regclass('files')").fetchone() == (None,)


def test_what_a_server_refuses_is_said_and_costs_nothing(postgres: Server) -> None:
    """A full disk, by the server's own code for it; and a database that may only be read."""
    import psycopg

    address = postgres.new_database()
    with open_store(address) as store, psycopg.connect(address, autocommit=True) as owner:
        owner.execute(
            "create function full() returns trigger language plpgsql as "
            "$$ begin raise 'No space left on device' using errcode = 'disk_full'; end $$"
        )
        owner.execute("create trigger t before insert on failures execute function full()")
        begun = time.monotonic()
        with pytest.raises(OutputError, match="has no room: No space left"):
            store.add_file("f1", "monday", [ONE, LOST], at=AT, by=BY)
        assert time.monotonic() - begun < 20  # it is not waited for
        assert store.counts() == Counts()
        owner.execute("drop trigger t on failures")
        assert store.add_file("f1", "monday", [ONE, LOST], at=AT, by=BY)
        name = address.split("@/")[1].split("?")[0]
        owner.execute(f"alter database {name} set default_transaction_read_only = on")
        with (
            open_store(address) as reader,
            pytest.raises(OutputError, match=r"refused: .*read-only transaction"),
        ):
            reader.add_file("f2", "tuesday", [OTHER], at=AT, by=BY)


def test_writers_and_readers_at_once_lose_nothing_and_wait_for_nobody(postgres: Server) -> None:
    """Two writers take in the same files with articles in common; five readers read meanwhile."""
    address = postgres.new_database()
    files = [
        (f"f{n}", [replace(ONE, text=f"{ONE.text} {i}", url=f"https://wire.example/{i}", fetched_at=f"2024-05-{n + 1:02}") for i in range(n, n + 9)])
        for n in range(20)
    ]  # fmt: skip
    ended = threading.Event()

    def write(order: int) -> int:
        with open_store(address) as store:
            return sum(store.add_file(d, d, rows, at=AT, by=BY) for d, rows in files[::order])

    def read() -> float:
        longest = 0.0
        with open_store(address) as store:
            while not ended.is_set():
                begun = time.perf_counter()
                store.counts()
                store.has_file("f3")
                longest = max(longest, time.perf_counter() - begun)
                time.sleep(0.02)
        return longest

    with ThreadPoolExecutor(7) as pool:
        readers = [pool.submit(read) for _ in range(5)]
        try:
            added = sum(f.result() for f in [pool.submit(write, 1), pool.submit(write, -1)])
        finally:
            ended.set()
        waits = [reader.result() for reader in readers]
    assert added == len(files)
    with open_store(address) as store:
        assert store.counts() == Counts(files=20, articles=28, duplicates=20 * 9 - 28)
        # Of what two files have in common, the line that is first in the alphabet stands.
        assert min(a.fetched_at or "" for a in store.articles()) == "2024-05-01"
    assert max(waits) < 5  # a busy machine; nobody waits for a lock
