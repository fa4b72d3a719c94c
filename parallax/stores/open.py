"""The store that a command's --store names: a folder, or the address of a PostgreSQL database."""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING

from compare.errors import InputError, UsageError
from parallax.stores.folder import FolderStore

if TYPE_CHECKING:
    from parallax.stores.store import Store

_SCHEMES = ("postgresql://", "postgres://")
# Meant as an address, and none that is understood: of another program, mistyped, or libpq's key=value.
_ADDRESS = re.compile(
    r"\A(?:[a-z][a-z0-9+.-]{0,30}://|postgres(?:ql)?:)|\bdbname\s{0,4}=", re.IGNORECASE
)


def open_store(named: str, *, new: bool = True) -> Store:
    """The store of a name; a folder or tables that are not there yet are made, unless `new` is false.

    Raises InputError for a folder or database that holds no store, UsageError for an address that
    cannot be meant and where what PostgreSQL needs is not installed, OutputError where it cannot be reached.
    """
    if named.startswith(_SCHEMES):
        from parallax.stores.postgres import PostgresStore

        return PostgresStore(named, new=new)
    if _ADDRESS.search(named):
        raise UsageError(
            f"--store {named} is no address that Parallax knows: give postgresql://USER@HOST/DATABASE, "
            "or a folder."
        )
    if not new and not (Path(named) / "store.json").exists():
        raise InputError(
            f"{named} is no store. Fill one first: parallax ingest FILES --store {named}"
        )
    return FolderStore(Path(named))
