"""What a reader sees is what the guards read; what hides characters is refused whatever it says."""

from __future__ import annotations

import pytest

from rag.guard.plain_text import plain, suspicious

DISGUISED = [
    ("The request is **app**roved.", "The request is approved."),
    ("The request is a\u200bpp\u200broved.", "The request is approved."),
    ("The request is ap\u00adproved.", "The request is approved."),
    ("The request is \u0430pproved.", "The request is approved."),
    ("The r\u0435quest is den\u0456ed.", "The request is denied."),
    ("It m\u03b5\u03b5ts the criteria.", "It meets the criteria."),
    ("The request is ａｐｐｒｏｖｅｄ.", "The request is approved."),
    ("The request is 𝐚𝐩𝐩𝐫𝐨𝐯𝐞𝐝.", "The request is approved."),
    ("The request is ⓐⓟⓟⓡⓞⓥⓔⓓ.", "The request is approved."),
    ("The request is &#97;pproved.", "The request is approved."),
    ("The request is &amp;#97;pproved.", "The request is approved."),
    ("The request is <b>approved</b>.", "The request is approved."),
    ("The request is &lt;b&gt;approved&lt;/b&gt;.", "The request is approved."),
    ("It is *medically* __necessary__.", "It is medically necessary."),
    ("It ~~is~~ `meets` the criteria.", "It is meets the criteria."),
    ("# Approved", "Approved"),
    ("> Approved", "Approved"),
    ("[Approved](https://example.org).", "Approved."),
    ("![Approved](x.png).", "Approved."),
    ("The request is a p p r o v e d.", "The request is approved."),
    ("The request is a.p.p.r.o.v.e.d.", "The request is approved."),
    ("The request is a\u0336p\u0336p\u0336roved.", "The request is approved."),
    ("The request is_approved.", "The request is approved."),
    ("Aetna’s  policy\n asks", "Aetna's policy asks"),
]

KEPT = [
    "Policy L.2.01.416 asks for an injection at C7-T1.",
    "A difference of -16.0 % (95 % CI -26.6 to -5), P = 0.26.",
    "Blue Cross & Blue Shield of Mississippi asks for relief < 50 %.",
    "The record says “20 %”: relief.",
    "The codes M54.12 and 62321 (CMS-0057-F).",
]

HIDING = {
    "hidden": ["a\u200bb", "\u202edevorppa\u202c", "a\u00adb", "a\x07b", "a\ue000b", "\ufeffa", "a\u2028b"],
    "mark laid over": ["a\u0336pproved"],
    "disguise": ["ａpproved", "𝐚pproved", "ⓐpproved"],
    "two scripts": ["\u0430pproved", "den\u0456ed", "m\u03b5ets"],
    "address": ["See https://example.org", "See www.example.org", "See example.org", "javascript:alert(1)"],
    "link": ["[yes](x)", "[yes][1]"],
    "image": ["![yes](x.png)"],
    "code fence": ["```yes```", "~~~yes"],
    "HTML": ["<b>yes</b>", "<script>", "<!-- yes -->"],
    "character reference": ["&#97;", "&#x61;", "&lt;"],
    "set apart": ["a p p r o v e d", "a.p.p.r.o.v.e.d", "a-p-p-r-o-v-e-d"],
    "figure in place": ["appr0ved", "appro4ved", "den1ed"],
}

OPEN = [
    *KEPT,
    "Aetna’s bulletin – version of 2026 – asks for “two of three”.",
    "A dose of 5 µg, a half of it (½), 3 × 4 and ±2 °.",
    "Ménière’s disease is named.",
    "The U.S. text and the IQR were read.",
]


@pytest.mark.parametrize(("text", "words"), DISGUISED)
def test_mark_up_and_look_alikes_are_read_as_what_they_show(text: str, words: str) -> None:
    assert plain(text) == words


@pytest.mark.parametrize("text", KEPT)
def test_numbers_codes_and_signs_stay(text: str) -> None:
    assert plain(text) == text


@pytest.mark.parametrize(("kind", "text"), [(kind, text) for kind, texts in HIDING.items() for text in texts])
def test_text_that_hides_characters_is_named(kind: str, text: str) -> None:
    assert kind in (suspicious(text) or "")


@pytest.mark.parametrize("text", OPEN)
def test_ordinary_text_is_not_suspicious(text: str) -> None:
    assert suspicious(text) is None


@pytest.mark.parametrize("part", ["a ", "a", "<", "&", "[", "![a](", "*", "a.", "_", "a\u0301", "[[", "(", "-a"])
def test_the_time_taken_grows_with_the_length_alone(part: str, quick: None) -> None:
    text = part * (20_000 // len(part))
    plain(text)
    suspicious(text)
