"""Prints constraints.txt: the exact versions that are installed now, by name only."""

from __future__ import annotations

from importlib.metadata import distributions

OURS = {"parallax-news", "pip", "setuptools", "wheel"}
HEADER = """\
# The exact versions that CI runs, by name only. torch is the version whose CPU build pip finds;
# torchvision stays out, it breaks beside it. Refreshed by: make constraints"""


def main() -> None:
    installed = {d.metadata["Name"]: d.version.split("+")[0] for d in distributions()}
    print(HEADER)
    for name in sorted(installed, key=str.lower):
        if name.lower() not in OURS:
            print(f"{name}=={installed[name]}")


if __name__ == "__main__":
    main()
