"""What the names on an element (its tag, class and id) say about its part in a news page.

Names are written by people who share habits, not standards: ``related-articles``,
``imgCaption``, ``c-share__list``. Each class name is cut into words, and the words
are looked up here.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import NamedTuple

JUNK = frozenset(
    """
    related recommended recommendations recommendation recommend recirc recirculation promo promos promotion promotional
    newsletter newsletters share sharing sharebar sharer shares sharelinks social socials sociallinks socialmedia followus
    comment comments disqus livefyre coral viafoura openweb sponsor sponsored sponsors advert adverts advertisement
    advertising advertisements ad ads adv advt adslot adunit adsense dfp gpt banner banners outbrain taboola popular trending
    mostread mostpopular mostviewed sidebar footer nav navbar navigation menu submenu breadcrumb breadcrumbs cookie cookies
    consent gdpr subscribe subscription subscriptions subscriber signup signin login register paywall regwall tags taglist
    keywords toolbar toolbox modal popup popover lightbox overlay masthead rating ratings poll quiz print rail playlist
    readmore readalso alsoread readnext upnext morefrom morenews morestories seealso youmaylike alsolike nextarticle
    prevnext pager pagination offscreen tooltip dropdown teaser teasers ticker upsell cta donate donation bio biography
    authorbox aboutauthor disclaimer feedback survey weather horoscope skip toast snackbar flyout interstitial bookmark
    latestnews latest crosspromo outro marketing affiliate shopping deals jobs games crossword copylink clipboard
    preferred correction-form tipline syndication
    """.split()
)
"""Words of what surrounds an article."""

_JUNK_PAIRS = frozenset(
    """
    most-read most-popular most-viewed most-shared read-more read-also also-read read-next up-next more-from more-news
    more-stories more-on more-like more-articles see-also you-may may-like also-like next-article next-story prev-next
    sign-up sign-in log-in call-to follow-us social-media author-bio author-box about-author author-info author-card
    editors-picks editor-picks top-stories latest-news latest-stories in-brief key-words story-tags article-tags post-tags
    tags-list tag-list topic-list story-topics article-topics topics-list sr-only screen-reader visually-hidden site-header site-footer page-header-nav
    pull-related email-form add-comment leave-comment google-news google-preferred app-promo must-read dont-miss live-updates-nav
    """.split()
)
_CAPTION = frozenset("caption captions figcaption cutline imagecaption photocaption captiontext imgcaption".split())
_CREDIT = frozenset(
    """credit credits photographer photocredit imagecredit imgcredit attribution distributor courtesy photoby photog
    imagesource photosource""".split()
)
_BODY = frozenset("articlebody storybody storytext articlecontent storycontent postcontent entrycontent bodytext".split())
_BODY_PAIRS = frozenset(
    """article-body story-body article-content story-content post-content entry-content article-text story-text post-body
    news-body news-content article-main body-content content-body rich-text body-text news-text news-details article-detail
    article-details text-body content-text main-content-text node-body field-body name-body""".split()
)
_STANDFIRST = frozenset(
    """standfirst subtitle subheadline subhead dek deck excerpt summary lede lead intro chapeau kicker-text strapline
    abstract description subheading sapo bajada""".split()
)
_BYLINE = frozenset("byline bylines author authors writer contributor contributors reporter journalist".split())
_DATE = frozenset(
    """date time datetime timestamp published publish dateline pubdate publishdate publisheddate postdate updated modified
    created submitted""".split()
)
_CRUMBS = frozenset("breadcrumb breadcrumbs crumbs crumb".split())
_HIDDEN = frozenset("hidden hide invisible sronly visuallyhidden".split())

_PREFIXED = re.compile(r"(?:has|no|not|with|without|is|tag|category|cat|js|show|hide|enable|post_tag)[-_]", re.IGNORECASE)
_WORDS = re.compile(r"[A-Z]?[a-z]+|[A-Z]+(?![a-z])")


class Role(NamedTuple):
    """What the names on an element say it is."""

    junk: bool = False
    caption: bool = False
    credit: bool = False
    body: bool = False
    standfirst: bool = False
    byline: bool = False
    date: bool = False
    crumbs: bool = False
    hidden: bool = False
    avatar: bool = False


NO_ROLE = Role()


@lru_cache(maxsize=20_000)
def role(names: str) -> Role:
    """The role that class names and an id, separated by spaces, give an element.

    >>> role("c-related__list").junk, role("wp-caption-text").caption, role("article-body").body
    (True, True, True)
    >>> role("post tag-newsletter has-sidebar").junk
    False
    """
    words: set[str] = set()
    pairs: set[str] = set()
    responsive = ":" in names
    for name in names[:2000].split():
        if ":" in name or "[" in name or _PREFIXED.match(name):
            continue
        parts = [part.lower() for part in _WORDS.findall(name)]
        words.update(parts)
        pairs.update(f"{a}-{b}" for a, b in zip(parts, parts[1:], strict=False))
    if not words:
        return NO_ROLE
    caption = not words.isdisjoint(_CAPTION)
    credit = not words.isdisjoint(_CREDIT)
    body = not words.isdisjoint(_BODY) or not pairs.isdisjoint(_BODY_PAIRS)
    return Role(
        junk=(not words.isdisjoint(JUNK) or not pairs.isdisjoint(_JUNK_PAIRS)) and not caption and not credit,
        caption=caption and not credit,
        credit=credit,
        body=body,
        standfirst=not words.isdisjoint(_STANDFIRST),
        byline=not words.isdisjoint(_BYLINE),
        date=not words.isdisjoint(_DATE),
        crumbs=not words.isdisjoint(_CRUMBS),
        hidden=not responsive and not words.isdisjoint(_HIDDEN) and len(words) <= 3,
        avatar=not words.isdisjoint({"avatar", "icon", "logo", "emoji", "headshot", "profile"}),
    )
