"""Guidance of placements: hours, contact moments, assessments, outcomes, guest links, replacement tasks, and what was told."""

import sqlalchemy as sa
from alembic import op

import ipf_talent.db

revision = '0011'
down_revision = '0010'
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table('assessment',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('placement_id', sa.Integer(), nullable=False),
    sa.Column('moment', sa.Enum('mid', 'end', name='assessmentmoment', native_enum=False, create_constraint=True, length=30), nullable=False),
    sa.Column('attempt', sa.Integer(), nullable=False),
    sa.Column('state', sa.Enum('draft', 'submitted', 'decided', name='assessmentstate', native_enum=False, create_constraint=True, length=30), nullable=False),
    sa.Column('attitude', sa.Enum('o', 'v', 'g', 'nvt', name='grade', native_enum=False, create_constraint=True, length=30), nullable=True),
    sa.Column('advice', sa.Enum('sufficient', 'insufficient', name='advice', native_enum=False, create_constraint=True, length=30), nullable=True),
    sa.Column('advice_text', sa.Text(), nullable=False),
    sa.Column('advised_at', ipf_talent.db.UtcDateTime(timezone=True), nullable=True),
    sa.Column('advised_by_id', sa.Integer(), nullable=True),
    sa.Column('advised_name', sa.String(length=120), nullable=False),
    sa.Column('decision', sa.Enum('sufficient', 'insufficient', 'resit', name='decision', native_enum=False, create_constraint=True, length=30), nullable=True),
    sa.Column('decision_text', sa.Text(), nullable=False),
    sa.Column('decided_at', ipf_talent.db.UtcDateTime(timezone=True), nullable=True),
    sa.Column('decided_by_id', sa.Integer(), nullable=True),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.CheckConstraint("state <> 'decided' OR decision IS NOT NULL", name=op.f('ck_assessment_decided')),
    sa.CheckConstraint("state = 'draft' OR advice IS NOT NULL", name=op.f('ck_assessment_advised')),
    sa.CheckConstraint('attempt BETWEEN 1 AND 9', name=op.f('ck_assessment_attempt')),
    sa.ForeignKeyConstraint(['advised_by_id'], ['user_account.id'], name=op.f('fk_assessment_advised_by_id_user_account'), ondelete='SET NULL'),
    sa.ForeignKeyConstraint(['decided_by_id'], ['user_account.id'], name=op.f('fk_assessment_decided_by_id_user_account'), ondelete='SET NULL'),
    sa.ForeignKeyConstraint(['placement_id'], ['placement.id'], name=op.f('fk_assessment_placement_id_placement'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_assessment')),
    sa.UniqueConstraint('placement_id', 'moment', 'attempt', name=op.f('uq_assessment_placement_id'))
    )
    with op.batch_alter_table('assessment', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_assessment_placement_id'), ['placement_id'], unique=False)

    op.create_table('contact_moment',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('placement_id', sa.Integer(), nullable=False),
    sa.Column('kind', sa.Enum('start', 'mid', 'end', 'extra', name='momentkind', native_enum=False, create_constraint=True, length=30), nullable=False),
    sa.Column('planned_on', sa.Date(), nullable=False),
    sa.Column('by_hand', sa.Boolean(), nullable=False),
    sa.Column('form', sa.Enum('at_company', 'at_school', 'video', 'phone', name='momentform', native_enum=False, create_constraint=True, length=30), nullable=True),
    sa.Column('held_on', sa.Date(), nullable=True),
    sa.Column('present', sa.JSON(), nullable=False),
    sa.Column('agreements', sa.Text(), nullable=False),
    sa.Column('noted_at', ipf_talent.db.UtcDateTime(timezone=True), nullable=True),
    sa.Column('noted_by_id', sa.Integer(), nullable=True),
    sa.Column('student_agreed_at', ipf_talent.db.UtcDateTime(timezone=True), nullable=True),
    sa.Column('company_agreed_at', ipf_talent.db.UtcDateTime(timezone=True), nullable=True),
    sa.Column('company_name', sa.String(length=120), nullable=False),
    sa.Column('remark', sa.String(length=500), nullable=False),
    sa.Column('remark_by', sa.Enum('student', 'parent', 'company', 'school', 'system', name='who', native_enum=False, create_constraint=True, length=30), nullable=True),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.CheckConstraint('length(agreements) <= 2000', name=op.f('ck_contact_moment_agreements')),
    sa.ForeignKeyConstraint(['noted_by_id'], ['user_account.id'], name=op.f('fk_contact_moment_noted_by_id_user_account'), ondelete='SET NULL'),
    sa.ForeignKeyConstraint(['placement_id'], ['placement.id'], name=op.f('fk_contact_moment_placement_id_placement'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_contact_moment'))
    )
    with op.batch_alter_table('contact_moment', schema=None) as batch_op:
        batch_op.create_index('ix_contact_moment_due', ['held_on', 'planned_on'], unique=False)
        batch_op.create_index(batch_op.f('ix_contact_moment_placement_id'), ['placement_id'], unique=False)
        batch_op.create_index('uq_contact_moment_kind', ['placement_id', 'kind'], unique=True, sqlite_where=sa.text("kind <> 'extra'"), postgresql_where=sa.text("kind <> 'extra'"))

    op.create_table('guest_link',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('key', sa.String(length=16), nullable=False),
    sa.Column('placement_id', sa.Integer(), nullable=False),
    sa.Column('purpose', sa.Enum('hours', 'advice', 'moment', 'outcome', name='linkpurpose', native_enum=False, create_constraint=True, length=30), nullable=False),
    sa.Column('subject', sa.String(length=20), nullable=False),
    sa.Column('secret_hash', sa.String(length=64), nullable=False),
    sa.Column('name', sa.String(length=120), nullable=False),
    sa.Column('email', sa.String(length=254), nullable=False),
    sa.Column('to_trainer', sa.Boolean(), nullable=False),
    sa.Column('asked_by_id', sa.Integer(), nullable=True),
    sa.Column('created_at', ipf_talent.db.UtcDateTime(timezone=True), nullable=False),
    sa.Column('expires_at', ipf_talent.db.UtcDateTime(timezone=True), nullable=False),
    sa.Column('opened_at', ipf_talent.db.UtcDateTime(timezone=True), nullable=True),
    sa.Column('used_at', ipf_talent.db.UtcDateTime(timezone=True), nullable=True),
    sa.Column('revoked_at', ipf_talent.db.UtcDateTime(timezone=True), nullable=True),
    sa.ForeignKeyConstraint(['asked_by_id'], ['user_account.id'], name=op.f('fk_guest_link_asked_by_id_user_account'), ondelete='SET NULL'),
    sa.ForeignKeyConstraint(['placement_id'], ['placement.id'], name=op.f('fk_guest_link_placement_id_placement'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_guest_link')),
    sa.UniqueConstraint('key', name=op.f('uq_guest_link_key')),
    sa.UniqueConstraint('secret_hash', name=op.f('uq_guest_link_secret_hash'))
    )
    with op.batch_alter_table('guest_link', schema=None) as batch_op:
        batch_op.create_index('ix_guest_link_placement', ['placement_id', 'purpose'], unique=False)

    op.create_table('guidance_notice',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('placement_id', sa.Integer(), nullable=False),
    sa.Column('what', sa.String(length=30), nullable=False),
    sa.Column('subject', sa.String(length=40), nullable=False),
    sa.Column('at', ipf_talent.db.UtcDateTime(timezone=True), nullable=False),
    sa.ForeignKeyConstraint(['placement_id'], ['placement.id'], name=op.f('fk_guidance_notice_placement_id_placement'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_guidance_notice')),
    sa.UniqueConstraint('placement_id', 'what', 'subject', name=op.f('uq_guidance_notice_placement_id'))
    )
    op.create_table('hours_entry',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('placement_id', sa.Integer(), nullable=False),
    sa.Column('day', sa.Date(), nullable=False),
    sa.Column('minutes', sa.Integer(), nullable=False),
    sa.Column('kind', sa.Enum('work', 'school', 'sick', 'leave', 'holiday', name='hourskind', native_enum=False, create_constraint=True, length=30), nullable=False),
    sa.Column('state', sa.Enum('entered', 'submitted', 'approved', 'declined', name='hoursstate', native_enum=False, create_constraint=True, length=30), nullable=False),
    sa.Column('submitted_at', ipf_talent.db.UtcDateTime(timezone=True), nullable=True),
    sa.Column('approved_at', ipf_talent.db.UtcDateTime(timezone=True), nullable=True),
    sa.Column('approved_by_id', sa.Integer(), nullable=True),
    sa.Column('approved_name', sa.String(length=120), nullable=False),
    sa.Column('reason', sa.String(length=500), nullable=False),
    sa.CheckConstraint("state <> 'approved' OR approved_at IS NOT NULL", name=op.f('ck_hours_entry_approved')),
    sa.CheckConstraint('minutes BETWEEN 0 AND 720', name=op.f('ck_hours_entry_minutes')),
    sa.ForeignKeyConstraint(['approved_by_id'], ['user_account.id'], name=op.f('fk_hours_entry_approved_by_id_user_account'), ondelete='SET NULL'),
    sa.ForeignKeyConstraint(['placement_id'], ['placement.id'], name=op.f('fk_hours_entry_placement_id_placement'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_hours_entry')),
    sa.UniqueConstraint('placement_id', 'day', name=op.f('uq_hours_entry_placement_id'))
    )
    with op.batch_alter_table('hours_entry', schema=None) as batch_op:
        batch_op.create_index('ix_hours_entry_state', ['state', 'placement_id'], unique=False)

    op.create_table('hours_week',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('placement_id', sa.Integer(), nullable=False),
    sa.Column('monday', sa.Date(), nullable=False),
    sa.Column('guided_minutes', sa.Integer(), nullable=False),
    sa.Column('noted_at', ipf_talent.db.UtcDateTime(timezone=True), nullable=False),
    sa.CheckConstraint('guided_minutes BETWEEN 0 AND 3600', name=op.f('ck_hours_week_guided')),
    sa.ForeignKeyConstraint(['placement_id'], ['placement.id'], name=op.f('fk_hours_week_placement_id_placement'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_hours_week')),
    sa.UniqueConstraint('placement_id', 'monday', name=op.f('uq_hours_week_placement_id'))
    )
    op.create_table('outcome',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('placement_id', sa.Integer(), nullable=False),
    sa.Column('term', sa.Enum('6', '12', name='outcometerm', native_enum=False, create_constraint=True, length=30), nullable=False),
    sa.Column('asked_at', ipf_talent.db.UtcDateTime(timezone=True), nullable=False),
    sa.Column('answer', sa.Enum('at_company', 'elsewhere_in_region', 'elsewhere', 'studying_in_region', 'studying_elsewhere', 'unknown', name='outcomekind', native_enum=False, create_constraint=True, length=30), nullable=True),
    sa.Column('answered_at', ipf_talent.db.UtcDateTime(timezone=True), nullable=True),
    sa.ForeignKeyConstraint(['placement_id'], ['placement.id'], name=op.f('fk_outcome_placement_id_placement'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_outcome')),
    sa.UniqueConstraint('placement_id', 'term', name=op.f('uq_outcome_placement_id'))
    )
    op.create_table('replacement_task',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('placement_id', sa.Integer(), nullable=False),
    sa.Column('reason', sa.Enum('student', 'company', 'school', 'unsafe', 'recognition', 'job_ended', 'illness', 'relevance', 'guidance', 'other', name='replacement_reason', native_enum=False, create_constraint=True, length=30), nullable=False),
    sa.Column('made_at', ipf_talent.db.UtcDateTime(timezone=True), nullable=False),
    sa.Column('due_on', sa.Date(), nullable=False),
    sa.Column('done_at', ipf_talent.db.UtcDateTime(timezone=True), nullable=True),
    sa.Column('done_by_id', sa.Integer(), nullable=True),
    sa.Column('found', sa.Boolean(), nullable=True),
    sa.ForeignKeyConstraint(['done_by_id'], ['user_account.id'], name=op.f('fk_replacement_task_done_by_id_user_account'), ondelete='SET NULL'),
    sa.ForeignKeyConstraint(['placement_id'], ['placement.id'], name=op.f('fk_replacement_task_placement_id_placement'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_replacement_task'))
    )
    with op.batch_alter_table('replacement_task', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_replacement_task_placement_id'), ['placement_id'], unique=False)
        batch_op.create_index('uq_replacement_task_open', ['placement_id'], unique=True, sqlite_where=sa.text('done_at IS NULL'), postgresql_where=sa.text('done_at IS NULL'))

    op.create_table('assessment_line',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('assessment_id', sa.Integer(), nullable=False),
    sa.Column('position', sa.Integer(), nullable=False),
    sa.Column('title', sa.String(length=300), nullable=False),
    sa.Column('grade', sa.Enum('o', 'v', 'g', 'nvt', name='grade', native_enum=False, create_constraint=True, length=30), nullable=True),
    sa.ForeignKeyConstraint(['assessment_id'], ['assessment.id'], name=op.f('fk_assessment_line_assessment_id_assessment'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_assessment_line')),
    sa.UniqueConstraint('assessment_id', 'position', name=op.f('uq_assessment_line_assessment_id'))
    )


def downgrade() -> None:
    op.drop_table('assessment_line')
    with op.batch_alter_table('replacement_task', schema=None) as batch_op:
        batch_op.drop_index('uq_replacement_task_open', sqlite_where=sa.text('done_at IS NULL'), postgresql_where=sa.text('done_at IS NULL'))
        batch_op.drop_index(batch_op.f('ix_replacement_task_placement_id'))

    op.drop_table('replacement_task')
    op.drop_table('outcome')
    op.drop_table('hours_week')
    with op.batch_alter_table('hours_entry', schema=None) as batch_op:
        batch_op.drop_index('ix_hours_entry_state')

    op.drop_table('hours_entry')
    op.drop_table('guidance_notice')
    with op.batch_alter_table('guest_link', schema=None) as batch_op:
        batch_op.drop_index('ix_guest_link_placement')

    op.drop_table('guest_link')
    with op.batch_alter_table('contact_moment', schema=None) as batch_op:
        batch_op.drop_index('uq_contact_moment_kind', sqlite_where=sa.text("kind <> 'extra'"), postgresql_where=sa.text("kind <> 'extra'"))
        batch_op.drop_index(batch_op.f('ix_contact_moment_placement_id'))
        batch_op.drop_index('ix_contact_moment_due')

    op.drop_table('contact_moment')
    with op.batch_alter_table('assessment', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_assessment_placement_id'))

    op.drop_table('assessment')
