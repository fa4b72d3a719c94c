"""`parallax flag`: which sentences editorialize, and by which words?"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Annotated

import typer

from compare.codec import write_atomic
from compare.errors import InputError
from parallax.console import Progress, say, say_misfits, stoppable
from parallax.environment import cache_folder


def flag(
    sentences: Annotated[Path, typer.Argument(help="Rows {id, text}.")],
    out: Annotated[Path, typer.Option("--out", help="The rows to write.")],
    model: Annotated[str | None, typer.Option(help="Another encoder, by name or path.")] = None,
) -> None:
    """Flag sentences written in a loaded or opinionated voice, with the words that decided.

    Writes rows {id, score, editorialized, slant, cues: [{start, end, kind}]}.

    \b
    Example:
      parallax flag sentences.jsonl --out flags.jsonl
    """
    from compare.embedding.open import open_encoder
    from compare.verdicts import flag_sentences
    from compare.verdicts.editorial.tone import shipped

    rows = _rows(sentences)
    with stoppable("Nothing was written; run it again."), Progress() as progress:
        progress("loading the model", 0, 0)
        encoder = open_encoder(model, cache_folder())
        flags = flag_sentences([text for _, text in rows], encoder=encoder)
    if unfit := shipped(encoder.name).misfit:
        say_misfits({unfit.model: unfit.fitted_for}, encoder.name)
    lines = [
        json.dumps(
            {
                "id": name,
                "score": f.score,
                "editorialized": f.editorialized,
                "slant": f.slant,
                "cues": [{"start": c.start, "end": c.end, "kind": c.kind} for c in f.cues],
            }
        )
        for (name, _), f in zip(rows, flags, strict=True)
    ]
    write_atomic(out, "".join(f"{line}\n" for line in lines).encode())
    say(
        f"{sum(f.editorialized for f in flags):,} of {len(rows):,} sentences flagged; {out} written."
    )


def _rows(path: Path) -> list[tuple[str, str]]:
    try:
        lines = path.read_text(encoding="utf-8").splitlines()
        parsed = [json.loads(line) for line in lines if line.strip()]
        return [(str(row["id"]), str(row["text"])) for row in parsed]
    except (OSError, UnicodeDecodeError, json.JSONDecodeError, KeyError, TypeError) as error:
        raise InputError(
            f"{path}: rows must be JSON objects with id and text ({error})."
        ) from error
