"""Colleagues at an organisation: who may do what, inviting, accepting, and registering an organisation."""

from flask import Blueprint

bp = Blueprint("people", __name__)
