"""Routes from here to there."""

from flask import Blueprint

bp = Blueprint("pathways", __name__)
