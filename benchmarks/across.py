"""What the archive joins in the samples, against the labels beside them (samples/expected.json).

    python -m benchmarks.across

Pairs of repeated quotations and of denials with what they deny: precision, recall and F1, a pair counting as found
where both ends hold the labelled words. The labels of quotations are across pages, so what a page repeats of itself
is left out; those of denials are within pages as well. A labelled dossier is found where one of its kind has a
labelled title or a labelled development, and right where its present status is.
"""

from __future__ import annotations

import json
import sys
from itertools import combinations
from pathlib import Path
from typing import Any

from sijill.archive import Archive, open_archive
from sijill.archive.analysis import fold, stems
from sijill.page import Capture, read_page
from sijill.read import read_article

SAMPLES = Path(__file__).resolve().parents[1] / "samples"
End = tuple[str, str]
"""A page and words that a record of it holds."""


def fill(archive: Archive, pages: dict[str, Any]) -> dict[str, str]:
    """Add the samples; returns the page of each article's id."""
    names: dict[str, str] = {}
    for name, label in pages.items():
        capture = Capture(data=(SAMPLES / name).read_bytes(), name=name)
        given = label.get("given", {})
        article = read_page(capture, published=given.get("published"), outlet=given.get("outlet"))
        archive.add(capture, article, read_article(article))
        names[article.id] = name
    return names


def linked(archive: Archive, names: dict[str, str], rel: str) -> list[tuple[End, End]]:
    """The pairs that the archive joined, within articles and across them."""
    found: dict[tuple[str, ...], tuple[End, End]] = {}
    for id, name in names.items():
        for link in archive.links(id):
            if link.rel == rel:
                one, other = link.from_, link.to
                key = (one.article_id, one.record.id, other.article_id, other.record.id)
                found[key] = (
                    (names[one.article_id], _words(one.record)),
                    (names[other.article_id], _words(other.record)),
                )
        record = archive.record(id)
        items = {item.id: item for item in (*record.statements, *record.figures)}
        for link in record.links:
            if link.rel == rel and link.from_ in items and link.to in items:
                pair = ((name, _words(items[link.from_])), (name, _words(items[link.to])))
                found[id, link.from_, id, link.to] = pair
    return list(found.values())


def _words(item: Any) -> str:
    return item.content.text if hasattr(item, "content") else item.span.text


def _holds(end: End, label: End) -> bool:
    mine, theirs = set(stems(end[1])), set(stems(label[1]))
    return end[0] == label[0] and (mine <= theirs or theirs <= mine)


def score(name: str, found: list[tuple[End, End]], labels: list[tuple[End, End]], *, ordered: bool) -> None:
    def same(pair: tuple[End, End], label: tuple[End, End]) -> bool:
        straight = _holds(pair[0], label[0]) and _holds(pair[1], label[1])
        return straight or (not ordered and _holds(pair[1], label[0]) and _holds(pair[0], label[1]))

    right = sum(any(same(pair, label) for label in labels) for pair in found)
    recalled = sum(any(same(pair, label) for pair in found) for label in labels)
    precision = right / len(found) if found else 0.0
    recall = recalled / len(labels) if labels else 0.0
    f1 = 2 * precision * recall / (precision + recall) if precision + recall else 0.0
    print(
        f"{name:12s} precision {precision:.3f}  recall {recall:.3f}  F1 {f1:.3f}   ({recalled} of {len(labels)} pairs)"
    )


def dossiers(archive: Archive, names: dict[str, str], labels: list[dict[str, Any]]) -> None:
    right = found = steps = wanted = 0
    for label in labels:
        best, chosen = 0, None
        for summary in archive.dossiers(kind=label["kind"], limit=100):
            dossier = archive.dossier(summary.key)
            reports = {
                (names[entry.article_id], step.status) for step in dossier.timeline for entry in step.developments
            }
            matched = sum((step["page"], step["status"]) in reports for step in label["timeline"])
            titled = any(fold(title) in fold(dossier.title) for title in label["title"])
            if matched + titled > best:
                best, chosen = matched + titled, (dossier, matched)
        wanted += len(label["timeline"])
        if chosen:
            found += 1
            steps += chosen[1]
            right += chosen[0].status == label["status"]
    print(
        f"dossiers     {found} of {len(labels)} found, {right} with the right status, {steps} of {wanted} steps in them"
    )


def main() -> int:
    expected = json.loads((SAMPLES / "expected.json").read_text("utf-8"))
    with open_archive(":temporary:") as archive:
        names = fill(archive, expected["pages"])
        repeats = [
            pair
            for quotation in expected["quotations"]
            for pair in combinations([(said["page"], said["words"]) for said in quotation["in"]], 2)
        ]
        across = [pair for pair in linked(archive, names, "repeats") if pair[0][0] != pair[1][0]]
        score("quotations", across, repeats, ordered=False)
        denials = [
            (
                (pair["from"]["page"], pair["from"]["words"]),
                (pair["to"]["page"], pair["to"].get("words") or pair["to"]["figure"]),
            )
            for pair in expected["denials"]
        ]
        score("denials", linked(archive, names, "denies"), denials, ordered=True)
        dossiers(archive, names, expected["dossiers"])
    return 0


if __name__ == "__main__":
    sys.exit(main())
