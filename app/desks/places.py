"""Where the documents of a tenant live."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from app.library import documents_home
from app.store.author import LOCAL
from rag.errors import UserError

DOCUMENTS: Final = "documents"
_TENANT: Final = re.compile(r"[a-z0-9][a-z0-9-]{0,62}")


@dataclass(frozen=True)
class Places:
    """``home`` holds ``documents``, of the tenant ``local``, and ``tenants``, with a folder for each of the others."""

    home: Path

    def of(self, tenant: str) -> Path:
        """Not created here. Raises ``UserError`` for what is no name of a tenant."""
        if not _TENANT.fullmatch(tenant):
            raise UserError(
                f"There is no tenant {tenant[:70]!r}. A name has up to 63 small letters, digits and hyphens, "
                "the first of them no hyphen."
            )
        return self.home / DOCUMENTS if tenant == LOCAL else self.home / "tenants" / tenant / DOCUMENTS

    @property
    def nobody(self) -> Path:
        """Of no tenant, whatever its name: nothing is ever added there."""
        return self.home / "tenants" / ".nobody" / DOCUMENTS


def places(home: Path | None = None) -> Places:
    """Those of the user who runs this process, unless another ``home`` is given."""
    return Places(home or documents_home().parent)
