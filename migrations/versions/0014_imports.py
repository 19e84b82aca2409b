"""Imports of listings: the feeds of schools, every file with its dry run, and what became of it."""

import sqlalchemy as sa
from alembic import op

import ipf_talent.db

revision = '0014'
down_revision = '0013'
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table('import_feed',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('school_id', sa.Integer(), nullable=False),
    sa.Column('name', sa.String(length=40), nullable=False),
    sa.Column('rows', sa.Integer(), nullable=False),
    sa.Column('named', sa.JSON(), nullable=False),
    sa.Column('applied_at', ipf_talent.db.UtcDateTime(timezone=True), nullable=True),
    sa.ForeignKeyConstraint(['school_id'], ['organisation.id'], name=op.f('fk_import_feed_school_id_organisation'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_import_feed')),
    sa.UniqueConstraint('school_id', 'name', name=op.f('uq_import_feed_school_id'))
    )
    with op.batch_alter_table('import_feed', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_import_feed_school_id'), ['school_id'], unique=False)

    op.create_table('import_run',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('key', sa.String(length=16), nullable=False),
    sa.Column('once', sa.String(length=32), nullable=False),
    sa.Column('school_id', sa.Integer(), nullable=False),
    sa.Column('feed_id', sa.Integer(), nullable=False),
    sa.Column('by_id', sa.Integer(), nullable=True),
    sa.Column('released_by_id', sa.Integer(), nullable=True),
    sa.Column('applied_by_id', sa.Integer(), nullable=True),
    sa.Column('format', sa.Enum('csv', 'xlsx', 'ooapi5', 'ooapi6', name='format', native_enum=False, create_constraint=True, length=30), nullable=False),
    sa.Column('label', sa.String(length=80), nullable=False),
    sa.Column('size', sa.Integer(), nullable=False),
    sa.Column('sha256', sa.String(length=64), nullable=False),
    sa.Column('data', sa.LargeBinary(), nullable=True),
    sa.Column('status', sa.Enum('spoilt', 'held', 'ready', 'applying', 'applied', 'discarded', name='runstatus', native_enum=False, create_constraint=True, length=30), nullable=False),
    sa.Column('added', sa.Integer(), nullable=False),
    sa.Column('changed', sa.Integer(), nullable=False),
    sa.Column('left', sa.Integer(), nullable=False),
    sa.Column('refused', sa.Integer(), nullable=False),
    sa.Column('report', sa.JSON(), nullable=False),
    sa.Column('fingerprint', sa.String(length=64), nullable=False),
    sa.Column('without_refused', sa.Boolean(), server_default=sa.text('false'), nullable=False),
    sa.Column('created_at', ipf_talent.db.UtcDateTime(timezone=True), nullable=False),
    sa.Column('applying_since', ipf_talent.db.UtcDateTime(timezone=True), nullable=True),
    sa.Column('applied_at', ipf_talent.db.UtcDateTime(timezone=True), nullable=True),
    sa.Column('broken_at', ipf_talent.db.UtcDateTime(timezone=True), nullable=True),
    sa.Column('version', sa.Integer(), server_default='1', nullable=False),
    sa.CheckConstraint('size >= 0', name=op.f('ck_import_run_size')),
    sa.CheckConstraint("(status = 'applied') = (applied_at IS NOT NULL)", name=op.f('ck_import_run_applied')),
    sa.ForeignKeyConstraint(['applied_by_id'], ['user_account.id'], name=op.f('fk_import_run_applied_by_id_user_account'), ondelete='SET NULL'),
    sa.ForeignKeyConstraint(['by_id'], ['user_account.id'], name=op.f('fk_import_run_by_id_user_account'), ondelete='SET NULL'),
    sa.ForeignKeyConstraint(['feed_id'], ['import_feed.id'], name=op.f('fk_import_run_feed_id_import_feed'), ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['released_by_id'], ['user_account.id'], name=op.f('fk_import_run_released_by_id_user_account'), ondelete='SET NULL'),
    sa.ForeignKeyConstraint(['school_id'], ['organisation.id'], name=op.f('fk_import_run_school_id_organisation'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_import_run')),
    sa.UniqueConstraint('key', name=op.f('uq_import_run_key')),
    sa.UniqueConstraint('once', name=op.f('uq_import_run_once'))
    )
    with op.batch_alter_table('import_run', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_import_run_by_id'), ['by_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_import_run_feed_id'), ['feed_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_import_run_school_id'), ['school_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_import_run_sha256'), ['sha256'], unique=False)
        batch_op.create_index(batch_op.f('ix_import_run_status'), ['status'], unique=False)


def downgrade() -> None:
    op.drop_table('import_run')
    op.drop_table('import_feed')
