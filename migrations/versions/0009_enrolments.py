"""Who studies what at a school: internship periods, classes, enrolments, class lists; nudges and lists of who has no place."""

import sqlalchemy as sa
from alembic import op

import ipf_talent.db

revision = '0009'
down_revision = '0008'
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table('class_list',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('key', sa.String(length=16), nullable=False),
    sa.Column('school_id', sa.Integer(), nullable=False),
    sa.Column('by_id', sa.Integer(), nullable=True),
    sa.Column('starts_year', sa.Integer(), nullable=False),
    sa.Column('filename', sa.String(length=120), nullable=False),
    sa.Column('encoding', sa.String(length=12), nullable=False),
    sa.Column('separator', sa.String(length=1), nullable=False),
    sa.Column('entries', sa.JSON(), nullable=False),
    sa.Column('ignored', sa.JSON(), nullable=False),
    sa.Column('counts', sa.JSON(), nullable=False),
    sa.Column('made_at', ipf_talent.db.UtcDateTime(timezone=True), nullable=False),
    sa.Column('applied_at', ipf_talent.db.UtcDateTime(timezone=True), nullable=True),
    sa.ForeignKeyConstraint(['by_id'], ['user_account.id'], name=op.f('fk_class_list_by_id_user_account'), ondelete='SET NULL'),
    sa.ForeignKeyConstraint(['school_id'], ['organisation.id'], name=op.f('fk_class_list_school_id_organisation'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_class_list')),
    sa.UniqueConstraint('key', name=op.f('uq_class_list_key'))
    )
    with op.batch_alter_table('class_list', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_class_list_school_id'), ['school_id'], unique=False)

    op.create_table('internship_period',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('slug', sa.String(length=40), nullable=False),
    sa.Column('school_id', sa.Integer(), nullable=False),
    sa.Column('programme_id', sa.Integer(), nullable=True),
    sa.Column('name', sa.String(length=80), nullable=False),
    sa.Column('year', sa.Integer(), nullable=True),
    sa.Column('starts_on', sa.Date(), nullable=False),
    sa.Column('ends_on', sa.Date(), nullable=False),
    sa.Column('hours', sa.Integer(), nullable=False),
    sa.Column('days_per_week', sa.Integer(), nullable=True),
    sa.Column('goal', sa.Text(), nullable=False),
    sa.Column('placing_mode', sa.Enum('school_places', 'company_chooses', 'event', name='placingmode', native_enum=False, create_constraint=True, length=30), nullable=False),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.CheckConstraint('days_per_week BETWEEN 1 AND 5', name=op.f('ck_internship_period_days')),
    sa.CheckConstraint('ends_on > starts_on', name=op.f('ck_internship_period_dates')),
    sa.CheckConstraint('hours BETWEEN 1 AND 4000', name=op.f('ck_internship_period_hours')),
    sa.CheckConstraint('length(goal) <= 1500', name=op.f('ck_internship_period_goal')),
    sa.CheckConstraint('year BETWEEN 1 AND 8', name=op.f('ck_internship_period_year')),
    sa.ForeignKeyConstraint(['programme_id'], ['programme.id'], name=op.f('fk_internship_period_programme_id_programme'), ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['school_id'], ['organisation.id'], name=op.f('fk_internship_period_school_id_organisation'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_internship_period')),
    sa.UniqueConstraint('slug', name=op.f('uq_internship_period_slug'))
    )
    with op.batch_alter_table('internship_period', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_internship_period_programme_id'), ['programme_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_internship_period_school_id'), ['school_id'], unique=False)

    op.create_table('period_notice',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('period_id', sa.Integer(), nullable=False),
    sa.Column('weeks', sa.Integer(), nullable=False),
    sa.Column('at', ipf_talent.db.UtcDateTime(timezone=True), nullable=False),
    sa.Column('unplaced', sa.Integer(), nullable=False),
    sa.ForeignKeyConstraint(['period_id'], ['internship_period.id'], name=op.f('fk_period_notice_period_id_internship_period'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_period_notice')),
    sa.UniqueConstraint('period_id', 'weeks', name=op.f('uq_period_notice_period_id'))
    )
    op.create_table('school_class',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('school_id', sa.Integer(), nullable=False),
    sa.Column('programme_id', sa.Integer(), nullable=False),
    sa.Column('name', sa.String(length=40), nullable=False),
    sa.Column('starts_year', sa.Integer(), nullable=False),
    sa.Column('year', sa.Integer(), nullable=True),
    sa.Column('supervisor_id', sa.Integer(), nullable=True),
    sa.Column('period_id', sa.Integer(), nullable=True),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.CheckConstraint('starts_year BETWEEN 2000 AND 2100', name=op.f('ck_school_class_starts_year')),
    sa.CheckConstraint('year BETWEEN 1 AND 8', name=op.f('ck_school_class_year')),
    sa.ForeignKeyConstraint(['period_id'], ['internship_period.id'], name=op.f('fk_school_class_period_id_internship_period'), ondelete='SET NULL'),
    sa.ForeignKeyConstraint(['programme_id'], ['programme.id'], name=op.f('fk_school_class_programme_id_programme')),
    sa.ForeignKeyConstraint(['school_id'], ['organisation.id'], name=op.f('fk_school_class_school_id_organisation'), ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['supervisor_id'], ['user_account.id'], name=op.f('fk_school_class_supervisor_id_user_account'), ondelete='SET NULL'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_school_class')),
    sa.UniqueConstraint('school_id', 'name', 'starts_year', name=op.f('uq_school_class_school_id'))
    )
    with op.batch_alter_table('school_class', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_school_class_period_id'), ['period_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_school_class_programme_id'), ['programme_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_school_class_school_id'), ['school_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_school_class_supervisor_id'), ['supervisor_id'], unique=False)

    op.create_table('enrolment',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('key', sa.String(length=16), nullable=False),
    sa.Column('school_id', sa.Integer(), nullable=False),
    sa.Column('class_id', sa.Integer(), nullable=True),
    sa.Column('student_id', sa.Integer(), nullable=True),
    sa.Column('email', sa.String(length=254), nullable=False),
    sa.Column('name', sa.String(length=80), nullable=False),
    sa.Column('number', sa.String(length=40), nullable=False),
    sa.Column('programme_id', sa.Integer(), nullable=False),
    sa.Column('year', sa.Integer(), nullable=True),
    sa.Column('cohort', sa.String(length=9), nullable=True),
    sa.Column('status', sa.Enum('invited', 'claimed', 'confirmed', 'ended', name='enrolmentstatus', native_enum=False, create_constraint=True, length=30), nullable=False),
    sa.Column('period_id', sa.Integer(), nullable=True),
    sa.Column('travel_km', sa.Integer(), nullable=True),
    sa.Column('minor_until', sa.Date(), nullable=True),
    sa.Column('support', sa.Boolean(), nullable=False),
    sa.Column('excused', sa.Boolean(), nullable=False),
    sa.Column('secret_hash', sa.String(length=64), nullable=True),
    sa.Column('secret_until', ipf_talent.db.UtcDateTime(timezone=True), nullable=True),
    sa.Column('invited_at', ipf_talent.db.UtcDateTime(timezone=True), nullable=True),
    sa.Column('claimed_at', ipf_talent.db.UtcDateTime(timezone=True), nullable=True),
    sa.Column('confirmed_at', ipf_talent.db.UtcDateTime(timezone=True), nullable=True),
    sa.Column('confirmed_by_id', sa.Integer(), nullable=True),
    sa.Column('said_programme_id', sa.Integer(), nullable=True),
    sa.Column('said_year', sa.Integer(), nullable=True),
    sa.Column('note', sa.String(length=500), nullable=False),
    sa.Column('noted_at', ipf_talent.db.UtcDateTime(timezone=True), nullable=True),
    sa.Column('ended_at', ipf_talent.db.UtcDateTime(timezone=True), nullable=True),
    sa.Column('erased_at', ipf_talent.db.UtcDateTime(timezone=True), nullable=True),
    sa.Column('created_at', ipf_talent.db.UtcDateTime(timezone=True), nullable=False),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.CheckConstraint('length(note) <= 500', name=op.f('ck_enrolment_note')),
    sa.CheckConstraint('travel_km BETWEEN 1 AND 500', name=op.f('ck_enrolment_travel')),
    sa.CheckConstraint('year BETWEEN 1 AND 8', name=op.f('ck_enrolment_year')),
    sa.ForeignKeyConstraint(['class_id'], ['school_class.id'], name=op.f('fk_enrolment_class_id_school_class'), ondelete='SET NULL'),
    sa.ForeignKeyConstraint(['confirmed_by_id'], ['user_account.id'], name=op.f('fk_enrolment_confirmed_by_id_user_account'), ondelete='SET NULL'),
    sa.ForeignKeyConstraint(['period_id'], ['internship_period.id'], name=op.f('fk_enrolment_period_id_internship_period'), ondelete='SET NULL'),
    sa.ForeignKeyConstraint(['programme_id'], ['programme.id'], name=op.f('fk_enrolment_programme_id_programme')),
    sa.ForeignKeyConstraint(['said_programme_id'], ['programme.id'], name=op.f('fk_enrolment_said_programme_id_programme'), ondelete='SET NULL'),
    sa.ForeignKeyConstraint(['school_id'], ['organisation.id'], name=op.f('fk_enrolment_school_id_organisation'), ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['student_id'], ['user_account.id'], name=op.f('fk_enrolment_student_id_user_account'), ondelete='SET NULL'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_enrolment')),
    sa.UniqueConstraint('key', name=op.f('uq_enrolment_key')),
    sa.UniqueConstraint('school_id', 'number', name=op.f('uq_enrolment_school_id')),
    sa.UniqueConstraint('secret_hash', name=op.f('uq_enrolment_secret_hash'))
    )
    with op.batch_alter_table('enrolment', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_enrolment_class_id'), ['class_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_enrolment_email'), ['email'], unique=False)
        batch_op.create_index(batch_op.f('ix_enrolment_ended_at'), ['ended_at'], unique=False)
        batch_op.create_index(batch_op.f('ix_enrolment_period_id'), ['period_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_enrolment_programme_id'), ['programme_id'], unique=False)
        batch_op.create_index('ix_enrolment_school', ['school_id', 'status'], unique=False)
        batch_op.create_index(batch_op.f('ix_enrolment_student_id'), ['student_id'], unique=False)
        batch_op.create_index('uq_enrolment_student', ['school_id', 'student_id'], unique=True, sqlite_where=sa.text("status <> 'ended' AND student_id IS NOT NULL"), postgresql_where=sa.text("status <> 'ended' AND student_id IS NOT NULL"))

    op.create_table('nudge',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('enrolment_id', sa.Integer(), nullable=False),
    sa.Column('receiver', sa.Enum('student', 'company', 'self', name='nudgeto', native_enum=False, create_constraint=True, length=30), nullable=False),
    sa.Column('on_day', sa.Date(), nullable=False),
    sa.Column('by_id', sa.Integer(), nullable=True),
    sa.Column('at', ipf_talent.db.UtcDateTime(timezone=True), nullable=False),
    sa.ForeignKeyConstraint(['by_id'], ['user_account.id'], name=op.f('fk_nudge_by_id_user_account'), ondelete='SET NULL'),
    sa.ForeignKeyConstraint(['enrolment_id'], ['enrolment.id'], name=op.f('fk_nudge_enrolment_id_enrolment'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_nudge')),
    sa.UniqueConstraint('enrolment_id', 'receiver', 'on_day', name=op.f('uq_nudge_enrolment_id'))
    )


def downgrade() -> None:
    op.drop_table('nudge')
    with op.batch_alter_table('enrolment', schema=None) as batch_op:
        batch_op.drop_index('uq_enrolment_student', sqlite_where=sa.text("status <> 'ended' AND student_id IS NOT NULL"), postgresql_where=sa.text("status <> 'ended' AND student_id IS NOT NULL"))
        batch_op.drop_index(batch_op.f('ix_enrolment_student_id'))
        batch_op.drop_index('ix_enrolment_school')
        batch_op.drop_index(batch_op.f('ix_enrolment_programme_id'))
        batch_op.drop_index(batch_op.f('ix_enrolment_period_id'))
        batch_op.drop_index(batch_op.f('ix_enrolment_ended_at'))
        batch_op.drop_index(batch_op.f('ix_enrolment_email'))
        batch_op.drop_index(batch_op.f('ix_enrolment_class_id'))

    op.drop_table('enrolment')
    with op.batch_alter_table('school_class', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_school_class_supervisor_id'))
        batch_op.drop_index(batch_op.f('ix_school_class_school_id'))
        batch_op.drop_index(batch_op.f('ix_school_class_programme_id'))
        batch_op.drop_index(batch_op.f('ix_school_class_period_id'))

    op.drop_table('school_class')
    op.drop_table('period_notice')
    with op.batch_alter_table('internship_period', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_internship_period_school_id'))
        batch_op.drop_index(batch_op.f('ix_internship_period_programme_id'))

    op.drop_table('internship_period')
    with op.batch_alter_table('class_list', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_class_list_school_id'))

    op.drop_table('class_list')
