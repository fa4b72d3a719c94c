"""Pictures of a report's pages for the README: `python .ci/screenshots.py REPORT OUT`.

REPORT is a folder that `parallax report` wrote. Needs Chromium and playwright.
"""

from __future__ import annotations

import argparse
import shutil
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from playwright.sync_api import Page

WIDTH, HEIGHT = 1280, 960


def pages(page: Page, report: Path) -> dict[str, Path]:
    """The pages to show, by the name of their picture: the first conflict's, the most loaded outlet's."""
    index = report / "index.html"
    page.goto(index.resolve().as_uri())
    found = {"story": index, "matrix": report / "matrix.html"}
    for name, first in (("detail", ".versus a"), ("outlet", ".glance p:has(mark.cue) > a")):
        link = page.locator(first).first
        if link.count():
            found[name] = report / str(link.get_attribute("href")).partition("#")[0]
    return found


def main() -> None:
    """Writes the pictures and prints their paths."""
    from playwright.sync_api import sync_playwright

    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("report", type=Path)
    parser.add_argument("out", type=Path)
    chosen = parser.parse_args()
    chosen.out.mkdir(parents=True, exist_ok=True)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=shutil.which("chromium"), args=["--no-sandbox"]
        )
        page = browser.new_page(
            viewport={"width": WIDTH, "height": HEIGHT}, device_scale_factor=1.5
        )
        for name, path in pages(page, chosen.report).items():
            page.goto(path.resolve().as_uri())
            picture = chosen.out / f"{name}.png"
            page.screenshot(path=picture)
            print(picture)
        browser.close()


if __name__ == "__main__":
    main()
