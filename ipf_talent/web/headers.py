"""Headers that every answer carries, and the doors that stay shut before a view runs."""

from flask import Flask, Response, abort, request, session
from werkzeug.datastructures import ImmutableMultiDict
from werkzeug.exceptions import RequestEntityTooLarge

CSP = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; font-src 'self'; connect-src 'self'; "
    "form-action 'self'; frame-ancestors 'none'; base-uri 'none'; manifest-src 'self'"
)
SAFE = ("GET", "HEAD", "OPTIONS")
MAX_QUERY = 8_000


def _drop_nul() -> None:
    """Leave out the NULs that come along with pasted text: they are no letter, and the database takes none."""
    pairs = list(request.form.items(multi=True))
    if any("\x00" in text for _name, text in pairs):
        request.form = ImmutableMultiDict((name, text.replace("\x00", "")) for name, text in pairs)


def init(app: Flask) -> None:
    """Set the headers, and refuse what no page of ours can want."""

    @app.before_request
    def refuse_odd_requests() -> None:
        if most := getattr(app.view_functions.get(request.endpoint or ""), "takes", None):
            request.max_content_length = most
        if len(request.query_string) > MAX_QUERY:
            abort(414)
        if request.is_json or (request.mimetype or "").startswith("text/"):
            abort(415)
        try:
            texts = [*request.args.keys(), *request.args.values(), *request.form.keys(), request.path]
        except RequestEntityTooLarge:
            abort(413)
        if any("\x00" in text for text in texts):
            abort(400)
        _drop_nul()

    @app.after_request
    def protect(response: Response) -> Response:
        response.headers.setdefault("Content-Security-Policy", CSP)
        response.headers["X-Content-Type-Options"] = "nosniff"
        response.headers["Referrer-Policy"] = "same-origin"
        response.headers["Cross-Origin-Opener-Policy"] = "same-origin"
        response.headers["Cross-Origin-Resource-Policy"] = "same-origin"
        response.headers["X-Frame-Options"] = "DENY"
        response.headers["Permissions-Policy"] = "camera=(), geolocation=(), microphone=()"
        if request.is_secure:
            response.headers["Strict-Transport-Security"] = "max-age=31536000; includeSubDomains"
        if request.endpoint != "static":
            response.headers.setdefault("Cache-Control", "no-store" if session else "private, no-cache")
            response.vary.update(("Cookie", "HX-Request"))
        return response
