"""Builds sdist and wheel with a README that works on a package index: its links made absolute.

    python .ci/dist.py https://HOST/OWNER/parallax/blob/v0.1.0/ OUT

A package index shows README.md without the files beside it, so relative links and pictures lead
nowhere there. The checkout keeps the relative ones, which work wherever it is cloned.
"""

from __future__ import annotations

import re
import subprocess
import sys
import tarfile
import tempfile
from io import BytesIO
from pathlib import Path
from urllib.parse import urljoin

_LINK = re.compile(r"(!?)(\[[^\]]*\])\((?![a-z]+:|#)([^)\s]+)\)")


def absolute(readme: str, base: str) -> str:
    """The text with every relative link led from `base`, pictures from the raw files there."""

    def led(link: re.Match[str]) -> str:
        picture, text, target = link.groups()
        home = base.replace("/blob/", "/raw/") if picture else base
        return f"{picture}{text}({urljoin(home, target)})"

    return _LINK.sub(led, readme)


def main() -> None:
    """Build from the committed tree; the checkout is left as it is."""
    base, out = sys.argv[1], Path(sys.argv[2]).resolve()
    if not base.startswith("https://") or not base.endswith("/"):
        raise SystemExit("the address must begin with https:// and end with /")
    tree = subprocess.run(["git", "archive", "HEAD"], check=True, capture_output=True)  # noqa: S607 - git, from the path
    with tempfile.TemporaryDirectory() as folder:
        with tarfile.open(fileobj=BytesIO(tree.stdout)) as archive:
            archive.extractall(folder, filter="data")
        readme = Path(folder) / "README.md"
        readme.write_text(absolute(readme.read_text(encoding="utf-8"), base), encoding="utf-8")
        build = [sys.executable, "-m", "build", "--outdir", str(out), folder]
        subprocess.run(build, check=True)  # noqa: S603 - this very Python, without a shell


if __name__ == "__main__":
    main()
