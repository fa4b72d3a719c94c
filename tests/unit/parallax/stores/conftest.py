"""A folder, and a database of a PostgreSQL server that really runs, as stores."""

from __future__ import annotations

import os
import pwd
import shutil
import subprocess
import tempfile
from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import dataclass, field
from itertools import count
from pathlib import Path

import pytest

from parallax.stores.folder import FolderStore
from parallax.stores.open import open_store
from parallax.stores.store import Store

REQUIRED = "PARALLAX_REQUIRE_POSTGRES"


@dataclass
class Server:
    """A PostgreSQL server of the tests' own, on a socket in its folder."""

    programs: Path
    folder: Path
    user: str | None
    numbers: Iterator[int] = field(default_factory=count)

    def run(self, program: str, *words: str) -> None:
        call = [str(self.programs / program), *words]
        if self.user is not None:  # the server refuses to run as root
            call = ["runuser", "-u", self.user, "--", *call]
        subprocess.run(call, check=True, stdout=subprocess.DEVNULL, cwd="/")

    def start(self) -> None:
        options = f"-k {self.folder} -c listen_addresses='' -c fsync=off"
        log = str(self.folder / "log")
        self.run("pg_ctl", "-w", "-D", str(self.folder / "data"), "-l", log, "-o", options, "start")

    def stop(self) -> None:
        self.run("pg_ctl", "-w", "-m", "immediate", "-D", str(self.folder / "data"), "stop")

    def address(self, user: str = "parallax", database: str = "postgres") -> str:
        return f"postgresql://{user}@/{database}?host={self.folder}"

    def new_database(self) -> str:
        """The address of a new, empty database."""
        import psycopg

        name = f"test{next(self.numbers)}"
        with psycopg.connect(self.address(), autocommit=True) as connection:
            connection.execute(f"create database {name}")
        return self.address(database=name)


def programs() -> Path | None:
    found = shutil.which("initdb")
    if found:
        return Path(found).parent
    return max(Path("/usr/lib/postgresql").glob("*/bin"), default=None)


@pytest.fixture(scope="session")
def postgres() -> Iterator[Server]:
    yield from started()


def started() -> Iterator[Server]:
    """A server that runs while it is iterated over; skips where none is installed."""
    where = programs()
    if where is None:
        if os.environ.get(REQUIRED):
            pytest.fail("PostgreSQL is not installed, and this run is to test it")
        pytest.skip("PostgreSQL is not installed (Debian: apt-get install postgresql)")
    user = None
    if os.getuid() == 0:
        with suppress(KeyError):
            user = pwd.getpwnam("postgres").pw_name
    folder = Path(tempfile.mkdtemp(prefix="pg", dir="/tmp"))
    if user is not None:
        shutil.chown(folder, user)
    server = Server(where, folder, user)
    server.run("initdb", "-D", str(folder / "data"), "-U", "parallax", "--no-sync", "-E", "UTF8")
    server.start()
    yield server
    server.stop()
    shutil.rmtree(folder, ignore_errors=True)


@pytest.fixture(params=["folder", "postgres"])
def new_store(request: pytest.FixtureRequest, tmp_path: Path) -> Callable[[], Store]:
    """Opens the same store again and again, as several people would."""
    if request.param == "folder":
        return lambda: FolderStore(tmp_path / "store")
    address = request.getfixturevalue("postgres").new_database()
    return lambda: open_store(address)
