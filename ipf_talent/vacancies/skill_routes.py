"""Skills and occupations: what teaches them, who asks for them."""

from flask import Blueprint

bp = Blueprint("skills", __name__)
