"""Commands of matching."""

from flask.cli import AppGroup

group = AppGroup("matching")
commands = (group,)
