"""The `ipf-talent` command: everything that is done from a terminal."""

import sys

from flask.cli import FlaskGroup

from config import ConfigError
from ipf_talent import create_app


def main() -> None:
    """Run the command that the arguments name."""
    try:
        FlaskGroup(create_app=create_app, add_default_commands=True, load_dotenv=False).main()
    except ConfigError as error:
        sys.exit(str(error))


if __name__ == "__main__":
    main()
