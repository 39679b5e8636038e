"""No word of a user, a document or a model becomes markup, a script or a request."""

from __future__ import annotations

from pathlib import Path
from urllib.parse import urlsplit

from playwright.sync_api import Browser, expect

from app.chat.article import component
from rag.article.models import Answer, Claim, Reference, Section
from tests.app.chat.conftest import Show

ASSETS = Path(component.__file__).with_name("assets")

HOSTILE = '<img src=x onerror="window.hit=1"><script>window.hit=1</script><a href="javascript:window.hit=1">x</a>'


def test_hostile_words_of_anybody_stay_words(show: Show, example: Answer, article_address: str) -> None:
    page = show(_hostile(example))
    asked: list[str] = []
    talked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.on("dialog", lambda dialog: talked.append(dialog.message))
    page.reload()
    page.locator(".article").wait_for()
    expect(page.locator(".headline")).to_have_text(HOSTILE)
    expect(page.locator(".claim").first).to_contain_text(HOSTILE)
    page.locator(".citation").first.click()
    expect(page.locator(".panel h3").first).to_have_text(f"{HOSTILE} title  reversed")
    assert page.locator(".panel a").count() == 0
    links = page.locator(".host a").evaluate_all("(all) => all.map((one) => one.href)")
    assert links and all(urlsplit(link).scheme in ("http", "https") for link in links)
    assert page.locator(".host :is(img, script, iframe)").count() == 0
    assert page.evaluate("() => window.hit") is None
    assert talked == []
    hosts = {urlsplit(url).netloc for url in asked if urlsplit(url).scheme in ("http", "https", "ws")}
    assert hosts <= {urlsplit(article_address).netloc}


def test_the_browser_itself_makes_no_link_of_what_is_no_web_address(browser: Browser) -> None:
    page = browser.new_page()
    script = (ASSETS / "dom.js").read_text(encoding="utf-8")
    for given in ("javascript:window.hit=1", "data:text/html,x", "//host/x", "no address"):
        made = page.evaluate(f"(given) => {{ {script}; return link(given, 'words').outerHTML; }}", given)
        assert made == "<span>words</span>"


def _hostile(example: Answer) -> Answer:
    """The example with markup wherever a user, a document or a model has a say."""
    verdict = example.verdict
    assert verdict is not None
    section = next(section for section in example.sections if section.claims[0].text)
    cited = section.claims[0].model_copy(update={"text": HOSTILE, "citations": (1,)})
    text = f"{HOSTILE}\n{example.case.text}"
    facts = tuple(
        fact.model_copy(update={"value": HOSTILE, "quote": HOSTILE, "start": 0, "end": len(HOSTILE)})
        for fact in example.case.facts
    )
    return example.model_copy(
        update={
            "question": HOSTILE,
            "hypothesis": HOSTILE,
            "verdict": verdict.model_copy(update={"headline": HOSTILE, "basis": HOSTILE}),
            "sections": (_with_claim(section, cited), *example.sections[1:]),
            "references": (_hostile_reference(example.references[0]), *example.references[1:]),
            "case": example.case.model_copy(update={"text": text, "facts": facts}),
            "limitations": (HOSTILE,),
            "review": example.review.model_copy(update={"status": "approved", "reviewer": HOSTILE}),
        }
    )


def _with_claim(section: Section, claim: Claim) -> Section:
    return section.model_copy(update={"heading": HOSTILE, "claims": (claim, *section.claims[1:])})


def _hostile_reference(reference: Reference) -> Reference:
    return reference.model_copy(
        update={
            "document_id": "no-such-document",
            "title": f"{HOSTILE} title \u202ereversed",
            "publisher": HOSTILE,
            "url": "javascript:window.hit=1",
            "quote": HOSTILE,
        }
    )
