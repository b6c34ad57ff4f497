"""The OpenAPI file: what django-ninja makes of the routes, completed by what holds for all of them."""

from __future__ import annotations

from typing import Any

from ninja import NinjaAPI
from ninja.openapi.schema import OpenAPISchema

from .schemas.repeats import ProblemAnswer

REFERENCE = "#/components/schemas/{model}"
PROBLEM = {"application/problem+json": {"schema": {"$ref": "#/components/schemas/ProblemAnswer"}}}
DESCRIPTIONS = {
    "304": "Not changed since the ETag that was sent",
    "400": "The body is not JSON",
    "401": "No valid token, key or session",
    "403": "Not allowed with this role or key",
    "404": "Not there, or not for you",
    "409": "The present state says no; `alternatives` where a time is taken, `occurrences` where dates of a series are",
    "413": "The body is too large",
    "415": "The body is not application/json",
    "422": "Fields that cannot be accepted, each named in `errors`",
    "429": "Too many requests; see Retry-After",
    "503": "Not available now; see Retry-After",
}
SECURITY = {
    "OrderToken": {"type": "http", "scheme": "bearer", "description": "The `token` of the order."},
    "ApiKey": {"type": "http", "scheme": "bearer", "description": "A key of the business: `hrm_…`."},
    "Session": {
        "type": "apiKey",
        "in": "cookie",
        "name": "sessionid",
        "description": "A signed-in member; changes need the CSRF token in `X-CSRFToken`.",
    },
}
IDEMPOTENCY = {
    "name": "Idempotency-Key",
    "in": "header",
    "required": False,
    "description": "Repeating the request with the same key and body gives the same answer for 24 hours.",
    "schema": {"type": "string", "minLength": 1, "maxLength": 255, "pattern": "^[\\x21-\\x7e]+$"},
}


def complete(schema: OpenAPISchema) -> dict[str, Any]:
    """Problems, security, idempotency and the shapes that OpenAPI 3.1 wants."""
    document: dict[str, Any] = dict(schema)
    problem = ProblemAnswer.model_json_schema(ref_template=REFERENCE)
    document["components"]["schemas"].update(problem.pop("$defs", {}))
    document["components"]["schemas"]["ProblemAnswer"] = problem
    document["components"]["securitySchemes"] = SECURITY
    document["components"]["parameters"] = {"IdempotencyKey": IDEMPOTENCY}
    document["components"]["responses"] = {
        status: {"description": text} if status == "304" else {"description": text, "content": PROBLEM}
        for status, text in DESCRIPTIONS.items()
    }
    for path, methods in document["paths"].items():
        for method, operation in methods.items():
            _complete(path, method, operation)
    if not document["servers"]:
        del document["servers"]
    return document


def _complete(path: str, method: str, operation: dict[str, Any]) -> None:
    for parameter in operation.get("parameters", []):
        # Of a parameter, `examples` is a map with names; the list of its schema says the same.
        parameter.pop("examples", None)
        if parameter["in"] == "path":
            parameter["schema"]["pattern"] = _pattern(path, parameter["name"])
    if any("ApiKey" in one for one in operation.get("security", [])):
        operation["security"].append({"Session": []})
    if path.endswith("/calendar.ics"):
        operation["responses"] = {
            200: {"description": "OK", "content": {"text/calendar": {"schema": {"type": "string"}}}}
        }
    if method == "post" and "/gateways/" not in path:
        operation["parameters"].append({"$ref": "#/components/parameters/IdempotencyKey"})
    responses = {str(status): found for status, found in operation["responses"].items()}
    for status in _refusals(path, method, operation):
        responses[status] = {"$ref": f"#/components/responses/{status}"}
    operation["responses"] = responses


def _pattern(path: str, name: str) -> str:
    if name in ("business", "gateway") or (name == "offering" and "/public/" in path):
        return "^[-a-zA-Z0-9_]+$"
    return "^ord_[0-9a-z]{1,27}$" if name == "order" else "^[a-z]{2,5}_[0-9a-z]{1,27}$"


def _refusals(path: str, method: str, operation: dict[str, Any]) -> list[str]:
    found = ["404", "422", "503"]
    if "/gateways/" not in path:
        found.append("429")
    if "/gateways/" in path or operation.get("requestBody"):
        found += ["400", "413", "415"]
    if operation.get("security"):
        found.append("401")
    if "/manage/" in path:
        found.append("403")
    if method == "get":
        found.append("304")
    else:
        found.append("409")
    return sorted(found)


class Api(NinjaAPI):
    """django-ninja's, with the completed OpenAPI file."""

    def get_openapi_schema(self, **options: Any) -> Any:
        return complete(super().get_openapi_schema(**options))

    def get_openapi_operation_id(self, operation: Any) -> str:
        """Module and function: `public_orders.create_order`."""
        view = operation.view_func
        return f"{view.__module__.rpartition('.')[2]}.{view.__name__}"
