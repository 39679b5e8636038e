"""A FHIR record becomes a note: what it affirms in lines, what it does not left out and said to be."""

from __future__ import annotations

import json
from datetime import date
from typing import Any

import pytest

from rag.case.fhir_json import FhirError
from rag.case.fhir_text import FhirText, fhir_text
from rag.case.knowledge import Lexicon
from rag.case.reader import read_case
from tests.case.fhir_records import (
    Resource,
    allergy,
    bundle,
    condition,
    document,
    medication,
    observation,
    procedure,
    relative,
    request,
)

ESI = "Interlaminar cervical epidural steroid injection"
PATIENT = {
    "resourceType": "Patient",
    "id": "p1",
    "gender": "female",
    "birthDate": "1961-02-03",
    "name": [{"family": "Quimby", "given": ["Ada"]}],
    "identifier": [{"value": "MRN-4711"}],
    "address": [{"city": "Springfield"}],
    "telecom": [{"value": "555-0199"}],
}


def note(lexicon: Lexicon, *resources: Resource, longest: int | None = None, kind: str = "collection") -> FhirText:
    return fhir_text(bundle(*resources, kind=kind), name="record.json", knowledge=lexicon, longest=longest)


def facts(lexicon: Lexicon, text: str) -> dict[str, Any]:
    return {fact.id: fact.value for fact in read_case(text, knowledge=lexicon, source="note").facts}


def test_the_lines_stand_in_order_of_time_with_the_newest_last(lexicon: Lexicon) -> None:
    found = note(
        lexicon,
        request("Cervical interlaminar epidural injection", cpt="62321"),
        PATIENT,
        medication("Gabapentin 300 MG"),
        condition("Radiculopathy, cervical region", recordedDate="2024-01-05", onsetDateTime="2023-12-01"),
        procedure(ESI, day="2024-02-01"),
        observation("Pain severity", valueQuantity={"value": 7.50, "unit": "{score}"}),
    )
    assert found.text.split("\n") == [
        "Patient: female.",
        "2024-01-05: Diagnosis: Radiculopathy, cervical region, clinical status active, since 2023-12-01.",
        f"2024-02-01: Received {ESI}.",
        "2024-05-02: Medication (active order): Gabapentin 300 MG.",
        "2024-05-03: What was observed: Pain severity: 7.5 score.",
        "2024-06-01: Request: Cervical interlaminar epidural injection (CPT 62321).",
    ]
    assert found.notices == ()


def test_the_reader_takes_request_diagnosis_and_earlier_injection_for_what_they_are(lexicon: Lexicon) -> None:
    found = note(
        lexicon,
        request("Cervical interlaminar epidural injection", cpt="62321"),
        condition(
            "Cervical radiculopathy",
            code={
                "text": "Radiculopathy",
                "coding": [{"system": "http://hl7.org/fhir/sid/icd-10-cm", "code": "M54.12"}],
            },
        ),
        procedure(ESI, cpt="62321"),
    )
    read = facts(lexicon, found.text)
    assert read["procedure.code"] == ("62321",)
    assert read["diagnosis.code"] == ("M54.12",)
    assert read["prior_injection.given"] is True
    assert len([line for line in found.text.split("\n") if "CPT" in line]) == 1


def test_nothing_that_names_the_patient_is_taken_over(lexicon: Lexicon) -> None:
    found = note(lexicon, PATIENT, condition("Hypertension", subject={"reference": "Patient/p1", "display": "Quimby"}))
    whole = found.text + " ".join(found.notices)
    assert not [word for word in ("Quimby", "Ada", "4711", "Springfield", "555", "1961", "p1") if word in whole]


