"""What is taken away from an article: a citation of its words to copy, and the article as other programs know it."""

from __future__ import annotations

from typing import Any

import msgspec

from sijill.record import Article, Attribution, Figure, Statement
from sijill.site.breaks import undirected
from sijill.site.cards import headline, telling_spans
from sijill.site.language import Language
from sijill.site.marks import Readable


class Citation(msgspec.Struct, frozen=True):
    """What to copy: a sentence, and behind it addresses, which run from left to right in any language."""

    sentence: str
    addresses: list[str]

    def __str__(self) -> str:
        return " ".join([self.sentence, *self.addresses])


def citation(item: Readable, who: str | None, article: Article, link: str, language: Language) -> Citation:
    """The words of a record with who said them, through whom they came, and where they are to be found.

    What was not said in these words is not put between quotation marks: its form stands behind it. No mark of
    direction in the words turns what stands behind them.
    """
    words = " … ".join(part.text for span in telling_spans(item) for part in span.parts or (span,))
    said, manner = language("cite.quoted", words=words), ""
    if isinstance(item, Statement):
        who = who or language("record.source_unknown")
        if item.form != "direct":
            said, manner = words, f" ({language(f'form.{item.form}')})"
    else:
        manner = f" ({headline(item, language)})"
    relays = relayed_by(item.chain, article) if isinstance(item, (Statement, Figure)) else []
    via = language("cite.via", names=language("cite.and").join(relays)) if relays else ""
    agencies = language("cite.and").join(article.agencies)
    credited = f"{article.outlet or ''} ({language('cite.with', names=agencies)})" if agencies else article.outlet
    title = language("cite.quoted", words=article.title) if article.title else article.id
    day = language.date(article.published) or language("article.undated")
    comma = language("cite.comma")
    sentence = comma.join(part for part in (f"{who}: {said}{manner}" if who else said + manner, via) if part)
    source = comma.join(part for part in (title, credited, day) if part)
    addresses = [*([article.url] if article.url else []), f"[{link}]"]
    return Citation(" ".join(undirected(f"{sentence}. {source}.").split()), [undirected(one) for one in addresses])


def relayed_by(chain: list[Attribution], article: Article) -> list[str]:
    """Those through whom the words came to the outlet; whom it only credits for its report is not among them."""
    others = {article.outlet, *article.agencies}
    return [link.name for link in chain if link.role != "speaker" and link.name not in others]


def linked_data(article: Article, origin: str) -> str:
    """The article as schema.org's NewsArticle, in JSON that can stand inside HTML."""
    described: dict[str, Any] = {
        "@context": "https://schema.org",
        "@type": "NewsArticle",
        "headline": article.title,
        "description": article.standfirst,
        "inLanguage": article.lang,
        "datePublished": article.published,
        "dateModified": article.modified,
        "author": [{"@type": "Person", "name": name} for name in article.bylines],
        "publisher": {"@type": "Organization", "name": article.outlet} if article.outlet else None,
        "articleSection": article.sections,
        "url": article.url,
        "archivedAt": f"{origin}/captures/{article.id}",
    }
    text = msgspec.json.encode({name: value for name, value in described.items() if value}).decode()
    return text.replace("&", "\\u0026").replace("<", "\\u003c").replace(">", "\\u003e")
