"""Headers that every answer carries, and the doors that stay shut before a view runs."""

from flask import Flask, Response, abort, request, session
from werkzeug.exceptions import RequestEntityTooLarge

CSP = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; font-src 'self'; connect-src 'self'; "
    "form-action 'self'; frame-ancestors 'none'; base-uri 'none'; manifest-src 'self'"
)
SAFE = ("GET", "HEAD", "OPTIONS")
MAX_QUERY = 8_000


def init(app: Flask) -> None:
    """Set the headers, and refuse what no page of ours can want."""

    @app.before_request
    def refuse_odd_requests() -> None:
        if len(request.query_string) > MAX_QUERY:
            abort(414)
        if request.is_json or (request.mimetype or "").startswith("text/"):
            abort(415)
        try:
            texts = [*request.args.keys(), *request.args.values(), *request.form.keys(), *request.form.values(), request.path]
        except RequestEntityTooLarge:
            abort(413)
        if any("\x00" in text for text in texts):
            abort(400)

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
