"""Commands of notifications."""

from flask.cli import AppGroup

group = AppGroup("notifications")
commands = (group,)
