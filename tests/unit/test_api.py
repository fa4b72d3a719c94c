"""The one door: what `import parallax` offers, that it costs nothing, and that the documented examples run."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

import pytest

import parallax
from compare.codec import article_line
from compare.datamodel import Article, Comparison, Run
from compare.embedding.encoder import SentenceEncoder

ROOT = Path(__file__).resolve().parents[2]
EXAMPLE = re.compile(r"^```python\n(.*?)^```$", re.MULTILINE | re.DOTALL)
HEAVY = {"numpy", "torch", "scrapy", "twisted", "faiss", "sentence_transformers", "lxml", "jinja2", "msgspec", "typer"}  # fmt: skip


def examples(name: str) -> list[str]:
    return EXAMPLE.findall((ROOT / name).read_text(encoding="utf-8"))


def python(code: str, folder: Path, *given: str) -> str:
    script = folder / "example.py"
    script.write_text(code, encoding="utf-8")
    done = subprocess.run(
        [sys.executable, script.name, *given], cwd=folder, capture_output=True, text=True, timeout=240, check=False,
        env={"PYTHONPATH": str(ROOT), "HOME": str(folder), "PATH": "", "PARALLAX_CACHE": "off"},
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    return done.stdout


def test_importing_loads_nothing_heavy_and_lists_what_it_offers(tmp_path: Path) -> None:
    code = "import sys, parallax; print(*sys.modules); assert dir(parallax) == parallax.__all__"
    loaded = {name.partition(".")[0] for name in python(code, tmp_path).split()}
    assert not loaded & HEAVY
    assert "compare" not in loaded


def test_every_name_that_is_offered_is_there() -> None:
    assert all(getattr(parallax, name) is not None for name in parallax.__all__)
    with pytest.raises(AttributeError, match="nonsense"):
        _ = parallax.nonsense  # type: ignore[attr-defined]


def example_folder(folder: Path) -> Path:
    """A folder with the files that the examples read."""
    rows = [
        Article(id="a", outlet="Wire", title="Bridge closed", text="The mayor closed the Northgate bridge on Monday. Inspectors found 14 cracks in it."),
        Article(id="b", outlet="Lantern", title="Bridge shut", text="The Northgate bridge was shut by the mayor on Monday. Drivers were furious."),
    ]  # fmt: skip
    data = b"".join(map(article_line, rows))
    for name in ("articles.jsonl", "events/bridge.jsonl"):
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_bytes(data)
    empty = Comparison(
        schema_version=1, run=Run(parallax="0", model="theirs", misfits={"gate": "ours"}),
        event=parallax.Event(), outlets=(), articles=(), details=(),
    )  # fmt: skip
    parallax.write_comparison(empty, folder / "comparison.json")
    return folder


# Each in a folder and with names of its own, in one process, so that torch is imported once; a crawl comes
# last, since it is one a process.
ONE_AFTER_THE_OTHER = """
import os, runpy, sys

if __name__ == "__main__":
    for path in sys.argv[1:]:
        os.chdir(os.path.dirname(path))
        with open("told.txt", "w", encoding="utf-8") as sys.stdout:
            runpy.run_path(path, run_name="__main__")
        sys.stdout = sys.__stdout__
"""


@pytest.fixture(scope="module")
def ran(tmp_path_factory: pytest.TempPathFactory) -> dict[int, Path]:
    """The folders that the examples of docs/api.md ran in, with what each printed in told.txt."""
    root = tmp_path_factory.mktemp("examples")
    codes = examples("docs/api.md")
    folders = {at: example_folder(root / str(at)) for at in range(len(codes))}
    for at, code in enumerate(codes):
        (folders[at] / "example.py").write_text(code, encoding="utf-8")
    order = sorted(folders, key=lambda at: "crawl(" in codes[at])
    scripts = [str(folders[at] / "example.py") for at in order]
    python(ONE_AFTER_THE_OTHER, root, *scripts)
    return folders


@pytest.mark.model
@pytest.mark.web
@pytest.mark.parametrize("at", range(len(examples("docs/api.md"))))
def test_the_examples_of_the_documentation_run(at: int, ran: dict[int, Path]) -> None:
    code, folder = examples("docs/api.md")[at], ran[at]
    told = (folder / "told.txt").read_text(encoding="utf-8")
    if "write_report" in code:
        assert (folder / told.strip()).is_file()
    if "LEFT_OUT" in code:
        assert "The Lantern left out: About 9,000 cars cross it every day." in told
    if "write_comparison" in code:
        assert parallax.read_comparison(folder / "events" / "bridge.comparison.json").details
    if "misfits" in code:
        assert "gate: fitted for ours, used with theirs" in told
    if "crawl(" in code:
        assert int(told.split()[0]) > 5


def test_the_readme_s_library_example_is_the_one_that_is_tested() -> None:
    assert examples("README.md") == examples("docs/api.md")[:1]


@pytest.mark.model
def test_the_encoder_comes_with_the_adapter_that_belongs_to_it() -> None:
    from compare.embedding.adapter import load

    encoder = parallax.open_encoder()
    assert encoder.name == f"{SentenceEncoder().name}+{load().name}"
