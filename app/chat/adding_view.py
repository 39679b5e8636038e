"""The part of the documents page where one is added."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

import streamlit as st

from app.chat.adding import Filled, add, of_files, of_text
from app.chat.errors import words_of
from app.chat.notes import FILE_TYPES
from app.chat.office import Office
from app.chat.plain import plain, say
from app.options import today
from app.user_errors import FOR_THE_USER
from ingest.adding import ALLOWED, Addition
from ingest.errors import CorpusErrors
from ingest.front_matter import FOLDERS

_WHOLE, _TEXT = "A complete document", "A text, with fields to fill in"
_FAULTS_SHOWN: Final = 10
_ADDED: Final = "document-added"


def show_adding(office: Office) -> None:
    if added := st.session_state.pop(_ADDED, None):
        st.success(f"Added: {plain(added)}. Answers rest on it from now on.", icon=":material/check:")
    fold = st.expander("Add a document", icon=":material/note_add:", key="add-document", on_change="rerun")
    if not fold.open:
        return
    with fold:
        way = st.radio("What do you have?", [_WHOLE, _TEXT], horizontal=True)
        given = _files() if way == _WHOLE else _text(office)
        replace = st.checkbox("Replace the document of the same id, if there is one")
        if st.button("Add it", type="primary", key="add-it"):
            _add(office, given, replace=replace)


def _files() -> Callable[[], Addition]:
    uploads = st.file_uploader(
        f"Files: {', '.join(ALLOWED)}", type=["md", "yaml"], accept_multiple_files=True, key="document-files"
    )
    return lambda: of_files({upload.name: upload.getvalue() for upload in uploads or ()})


def _text(office: Office) -> Callable[[], Addition]:
    upload = st.file_uploader("The text", type=[*FILE_TYPES, "md"], key="document-text")
    names = {payer.id: payer.name for payer in office.knowledge.payers.values()}
    left, right = st.columns(2)
    with left:
        title = st.text_input("Title", key="document-title")
        publisher = st.text_input("Publisher", key="document-publisher")
        kind = st.selectbox("Kind", list(FOLDERS.values()), index=1, key="document-kind")
        url = st.text_input("Address of the original", placeholder="https://", key="document-url")
        jurisdiction = st.text_input("Where it holds", placeholder="US commercial", key="document-jurisdiction")
        cpt = st.text_input("Procedure codes, if it names any", key="document-cpt")
        icd10cm = st.text_input("Diagnosis codes, if it names any", key="document-icd")
    with right:
        version = st.text_input("Version", key="document-version")
        start = st.date_input("In force from", value=None, format="YYYY-MM-DD", key="document-from")
        end = st.date_input("In force to", value=None, format="YYYY-MM-DD", key="document-to")
        checked = st.date_input("Checked on", value=today(), format="YYYY-MM-DD", key="document-checked")
        rights = st.text_input("Copyright", key="document-copyright")
        payer = st.selectbox("Payer", list(names), format_func=names.__getitem__, index=None, key="document-payer")
    filled = Filled(
        title=title or "",
        publisher=publisher or "",
        kind=str(kind),
        url=url or "",
        jurisdiction=jurisdiction or "",
        version=version or "",
        effective_from=start,
        effective_to=end,
        last_checked=checked,
        copyright=rights or "",
        cpt=cpt or "",
        icd10cm=icd10cm or "",
        payer=payer,
    )
    return lambda: of_text(*_uploaded(upload), filled)


def _uploaded(upload: object) -> tuple[str, bytes]:
    from streamlit.runtime.uploaded_file_manager import UploadedFile

    return (upload.name, upload.getvalue()) if isinstance(upload, UploadedFile) else ("the file", b"")


def _add(office: Office, given: Callable[[], Addition], *, replace: bool) -> None:
    bar = st.progress(0.0, "Reading")

    def progress(done: int, total: int, what: str) -> None:
        bar.progress(min(1.0, done / max(total, 1)), plain(what[:1].upper() + what[1:]))

    try:
        st.session_state[_ADDED] = add(office, given(), replace=replace, progress=progress)
    except CorpusErrors as found:
        bar.empty()
        _show_faults(found)
        return
    except FOR_THE_USER as error:
        bar.empty()
        st.error(plain(words_of(error)), icon=":material/error:")
        return
    st.rerun()


def _show_faults(found: CorpusErrors) -> None:
    """Each fault with its place and its remedy; the corpus is as it was."""
    st.error("The document was not added: nothing was changed.", icon=":material/error:")
    for fault in found.errors[:_FAULTS_SHOWN]:
        say(f"{fault.file}, line {fault.line}: {fault.problem}. {fault.remedy}.")
    if len(found.errors) > _FAULTS_SHOWN:
        st.caption(f"and {len(found.errors) - _FAULTS_SHOWN} more")
