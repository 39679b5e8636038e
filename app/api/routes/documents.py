"""``/v1/documents``: what the answers rest on, and the way to add to it."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Final

from fastapi import File, Form, Path, Query, Request, UploadFile
from pydantic import ValidationError
from starlette.concurrency import run_in_threadpool
from starlette.responses import Response

from app.access.models import Principal, Scope
from app.api.conditional import tagged
from app.api.idempotency import REPLAYED, IdempotencyKey, fingerprint, found_write, part_of
from app.api.json_values import Flag
from app.api.models.corpus import DocumentForm, DocumentOut, SectionOut, UploadOut
from app.api.paging import Cursor, Limit, Page, moment_cursor, moment_place, page_of
from app.api.problems import ProblemError, Slug
from app.api.routing import Caller, make_router, needs
from app.api.service import Service, ServiceOf
from app.api.strict_json import parsed
from app.documents_view import DocumentRow, documents
from app.store.author import Author, Receipt
from app.store.documents import Documents
from app.store.uploads import Upload, Uploads
from ingest.documents import Document
from rag.conversation import Desk
from rag.errors import UnknownName

router = make_router("/v1/documents", tag="documents")

MOST_FILES: Final = 3
UploadId = Annotated[str, Path(max_length=64, pattern=r"^[A-Za-z0-9_-]+$")]
DocumentId = Annotated[str, Path(max_length=200)]


@router.get("", operation_id="list_documents", summary="List the documents", openapi_extra=needs(Scope.READ))
def list_documents(
    service: ServiceOf,
    caller: Caller,
    kind: Annotated[str | None, Query(max_length=40, description="policy, guideline, evidence, ...")] = None,
    payer: Annotated[str | None, Query(max_length=200, description="Only of this payer; its id.")] = None,
    limit: Limit = 50,
    cursor: Cursor = None,
) -> Page[DocumentRow]:
    """In order of id, each with its versions and where it stands today; the caller's own are among them."""
    desk = service.desks.of(caller.tenant).desk
    return page_of(_rows(desk, service.today(), kind, payer), limit=limit, cursor=cursor, key=lambda row: row.id)


@router.post(
    "",
    operation_id="upload_document",
    summary="Add a document",
    status_code=202,
    openapi_extra=needs(Scope.ADMIN),
)
async def upload(
    request: Request,
    response: Response,
    service: ServiceOf,
    caller: Caller,
    files: Annotated[
        list[UploadFile],
        File(
            min_length=1,
            max_length=MOST_FILES,
            description="A complete `document.md`, for a policy with its `criteria.yaml` and `cases.yaml`; or one "
            "text, PDF or Word file, with `form`.",
        ),
    ],
    form: Annotated[
        str | None, Form(max_length=20_000, description="JSON: what a citation needs to know of a text.")
    ] = None,
    replace: Annotated[Flag, Form(description="It may take the place of the document of the same id.")] = False,
    key: IdempotencyKey = None,
) -> UploadOut:
    """It is kept, then checked together with the corpus; the `Location` tells what became of it.

    It counts for the caller's tenant alone. What has a fault changes nothing.
    """
    given = await _read(files)
    described = _form(form)
    parts = [form.encode() if form else b"", str(replace).encode()]
    parts += [part for name, content in sorted(given.items()) for part in (name.encode(), content)]
    receipt = Receipt(key, fingerprint(request, *parts)) if key else None
    found, replayed = await run_in_threadpool(_kept, service, caller, given, described, replace, receipt)
    response.headers["Location"] = f"/v1/documents/uploads/{found.id}"
    if replayed:
        response.headers[REPLAYED] = "true"
    return _upload_out(found)


@router.get("/uploads", operation_id="list_uploads", summary="List the uploads", openapi_extra=needs(Scope.ADMIN))
def list_uploads(service: ServiceOf, caller: Caller, limit: Limit = 50, cursor: Cursor = None) -> Page[UploadOut]:
    """The newest first."""
    found = _uploads(service, caller).recent(limit + 1, after=moment_place(cursor))
    after = moment_cursor(found, limit=limit, place=lambda upload: (upload.created_at, upload.id))
    return Page(items=tuple(_upload_out(one) for one in found[:limit]), next=after)


