"""Looking around as somebody, in demo mode only."""

from flask import Blueprint

bp = Blueprint("demo", __name__)
