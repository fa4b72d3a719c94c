"""Fails where a module of the packages has more than 400 lines: it is several rooms in one."""

from __future__ import annotations

import sys
from pathlib import Path

ROOT = Path(__file__).parents[1]
PACKAGES = ("compare", "crawlers", "parallax", "templates", "benchmarks")
MOST = 400

if __name__ == "__main__":
    modules = [path for package in PACKAGES for path in (ROOT / package).rglob("*.py")]
    lines = {path: len(path.read_text(encoding="utf-8").splitlines()) for path in modules}
    long = [f"{p.relative_to(ROOT)}: {n} lines, at most {MOST}" for p, n in sorted(lines.items()) if n > MOST]  # fmt: skip
    sys.exit("\n".join(long) if long else 0)
