"""What Alembic runs: the models' tables against the connection it is given."""

from alembic import context

from ipf_talent import db, every_model
from ipf_talent.home.schema import include_object

every_model()
context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=db.Base.metadata,
    render_as_batch=True,
    include_object=include_object,
    compare_type=True,
)
with context.begin_transaction():
    context.run_migrations()
