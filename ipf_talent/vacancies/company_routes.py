"""Companies of the cluster."""

from flask import Blueprint

bp = Blueprint("companies", __name__)
