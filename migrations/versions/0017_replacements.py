"""Which placement was proposed in place of an interrupted one, and whether a company employs somebody afterwards."""

import sqlalchemy as sa
from alembic import op

import ipf_talent.db

revision = '0017'
down_revision = '0016'
branch_labels = None
depends_on = None

KEY = 'fk_replacement_task_replacement_id_placement'


def upgrade() -> None:
    with op.batch_alter_table('replacement_task', schema=None) as batch_op:
        batch_op.add_column(sa.Column('replacement_id', sa.Integer(), nullable=True))
        batch_op.create_index(batch_op.f('ix_replacement_task_replacement_id'), ['replacement_id'], unique=False)
        batch_op.create_foreign_key(batch_op.f(KEY), 'placement', ['replacement_id'], ['id'], ondelete='SET NULL')
    with op.batch_alter_table('outcome', schema=None) as batch_op:
        batch_op.add_column(sa.Column('employed', sa.Boolean(), nullable=True))
        batch_op.add_column(sa.Column('employed_at', ipf_talent.db.UtcDateTime(timezone=True), nullable=True))


def downgrade() -> None:
    with op.batch_alter_table('outcome', schema=None) as batch_op:
        batch_op.drop_column('employed_at')
        batch_op.drop_column('employed')
    with op.batch_alter_table('replacement_task', schema=None) as batch_op:
        batch_op.drop_constraint(batch_op.f(KEY), type_='foreignkey')
        batch_op.drop_index(batch_op.f('ix_replacement_task_replacement_id'))
        batch_op.drop_column('replacement_id')