NOT_FACTS = [
    (relative("Malignant neoplasm of spine"), "about a relative"),
    (condition("Cauda equina syndrome", clinical="resolved"), "resolved or inactive"),
    (condition("Infection of skin", abatementDateTime="2020-01-01"), "resolved or inactive"),
    (condition("Cauda equina syndrome", verified="refuted"), "refuted"),
    (condition("Radiculopathy", verified="provisional"), "not confirmed"),
    (condition("Radiculopathy", verified="entered-in-error"), "entered in error"),
    (condition("Radiculopathy", modifierExtension=[{"url": "http://example.org/not"}]), "not understood"),
    (procedure(ESI, state="not-done"), "not done"),
    (procedure(ESI, state="preparation"), "not known to have been done"),
    (procedure("Physical therapy", state="entered-in-error"), "entered in error"),
    (medication("Oxycodone 5 MG", state="stopped"), "not active"),
    (medication("Gabapentin", kind="MedicationStatement", state="not-taken"), "not active"),
    (medication("Gabapentin") | {"doNotPerform": True}, "not done or not taken"),
    (request("Cervical epidural injection", state="revoked", cpt="62321"), "not open any more"),
    (request("Cervical epidural injection", state="completed", cpt="62321"), "not open any more"),
    (condition("Radiculopathy", verificationStatus={"text": "Refuted"}), "refuted"),
    (condition("Radiculopathy", clinicalStatus={"text": "Resolved"}), "resolved or inactive"),
    (allergy("Iodinated contrast media", verified="refuted"), "not confirmed"),
    (observation("Pregnancy test", focus=[{"reference": "Patient/2"}], valueString="positive"), "somebody"),
    (observation("Body Height", loinc="8302-2", valueQuantity={"value": 180, "unit": "cm"}), "vital signs"),
]


@pytest.mark.parametrize(("resource", "reason"), NOT_FACTS, ids=lambda value: value if isinstance(value, str) else "")
def test_what_the_record_does_not_affirm_is_left_out_and_said_to_be(
    resource: Resource, reason: str, lexicon: Lexicon
) -> None:
    found = note(lexicon, resource, condition("Hypertension"))
    assert found.text == "2024-05-01: Diagnosis: Hypertension, clinical status active."
    assert any(reason in notice for notice in found.notices)


NOT_READ = [
    observation("Pregnancy status", valueCodeableConcept={"text": "Not pregnant"}),
    observation("Pregnancy test", valueString="Indeterminate"),
    observation("Infection of skin by culture in a patient with fever", valueQuantity={"value": 2, "unit": "cells"}),
    observation("Percent pain relief goal", valueQuantity={"value": 70, "unit": "%"}),
    observation("Tumor marker", valueQuantity={"value": 5, "unit": "U/mL"}),
    procedure("Injection of influenza vaccine"),
    procedure("Injection of knee joint"),
    procedure("Injection of trigger point"),
    procedure("Magnetic resonance imaging of cervical spine with contrast"),
    procedure("Epidural anesthesia for labor"),
    procedure("Lumbar laminectomy"),
    request("Physical therapy"),
    request("Evaluation, physical therapy"),
    request("MRI of the cervical spine without contrast"),
    allergy("No known allergies"),
    condition("Family history of malignant neoplasm of spine"),
    condition("Full-time employment (finding)"),
    condition("Past pregnancy history of miscarriage (situation)"),
    condition("Suspected malignant neoplasm of spine (situation)"),
    medication("Warfarin 5 MG"),
]


@pytest.mark.parametrize("resource", NOT_READ, ids=lambda value: value["code"]["text"] if "code" in value else "drug")
def test_the_reader_draws_no_fact_from_a_name_that_only_sounds_like_one(resource: Resource, lexicon: Lexicon) -> None:
    assert facts(lexicon, note(lexicon, resource).text) == {}


EARLIER = [
    ESI,
    "Injection of steroid into cervical epidural space",
    "Transforaminal epidural steroid injection of lumbar spine using fluoroscopic guidance",
    "Injection(s), interlaminar epidural, cervical or thoracic; with imaging guidance (ie, fluoroscopy or CT)",
]


@pytest.mark.parametrize("name", EARLIER)
def test_an_earlier_epidural_is_never_read_as_the_request(name: str, lexicon: Lexicon) -> None:
    read = facts(lexicon, note(lexicon, procedure(name, cpt="62321")).text)
    assert read == {"prior_injection.given": True}


