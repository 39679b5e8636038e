"""Attacks by documents: archives that swell, files that are two things, PDFs that would act, and broken forms."""

from __future__ import annotations

import io
import zipfile
from random import Random
from typing import Final

from tests.app.api.hostile.attack import TEXTS, Attack, Expected, Ground

_BOUNDARY: Final = "----boundary"
#: Bytes an archive swells to.
_SWOLLEN: Final = 400 * 1024 * 1024
_CONTENT_TYPES: Final = (
    '<?xml version="1.0"?><Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
    '<Override PartName="/word/document.xml" ContentType="application/vnd.openxmlformats-officedocument.'
    'wordprocessingml.document.main+xml"/></Types>'
)
_PDF: Final = (
    b"%PDF-1.7\n1 0 obj<</Type/Catalog/Pages 2 0 R/OpenAction<</S/JavaScript/JS(app.alert\\('MARK'\\))>>>>endobj\n"
    b"2 0 obj<</Type/Pages/Kids[3 0 R]/Count 1>>endobj\n3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 9 9]>>endobj\n"
    b"trailer<</Root 1 0 R>>\n%%EOF"
)
_YAML_BOMB: Final = b"a: &a [x, x]\n" + b"".join(
    b"%c: &%c [*%c, *%c, *%c, *%c, *%c, *%c, *%c, *%c]\n" % ((98 + n, 98 + n) + (97 + n,) * 8) for n in range(12)
)
_DOCUMENT: Final = b"---\nid: MARK\ntitle: MARK\n---\n## A {#a}\n\nMARK\n"
#: Filled once: half a second of compression.
_made: dict[str, bytes] = {}


def document(random: Random, ground: Ground, mark: str) -> Attack:
    """Kept for the check, which is not asked to like it; or refused at once."""
    files = random.choice(_FILES)(mark)
    form = ground.body("upload_document")["form"] if random.random() < 0.8 else None
    return Attack("document", _upload(ground, files, form), Expected.ANSWERED)


def _bomb(name: str) -> bytes:
    if name not in _made:
        made = io.BytesIO()
        with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as archive:
            archive.writestr("[Content_Types].xml", _CONTENT_TYPES)
            with archive.open(name, "w", force_zip64=True) as inside:
                for _ in range(_SWOLLEN // 2**20):
                    inside.write(b"<" * 2**20)
        _made[name] = made.getvalue()
    return _made[name]


def _marked(content: bytes, mark: str) -> bytes:
    return content.replace(b"MARK", mark.encode())


_FILES: Final = (
    lambda mark: {f"{mark}.docx": _bomb("word/document.xml")},
    lambda mark: {f"{mark}.docx": _bomb(f"../../{'etc'}/passwd")},
    lambda mark: {f"{mark}.zip": _bomb("a.txt")},
    lambda mark: {f"{mark}.pdf": _marked(_PDF, mark)},
    lambda mark: {f"{mark}.pdf": _marked(_PDF, mark) + _bomb("word/document.xml")},
    lambda mark: {f"{mark}.txt": b"MZ\x90\x00" + mark.encode() + bytes(5_000)},
    lambda mark: {f"{mark}.txt": b"\x89PNG\r\n\x1a\n" + mark.encode()},
    lambda mark: {f"{mark}.pdf": b"%PDF-1.7\n" + b"[" * 100_000 + mark.encode()},
    lambda mark: {"document.md": _marked(_DOCUMENT, mark), "criteria.yaml": _YAML_BOMB, "cases.yaml": _YAML_BOMB},
    lambda mark: {"document.md": b"---\n" + _YAML_BOMB + b"---\n" + mark.encode()},
    lambda mark: {"document.md": b"---\nx: !!python/object/apply:os.system ['" + mark.encode() + b"']\n---\n"},
    lambda mark: {f"../../{mark}/document.md": _marked(_DOCUMENT, mark)},
    lambda mark: {"document.md": b"\xff\xfe" + mark.encode() + bytes(100)},
    lambda mark: {f"{mark}.txt": b""},
)


def _upload(ground: Ground, files: dict[str, bytes], form: str | None) -> bytes:
    parts = [_part("files", content, name) for name, content in files.items()]
    parts += [_part("form", form.encode())] if form else []
    return _posted(ground, b"".join(parts) + f"--{_BOUNDARY}--\r\n".encode())


def _part(name: str, content: bytes, file_name: str | None = None) -> bytes:
    disposition = f'form-data; name="{name}"' + (f'; filename="{file_name}"' if file_name else "")
    return f"--{_BOUNDARY}\r\nContent-Disposition: {disposition}\r\n\r\n".encode() + content + b"\r\n"


def _posted(ground: Ground, body: bytes, media_type: str = f"multipart/form-data; boundary={_BOUNDARY}") -> bytes:
    return ground.request("POST", "/v1/documents", {"Content-Type": media_type}, body)


def broken_form(random: Random, ground: Ground, mark: str) -> Attack:
    file, end = _part("files", mark.encode(), "a.txt"), f"--{_BOUNDARY}--\r\n".encode()
    text = random.choice(TEXTS).replace("MARK", mark)
    sent = random.choice(
        [
            _posted(ground, end),
            _posted(ground, mark.encode()),
            _posted(ground, file, "multipart/form-data"),
            _posted(ground, file, f"multipart/form-data; boundary={'b' * 300}"),
            _posted(ground, file + end, "multipart/mixed; boundary=" + _BOUNDARY),
            _posted(ground, file * 4 + end),
            _posted(ground, file * 3_000 + end),
            _posted(ground, b"".join(_part(f"{mark}{n}", b"x") for n in range(3_000)) + end),
            _posted(ground, _part("files", mark.encode()) + end),
            _posted(ground, file + _part("form", b"{" * 1_000 + mark.encode()) + end),
            _posted(ground, file + _part("form", b'{"title": NaN, "title": "' + mark.encode() + b'"}') + end),
            _posted(ground, file + _part("form", b'{"title": "\\ud800"}') + end),
            _posted(ground, file + _part("form", text.encode("utf-8", "surrogatepass")) + end),
            _posted(ground, file + _part("form", mark.encode() * 5_000) + end),
            _posted(ground, file + _part("form", b"{}") + end),
            _posted(ground, file + _part("replace", mark.encode()) + end),
            _posted(ground, f"--{_BOUNDARY}\r\n{mark}: \0\r\n\r\n".encode() + end),
            _posted(ground, f"--{_BOUNDARY}\r\n{mark * 3_000}\r\n\r\n".encode() + end),
            _posted(ground, as_form(mark), "application/x-www-form-urlencoded"),
            _posted(ground, b'{"files": ["' + mark.encode() + b'"]}', "application/json"),
        ]
    )
    return Attack("broken form", sent, Expected.REFUSED)


def as_form(mark: str) -> bytes:
    return f"files={mark}&form=%7B%7D".encode()
