"""Which scope each route needs, written down apart from the routes: what a person decided, to hold them against.

The last column is the answer to a request that is let in: it names nothing that exists and has no body, so most of
them end in 404 (no such thing) or 400 (no such body).
"""

from __future__ import annotations

from dataclasses import dataclass

_TABLE = """
POST    /v1/answers                                   read    400
POST    /v1/cases                                     read    400
POST    /v1/determinations                            read    400
POST    /v1/determinations/batch                      read    400
POST    /v1/search                                    read    400
GET     /v1/policies                                  read    200
GET     /v1/policies/{policy_id}                      read    404
GET     /v1/policies/{policy_id}/versions/{version}   read    404
GET     /v1/policies/{policy_id}/diff                 read    400
GET     /v1/policies/{policy_id}/questionnaire        read    404
GET     /v1/vocabulary                                read    200
GET     /v1/payers                                    read    200
GET     /v1/documents                                 read    200
GET     /v1/documents/{document_id}                   read    404
POST    /v1/documents                                 admin   400
DELETE  /v1/documents/{document_id}                   admin   404
GET     /v1/documents/uploads                         admin   200
GET     /v1/documents/uploads/{upload_id}             admin   404
GET     /v1/threads                                   read    200
POST    /v1/threads                                   write   201
GET     /v1/threads/{thread_id}                       read    404
PATCH   /v1/threads/{thread_id}                       write   400
DELETE  /v1/threads/{thread_id}                       admin   404
POST    /v1/threads/{thread_id}/messages              write   400
GET     /v1/threads/{thread_id}/turns/{number}        read    404
GET     /v1/threads/{thread_id}/turns/{number}/export read    400
GET     /v1/reviews                                   read    200
POST    /v1/reviews                                   write   400
GET     /v1/reviews/{review_id}                       read    404
GET     /v1/reviews/{review_id}/revisions/{number}    read    404
GET     /v1/reviews/{review_id}/export                read    400
POST    /v1/reviews/{review_id}/resubmission          write   400
POST    /v1/reviews/{review_id}/steps                 review  400
POST    /v1/questionnaires                            read    400
POST    /v1/questionnaire-responses                   read    400
GET     /cds-services                                 open    200
POST    /cds-services/{service_id}                    read    400
POST    /cds-services/{service_id}/feedback           read    400
GET     /v1/schemas                                   open    200
GET     /v1/schemas/{name}                            open    404
GET     /v1/whoami                                    any     200
GET     /problems/{slug}                              open    404
GET     /healthz                                      open    200
GET     /readyz                                       open    200
GET     /metrics                                      read    200
"""
#: Served beside them: the description and the page that shows it.
UNDESCRIBED = frozenset({"/openapi.json", "/docs", "/docs/oauth2-redirect", "/docs-assets"})


@dataclass(frozen=True)
class Route:
    """``scope``: or ``any`` for every valid key, or ``open`` for everybody."""

    method: str
    path: str
    scope: str
    status: int

    def __str__(self) -> str:
        return f"{self.method} {self.path}"

    @property
    def address(self) -> str:
        """With ids of nothing."""
        return self.path.replace("{number}", "1").replace("{", "no-").replace("}", "")


def _route(line: str) -> Route:
    method, path, scope, status = line.split()
    return Route(method, path, scope, int(status))


ROUTES = tuple(_route(line) for line in _TABLE.strip().splitlines())
