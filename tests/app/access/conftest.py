"""The databases of ``tests.app.store.databases`` as fixtures."""

from tests.app.store.databases import database, kind, migrated_file, postgresql, sqlite_url, url

__all__ = ["database", "kind", "migrated_file", "postgresql", "sqlite_url", "url"]
