"""Pictures of a report's pages for the README: `python -m benchmarks.screenshots REPORT OUT`.

REPORT is a folder that `parallax report` wrote. Needs Chromium and playwright.
"""

from __future__ import annotations

import argparse
import shutil
from pathlib import Path

WIDTH, HEIGHT = 1280, 860


def pages(report: Path) -> dict[str, Path]:
    """The pages to show, by the name of their picture: those of the most told detail and of its first outlet."""
    details = sorted((report / "details").glob("*.html"), key=lambda path: -path.stat().st_size)
    outlets = sorted((report / "outlets").glob("*.html"), key=lambda path: -path.stat().st_size)
    found = {"story": report / "index.html", "matrix": report / "matrix.html"}
    if details:
        found["detail"] = details[0]
    if outlets:
        found["outlet"] = outlets[0]
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
        page = browser.new_page(viewport={"width": WIDTH, "height": HEIGHT}, device_scale_factor=2)
        for name, path in pages(chosen.report).items():
            page.goto(path.resolve().as_uri())
            picture = chosen.out / f"{name}.png"
            page.screenshot(path=picture)
            print(picture)
        browser.close()


if __name__ == "__main__":
    main()