@router.get(
    "/uploads/{upload_id}", operation_id="show_upload", summary="Show an upload", openapi_extra=needs(Scope.ADMIN)
)
def show_upload(upload_id: UploadId, service: ServiceOf, caller: Caller) -> UploadOut:
    """accepted, working, ready with the document's id, or failed with what has to be mended."""
    return _upload_out(_uploads(service, caller).get(upload_id))


@router.get(
    "/{document_id}",
    operation_id="show_document",
    summary="Show a document",
    response_model=DocumentOut,
    openapi_extra=needs(Scope.READ),
)
def show(document_id: DocumentId, request: Request, service: ServiceOf, caller: Caller) -> Response:
    """Its row and its sections: a digest in own words, with the address of the original, which prevails."""
    desk = service.desks.of(caller.tenant).desk
    known = desk.knowledge.documents
    document = known.get(document_id)
    if document is None:
        raise ProblemError(
            Slug.NOT_FOUND, str(UnknownName("document", document_id, list(known))), where="path/document_id"
        )
    row = next(row for row in _rows(desk, service.today()) if row.id == document_id)
    return tagged(request, DocumentOut(document=row, sections=_sections(document)))


@router.delete(
    "/{document_id}",
    operation_id="remove_document",
    summary="Remove an added document",
    status_code=204,
    openapi_extra=needs(Scope.ADMIN),
)
def remove(document_id: DocumentId, service: ServiceOf, caller: Caller) -> None:
    """One that was added here; what it replaced comes back. What came with the software stays."""
    try:
        service.desks.remove(caller.tenant, document_id)
    except UnknownName as error:
        raise ProblemError(Slug.NOT_FOUND, str(error), where="path/document_id") from None
    Documents(service.database, Author(caller.id, caller.tenant)).removed(document_id)


def _rows(desk: Desk, today: date, kind: str | None = None, payer: str | None = None) -> tuple[DocumentRow, ...]:
    return documents(desk.knowledge, today, kind=kind, payer=payer, passages=desk.searcher.index.passages)


def _sections(document: Document) -> tuple[SectionOut, ...]:
    return tuple(
        SectionOut(
            source=f"{document.id}#{section.anchor}",
            heading=section.heading,
            text=section.text,
            basis=section.basis,
        )
        for section in document.sections
    )


async def _read(files: list[UploadFile]) -> dict[str, bytes]:
    given = {(file.filename or "file"): await file.read() for file in files}
    if len(given) < len(files):
        raise ProblemError(Slug.UNUSABLE, "Two files have the same name.", where="/files")
    return given


def _form(text: str | None) -> dict[str, object] | None:
    if text is None:
        return None
    try:
        return DocumentForm.model_validate(parsed(text.encode("utf-8", "surrogatepass"))).model_dump(mode="json")
    except ValidationError as error:
        fault = error.errors()[0]
        where = "/form/" + "/".join(map(str, fault["loc"]))
        raise ProblemError(Slug.INVALID, f"{fault['msg']}.", where=where) from None


def _kept(
    service: Service,
    caller: Principal,
    files: dict[str, bytes],
    form: dict[str, object] | None,
    replace: bool,
    receipt: Receipt | None,
) -> tuple[Upload, bool]:
    author = Author(caller.id, caller.tenant)
    if receipt is not None:
        write = found_write(service, author, receipt)
        if write.earlier is not None:
            return Uploads(service.database, author).get(part_of(write.earlier, "upload")), True
        author = write.author
    uploads = Uploads(service.database, author)
    return uploads.get(uploads.add(files, form, replace)), False


def _uploads(service: Service, caller: Principal) -> Uploads:
    return Uploads(service.database, Author(caller.id, caller.tenant))


def _upload_out(upload: Upload) -> UploadOut:
    return UploadOut(
        id=upload.id,
        state=upload.state.value,
        document_id=upload.document_id,
        problems=upload.problems,
        created_at=upload.created_at,
        updated_at=upload.updated_at,
    )