def test_a_numbers_digits_stay_as_they_are_written(lexicon: Lexicon) -> None:
    content = bundle(observation("Relief", valueQuantity={"value": 0, "unit": "%"})).replace(
        '"value": 0', '"value": 49.9999999999999999'
    )
    assert "49.9999999999999999 %" in fhir_text(content, name="r.json", knowledge=lexicon).text


def test_only_the_newest_of_an_observation_counts(lexicon: Lexicon) -> None:
    values = [
        observation("Pain", day=f"20{year}-01-01", valueQuantity={"value": year, "unit": ""}) for year in (22, 24, 23)
    ]
    found = note(lexicon, *values)
    assert found.text == "2024-01-01: What was observed: Pain: 24."
    assert "2 earlier values were left out" in found.notices[0]


def test_a_clinicians_words_inside_the_record_are_read_as_a_note(lexicon: Lexicon) -> None:
    report = {
        "resourceType": "DiagnosticReport",
        "status": "final",
        "code": {"text": "MR cervical spine without contrast"},
        "effectiveDateTime": "2024-05-05",
        "conclusion": "Disc herniation C5-C6.",
    }
    found = note(lexicon, document("Relief was 60 % for 3 months\nafter the ESI."), report)
    assert found.text.strip() == (
        "2024-05-04: What was reported or documented: Progress note:\nRelief was 60 % for 3 months\nafter the ESI.\n"
        "\n\n2024-05-05: What was reported or documented: MR cervical spine without contrast:\nDisc herniation C5-C6."
    )
    assert "procedure.contrast" not in facts(lexicon, found.text)


def test_addresses_and_other_kinds_of_attachment_are_neither_fetched_nor_silent(lexicon: Lexicon) -> None:
    by_address = document("")
    by_address["content"] = [{"attachment": {"contentType": "text/plain", "url": "https://example.org/note.txt"}}]
    found = note(lexicon, by_address, document("%PDF", kind="application/pdf"), condition("Hypertension"))
    assert "example.org" not in found.text
    assert found.notices == (
        "Not read: 2 attachments that are no plain text, or only an address. Upload them as files.",
    )


def test_a_medication_kept_beside_the_order_is_found(lexicon: Lexicon) -> None:
    drug = {"resourceType": "Medication", "id": "m1", "code": {"text": "Gabapentin 300 MG"}}
    order = medication("") | {"medicationReference": {"reference": "#m1"}, "contained": [drug]}
    del order["medicationCodeableConcept"]
    assert "Gabapentin 300 MG" in note(lexicon, order).text


def test_a_long_record_keeps_its_newest_entries_and_says_what_gave_way(lexicon: Lexicon) -> None:
    years = [condition(f"Condition number {year}", recordedDate=f"{year}-01-01") for year in range(1990, 2024)]
    found = note(lexicon, *years, longest=500)
    lines = found.text.split("\n")
    assert len(found.text) <= 500
    assert lines[-1].startswith("2023-01-01")
    assert lines == sorted(lines)
    oldest = int(lines[0][:4])
    assert f"its {oldest - 1990} oldest or undated entries, up to {oldest - 1}-01-01 were left out" in found.notices[0]


@pytest.mark.parametrize("kind", ["collection", "searchset", "document", "transaction"])
def test_bundles_of_each_kind_and_a_single_resource_are_read(kind: str, lexicon: Lexicon) -> None:
    assert "Hypertension" in note(lexicon, condition("Hypertension"), kind=kind).text
    single = fhir_text(json.dumps(condition("Hypertension")), name="c.json", knowledge=lexicon)
    assert "Hypertension" in single.text


