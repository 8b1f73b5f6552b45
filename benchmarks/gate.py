"""The quality gate: the scores reached on the annotated articles may rise freely and fall only by a flag.

    python -m benchmarks.gate                    compare, exit 1 where a score fell below its floor
    python -m benchmarks.gate --raise            compare, then raise the floors to what was reached
    python -m benchmarks.gate --allow-fall       write what was reached, lower or not; say why in the commit

The floors lie in ``floors.json`` with a hash of the set they were reached on. The articles belong to their
outlets and are no part of the project: they lie in the folder that SIJILL_SHARED names (by default
``../shared`` beside the checkout), with the scorer.
"""

from __future__ import annotations

import argparse
import hashlib
import importlib.util
import json
import os
import sys
from pathlib import Path
from typing import Any

import msgspec

import sijill

ROOT = Path(__file__).resolve().parent
FLOORS = ROOT / "floors.json"
GOLD = Path(os.environ.get("SIJILL_SHARED", ROOT.parents[1] / "shared")) / "gold"
NOISE = 0.0005
"""Floors are kept to three digits."""


def set_hash() -> str:
    """The hash of the annotated articles' texts and annotations."""
    digest = hashlib.sha256()
    for path in sorted((GOLD / "open").iterdir()):
        digest.update(path.name.encode() + path.read_bytes())
    return digest.hexdigest()[:16]


def reached() -> dict[str, float]:
    """Each score on the annotated articles: F1, or accuracy over the records found."""
    spec = importlib.util.spec_from_file_location("score", GOLD / "score.py")
    assert spec and spec.loader
    score: Any = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(score)
    scores = score.Scores()
    for path in sorted((GOLD / "open").glob("*.json")):
        gold = json.loads(path.read_text("utf-8"))
        file = path.with_suffix(".txt")
        record = sijill.read(file, lang=gold["lang"], published=gold.get("published"), outlet=gold.get("outlet"))
        scores.article(path.stem, file.read_text("utf-8"), gold, msgspec.to_builtins(record))
    return {name: round(tally.row()[2], 3) for name, tally in scores.tally.items()}


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    change = parser.add_mutually_exclusive_group()
    change.add_argument("--raise", action="store_true", dest="up", help="raise the floors to what was reached")
    change.add_argument("--allow-fall", action="store_true", help="set the floors to what was reached, lower or not")
    options = parser.parse_args()
    if not GOLD.is_dir():
        print(f"no annotated articles at {GOLD}; name their folder's parent in SIJILL_SHARED", file=sys.stderr)
        return 2
    pinned: dict[str, Any] = json.loads(FLOORS.read_text("utf-8"))
    if pinned["set"] != set_hash() and not options.allow_fall:
        print(f"the annotated articles changed ({pinned['set']} → {set_hash()}); pin anew with --allow-fall")
        return 1
    scores, floors, fell = reached(), pinned["floors"], False
    for name, value in scores.items():
        low = value + NOISE < floors.get(name, 0.0)
        fell |= low
        print(f"{name:<14}{value:6.3f}  floor {floors.get(name, 0.0):.3f}{'  FELL' if low else ''}")
    if options.allow_fall or (options.up and not fell):
        kept = scores if options.allow_fall else {name: max(v, floors.get(name, 0.0)) for name, v in scores.items()}
        FLOORS.write_text(json.dumps({"set": set_hash(), "floors": kept}, indent=1) + "\n", "utf-8")
        print(f"floors written to {FLOORS.name}")
    return int(fell and not options.allow_fall)


if __name__ == "__main__":
    sys.exit(main())
