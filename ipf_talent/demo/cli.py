"""Commands of demo."""

from flask.cli import AppGroup

group = AppGroup("demo")
commands = (group,)
