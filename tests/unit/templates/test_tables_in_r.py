"""R reads the tables with the types that docs/formats.md states."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
from pathlib import Path

import pytest

from compare.codec import read_comparison
from templates.tables import Tables

GOLDEN = Path(__file__).parents[2] / "golden" / "report" / "comparison.json"
FORMATS = Path(__file__).parents[3] / "docs" / "formats.md"
# Set where R has to be there, as in CI: then its absence fails instead of skipping.
REQUIRED = "PARALLAX_REQUIRE_R"
TYPES = {"text": "character", "whole": "integer", "number": "numeric", "yes or no": "character"}
READ = 'read.csv(PATH, fileEncoding = "UTF-8-BOM", na.strings = character())'
PROGRAM = f"""
for (PATH in commandArgs(trailingOnly = TRUE)) {{
  table <- {READ}
  cat(basename(PATH), nrow(table), sep = "\\t")
  for (name in names(table)) cat("\\t", name, "=", class(table[[name]]), sep = "")
  cat("\\n")
}}
cat(sum(nchar(table[[1]])))
"""


def test_r_reads_every_table_with_the_types_that_are_said(tmp_path: Path) -> None:
    program = shutil.which("Rscript")
    if program is None:
        if os.environ.get(REQUIRED):
            pytest.fail(f"{REQUIRED} is set, and there is no Rscript (Debian: r-base-core)")
        pytest.skip("no Rscript here; Debian has it in r-base-core")
    assert READ in FORMATS.read_text("utf-8")
    tables = Tables()
    comparison = read_comparison(GOLDEN)
    tables.add("Überfahrt – “one”\n\"two\", 'three'", comparison)
    tables.add("again", comparison)
    found = list(tables.all())
    for table in found:
        (tmp_path / f"{table.name}.csv").write_bytes(table.csv())
    done = subprocess.run(
        [program, "--vanilla", "-e", PROGRAM, *(str(tmp_path / f"{t.name}.csv") for t in found)],
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
        env=os.environ | {"LC_ALL": "C.UTF-8"},
    )
    assert done.returncode == 0, done.stderr
    assert not done.stderr
    *lines, letters = done.stdout.splitlines()
    for table, line in zip(found, lines, strict=True):
        name, rows, *columns = line.split("\t")
        assert (name, int(rows)) == (f"{table.name}.csv", len(table.rows))
        classes = dict(column.rsplit("=", 1) for column in columns)
        assert list(classes) == list(table.columns)
        for number, (column, told) in enumerate(table.columns.items()):
            # R takes a column without a single value for a logical one.
            empty = all(row[number] in {None, ""} for row in table.rows)
            assert classes[column] == ("logical" if empty else TYPES[told.kind]), (name, column)
    assert int(letters) == sum(len(str(row[0])) for row in found[-1].rows), json.dumps(lines)
