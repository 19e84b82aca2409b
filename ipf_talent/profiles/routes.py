"""Where are you now: level, skills, wishes."""

from flask import Blueprint

bp = Blueprint("profiles", __name__)
