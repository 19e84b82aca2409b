"""Companies and schools that were told of a matchmaking day."""

import sqlalchemy as sa
from alembic import op

import ipf_talent.db

revision = '0019'
down_revision = '0018'
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table('day_invitation',
    sa.Column('day_id', sa.Integer(), nullable=False),
    sa.Column('organisation_id', sa.Integer(), nullable=False),
    sa.Column('told_at', ipf_talent.db.UtcDateTime(timezone=True), nullable=False),
    sa.Column('people', sa.Integer(), nullable=False),
    sa.ForeignKeyConstraint(['day_id'], ['match_day.id'], name=op.f('fk_day_invitation_day_id_match_day'), ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['organisation_id'], ['organisation.id'], name=op.f('fk_day_invitation_organisation_id_organisation'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('day_id', 'organisation_id', name=op.f('pk_day_invitation'))
    )
    with op.batch_alter_table('day_invitation', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_day_invitation_organisation_id'), ['organisation_id'], unique=False)


def downgrade() -> None:
    with op.batch_alter_table('day_invitation', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_day_invitation_organisation_id'))

    op.drop_table('day_invitation')
