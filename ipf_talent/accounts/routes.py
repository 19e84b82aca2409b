"""Signing up, in and out, and looking after one's account."""

from flask import Blueprint

bp = Blueprint("accounts", __name__)
