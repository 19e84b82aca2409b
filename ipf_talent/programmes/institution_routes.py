"""Institutions that teach."""

from flask import Blueprint

bp = Blueprint("institutions", __name__)
