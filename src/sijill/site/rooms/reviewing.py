"""Review: what people say of the record, and the forms to say it with.

Every visitor reads the log; the forms are there where the site was started for reviewing.
"""

from __future__ import annotations

from typing import Any

import msgspec
from starlette.exceptions import HTTPException

from sijill.archive.review import BadReview, Review
from sijill.record import Party, Record
from sijill.site import forms
from sijill.site.cards import cards
from sijill.site.marks import Readable, evidence, readables
from sijill.site.visit import Answers, Page, Visit

SHOWN = 200


def log(visit: Visit) -> Page:
    """All that was said, newest first, what found no place, and how often people agreed with the program."""
    reviews = visit.archive.reviews
    entries, unplaced, precision = reviews.log()[:SHOWN], reviews.log(unplaced=True), reviews.precision()
    data = {"reviews": entries, "unplaced": unplaced, "precision": precision}
    return Page("reviews.html", data, {"entries": entries, "unplaced": unplaced, "precision": precision})


def withdraw(visit: Visit, form: Answers) -> str:
    """Take back the review ``key``."""
    key = form.get("key", "")
    if not key.isdecimal():
        raise BadReview("no review was named to take back")
    visit.archive.reviews.withdraw(int(key), author=form.get("author", ""), reason=form.get("reason", ""))
    back = form.get("back", "")
    return back if back.startswith(f"/{visit.language.tag}/") else visit.url("/review")


def record(visit: Visit) -> Page:
    """One record with what was said of it, and the forms to accept, reject or correct it."""
    id, record_id = visit.request.path_params["id"], visit.request.path_params["record"]
    whole = visit.archive.record(id)
    said = [review for review in visit.archive.reviews.log(id) if review.record == record_id]
    item = _item(whole, record_id)
    if item is None and not said:
        raise HTTPException(404)
    context: dict[str, Any] = {
        "article": whole.article,
        "record_id": record_id,
        "card": next((card for card in cards(whole, [], visit.language) if card.id == record_id), None),
        "item": item,
        "fields": forms.fields_of(type(item), item) if item else [],
        "sentence": _around(whole, item) if item else None,
        "said": said,
    }
    return Page("review.html", {"article": id, "record": item, "reviews": said}, context)


def review(visit: Visit, form: Answers) -> str:
    """Accept, reject or correct a record, as the button pressed says."""
    id, record_id = visit.request.path_params["id"], visit.request.path_params["record"]
    reviews = visit.archive.reviews
    who = {"author": form.get("author", ""), "reason": form.get("reason", "")}
    match form.get("action"):
        case "accept":
            reviews.accept(id, record_id, **who)
        case "reject":
            reviews.reject(id, record_id, **who)
        case "correct":
            item = _item(visit.archive.record(id), record_id)
            if item is None:
                raise HTTPException(404)
            reviews.correct(id, record_id, forms.changes(forms.fields_of(type(item), item), form), **who)
        case action:
            raise BadReview(f"{action!r} is nothing that can be said of a record")
    return visit.url(visit.path)


def missing(visit: Visit) -> Page:
    """The form to add a record that the program did not read; ``kind`` names which kind."""
    id = visit.request.path_params["id"]
    kind = visit.asked_one_of("kind", tuple(forms.ADDABLE)) or "statement"
    article = visit.archive.article(id)
    fields = forms.fields_of(forms.ADDABLE[kind])
    context = {"article": article, "kind": kind, "kinds": list(forms.ADDABLE), "fields": fields}
    return Page("missing.html", {"article": id, "kind": kind, "fields": fields}, context)


def add(visit: Visit, form: Answers) -> str:
    """Add the record that the form describes; its words must be words of the text."""
    id = visit.request.path_params["id"]
    kind = visit.asked_one_of("kind", tuple(forms.ADDABLE)) or "statement"
    type_ = forms.ADDABLE[kind]
    article = visit.archive.article(id)
    values: dict[str, Any] = {"id": ""}
    for field in forms.fields_of(type_):
        given = form.get(field.name, "").strip()
        if field.required and not given:
            raise BadReview(visit.language("review.needed", field=visit.language(f"field.{field.name}")))
        values[field.name] = forms.changes([msgspec.structs.replace(field, value="")], form).get(field.name)
        if given and field.input == "words":
            start = article.text.find(given)
            if start < 0:
                raise BadReview(visit.language("review.not_in_text", words=given))
            values[field.name] = msgspec.to_builtins(article.span(start, start + len(given)))
    try:
        item = msgspec.convert(values, type_)
    except msgspec.ValidationError as error:
        raise BadReview(str(error)) from error
    visit.archive.reviews.add(id, item, author=form.get("author", ""), reason=form.get("reason", ""))
    return visit.url(f"/articles/{id}")


def judge(visit: Visit, form: Answers) -> str:
    """Say whether the party of this page and another name are one."""
    name = visit.request.path_params["name"]
    verdict = form.get("verdict")
    if verdict not in ("same", "different", "unsure"):
        raise BadReview(f"{verdict!r} is no verdict")
    author, reason = form.get("author", "").strip(), form.get("reason", "")
    if not author:
        raise BadReview(visit.language("review.needed", field=visit.language("review.author")))
    visit.archive.judge(name, form.get("other", ""), verdict, author=author, reason=reason)
    return visit.url(visit.path)


def tend(visit: Visit, form: Answers) -> str:
    """Give a dossier a title, or lay it into another."""
    key, who = (
        int(visit.request.path_params["key"]),
        {"author": form.get("author", ""), "reason": form.get("reason", "")},
    )
    if not who["author"].strip():
        raise BadReview(visit.language("review.needed", field=visit.language("review.author")))
    if form.get("action") == "rename":
        visit.archive.reviews.rename_dossier(key, form.get("title", "").strip(), **who)
    else:
        into = form.get("into", "").strip()
        if not into.isdecimal():
            raise BadReview(visit.language("review.needed", field=visit.language("dossier.into")))
        visit.archive.reviews.merge_dossiers(key, int(into), **who)
    return visit.url(visit.path)


def by_record(reviews: list[Review]) -> dict[str, Review]:
    """The last word on each record of an article."""
    return {one.record: one for one in reversed(reviews) if one.record and not one.withdrawn}


def _item(whole: Record, record_id: str) -> Readable | Party | None:
    items: list[Readable | Party] = [*readables(whole), *whole.parties]
    return next((item for item in items if item.id == record_id), None)


def _around(whole: Record, item: Readable | Party) -> tuple[str, str, str] | None:
    """The paragraph a record stands in: before its words, the words, and after."""
    if isinstance(item, Party):
        return None
    text, span = whole.article.text, evidence(item)
    start, end = text.rfind("\n\n", 0, span.start), text.find("\n\n", span.end)
    return text[start + 2 if start >= 0 else 0 : span.start], span.text, text[span.end : end if end >= 0 else None]
