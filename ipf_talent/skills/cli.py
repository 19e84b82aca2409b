"""Commands of skills."""

from flask.cli import AppGroup

group = AppGroup("skills")
commands = (group,)
