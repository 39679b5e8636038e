"""``client.documents``."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from app.api.models.corpus import DocumentForm, DocumentOut, UploadOut
from app.client.transport import Transport, keyed, part
from app.documents_view import DocumentRow

ROOT = "/v1/documents"


class Documents:
    def __init__(self, sender: Transport) -> None:
        self._sender = sender

    def list(self, *, kind: str | None = None, payer: str | None = None) -> Iterator[DocumentRow]:
        """Every document in order of id, of one kind and one payer (its id) where named."""
        return self._sender.pages(DocumentRow, ROOT, kind=kind, payer=payer)

    def show(self, document_id: str) -> DocumentOut:
        """The document's row, and its sections."""
        return self._sender.get(DocumentOut, f"{ROOT}/{part(document_id)}")

    def upload(
        self,
        files: Mapping[str, bytes],
        *,
        form: DocumentForm | None = None,
        replace: bool = False,
        key: str | None = None,
    ) -> UploadOut:
        """Add a document: its files by name. ``show_upload`` tells later whether it was taken.

        ``form``: what a citation needs to know of one text, PDF or Word file; ``key``: an idempotency key of your own.
        """
        fields = {"replace": "true" if replace else "false"}
        if form is not None:
            fields["form"] = form.model_dump_json()
        response = self._sender.send(
            "POST",
            ROOT,
            headers=keyed(key),
            data=fields,
            files=[("files", (name, content)) for name, content in files.items()],
        )
        return UploadOut.model_validate_json(response.content)

    def uploads(self) -> Iterator[UploadOut]:
        """The newest first."""
        return self._sender.pages(UploadOut, f"{ROOT}/uploads")

    def show_upload(self, upload_id: str) -> UploadOut:
        return self._sender.get(UploadOut, f"{ROOT}/uploads/{part(upload_id)}")

    def remove(self, document_id: str) -> None:
        """One that was added; what it replaced comes back."""
        self._sender.send("DELETE", f"{ROOT}/{part(document_id)}")
