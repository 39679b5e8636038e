"""The article as Markdown, read back with a Markdown parser."""

from hypothesis import given
from hypothesis import strategies as st
from markdown_it import MarkdownIt
from markdown_it.token import Token

from rag.article.markdown import answer_markdown, escaped
from rag.article.models import Claim, ClaimBasis, Kind
from tests.article.builders import ROWS, answer, determination, reference

PARSER = MarkdownIt("commonmark").enable("table")


def tokens(markdown: str) -> list[Token]:
    """Block tokens and the inline ones within them, in order."""
    return [inner for token in PARSER.parse(markdown) for inner in (token, *(token.children or ()))]


def plain(markdown: str) -> str:
    """What a reader sees of Markdown, as one line."""
    return " ".join("".join(t.content if t.type == "text" else " " for t in tokens(markdown)).split())


def headings(markdown: str) -> list[str]:
    found = PARSER.parse(markdown)
    return [found[i + 1].content for i, token in enumerate(found) if token.type == "heading_open"]


def test_the_first_heading_is_the_headline_and_the_status_follows() -> None:
    markdown = answer_markdown(answer())
    assert headings(markdown)[0] == "62321: criteria not met under 1 of 1."
    assert "**Status: Criteria not met.**" in markdown.splitlines()[2]


def test_headings_come_in_the_order_a_reader_needs() -> None:
    assert headings(answer_markdown(answer()))[1:] == [
        "Policies",
        "Policies that do not apply",
        "Determination",
        "The case as read",
        "Criteria checklist",
        "example: Title of plan-a (plan-a, version 2025-01-01): criteria not met",
        "What is missing",
        "References",
        "Limitations",
        "Follow-up questions",
        "Review and disclaimer",
    ]


def test_the_checklist_has_every_row() -> None:
    markdown = answer_markdown(answer())
    for expected in ROWS:
        assert expected.label in markdown
        assert expected.source in markdown


def test_tables_have_as_many_cells_in_each_row_as_in_their_header() -> None:
    bars = answer(determinations=(determination(reason="not met: this | that"),))
    kinds = [token.type for token in PARSER.parse(answer_markdown(bars))]
    assert kinds.count("table_open") == 2
    assert kinds.count("th_open") == 5 + 3
    assert kinds.count("td_open") == 5 + 3 * len(ROWS)


def test_a_reference_is_a_numbered_item_with_a_link_that_can_be_followed() -> None:
    found = tokens(answer_markdown(answer(references=(reference(1), reference(2)))))
    numbered = [token.attrs.get("start", 1) for token in found if token.type == "ordered_list_open"]
    links = [token.attrs["href"] for token in found if token.type == "link_open"]
    assert numbered == [1]
    assert links == ["https://example.org/a"] * 2


def test_markers_and_quotes_of_the_case_can_be_read() -> None:
    text = plain(answer_markdown(answer()))
    assert "A repeat needs half the pain gone. [1]" in text
    assert '(the question says: "minimal relief")' in text


def test_a_refusal_has_a_heading_of_its_own_and_no_references() -> None:
    claims = (Claim(text="No document speaks to it.", basis=ClaimBasis.CHECK),)
    markdown = answer_markdown(answer(kind=Kind.REFUSAL, claims=claims, references=()))
    assert headings(markdown)[0] == "No answer from these sources"
    assert "References" not in headings(markdown)


def test_the_same_answer_gives_the_same_bytes() -> None:
    assert answer_markdown(answer()) == answer_markdown(answer())


@given(st.text(alphabet="#*_`[]()<>!&|\\~-+=.:/1ab \n", max_size=60))
def test_no_text_becomes_markup(text: str) -> None:
    read = tokens(f"- {escaped(text)}")
    allowed = {"bullet_list_open", "list_item_open", "paragraph_open", "inline", "text", "text_special"}
    allowed |= {kind.replace("_open", "_close") for kind in allowed}
    assert {token.type for token in read} <= allowed


@given(st.text(alphabet="#*_`[]()<>!&|\\~-+=.:/1ab ", min_size=1, max_size=60))
def test_escaped_text_reads_as_it_was_written(text: str) -> None:
    assert plain(f"x {escaped(text)}") == " ".join(f"x {text}".split())


@given(st.text(alphabet="<>\"' )(javscript:/", max_size=40))
def test_no_address_breaks_out_of_its_link(tail: str) -> None:
    markdown = answer_markdown(answer(references=(reference(url=f"https://example.org/{tail}"),)))
    read = tokens(markdown)
    links = [str(token.attrs["href"]) for token in read if token.type == "link_open"]
    assert [link[:20] for link in links] == ["https://example.org/"]
    assert not [token for token in read if token.type.startswith("html")]
