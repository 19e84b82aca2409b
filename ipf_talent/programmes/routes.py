"""Programmes and the three tracks."""

from flask import Blueprint

bp = Blueprint("programmes", __name__)
