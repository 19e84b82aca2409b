"""Links by which people without an account read, sign and answer; who answered, and objections that a school took note of."""

import sqlalchemy as sa
from alembic import op

import ipf_talent.db

revision = '0016'
down_revision = '0015'
branch_labels = None
depends_on = None

BEFORE = ('hours', 'advice', 'moment', 'outcome')
ADDED = ('sign', 'answer', 'read')


def upgrade() -> None:
    _purposes(BEFORE + ADDED)
    with op.batch_alter_table('agreement_sheet', schema=None) as batch_op:
        batch_op.add_column(sa.Column('noted_at', ipf_talent.db.UtcDateTime(timezone=True), nullable=True))
    op.execute("UPDATE agreement_sheet SET noted_at = settled_at WHERE status = 'corrected'")
    with op.batch_alter_table('sheet_answer', schema=None) as batch_op:
        batch_op.add_column(sa.Column('name', sa.String(length=120), server_default='', nullable=False))


def downgrade() -> None:
    with op.batch_alter_table('sheet_answer', schema=None) as batch_op:
        batch_op.drop_column('name')
    with op.batch_alter_table('agreement_sheet', schema=None) as batch_op:
        batch_op.drop_column('noted_at')
    links = sa.table('guest_link', sa.column('purpose', sa.String))
    op.execute(links.delete().where(links.c.purpose.in_(ADDED)))
    _purposes(BEFORE)


def _purposes(values: tuple[str, ...]) -> None:
    """Let a link be for these things; SQLite makes the table anew, and leaves the former rule behind by itself."""
    name, rule = op.f('ck_guest_link_linkpurpose'), sa.column('purpose').in_(values)
    with op.batch_alter_table('guest_link', schema=None, recreate='auto') as batch_op:
        if op.get_bind().dialect.name == 'postgresql':
            batch_op.drop_constraint(name, type_='check')
        batch_op.create_check_constraint(name, rule)
