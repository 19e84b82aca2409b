"""Places and programmes that fit, and why."""

from flask import Blueprint

bp = Blueprint("matching", __name__)
