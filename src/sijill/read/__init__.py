"""Article to Record: one file per kind of record, and the order they run in."""

from __future__ import annotations

from sijill.lang import Language, UnknownLanguage, load
from sijill.read.dates import find_dates
from sijill.read.developments import find_developments
from sijill.read.document import Document
from sijill.read.events import find_events
from sijill.read.figures import find_figures
from sijill.read.links import find_links
from sijill.read.numbers import find_numbers
from sijill.read.parties import find_parties
from sijill.read.statements import find_statements
from sijill.record import Article, Record
from sijill.text.collecting import not_collecting

__all__ = ["read_article", "read_document"]


def read_article(article: Article, language: Language | None = None) -> Record:
    """Everything that is read out of an article.

    An article in a language without a pack gives a record with a warning and nothing read.

    >>> record = read_article(Article(id="a", lang="ar", text="وقال جون كيربي إن القرار صعب."))
    >>> [(s.speaker, s.content.text) for s in record.statements]
    [('جون كيربي', 'القرار صعب')]
    """
    if language is None:
        try:
            language = load(article.lang)
        except UnknownLanguage:
            return Record(article=article, warnings=[f"no language pack for {article.lang!r}: nothing was read"])
    with not_collecting():
        return read_document(Document(article, language))


def read_document(document: Document) -> Record:
    """Run the steps over a document; each sees what the earlier ones found."""
    find_dates(document)
    find_numbers(document)
    find_parties(document)
    find_statements(document)
    find_figures(document)
    find_developments(document)
    find_events(document)
    find_links(document)
    return document.record()
