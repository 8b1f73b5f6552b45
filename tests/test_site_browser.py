"""The site as a person sees it, in a real browser with JavaScript switched off."""

from __future__ import annotations

from collections.abc import Iterator
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Browser, Page

PHONE = {"width": 390, "height": 844}
DESKTOP = {"width": 1280, "height": 900}
PATHS = [
    "/",
    "/articles",
    "/articles/story",
    "/articles/hostile",
    "/articles?outlet=" + "و" * 300,
    "/search?q=ط*",
    "/parties",
    "/review",
    "/search",
    "/articles/story/figures/f1",
    "/statements",
    "/figures",
    "/nowhere",
]


@pytest.fixture
def tab(browser: Browser, site: str, request: pytest.FixtureRequest) -> Iterator[Page]:
    """A page without JavaScript; leaving the host or an error in the console fails the test."""
    context = browser.new_context(base_url=site, viewport=getattr(request, "param", DESKTOP), java_script_enabled=False)
    page = context.new_page()
    trouble: list[str] = []
    page.on("request", lambda r: urlsplit(r.url).netloc != urlsplit(site).netloc and trouble.append(r.url))
    page.on("console", lambda message: "404" not in message.text and trouble.append(message.text))
    page.on("pageerror", lambda error: trouble.append(str(error)))
    yield page
    context.close()
    assert trouble == []


def width_beyond_screen(tab: Page) -> int:
    return tab.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")


@pytest.mark.parametrize("tab", [PHONE, DESKTOP], indirect=True, ids=["phone", "desktop"])
@pytest.mark.parametrize("tag", ["ar", "en"])
def test_pages_fit_their_screen(tab: Page, tag: str) -> None:
    beyond = dict[str, int]()
    for path in PATHS:
        tab.goto(f"/{tag}{path}")
        beyond[path] = width_beyond_screen(tab)
    assert beyond == dict.fromkeys(PATHS, 0)


@pytest.mark.parametrize("tab", [PHONE], indirect=True)
def test_endless_words_are_broken(tab: Page) -> None:
    tab.goto("/ar/articles/huge")
    assert width_beyond_screen(tab) == 0
    assert tab.locator(".text").inner_text() == "ب" * 50_000


@pytest.mark.parametrize(("tag", "starts_right"), [("ar", True), ("en", False)])
def test_layout_follows_the_direction_of_the_interface(tab: Page, tag: str, starts_right: bool) -> None:
    tab.goto(f"/{tag}/articles/story")
    story, beside = tab.locator(".story").bounding_box(), tab.locator(".record").bounding_box()
    assert story and beside
    assert (story["x"] > beside["x"]) == starts_right
    name = tab.locator(".wordmark").bounding_box()
    assert name and (name["x"] > DESKTOP["width"] / 2) == starts_right


@pytest.mark.parametrize("tag", ["ar", "en"])
def test_arabic_text_begins_at_the_right_in_either_interface(tab: Page, tag: str) -> None:
    tab.goto(f"/{tag}/articles/story")
    paragraph = tab.locator(".text > p").first
    first, box = paragraph.locator("a.opener").first.bounding_box(), paragraph.bounding_box()
    assert first and box
    assert first["x"] + first["width"] == pytest.approx(box["x"] + box["width"], abs=2)


@pytest.mark.parametrize("path", ["/en/events", "/en/developments"])
def test_arabic_words_of_a_record_keep_their_order_in_the_english_interface(tab: Page, path: str) -> None:
    tab.goto(path)
    several = [line for line in tab.locator(".entry-words").all() if line.locator("bdi bdi").count() > 1]
    first, second = (several[0].locator("bdi bdi").nth(n).bounding_box() for n in (0, 1))
    assert first and second
    assert first["x"] > second["x"]


