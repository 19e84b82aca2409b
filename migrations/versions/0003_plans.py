"""Plans that people keep, and shared copies of them."""

import sqlalchemy as sa
from alembic import op

import ipf_talent.db

revision = '0003'
down_revision = '0002'
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table('plan',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('user_id', sa.Integer(), nullable=False),
    sa.Column('key', sa.String(length=12), nullable=False),
    sa.Column('name', sa.String(length=80), nullable=False),
    sa.Column('question', sa.JSON(), nullable=False),
    sa.Column('legs', sa.JSON(), nullable=False),
    sa.Column('created_at', ipf_talent.db.UtcDateTime(timezone=True), nullable=False),
    sa.Column('changed_at', ipf_talent.db.UtcDateTime(timezone=True), nullable=False),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.CheckConstraint('length(name) BETWEEN 1 AND 80', name=op.f('ck_plan_name')),
    sa.ForeignKeyConstraint(['user_id'], ['user_account.id'], name=op.f('fk_plan_user_id_user_account'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_plan')),
    sa.UniqueConstraint('key', name=op.f('uq_plan_key'))
    )
    with op.batch_alter_table('plan', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_plan_user_id'), ['user_id'], unique=False)

    op.create_table('plan_share',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('key', sa.String(length=12), nullable=False),
    sa.Column('secret_hash', sa.String(length=64), nullable=False),
    sa.Column('user_id', sa.Integer(), nullable=True),
    sa.Column('plan_key', sa.String(length=12), nullable=False),
    sa.Column('content', sa.JSON(), nullable=False),
    sa.Column('created_at', ipf_talent.db.UtcDateTime(timezone=True), nullable=False),
    sa.Column('expires_at', ipf_talent.db.UtcDateTime(timezone=True), nullable=False),
    sa.CheckConstraint('expires_at > created_at', name=op.f('ck_plan_share_expires')),
    sa.ForeignKeyConstraint(['user_id'], ['user_account.id'], name=op.f('fk_plan_share_user_id_user_account'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_plan_share')),
    sa.UniqueConstraint('key', name=op.f('uq_plan_share_key')),
    sa.UniqueConstraint('secret_hash', name=op.f('uq_plan_share_secret_hash'))
    )
    with op.batch_alter_table('plan_share', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_plan_share_expires_at'), ['expires_at'], unique=False)
        batch_op.create_index(batch_op.f('ix_plan_share_plan_key'), ['plan_key'], unique=False)
        batch_op.create_index(batch_op.f('ix_plan_share_user_id'), ['user_id'], unique=False)


def downgrade() -> None:
    with op.batch_alter_table('plan_share', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_plan_share_user_id'))
        batch_op.drop_index(batch_op.f('ix_plan_share_plan_key'))
        batch_op.drop_index(batch_op.f('ix_plan_share_expires_at'))

    op.drop_table('plan_share')
    with op.batch_alter_table('plan', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_plan_user_id'))

    op.drop_table('plan')
