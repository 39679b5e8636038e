"""Codes, levels and numbers stay whole."""

import pytest

from rag.retrieval.codes import code_matches, code_system, codes_in
from rag.retrieval.tokens import is_precise, tokenize


@pytest.mark.parametrize(
    ("text", "tokens"),
    [
        ("CPT 62321 for M54.12", ["cpt", "62321", "m54.12"]),
        ("at C7-T1, C5/6 and C5 – C6", ["c7-t1", "c5-c6", "c5-c6"]),
        ("L4-5 and S1", ["l4-l5", "s1"]),
        ("J1030, L39240.", ["j1030", "l39240"]),
        ("T0616, MP-303 and NG59", ["t0616", "mp-303", "ng59"]),
        ("50 % relief for 2.5 months", ["50", "relief", "2.5", "month"]),
        ("the patient's injections", ["patient", "injection"]),
        ("stenosis, weakness, virus", ["stenosis", "weakness", "virus"]),
        ("", []),
    ],
)
def test_a_text_is_cut_into_these_tokens(text: str, tokens: list[str]) -> None:
    assert tokenize(text) == tokens


def test_codes_and_levels_are_precise_and_everyday_words_and_amounts_are_not() -> None:
    assert [is_precise(token) for token in ("62321", "m54.12", "c7-t1", "50", "relief")] == [
        True,
        True,
        True,
        False,
        False,
    ]


@pytest.mark.parametrize(
    ("code", "system"),
    [
        ("62321", "cpt"),
        ("0627T", "cpt"),
        ("J1030", "cpt"),
        ("M54.12", "icd10cm"),
        ("M54", "icd10cm"),
        ("B02.29", "icd10cm"),
        ("C7-T1", None),
        ("6232", None),
        ("pain", None),
    ],
)
def test_the_shape_of_a_code_tells_its_system(code: str, system: str | None) -> None:
    assert code_system(code) == system


def test_a_listed_diagnosis_covers_the_codes_below_it_and_a_procedure_only_itself() -> None:
    assert code_matches("M54.1", "m54.12")
    assert not code_matches("M54.12", "M54.1")
    assert not code_matches("62320", "62321")


def test_codes_are_found_in_text_but_levels_amounts_and_categories_are_not() -> None:
    text = "62321 and m54.12 at C7-T1, again 62321; T12 fracture, 10000 % of 12,168 in M54"
    assert codes_in(text) == ("62321", "M54.12")
