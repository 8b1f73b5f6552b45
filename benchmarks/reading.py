"""How fast articles are read, beside peers on the same text in the same run.

    python -m benchmarks.reading [--seconds N]

The text is the samples', cut to the length of the page that started the project (5,500 code
points, some 900 words). Peers: a blank spaCy Arabic pipeline with a Matcher of as many patterns
as the pack has, and a tokenizer with NLTK's ISRI root stemmer on every word. CPU seconds of
this process, so that a busy machine disturbs less; read the ratios. The last lines hold
the cost against the text's length: it must be linear.
"""

from __future__ import annotations

import argparse
import re
import time
from collections.abc import Callable
from itertools import cycle
from pathlib import Path

from sijill.lang import load
from sijill.page import read_page
from sijill.read import read_article
from sijill.record import Article

SAMPLES = Path(__file__).resolve().parent.parent / "samples"
LENGTH = 5500


def text_of(length: int) -> str:
    """So many code points of the samples' paragraphs, over and over."""
    paragraphs: list[str] = []
    for path in sorted([*SAMPLES.glob("*.html"), *SAMPLES.glob("*.txt")]):
        paragraphs += read_page(path.read_bytes(), name=str(path)).text.split("\n\n")
    taken: list[str] = []
    size = 0
    for paragraph in cycle(paragraphs):
        if size >= length:
            break
        taken.append(paragraph)
        size += len(paragraph) + 2
    return "\n\n".join(taken)[:length]


def per_second(work: Callable[[str], object], texts: list[str], seconds: float) -> float:
    """Texts worked through in a CPU second, after one round to warm up."""
    for text in texts:
        work(text)
    done, begun = 0, time.process_time()
    while time.process_time() - begun < seconds:
        work(texts[done % len(texts)])
        done += 1
    return done / (time.process_time() - begun)


def read(text: str) -> object:
    return read_article(Article(id="a", lang="ar", text=text, published="2016-10-03", outlet="-"))


def spacy_matcher(patterns: int) -> Callable[[str], object]:
    """A blank Arabic pipeline with a Matcher of so many patterns of two to four tokens."""
    import spacy
    from spacy.matcher import Matcher

    nlp = spacy.blank("ar")
    nlp.max_length = 10_000_000
    matcher = Matcher(nlp.vocab)
    words = sorted({word for word in re.findall(r"\w+", text_of(60_000)) if len(word) > 2})
    for number in range(patterns):
        first, second = words[number % len(words)], words[(number * 7 + 3) % len(words)]
        matcher.add(str(number), [[{"TEXT": first}, {"IS_PUNCT": False, "OP": "*"}, {"TEXT": second}]])
    return lambda text: matcher(nlp(text))


def root_stems(text: str) -> object:
    """Every word's root by NLTK's ISRI stemmer."""
    return [_STEMMER.stem(word) for word in _WORD.findall(text)]


_WORD = re.compile(r"\w+|[^\w\s]")


def main() -> None:
    global _STEMMER
    from nltk.stem.isri import ISRIStemmer

    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--seconds", type=float, default=4.0, help="CPU seconds for each measurement")
    seconds = parser.parse_args().seconds
    _STEMMER = ISRIStemmer()
    patterns = sum(len(rule.nodes) for rules in load("ar").rules.values() for rule in rules.rules)
    long = text_of(LENGTH * 8)
    texts = [long[at : at + LENGTH] for at in range(0, len(long), LENGTH)]
    ours = per_second(read, texts, seconds)
    spacy = per_second(spacy_matcher(patterns), texts, seconds)
    isri = per_second(root_stems, texts, seconds)
    print(f"texts of {LENGTH} code points a second and core, everything on, {patterns} patterns")
    print(f"  sijill                              {ours:8.1f}")
    print(f"  spaCy blank ar, as many patterns    {spacy:8.1f}   sijill is {ours / spacy:.2f} × as fast")
    print(f"  tokens and ISRI roots only          {isri:8.1f}   sijill is {ours / isri:.2f} × as fast")
    print("cost per code point against a text of 11,000 (1.0 is linear)")
    shapes = {
        "110,000": text_of(110_000),
        "1,000,000": text_of(1_000_000),
        "1,000,000 in one line": text_of(1_000_000).replace("\n", " "),
        "10,000 quotation marks": text_of(5_000) + '"' * 10_000,
    }
    short = text_of(11_000)
    base = _cost(short)
    for name, text in shapes.items():
        print(f"  {name:<34}{_cost(text) / base:8.2f}")


def _cost(text: str) -> float:
    """CPU seconds a code point, the better of two."""
    costs: list[float] = []
    for _ in range(2):
        begun = time.process_time()
        read(text)
        costs.append((time.process_time() - begun) / len(text))
    return min(costs)


if __name__ == "__main__":
    main()
