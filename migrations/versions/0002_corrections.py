"""Corrections: what readers say is read wrongly."""

import sqlalchemy as sa
from alembic import op

import ipf_talent.db

revision = '0002'
down_revision = '0001'
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table('match_correction',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('created_at', ipf_talent.db.UtcDateTime(timezone=True), nullable=False),
    sa.Column('kind', sa.Enum('place', 'programme', name='correctionkind', native_enum=False, create_constraint=True, length=30), nullable=False),
    sa.Column('slug', sa.String(length=80), nullable=False),
    sa.Column('organisation_id', sa.Integer(), nullable=False),
    sa.Column('about', sa.Enum('not_asked', 'missing', 'level', 'other', name='correctionabout', native_enum=False, create_constraint=True, length=30), nullable=False),
    sa.Column('skill', sa.String(length=80), nullable=True),
    sa.Column('text', sa.Text(), nullable=False),
    sa.Column('reporter_id', sa.Integer(), nullable=True),
    sa.Column('language', sa.String(length=2), nullable=False),
    sa.Column('model', sa.String(length=64), nullable=False),
    sa.Column('background', sa.String(length=64), nullable=False),
    sa.Column('taxonomy', sa.String(length=64), nullable=False),
    sa.Column('status', sa.Enum('open', 'settled', name='correctionstatus', native_enum=False, create_constraint=True, length=30), nullable=False),
    sa.Column('settled_at', ipf_talent.db.UtcDateTime(timezone=True), nullable=True),
    sa.Column('settled_by_id', sa.Integer(), nullable=True),
    sa.CheckConstraint("(status = 'settled') = (settled_at IS NOT NULL)", name=op.f('ck_match_correction_settled')),
    sa.CheckConstraint('length(text) <= 1000', name=op.f('ck_match_correction_text')),
    sa.ForeignKeyConstraint(['organisation_id'], ['organisation.id'], name=op.f('fk_match_correction_organisation_id_organisation'), ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['reporter_id'], ['user_account.id'], name=op.f('fk_match_correction_reporter_id_user_account'), ondelete='SET NULL'),
    sa.ForeignKeyConstraint(['settled_by_id'], ['user_account.id'], name=op.f('fk_match_correction_settled_by_id_user_account'), ondelete='SET NULL'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_match_correction'))
    )
    with op.batch_alter_table('match_correction', schema=None) as batch_op:
        batch_op.create_index('ix_match_correction_owner', ['organisation_id', 'status', 'created_at'], unique=False)
        batch_op.create_index(batch_op.f('ix_match_correction_reporter_id'), ['reporter_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_match_correction_settled_by_id'), ['settled_by_id'], unique=False)


def downgrade() -> None:
    with op.batch_alter_table('match_correction', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_match_correction_settled_by_id'))
        batch_op.drop_index(batch_op.f('ix_match_correction_reporter_id'))
        batch_op.drop_index('ix_match_correction_owner')

    op.drop_table('match_correction')
