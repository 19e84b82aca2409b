"""Rounds of placing: places, students, wishes and fixed pairs; and what a place goes by."""

import sqlalchemy as sa
from alembic import op

import ipf_talent.db

revision = '0012'
down_revision = '0011'
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table('place_priorities',
    sa.Column('vacancy_id', sa.Integer(), nullable=False),
    sa.Column('criteria', sa.JSON(), nullable=False),
    sa.Column('changed_at', ipf_talent.db.UtcDateTime(timezone=True), nullable=False),
    sa.Column('changed_by_id', sa.Integer(), nullable=True),
    sa.ForeignKeyConstraint(['changed_by_id'], ['user_account.id'], name=op.f('fk_place_priorities_changed_by_id_user_account'), ondelete='SET NULL'),
    sa.ForeignKeyConstraint(['vacancy_id'], ['vacancy.id'], name=op.f('fk_place_priorities_vacancy_id_vacancy'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('vacancy_id', name=op.f('pk_place_priorities'))
    )
    op.create_table('placing_round',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('key', sa.String(length=16), nullable=False),
    sa.Column('school_id', sa.Integer(), nullable=False),
    sa.Column('period_id', sa.Integer(), nullable=False),
    sa.Column('name', sa.String(length=80), nullable=False),
    sa.Column('status', sa.Enum('draft', 'wishes', 'computed', 'proposed', 'closed', name='roundstatus', native_enum=False, create_constraint=True, length=30), nullable=False),
    sa.Column('seed', sa.String(length=64), nullable=False),
    sa.Column('wishes_until', sa.Date(), nullable=False),
    sa.Column('answer_until', sa.Date(), nullable=False),
    sa.Column('least_weeks', sa.Integer(), nullable=True),
    sa.Column('most_km', sa.Integer(), nullable=True),
    sa.Column('adjustments', sa.Boolean(), nullable=False),
    sa.Column('result', sa.JSON(), nullable=False),
    sa.Column('certificate', sa.Text(), nullable=False),
    sa.Column('is_example', sa.Boolean(), nullable=False),
    sa.Column('made_with', sa.String(length=32), nullable=True),
    sa.Column('created_at', ipf_talent.db.UtcDateTime(timezone=True), nullable=False),
    sa.Column('opened_at', ipf_talent.db.UtcDateTime(timezone=True), nullable=True),
    sa.Column('computed_at', ipf_talent.db.UtcDateTime(timezone=True), nullable=True),
    sa.Column('published_at', ipf_talent.db.UtcDateTime(timezone=True), nullable=True),
    sa.Column('closed_at', ipf_talent.db.UtcDateTime(timezone=True), nullable=True),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.CheckConstraint('answer_until >= wishes_until', name=op.f('ck_placing_round_dates')),
    sa.CheckConstraint('least_weeks BETWEEN 1 AND 60', name=op.f('ck_placing_round_least_weeks')),
    sa.CheckConstraint('most_km BETWEEN 1 AND 500', name=op.f('ck_placing_round_most_km')),
    sa.ForeignKeyConstraint(['period_id'], ['internship_period.id'], name=op.f('fk_placing_round_period_id_internship_period'), ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['school_id'], ['organisation.id'], name=op.f('fk_placing_round_school_id_organisation'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_placing_round')),
    sa.UniqueConstraint('key', name=op.f('uq_placing_round_key')),
    sa.UniqueConstraint('made_with', name=op.f('uq_placing_round_made_with'))
    )
    with op.batch_alter_table('placing_round', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_placing_round_period_id'), ['period_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_placing_round_school_id'), ['school_id'], unique=False)

    op.create_table('round_place',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('round_id', sa.Integer(), nullable=False),
    sa.Column('vacancy_id', sa.Integer(), nullable=False),
    sa.Column('code', sa.String(length=8), nullable=False),
    sa.Column('seats', sa.Integer(), nullable=False),
    sa.Column('criteria', sa.JSON(), nullable=False),
    sa.CheckConstraint('seats BETWEEN 1 AND 50', name=op.f('ck_round_place_seats')),
    sa.ForeignKeyConstraint(['round_id'], ['placing_round.id'], name=op.f('fk_round_place_round_id_placing_round'), ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['vacancy_id'], ['vacancy.id'], name=op.f('fk_round_place_vacancy_id_vacancy'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_round_place')),
    sa.UniqueConstraint('round_id', 'code', name='uq_round_place_code'),
    sa.UniqueConstraint('round_id', 'vacancy_id', name=op.f('uq_round_place_round_id'))
    )
    with op.batch_alter_table('round_place', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_round_place_vacancy_id'), ['vacancy_id'], unique=False)

    op.create_table('round_student',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('round_id', sa.Integer(), nullable=False),
    sa.Column('key', sa.String(length=16), nullable=False),
    sa.Column('code', sa.String(length=8), nullable=False),
    sa.Column('enrolment_id', sa.Integer(), nullable=True),
    sa.Column('student_id', sa.Integer(), nullable=True),
    sa.Column('home_id', sa.Integer(), nullable=True),
    sa.Column('way', sa.Enum('ranked', 'learning', name='wishway', native_enum=False, create_constraint=True, length=30), nullable=True),
    sa.Column('learning_wish', sa.Text(), nullable=False),
    sa.Column('wished_at', ipf_talent.db.UtcDateTime(timezone=True), nullable=True),
    sa.Column('reminded_at', ipf_talent.db.UtcDateTime(timezone=True), nullable=True),
    sa.Column('got_id', sa.Integer(), nullable=True),
    sa.Column('answer', sa.Enum('accepted', 'declined', name='answer', native_enum=False, create_constraint=True, length=30), nullable=True),
    sa.Column('answered_at', ipf_talent.db.UtcDateTime(timezone=True), nullable=True),
    sa.Column('placement_id', sa.Integer(), nullable=True),
    sa.CheckConstraint('length(learning_wish) <= 600', name=op.f('ck_round_student_learning_wish')),
    sa.ForeignKeyConstraint(['enrolment_id'], ['enrolment.id'], name=op.f('fk_round_student_enrolment_id_enrolment'), ondelete='SET NULL'),
    sa.ForeignKeyConstraint(['got_id'], ['round_place.id'], name=op.f('fk_round_student_got_id_round_place'), ondelete='SET NULL'),
    sa.ForeignKeyConstraint(['home_id'], ['place.id'], name=op.f('fk_round_student_home_id_place'), ondelete='SET NULL'),
    sa.ForeignKeyConstraint(['placement_id'], ['placement.id'], name=op.f('fk_round_student_placement_id_placement'), ondelete='SET NULL'),
    sa.ForeignKeyConstraint(['round_id'], ['placing_round.id'], name=op.f('fk_round_student_round_id_placing_round'), ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['student_id'], ['user_account.id'], name=op.f('fk_round_student_student_id_user_account'), ondelete='SET NULL'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_round_student')),
    sa.UniqueConstraint('key', name=op.f('uq_round_student_key')),
    sa.UniqueConstraint('round_id', 'code', name='uq_round_student_code'),
    sa.UniqueConstraint('round_id', 'enrolment_id', name=op.f('uq_round_student_round_id'))
    )
    with op.batch_alter_table('round_student', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_round_student_enrolment_id'), ['enrolment_id'], unique=False)
        batch_op.create_index('ix_round_student_got', ['got_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_round_student_placement_id'), ['placement_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_round_student_student_id'), ['student_id'], unique=False)

    op.create_table('round_lock',
    sa.Column('round_student_id', sa.Integer(), nullable=False),
    sa.Column('round_place_id', sa.Integer(), nullable=False),
    sa.Column('note', sa.String(length=300), nullable=False),
    sa.Column('by_id', sa.Integer(), nullable=True),
    sa.Column('at', ipf_talent.db.UtcDateTime(timezone=True), nullable=False),
    sa.CheckConstraint('length(note) > 0', name=op.f('ck_round_lock_note')),
    sa.ForeignKeyConstraint(['by_id'], ['user_account.id'], name=op.f('fk_round_lock_by_id_user_account'), ondelete='SET NULL'),
    sa.ForeignKeyConstraint(['round_place_id'], ['round_place.id'], name=op.f('fk_round_lock_round_place_id_round_place'), ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['round_student_id'], ['round_student.id'], name=op.f('fk_round_lock_round_student_id_round_student'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('round_student_id', name=op.f('pk_round_lock'))
    )
    with op.batch_alter_table('round_lock', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_round_lock_round_place_id'), ['round_place_id'], unique=False)

    op.create_table('round_wish',
    sa.Column('round_student_id', sa.Integer(), nullable=False),
    sa.Column('round_place_id', sa.Integer(), nullable=False),
    sa.Column('rank', sa.Integer(), nullable=False),
    sa.CheckConstraint('rank >= 1', name=op.f('ck_round_wish_rank')),
    sa.ForeignKeyConstraint(['round_place_id'], ['round_place.id'], name=op.f('fk_round_wish_round_place_id_round_place'), ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['round_student_id'], ['round_student.id'], name=op.f('fk_round_wish_round_student_id_round_student'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('round_student_id', 'round_place_id', name=op.f('pk_round_wish'))
    )
    with op.batch_alter_table('round_wish', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_round_wish_round_place_id'), ['round_place_id'], unique=False)


def downgrade() -> None:
    with op.batch_alter_table('round_wish', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_round_wish_round_place_id'))

    op.drop_table('round_wish')
    with op.batch_alter_table('round_lock', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_round_lock_round_place_id'))

    op.drop_table('round_lock')
    with op.batch_alter_table('round_student', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_round_student_student_id'))
        batch_op.drop_index(batch_op.f('ix_round_student_placement_id'))
        batch_op.drop_index('ix_round_student_got')
        batch_op.drop_index(batch_op.f('ix_round_student_enrolment_id'))

    op.drop_table('round_student')
    with op.batch_alter_table('round_place', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_round_place_vacancy_id'))

    op.drop_table('round_place')
    with op.batch_alter_table('placing_round', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_placing_round_school_id'))
        batch_op.drop_index(batch_op.f('ix_placing_round_period_id'))

    op.drop_table('placing_round')
    op.drop_table('place_priorities')
