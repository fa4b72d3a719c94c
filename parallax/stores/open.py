"""The store that a command's --store names: a folder, or the address of a PostgreSQL database."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from parallax.stores.folder import FolderStore

if TYPE_CHECKING:
    from parallax.stores.store import Store

_SCHEMES = ("postgresql://", "postgres://")


def open_store(named: str) -> Store:
    """The store of a name; a folder that is not there yet is made.

    Raises InputError for a folder that is no store, UsageError where what PostgreSQL needs is not
    installed, OutputError where it cannot be reached.
    """
    if named.startswith(_SCHEMES):
        from parallax.stores.postgres import PostgresStore

        return PostgresStore(named)
    return FolderStore(Path(named))
