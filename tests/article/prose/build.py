"""A closed list of two documents and one fact, and the template's section they stand behind."""

from rag.article.draft import Cited, DraftClaim, DraftSection, check
from rag.article.models import Audience, CaseQuote, ClaimBasis
from rag.article.prose.brief import Brief, FactItem, PassageItem

REVIEW = "The review finds that injections probably help in the short term. It covers eleven trials."
POLICY = "Plan X asks for six weeks of care. It names no imaging."
RECORD = CaseQuote(start=4, end=11, quote="40 % be")

OLD_REVIEW = DraftClaim(
    "The review finds that injections probably help in the short term.",
    ClaimBasis.EVIDENCE,
    (Cited("review#findings", "The review finds that injections probably help in the short term."),),
)
OLD_POLICY = DraftClaim(
    "Plan X asks for six weeks of care.",
    ClaimBasis.POLICY,
    (Cited("plan-x#care", "Plan X asks for six weeks of care."),),
)
OLD_DEMAND = DraftClaim(
    "Plan X asks for: 50 % relief.", ClaimBasis.POLICY, (Cited("plan-x#repeat", "50 % relief"),), criteria=("x-repeat",)
)
OLD_RECORD = DraftClaim("The note says “40 % be”: relief: 40 %.", ClaimBasis.CASE, case_quotes=(RECORD,))
FINDING = check("Checked against the record: not met.", "x-repeat")

SECTION = DraftSection("rationale", "Rationale", (OLD_RECORD, OLD_DEMAND, FINDING, OLD_REVIEW, OLD_POLICY))

BRIEF = Brief(
    section=SECTION,
    audience=Audience.CLINICIAN,
    question="Do injections help?",
    passages=(
        PassageItem("P1", "review#findings", REVIEW, "Academy", "Review", ClaimBasis.EVIDENCE),
        PassageItem("P2", "plan-x#care", POLICY, "Plan X", "Injections", ClaimBasis.POLICY),
    ),
    facts=(FactItem("F1", "relief: 40 %", RECORD, "relief: 40 % (the record says: 40 % be)"),),
)
