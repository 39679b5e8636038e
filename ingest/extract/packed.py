"""Compressed content, unpacked only as far as the limits allow."""

from __future__ import annotations

import io
import zipfile
import zlib

from ingest.extract import limits
from ingest.extract.errors import ExtractError

GZIP_MARK = b"\x1f\x8b"
_GZIP_WINDOW = 31  # zlib: the largest window, with a gzip header
_TOO_LARGE = "Remove pictures and attachments, or save the part that matters as a file of its own"


def gunzipped(name: str, content: bytes) -> bytes:
    """The content of a gzip file. Raises ExtractError when it is damaged or expands beyond the limit."""
    unpacked = bytearray()
    rest = content
    try:
        while rest.startswith(GZIP_MARK):
            stream = zlib.decompressobj(_GZIP_WINDOW)
            unpacked += stream.decompress(rest, limits.MOST_EXPANDED_BYTES + 1 - len(unpacked))
            if len(unpacked) > limits.MOST_EXPANDED_BYTES:
                raise too_large_unpacked(name)
            if not stream.eof:
                raise ExtractError(name, "the compressed file is cut off", "Download or export it again")
            rest = stream.unused_data
    except zlib.error:
        raise ExtractError(name, "the compressed file is damaged", "Download or export it again") from None
    return bytes(unpacked)


def check_zip(name: str, content: bytes) -> None:
    """Raises ExtractError unless every part of the zip is small enough; a part never expands beyond its own claim."""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            parts = archive.infolist()
    except (zipfile.BadZipFile, ValueError, NotImplementedError, OSError):
        raise ExtractError(name, "the file is damaged or cut off", "Save or download it again") from None
    if len(parts) > limits.MOST_PARTS or sum(part.file_size for part in parts) > limits.MOST_EXPANDED_BYTES:
        raise too_large_unpacked(name)


def too_large_unpacked(name: str) -> ExtractError:
    most = limits.MOST_EXPANDED_BYTES // limits.MEGABYTE
    return ExtractError(name, f"the file unpacks to more than {most} MB", _TOO_LARGE)
