"""Prints, as Python, the names that are read by other than Python code, so that vulture knows of them.

Jinja templates read the fields of the views, Scrapy the settings and the classes that they name, and
files hold the values of enums.
"""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

from jinja2 import Environment, nodes

SETTINGS = Path("crawlers/settings.py")
PACKAGES = ("compare", "crawlers", "parallax", "templates")


def in_templates() -> Iterator[str]:
    """Every attribute that a template asks for."""
    # Blocks of tags that Jinja does not know by itself would be needed here too; there are none.
    environment = Environment(autoescape=True)
    for path in sorted(Path("templates").rglob("*.html")):
        tree = environment.parse(path.read_text("utf-8"))
        yield from (node.attr for node in tree.find_all(nodes.Getattr))


def in_settings() -> Iterator[str]:
    """Scrapy's settings, and the classes in them."""
    source = SETTINGS.read_text("utf-8")
    yield from re.findall(r"^([A-Z_]+) = ", source, re.MULTILINE)
    yield from re.findall(r"\"crawlers\.[\w.]+\.([A-Z]\w+)\"", source)


def in_files() -> Iterator[str]:
    """The members of enums: a value that is read from a file is one of them."""
    for path in sorted(p for folder in PACKAGES for p in Path(folder).rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if isinstance(node, ast.ClassDef) and any("Enum" in ast.dump(b) for b in node.bases):
                targets = (t for n in node.body if isinstance(n, ast.Assign) for t in n.targets)
                yield from (t.id for t in targets if isinstance(t, ast.Name))


def main() -> None:
    """Prints each name once, in order."""
    for name in sorted({*in_templates(), *in_settings(), *in_files()}):
        print(f"_.{name}")


if __name__ == "__main__":
    main()
