"""Matchmaking days: rooms, companies and students at a day, what they mark, the timetable, and what came of the talks."""

import sqlalchemy as sa
from alembic import op

import ipf_talent.db

revision = '0013'
down_revision = '0012'
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table('match_day',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('slug', sa.String(length=80), nullable=False),
    sa.Column('title', sa.String(length=120), nullable=False),
    sa.Column('venue', sa.String(length=200), nullable=False),
    sa.Column('about', sa.Text(), nullable=False),
    sa.Column('held_on', sa.Date(), nullable=False),
    sa.Column('starts_at', sa.Time(), nullable=False),
    sa.Column('rounds', sa.Integer(), nullable=False),
    sa.Column('talk_minutes', sa.Integer(), nullable=False),
    sa.Column('change_minutes', sa.Integer(), nullable=False),
    sa.Column('breaks', sa.JSON(), nullable=False),
    sa.Column('least', sa.Integer(), nullable=False),
    sa.Column('most', sa.Integer(), nullable=False),
    sa.Column('sign_up_until', sa.Date(), nullable=False),
    sa.Column('status', sa.Enum('draft', 'open', 'closed', 'published', 'held', 'cancelled', name='daystatus', native_enum=False, create_constraint=True, length=30), nullable=False),
    sa.Column('proposal', sa.JSON(), nullable=False),
    sa.Column('proposed_at', ipf_talent.db.UtcDateTime(timezone=True), nullable=True),
    sa.Column('published_at', ipf_talent.db.UtcDateTime(timezone=True), nullable=True),
    sa.Column('made_with', sa.String(length=32), nullable=True),
    sa.Column('created_by_id', sa.Integer(), nullable=True),
    sa.Column('created_at', ipf_talent.db.UtcDateTime(timezone=True), nullable=False),
    sa.Column('is_example', sa.Boolean(), nullable=False),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.CheckConstraint('change_minutes BETWEEN 0 AND 30', name=op.f('ck_match_day_change')),
    sa.CheckConstraint('least BETWEEN 0 AND most AND most BETWEEN 1 AND rounds', name=op.f('ck_match_day_talks')),
    sa.CheckConstraint('rounds BETWEEN 1 AND 16', name=op.f('ck_match_day_rounds')),
    sa.CheckConstraint('sign_up_until <= held_on', name=op.f('ck_match_day_sign_up')),
    sa.CheckConstraint('talk_minutes BETWEEN 5 AND 60', name=op.f('ck_match_day_talk')),
    sa.ForeignKeyConstraint(['created_by_id'], ['user_account.id'], name=op.f('fk_match_day_created_by_id_user_account'), ondelete='SET NULL'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_match_day')),
    sa.UniqueConstraint('made_with', name=op.f('uq_match_day_made_with')),
    sa.UniqueConstraint('slug', name=op.f('uq_match_day_slug'))
    )
    with op.batch_alter_table('match_day', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_match_day_held_on'), ['held_on'], unique=False)

    op.create_table('day_company',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('day_id', sa.Integer(), nullable=False),
    sa.Column('company_id', sa.Integer(), nullable=False),
    sa.Column('tables', sa.Integer(), nullable=False),
    sa.Column('talks', sa.Integer(), nullable=True),
    sa.Column('levels', sa.JSON(), nullable=False),
    sa.Column('fields', sa.JSON(), nullable=False),
    sa.Column('note', sa.String(length=300), nullable=False),
    sa.Column('away', sa.JSON(), nullable=False),
    sa.Column('seats', sa.JSON(), nullable=False),
    sa.Column('signed_up_at', ipf_talent.db.UtcDateTime(timezone=True), nullable=False),
    sa.Column('withdrawn_at', ipf_talent.db.UtcDateTime(timezone=True), nullable=True),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.CheckConstraint('length(note) <= 300', name=op.f('ck_day_company_note')),
    sa.CheckConstraint('tables BETWEEN 1 AND 5', name=op.f('ck_day_company_tables')),
    sa.CheckConstraint('talks BETWEEN 1 AND 80', name=op.f('ck_day_company_talks')),
    sa.ForeignKeyConstraint(['company_id'], ['organisation.id'], name=op.f('fk_day_company_company_id_organisation')),
    sa.ForeignKeyConstraint(['day_id'], ['match_day.id'], name=op.f('fk_day_company_day_id_match_day'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_day_company')),
    sa.UniqueConstraint('day_id', 'company_id', name=op.f('uq_day_company_day_id'))
    )
    with op.batch_alter_table('day_company', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_day_company_company_id'), ['company_id'], unique=False)

    op.create_table('day_room',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('day_id', sa.Integer(), nullable=False),
    sa.Column('name', sa.String(length=60), nullable=False),
    sa.Column('tables', sa.Integer(), nullable=False),
    sa.CheckConstraint('tables BETWEEN 1 AND 60', name=op.f('ck_day_room_tables')),
    sa.ForeignKeyConstraint(['day_id'], ['match_day.id'], name=op.f('fk_day_room_day_id_match_day'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_day_room')),
    sa.UniqueConstraint('day_id', 'name', name=op.f('uq_day_room_day_id'))
    )
    op.create_table('day_student',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('day_id', sa.Integer(), nullable=False),
    sa.Column('student_id', sa.Integer(), nullable=True),
    sa.Column('code', sa.String(length=8), nullable=False),
    sa.Column('level', sa.Enum('mbo_1', 'mbo_2', 'mbo_3', 'mbo_4', 'ad', 'hbo_bachelor', 'wo_bachelor', 'master', 'engd_phd', 'none', name='level', native_enum=False, create_constraint=True, length=30), nullable=False),
    sa.Column('fields', sa.JSON(), nullable=False),
    sa.Column('named', sa.Boolean(), nullable=False),
    sa.Column('fill_up', sa.Boolean(), nullable=False),
    sa.Column('minor', sa.Boolean(), nullable=False),
    sa.Column('away', sa.JSON(), nullable=False),
    sa.Column('signed_up_at', ipf_talent.db.UtcDateTime(timezone=True), nullable=False),
    sa.Column('withdrawn_at', ipf_talent.db.UtcDateTime(timezone=True), nullable=True),
    sa.ForeignKeyConstraint(['day_id'], ['match_day.id'], name=op.f('fk_day_student_day_id_match_day'), ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['student_id'], ['user_account.id'], name=op.f('fk_day_student_student_id_user_account'), ondelete='SET NULL'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_day_student')),
    sa.UniqueConstraint('day_id', 'code', name='uq_day_student_code'),
    sa.UniqueConstraint('day_id', 'student_id', name=op.f('uq_day_student_day_id'))
    )
    with op.batch_alter_table('day_student', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_day_student_student_id'), ['student_id'], unique=False)

    op.create_table('day_lock',
    sa.Column('day_student_id', sa.Integer(), nullable=False),
    sa.Column('day_company_id', sa.Integer(), nullable=False),
    sa.Column('round', sa.Integer(), nullable=False),
    sa.ForeignKeyConstraint(['day_company_id'], ['day_company.id'], name=op.f('fk_day_lock_day_company_id_day_company'), ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['day_student_id'], ['day_student.id'], name=op.f('fk_day_lock_day_student_id_day_student'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('day_student_id', 'day_company_id', name=op.f('pk_day_lock'))
    )
    with op.batch_alter_table('day_lock', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_day_lock_day_company_id'), ['day_company_id'], unique=False)

    op.create_table('day_place',
    sa.Column('day_company_id', sa.Integer(), nullable=False),
    sa.Column('vacancy_id', sa.Integer(), nullable=False),
    sa.ForeignKeyConstraint(['day_company_id'], ['day_company.id'], name=op.f('fk_day_place_day_company_id_day_company'), ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['vacancy_id'], ['vacancy.id'], name=op.f('fk_day_place_vacancy_id_vacancy'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('day_company_id', 'vacancy_id', name=op.f('pk_day_place'))
    )
    with op.batch_alter_table('day_place', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_day_place_vacancy_id'), ['vacancy_id'], unique=False)

    op.create_table('day_wish',
    sa.Column('day_student_id', sa.Integer(), nullable=False),
    sa.Column('day_company_id', sa.Integer(), nullable=False),
    sa.Column('mark', sa.Enum('yes', 'maybe', name='mark', native_enum=False, create_constraint=True, length=30), nullable=False),
    sa.ForeignKeyConstraint(['day_company_id'], ['day_company.id'], name=op.f('fk_day_wish_day_company_id_day_company'), ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['day_student_id'], ['day_student.id'], name=op.f('fk_day_wish_day_student_id_day_student'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('day_student_id', 'day_company_id', name=op.f('pk_day_wish'))
    )
    with op.batch_alter_table('day_wish', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_day_wish_day_company_id'), ['day_company_id'], unique=False)

    op.create_table('day_talk',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('day_student_id', sa.Integer(), nullable=False),
    sa.Column('day_company_id', sa.Integer(), nullable=False),
    sa.Column('round', sa.Integer(), nullable=False),
    sa.Column('table_number', sa.Integer(), nullable=False),
    sa.Column('student_says', sa.Enum('yes', 'maybe', 'no', name='student_says', native_enum=False, create_constraint=True, length=30), nullable=True),
    sa.Column('company_says', sa.Enum('yes', 'maybe', 'no', name='company_says', native_enum=False, create_constraint=True, length=30), nullable=True),
    sa.Column('agreed_at', ipf_talent.db.UtcDateTime(timezone=True), nullable=True),
    sa.Column('vacancy_id', sa.Integer(), nullable=True),
    sa.Column('application_id', sa.Integer(), nullable=True),
    sa.ForeignKeyConstraint(['application_id'], ['application.id'], name=op.f('fk_day_talk_application_id_application'), ondelete='SET NULL'),
    sa.ForeignKeyConstraint(['day_company_id'], ['day_company.id'], name=op.f('fk_day_talk_day_company_id_day_company'), ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['day_student_id'], ['day_student.id'], name=op.f('fk_day_talk_day_student_id_day_student'), ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['vacancy_id'], ['vacancy.id'], name=op.f('fk_day_talk_vacancy_id_vacancy'), ondelete='SET NULL'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_day_talk')),
    sa.UniqueConstraint('day_student_id', 'day_company_id', name=op.f('uq_day_talk_day_student_id'))
    )
    with op.batch_alter_table('day_talk', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_day_talk_application_id'), ['application_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_day_talk_day_company_id'), ['day_company_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_day_talk_vacancy_id'), ['vacancy_id'], unique=False)


def downgrade() -> None:
    with op.batch_alter_table('day_talk', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_day_talk_vacancy_id'))
        batch_op.drop_index(batch_op.f('ix_day_talk_day_company_id'))
        batch_op.drop_index(batch_op.f('ix_day_talk_application_id'))

    op.drop_table('day_talk')
    with op.batch_alter_table('day_wish', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_day_wish_day_company_id'))

    op.drop_table('day_wish')
    with op.batch_alter_table('day_place', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_day_place_vacancy_id'))

    op.drop_table('day_place')
    with op.batch_alter_table('day_lock', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_day_lock_day_company_id'))

    op.drop_table('day_lock')
    with op.batch_alter_table('day_student', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_day_student_student_id'))

    op.drop_table('day_student')
    op.drop_table('day_room')
    with op.batch_alter_table('day_company', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_day_company_company_id'))

    op.drop_table('day_company')
    with op.batch_alter_table('match_day', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_match_day_held_on'))

    op.drop_table('match_day')
