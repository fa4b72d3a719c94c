"""The pictures in README.md: the demo's story, matrix, a detail and an outlet, from a fresh demo.

python -m benchmarks.screenshots [--chromium /usr/bin/chromium]
"""

from __future__ import annotations

import argparse
import subprocess
import sys
import tempfile
from pathlib import Path

from playwright.sync_api import Browser, sync_playwright

IMAGES = Path(__file__).parents[1] / "docs" / "images"
SIZE = {"width": 1280, "height": 860}


def pictures(browser: Browser, report: Path) -> None:
    """Writes the pictures of a report; the detail is the one with the first conflict in the story."""
    page = browser.new_page(viewport={"width": SIZE["width"], "height": SIZE["height"]})
    page.goto((report / "index.html").as_uri())
    page.screenshot(path=IMAGES / "story.png")
    page.goto((report / "matrix.html").as_uri())
    page.screenshot(path=IMAGES / "matrix.png")
    detail = sorted((report / "details").glob("*.html"))[0]
    page.goto(detail.as_uri())
    page.screenshot(path=IMAGES / "detail.png")
    outlet = sorted((report / "outlets").glob("*.html"))[0]
    page.goto(outlet.as_uri())
    page.screenshot(path=IMAGES / "outlet.png")
    page.close()


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--chromium", default="/usr/bin/chromium")
    wanted = parser.parse_args()
    IMAGES.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as playwright:
        demo = [sys.executable, "-m", "parallax", "demo", "--out", folder]
        subprocess.run(demo, check=True, stdout=subprocess.DEVNULL)
        browser = playwright.chromium.launch(executable_path=wanted.chromium, args=["--no-sandbox"])
        pictures(browser, Path(folder) / "report")
        browser.close()


if __name__ == "__main__":
    main()