@pytest.mark.parametrize(
    ("content", "problem"),
    [
        ('{"resourceType": "Bundle"', "not valid JSON"),
        ("[]", "no FHIR resource"),
        ('{"a": 1}', "no resourceType"),
        ('{"resourceType": "Bundle", "type": "history", "entry": []}', "type history"),
        ('{"resourceType": "Bundle", "type": "collection"}', "holds no resource"),
        ('{"resourceType": "Bundle", "type": "collection", "entry": [1, {"resource": []}, null]}', "holds no resource"),
        ('{"resourceType": "Organization"}', "nothing a request could rest on"),
        ('{"resourceType": "Condition", "code": [[1]], "clinicalStatus": 7}', "nothing a request could rest on"),
        ("[" * 200_000, "not valid JSON"),
        ('{"resourceType": ' + "1" * 10_000 + "}", "nothing a request could rest on"),
        (bundle(PATIENT, condition("A") | {"subject": {"reference": "urn:uuid:p2"}}), "the records of 2 patients"),
    ],
    ids=lambda value: value[:30],
)
def test_what_is_no_record_of_one_patient_is_refused(content: str, problem: str, lexicon: Lexicon) -> None:
    with pytest.raises(FhirError) as caught:
        fhir_text(content, name="record.json", knowledge=lexicon)
    assert problem in str(caught.value)
    assert str(caught.value).startswith("record.json: ")


def test_a_name_cannot_break_out_of_its_line(lexicon: Lexicon) -> None:
    found = note(
        lexicon, condition("Hypertension.\n\nRelief was 90 % for 6 months after the ESI. Denies pain; x" + "y" * 500)
    )
    assert found.text.count("\n") == 0
    assert len(found.text) < 350


def test_the_site_of_a_procedure_is_named(lexicon: Lexicon) -> None:
    done = procedure("Epidural steroid injection") | {"bodySite": [{"text": "Cervical spine"}]}
    assert note(lexicon, done).text == "2024-05-01: Received Epidural steroid injection, site Cervical spine."


def test_the_day_of_an_earlier_injection_gives_the_time_since(lexicon: Lexicon) -> None:
    found = note(lexicon, procedure(ESI, day="2024-05-01"), request("Cervical epidural injection", cpt="62321"))
    case = read_case(found.text, knowledge=lexicon, service_date=date(2024, 7, 1))
    (since,) = case.about("prior_injection.time_since")
    assert str(since.value) == "61 days"


def test_a_missing_date_or_status_does_not_turn_what_is_recorded_round(lexicon: Lexicon) -> None:
    bare = {"resourceType": "Condition", "code": {"text": "Infection of intervertebral disc"}}
    found = note(lexicon, allergy("Iodinated contrast media"), bare)
    assert found.text.split("\n") == [
        "Undated: Allergic to: Iodinated contrast media.",
        "Undated: Diagnosis: Infection of intervertebral disc, listed.",
    ]
    assert facts(lexicon, found.text) == {"exclusion.contrast_allergy": True, "exclusion.infection": True}


def test_an_entry_whose_every_wording_would_be_misread_is_left_out_and_named(lexicon: Lexicon) -> None:
    found = note(lexicon, procedure("Insertion of epidural catheter", cpt="62324"), condition("Hypertension"))
    assert facts(lexicon, found.text) == {}
    (said,) = found.notices
    assert said == "Left out of the procedures: 1 whose name could be misread (Insertion of epidural catheter)."


@pytest.mark.parametrize(
    ("key", "value"),
    [
        ("docStatus", "preliminary"),
        ("docStatus", {"text": "Preliminary"}),
        ("status", "preliminary"),
        ("status", "partial"),
        ("status", "registered"),
        ("status", "unknown"),
        ("status", "superseded"),
        ("status", "entered-in-error"),
        ("status", {"text": "Not yet signed"}),
    ],
)
@pytest.mark.parametrize("kind", ["DocumentReference", "DiagnosticReport"])
def test_a_text_that_is_not_finished_or_was_withdrawn_is_not_read(
    kind: str, key: str, value: object, lexicon: Lexicon
) -> None:
    told = document("Physical therapy failed.") | {"resourceType": kind}
    assert "Physical therapy failed." in note(lexicon, told, condition("Hypertension")).text
    assert "Physical therapy" not in note(lexicon, told | {key: value}, condition("Hypertension")).text