@pytest.mark.parametrize("tag", ["ar", "en"])
def test_empty_search_field_begins_where_its_language_does(tab: Page, tag: str) -> None:
    tab.goto(f"/{tag}/search")
    direction = tab.locator("main input[type=search]").evaluate("element => getComputedStyle(element).direction")
    assert direction == {"ar": "rtl", "en": "ltr"}[tag]


@pytest.mark.parametrize("tab", [PHONE, DESKTOP], indirect=True, ids=["phone", "desktop"])
@pytest.mark.parametrize(
    ("words", "card", "says"),
    [("12 مدنيا", "f1", "قتلى"), ("قتل ", "s1", "سلسلة الإسناد"), ("مساء ", "t1", "3 تشرين الأول/أكتوبر 2016")],
)
def test_mark_opens_its_card_and_the_text_stays_where_it_was(tab: Page, words: str, card: str, says: str) -> None:
    tab.goto("/ar/articles/story")
    mark = tab.locator(".text a.opener", has_text=words).first
    mark.scroll_into_view_if_needed()
    before = mark.bounding_box()
    mark.click()
    opened = tab.locator(f"#card-{card}")
    assert opened.is_visible() and says in opened.inner_text()
    assert tab.locator(".card:visible").count() == 1
    assert mark.bounding_box() == before
    opened.locator("a.close").click()
    assert not opened.is_visible()
    assert mark.bounding_box() == before


def test_mark_opens_by_keyboard_and_the_card_is_next(tab: Page) -> None:
    tab.goto("/ar/articles/story")
    tab.locator('a.opener[href="#card-f1"]').focus()
    tab.keyboard.press("Enter")
    tab.keyboard.press("Tab")
    assert tab.evaluate("document.activeElement.className") == "close"


def test_permalink_goes_to_the_words_and_lights_up_the_whole_record(tab: Page) -> None:
    tab.set_viewport_size({"width": 1280, "height": 500})
    tab.goto("/ar/articles/story#s1")
    assert tab.locator("#card-s1").is_visible()
    mark = tab.locator('a.opener[href="#card-f1"]')
    box = mark.bounding_box()
    assert box and 0 < box["y"] < 500

    def colour(selector: str) -> str:
        return tab.locator(selector).first.evaluate("element => getComputedStyle(element).backgroundColor")

    lit = colour(".mark.in-s1")
    assert {colour(".mark.in-f1"), colour(".mark.in-t1")} == {lit}
    assert colour(".mark.in-s3") != lit


def test_legend_switches_a_kind_off(tab: Page) -> None:
    tab.goto("/ar/articles/story")
    line = tab.locator(".line.figure")
    assert line.is_visible()
    mark = tab.locator(".mark.in-f1").first
    underline = "element => getComputedStyle(element).textDecorationColor"
    shown = mark.evaluate(underline)
    tab.locator("#show-figure").uncheck()
    assert not line.is_visible()
    assert mark.evaluate(underline) == "rgba(0, 0, 0, 0)" != shown


@pytest.mark.parametrize("tab", [PHONE], indirect=True)
def test_on_a_phone_the_card_is_a_sheet_at_the_bottom(tab: Page) -> None:
    tab.goto("/ar/articles/story#s1")
    card = tab.locator("#card-s1").bounding_box()
    assert card and card["width"] == PHONE["width"]
    assert card["y"] + card["height"] == pytest.approx(PHONE["height"], abs=1) and card["y"] > PHONE["height"] / 4


def test_gallery_shows_pictures_one_beside_the_other(tab: Page) -> None:
    tab.goto("/ar/articles/story")
    assert tab.locator(".gallery img").evaluate_all("images => images.map(i => i.naturalWidth)") == [320, 320, 320]
    places = [frame.bounding_box() for frame in tab.locator(".gallery figure").all()]
    assert places[0] and places[1] and places[0]["x"] > places[1]["x"] and places[0]["y"] == places[1]["y"]


def test_text_is_set_in_the_bundled_fonts(tab: Page) -> None:
    tab.goto("/ar/articles/story")
    loaded = tab.evaluate(
        "document.fonts.ready.then(fonts => [...fonts].filter(f => f.status === 'loaded').map(f => f.family))"
    )
    assert {"Noto Naskh Arabic", "IBM Plex Sans Arabic"} <= {name.strip('"') for name in loaded}


def test_hostile_article_runs_nothing_even_with_javascript(browser: Browser, site: str) -> None:
    context = browser.new_context(base_url=site)
    page = context.new_page()
    dialogs: list[str] = []
    page.on("dialog", lambda dialog: (dialogs.append(dialog.message), dialog.dismiss()))
    for path in ("/ar/articles/hostile#s1", "/en/articles", "/images/hostile/0"):
        page.goto(path)
        assert page.title() != "owned"
    assert dialogs == []
    context.close()


@pytest.mark.parametrize("path", ["/ar/articles/hostile#s1", "/en/articles", "/ar/statements?act=say", "/en/parties"])
def test_reversing_characters_turn_nothing_beside_them(tab: Page, path: str) -> None:
    tab.goto(path)
    assert tab.evaluate(REACHING_OUT) == []


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("path", ["/ar/articles/story#s1", "/en/", "/ar/statements"])
def test_contrast_is_enough_to_read(browser: Browser, site: str, scheme: str, path: str) -> None:
    """WCAG 2.2 AA, 1.4.3: 4.5 to 1 for text, 3 to 1 for large text."""
    context = browser.new_context(base_url=site, color_scheme=scheme, viewport=DESKTOP)
    page = context.new_page()
    page.goto(path)
    assert page.evaluate(TOO_FAINT) == []
    context.close()


TOO_FAINT = """() => {
  const channels = colour => {
    const canvas = new OffscreenCanvas(1, 1).getContext('2d', {willReadFrequently: true});
    canvas.fillStyle = colour; canvas.fillRect(0, 0, 1, 1);
    return [...canvas.getImageData(0, 0, 1, 1).data];
  };
  const luminance = rgb => rgb.slice(0, 3).map(c => c / 255)
    .map(c => c <= 0.04045 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4)
    .reduce((sum, c, i) => sum + c * [0.2126, 0.7152, 0.0722][i], 0);
  const background = element => {
    for (let e = element; e; e = e.parentElement) {
      const rgba = channels(getComputedStyle(e).backgroundColor);
      if (rgba[3] > 250) return rgba;
    }
    return [255, 255, 255];
  };
  const faint = new Set();
  for (const element of document.querySelectorAll('body *')) {
    const own = [...element.childNodes].some(n => n.nodeType === 3 && n.textContent.trim());
    if (!own || !element.checkVisibility()) continue;
    const style = getComputedStyle(element);
    const [a, b] = [luminance(channels(style.color)), luminance(background(element))].sort((x, y) => y - x);
    const size = parseFloat(style.fontSize), large = size >= 24 || (size >= 18.66 && +style.fontWeight >= 700);
    if ((a + 0.05) / (b + 0.05) < (large ? 3 : 4.5)) faint.add(`${element.className}: ${style.color}`);
  }
  return [...faint];
}"""

# Texts with a right-to-left override that share a line with other text and are not isolated from it.
REACHING_OUT = """() => {
  const reaching = [], walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  while (walker.nextNode()) {
    const text = walker.currentNode.textContent;
    let element = walker.currentNode.parentElement;
    if (!text.includes('\u202e') || element.closest('.text, .story > h1')) continue;
    while (getComputedStyle(element).display === 'inline' && getComputedStyle(element).unicodeBidi === 'normal')
      element = element.parentElement;
    const isolated = getComputedStyle(element).unicodeBidi.includes('isolate');
    if (!isolated && element.textContent.trim() !== text.trim()) reaching.push(element.outerHTML);
  }
  return reaching;
}"""
