"""Placements, their trail, agreements with sheets, signatures and scans, answers to changes, assignments, rules of a school."""

import sqlalchemy as sa
from alembic import op

import ipf_talent.db

revision = '0010'
down_revision = '0009'
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table('placement_rules',
    sa.Column('school_id', sa.Integer(), nullable=False),
    sa.Column('parents_sign', sa.Boolean(), server_default=sa.true(), nullable=False),
    sa.Column('most_per_trainer', sa.Integer(), server_default='5', nullable=False),
    sa.CheckConstraint('most_per_trainer BETWEEN 1 AND 50', name=op.f('ck_placement_rules_most_per_trainer')),
    sa.ForeignKeyConstraint(['school_id'], ['organisation.id'], name=op.f('fk_placement_rules_school_id_organisation'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('school_id', name=op.f('pk_placement_rules'))
    )
    op.create_table('placement',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('key', sa.String(length=16), nullable=False),
    sa.Column('student_id', sa.Integer(), nullable=True),
    sa.Column('enrolment_id', sa.Integer(), nullable=True),
    sa.Column('period_id', sa.Integer(), nullable=True),
    sa.Column('school_id', sa.Integer(), nullable=False),
    sa.Column('programme_id', sa.Integer(), nullable=True),
    sa.Column('vacancy_id', sa.Integer(), nullable=True),
    sa.Column('application_id', sa.Integer(), nullable=True),
    sa.Column('establishment_id', sa.Integer(), nullable=False),
    sa.Column('leerbedrijf_id', sa.String(length=20), nullable=True),
    sa.Column('crebo', sa.String(length=5), nullable=True),
    sa.Column('optional_module', sa.String(length=5), nullable=True),
    sa.Column('kind', sa.Enum('bol_internship', 'bbl_apprenticeship', 'hbo_internship', 'hbo_graduation', 'wo_internship', 'wo_design', 'wo_thesis', 'dual', 'engd_position', 'orientation', 'practice_certificate', name='vacancykind', native_enum=False, create_constraint=True, length=30), nullable=False),
    sa.Column('starts_on', sa.Date(), nullable=False),
    sa.Column('ends_on', sa.Date(), nullable=False),
    sa.Column('ended_on', sa.Date(), nullable=True),
    sa.Column('hours', sa.Integer(), nullable=False),
    sa.Column('hours_by_year', sa.JSON(), nullable=False),
    sa.Column('days_per_week', sa.Integer(), nullable=False),
    sa.Column('hours_per_week', sa.Integer(), nullable=False),
    sa.Column('trainer_name', sa.String(length=120), nullable=False),
    sa.Column('trainer_email', sa.String(length=254), nullable=False),
    sa.Column('trainer_id', sa.Integer(), nullable=True),
    sa.Column('supervisor_id', sa.Integer(), nullable=True),
    sa.Column('employer_id', sa.Integer(), nullable=True),
    sa.Column('status', sa.Enum('proposed', 'approved', 'declined', 'preparing_agreement', 'awaiting_signatures', 'signed', 'running', 'interrupted', 'completed', 'ended_early', 'cancelled', name='placementstatus', native_enum=False, create_constraint=True, length=30), nullable=False),
    sa.Column('approval', sa.JSON(), nullable=False),
    sa.Column('recognition_checked_on', sa.Date(), nullable=True),
    sa.Column('recognition_checked_at', ipf_talent.db.UtcDateTime(timezone=True), nullable=True),
    sa.Column('recognition_checked_by_id', sa.Integer(), nullable=True),
    sa.Column('recognition_outcome', sa.Enum('recognised', 'not_recognised', name='checkoutcome', native_enum=False, create_constraint=True, length=30), nullable=True),
    sa.Column('changed_at', ipf_talent.db.UtcDateTime(timezone=True), nullable=False),
    sa.Column('adult_on', sa.Date(), nullable=True),
    sa.Column('parent_name', sa.String(length=120), nullable=False),
    sa.Column('parent_email', sa.String(length=254), nullable=False),
    sa.Column('three_party', sa.Boolean(), nullable=False),
    sa.Column('reason', sa.Enum('student', 'company', 'school', 'unsafe', 'recognition', 'job_ended', 'illness', 'relevance', 'guidance', 'other', name='reason', native_enum=False, create_constraint=True, length=30), nullable=True),
    sa.Column('note', sa.String(length=500), nullable=False),
    sa.Column('erased_at', ipf_talent.db.UtcDateTime(timezone=True), nullable=True),
    sa.Column('created_at', ipf_talent.db.UtcDateTime(timezone=True), nullable=False),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.CheckConstraint('days_per_week BETWEEN 1 AND 7', name=op.f('ck_placement_days_week')),
    sa.CheckConstraint('ends_on > starts_on', name=op.f('ck_placement_period')),
    sa.CheckConstraint('hours BETWEEN 1 AND 5000', name=op.f('ck_placement_hours_total')),
    sa.CheckConstraint('hours_per_week BETWEEN 1 AND 60', name=op.f('ck_placement_hours_week')),
    sa.ForeignKeyConstraint(['application_id'], ['application.id'], name=op.f('fk_placement_application_id_application'), ondelete='SET NULL'),
    sa.ForeignKeyConstraint(['employer_id'], ['organisation.id'], name=op.f('fk_placement_employer_id_organisation')),
    sa.ForeignKeyConstraint(['enrolment_id'], ['enrolment.id'], name=op.f('fk_placement_enrolment_id_enrolment'), ondelete='SET NULL'),
    sa.ForeignKeyConstraint(['establishment_id'], ['establishment.id'], name=op.f('fk_placement_establishment_id_establishment')),
    sa.ForeignKeyConstraint(['period_id'], ['internship_period.id'], name=op.f('fk_placement_period_id_internship_period'), ondelete='SET NULL'),
    sa.ForeignKeyConstraint(['programme_id'], ['programme.id'], name=op.f('fk_placement_programme_id_programme'), ondelete='SET NULL'),
    sa.ForeignKeyConstraint(['recognition_checked_by_id'], ['user_account.id'], name=op.f('fk_placement_recognition_checked_by_id_user_account'), ondelete='SET NULL'),
    sa.ForeignKeyConstraint(['school_id'], ['organisation.id'], name=op.f('fk_placement_school_id_organisation')),
    sa.ForeignKeyConstraint(['student_id'], ['user_account.id'], name=op.f('fk_placement_student_id_user_account'), ondelete='SET NULL'),
    sa.ForeignKeyConstraint(['supervisor_id'], ['user_account.id'], name=op.f('fk_placement_supervisor_id_user_account'), ondelete='SET NULL'),
    sa.ForeignKeyConstraint(['trainer_id'], ['user_account.id'], name=op.f('fk_placement_trainer_id_user_account'), ondelete='SET NULL'),
    sa.ForeignKeyConstraint(['vacancy_id'], ['vacancy.id'], name=op.f('fk_placement_vacancy_id_vacancy'), ondelete='SET NULL'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_placement')),
    sa.UniqueConstraint('application_id', name=op.f('uq_placement_application_id')),
    sa.UniqueConstraint('key', name=op.f('uq_placement_key'))
    )
    with op.batch_alter_table('placement', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_placement_enrolment_id'), ['enrolment_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_placement_establishment_id'), ['establishment_id'], unique=False)
        batch_op.create_index('ix_placement_period_status', ['period_id', 'status'], unique=False)
        batch_op.create_index(batch_op.f('ix_placement_programme_id'), ['programme_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_placement_school_id'), ['school_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_placement_status'), ['status'], unique=False)
        batch_op.create_index(batch_op.f('ix_placement_student_id'), ['student_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_placement_supervisor_id'), ['supervisor_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_placement_trainer_id'), ['trainer_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_placement_vacancy_id'), ['vacancy_id'], unique=False)
        batch_op.create_index('uq_placement_live', ['student_id', 'period_id'], unique=True, sqlite_where=sa.text("status IN ('approved', 'awaiting_signatures', 'interrupted', 'preparing_agreement', 'proposed', 'running', 'signed') AND student_id IS NOT NULL AND period_id IS NOT NULL"), postgresql_where=sa.text("status IN ('approved', 'awaiting_signatures', 'interrupted', 'preparing_agreement', 'proposed', 'running', 'signed') AND student_id IS NOT NULL AND period_id IS NOT NULL"))

    op.create_table('agreement',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('placement_id', sa.Integer(), nullable=False),
    sa.Column('number', sa.Integer(), nullable=False),
    sa.Column('type', sa.Enum('pok_bol', 'pok_bbl', 'pok_optional', 'practice_certificate', 'internship', 'three_party_non_eu', name='agreementtype', native_enum=False, create_constraint=True, length=30), nullable=False),
    sa.Column('status', sa.Enum('draft', 'sent', 'partly_signed', 'signed', 'expired', 'dissolved', 'void', name='agreementstatus', native_enum=False, create_constraint=True, length=30), nullable=False),
    sa.Column('language', sa.String(length=2), nullable=False),
    sa.Column('parts', sa.JSON(), nullable=False),
    sa.Column('guidance_text', sa.Text(), nullable=False),
    sa.Column('assessment_text', sa.Text(), nullable=False),
    sa.Column('ending_text', sa.Text(), nullable=False),
    sa.Column('tasks_text', sa.Text(), nullable=False),
    sa.Column('goals_text', sa.Text(), nullable=False),
    sa.Column('relevance_text', sa.Text(), nullable=False),
    sa.Column('allowance_text', sa.String(length=500), nullable=False),
    sa.Column('insurance_text', sa.String(length=500), nullable=False),
    sa.Column('confidentiality_text', sa.String(length=500), nullable=False),
    sa.Column('ownership_text', sa.String(length=500), nullable=False),
    sa.Column('week', sa.JSON(), nullable=False),
    sa.Column('contract_present', sa.Boolean(), nullable=False),
    sa.Column('signed_in', sa.Enum('platform', 'paper', 'school_system', 'mixed', name='signedin', native_enum=False, create_constraint=True, length=30), nullable=True),
    sa.Column('closing_on', sa.Date(), nullable=True),
    sa.Column('reference', sa.String(length=60), nullable=False),
    sa.Column('sent_at', ipf_talent.db.UtcDateTime(timezone=True), nullable=True),
    sa.Column('signed_at', ipf_talent.db.UtcDateTime(timezone=True), nullable=True),
    sa.Column('ended_at', ipf_talent.db.UtcDateTime(timezone=True), nullable=True),
    sa.Column('created_at', ipf_talent.db.UtcDateTime(timezone=True), nullable=False),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.ForeignKeyConstraint(['placement_id'], ['placement.id'], name=op.f('fk_agreement_placement_id_placement'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_agreement')),
    sa.UniqueConstraint('placement_id', 'number', name=op.f('uq_agreement_placement_id'))
    )
    with op.batch_alter_table('agreement', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_agreement_placement_id'), ['placement_id'], unique=False)
        batch_op.create_index('uq_agreement_open', ['placement_id'], unique=True, sqlite_where=sa.text("status IN ('draft', 'sent', 'partly_signed', 'signed')"), postgresql_where=sa.text("status IN ('draft', 'sent', 'partly_signed', 'signed')"))

    op.create_table('assignment',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('placement_id', sa.Integer(), nullable=False),
    sa.Column('title', sa.String(length=120), nullable=False),
    sa.Column('problem', sa.Text(), nullable=False),
    sa.Column('goal', sa.Text(), nullable=False),
    sa.Column('deliverables', sa.Text(), nullable=False),
    sa.Column('method', sa.Text(), nullable=False),
    sa.Column('ec', sa.Integer(), nullable=True),
    sa.Column('supervisor_level', sa.Enum('mbo_1', 'mbo_2', 'mbo_3', 'mbo_4', 'ad', 'hbo_bachelor', 'wo_bachelor', 'master', 'engd_phd', 'none', name='level', native_enum=False, create_constraint=True, length=30), nullable=True),
    sa.Column('no_family', sa.Boolean(), nullable=False),
    sa.Column('proposed_by', sa.Enum('student', 'parent', 'company', 'school', 'system', name='who', native_enum=False, create_constraint=True, length=30), nullable=False),
    sa.Column('status', sa.Enum('proposed', 'in_review', 'approved', 'revise', 'rejected', name='assignmentstatus', native_enum=False, create_constraint=True, length=30), nullable=False),
    sa.Column('note', sa.Text(), nullable=False),
    sa.Column('decided_at', ipf_talent.db.UtcDateTime(timezone=True), nullable=True),
    sa.Column('decided_by_id', sa.Integer(), nullable=True),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.CheckConstraint("status = 'proposed' OR length(title) > 0", name=op.f('ck_assignment_title')),
    sa.CheckConstraint('ec BETWEEN 1 AND 60', name=op.f('ck_assignment_ec')),
    sa.ForeignKeyConstraint(['decided_by_id'], ['user_account.id'], name=op.f('fk_assignment_decided_by_id_user_account'), ondelete='SET NULL'),
    sa.ForeignKeyConstraint(['placement_id'], ['placement.id'], name=op.f('fk_assignment_placement_id_placement'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_assignment')),
    sa.UniqueConstraint('placement_id', name=op.f('uq_assignment_placement_id'))
    )
    op.create_table('placement_event',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('placement_id', sa.Integer(), nullable=False),
    sa.Column('at', ipf_talent.db.UtcDateTime(timezone=True), nullable=False),
    sa.Column('who', sa.Enum('student', 'parent', 'company', 'school', 'system', name='who', native_enum=False, create_constraint=True, length=30), nullable=False),
    sa.Column('user_id', sa.Integer(), nullable=True),
    sa.Column('what', sa.String(length=30), nullable=False),
    sa.Column('before', sa.Enum('proposed', 'approved', 'declined', 'preparing_agreement', 'awaiting_signatures', 'signed', 'running', 'interrupted', 'completed', 'ended_early', 'cancelled', name='status_before', native_enum=False, create_constraint=True, length=30), nullable=True),
    sa.Column('after', sa.Enum('proposed', 'approved', 'declined', 'preparing_agreement', 'awaiting_signatures', 'signed', 'running', 'interrupted', 'completed', 'ended_early', 'cancelled', name='status_after', native_enum=False, create_constraint=True, length=30), nullable=True),
    sa.Column('reason', sa.Enum('student', 'company', 'school', 'unsafe', 'recognition', 'job_ended', 'illness', 'relevance', 'guidance', 'other', name='reason', native_enum=False, create_constraint=True, length=30), nullable=True),
    sa.ForeignKeyConstraint(['placement_id'], ['placement.id'], name=op.f('fk_placement_event_placement_id_placement'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_placement_event'))
    )
    with op.batch_alter_table('placement_event', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_placement_event_placement_id'), ['placement_id'], unique=False)

    op.create_table('signature_scan',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('placement_id', sa.Integer(), nullable=False),
    sa.Column('name', sa.String(length=40), nullable=False),
    sa.Column('label', sa.String(length=80), nullable=False),
    sa.Column('kind', sa.String(length=4), nullable=False),
    sa.Column('size', sa.Integer(), nullable=False),
    sa.Column('sha256', sa.String(length=64), nullable=False),
    sa.Column('uploaded_at', ipf_talent.db.UtcDateTime(timezone=True), nullable=False),
    sa.ForeignKeyConstraint(['placement_id'], ['placement.id'], name=op.f('fk_signature_scan_placement_id_placement'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_signature_scan')),
    sa.UniqueConstraint('name', name=op.f('uq_signature_scan_name'))
    )
    with op.batch_alter_table('signature_scan', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_signature_scan_placement_id'), ['placement_id'], unique=False)

    op.create_table('agreement_sheet',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('agreement_id', sa.Integer(), nullable=False),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.Column('content', sa.JSON(), nullable=False),
    sa.Column('sha256', sa.String(length=64), nullable=False),
    sa.Column('status', sa.Enum('sent', 'in_force', 'corrected', name='sheetstatus', native_enum=False, create_constraint=True, length=30), nullable=False),
    sa.Column('asked_by', sa.Enum('student', 'parent', 'company', 'school', 'system', name='who', native_enum=False, create_constraint=True, length=30), nullable=True),
    sa.Column('changes', sa.JSON(), nullable=False),
    sa.Column('sent_at', ipf_talent.db.UtcDateTime(timezone=True), nullable=False),
    sa.Column('object_until', sa.Date(), nullable=True),
    sa.Column('in_force_on', sa.Date(), nullable=True),
    sa.Column('settled_at', ipf_talent.db.UtcDateTime(timezone=True), nullable=True),
    sa.ForeignKeyConstraint(['agreement_id'], ['agreement.id'], name=op.f('fk_agreement_sheet_agreement_id_agreement'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_agreement_sheet')),
    sa.UniqueConstraint('agreement_id', 'version', name=op.f('uq_agreement_sheet_agreement_id'))
    )
    with op.batch_alter_table('agreement_sheet', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_agreement_sheet_agreement_id'), ['agreement_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_agreement_sheet_status'), ['status'], unique=False)

    op.create_table('sheet_answer',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('sheet_id', sa.Integer(), nullable=False),
    sa.Column('party', sa.Enum('student', 'parent', 'company', 'school', 'system', name='who', native_enum=False, create_constraint=True, length=30), nullable=False),
    sa.Column('answer', sa.Enum('agreed', 'objected', name='answer', native_enum=False, create_constraint=True, length=30), nullable=False),
    sa.Column('words', sa.String(length=500), nullable=False),
    sa.Column('user_id', sa.Integer(), nullable=True),
    sa.Column('at', ipf_talent.db.UtcDateTime(timezone=True), nullable=False),
    sa.ForeignKeyConstraint(['sheet_id'], ['agreement_sheet.id'], name=op.f('fk_sheet_answer_sheet_id_agreement_sheet'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_sheet_answer')),
    sa.UniqueConstraint('sheet_id', 'party', name=op.f('uq_sheet_answer_sheet_id'))
    )
    with op.batch_alter_table('sheet_answer', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_sheet_answer_sheet_id'), ['sheet_id'], unique=False)

    op.create_table('signature',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('sheet_id', sa.Integer(), nullable=False),
    sa.Column('party', sa.Enum('student', 'parent', 'company', 'school', 'system', name='who', native_enum=False, create_constraint=True, length=30), nullable=False),
    sa.Column('way', sa.Enum('click', 'scan', 'school_system', name='signingway', native_enum=False, create_constraint=True, length=30), nullable=False),
    sa.Column('name', sa.String(length=120), nullable=False),
    sa.Column('user_id', sa.Integer(), nullable=True),
    sa.Column('sha256', sa.String(length=64), nullable=False),
    sa.Column('reference', sa.String(length=60), nullable=False),
    sa.Column('scan_id', sa.Integer(), nullable=True),
    sa.Column('signed_on', sa.Date(), nullable=False),
    sa.Column('at', ipf_talent.db.UtcDateTime(timezone=True), nullable=False),
    sa.ForeignKeyConstraint(['scan_id'], ['signature_scan.id'], name=op.f('fk_signature_scan_id_signature_scan'), ondelete='SET NULL'),
    sa.ForeignKeyConstraint(['sheet_id'], ['agreement_sheet.id'], name=op.f('fk_signature_sheet_id_agreement_sheet'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_signature')),
    sa.UniqueConstraint('sheet_id', 'party', name=op.f('uq_signature_sheet_id'))
    )
    with op.batch_alter_table('signature', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_signature_sheet_id'), ['sheet_id'], unique=False)


def downgrade() -> None:
    with op.batch_alter_table('signature', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_signature_sheet_id'))

    op.drop_table('signature')
    with op.batch_alter_table('sheet_answer', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_sheet_answer_sheet_id'))

    op.drop_table('sheet_answer')
    with op.batch_alter_table('agreement_sheet', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_agreement_sheet_status'))
        batch_op.drop_index(batch_op.f('ix_agreement_sheet_agreement_id'))

    op.drop_table('agreement_sheet')
    with op.batch_alter_table('signature_scan', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_signature_scan_placement_id'))

    op.drop_table('signature_scan')
    with op.batch_alter_table('placement_event', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_placement_event_placement_id'))

    op.drop_table('placement_event')
    op.drop_table('assignment')
    with op.batch_alter_table('agreement', schema=None) as batch_op:
        batch_op.drop_index('uq_agreement_open', sqlite_where=sa.text("status IN ('draft', 'sent', 'partly_signed', 'signed')"), postgresql_where=sa.text("status IN ('draft', 'sent', 'partly_signed', 'signed')"))
        batch_op.drop_index(batch_op.f('ix_agreement_placement_id'))

    op.drop_table('agreement')
    with op.batch_alter_table('placement', schema=None) as batch_op:
        batch_op.drop_index('uq_placement_live', sqlite_where=sa.text("status IN ('approved', 'awaiting_signatures', 'interrupted', 'preparing_agreement', 'proposed', 'running', 'signed') AND student_id IS NOT NULL AND period_id IS NOT NULL"), postgresql_where=sa.text("status IN ('approved', 'awaiting_signatures', 'interrupted', 'preparing_agreement', 'proposed', 'running', 'signed') AND student_id IS NOT NULL AND period_id IS NOT NULL"))
        batch_op.drop_index(batch_op.f('ix_placement_vacancy_id'))
        batch_op.drop_index(batch_op.f('ix_placement_trainer_id'))
        batch_op.drop_index(batch_op.f('ix_placement_supervisor_id'))
        batch_op.drop_index(batch_op.f('ix_placement_student_id'))
        batch_op.drop_index(batch_op.f('ix_placement_status'))
        batch_op.drop_index(batch_op.f('ix_placement_school_id'))
        batch_op.drop_index(batch_op.f('ix_placement_programme_id'))
        batch_op.drop_index('ix_placement_period_status')
        batch_op.drop_index(batch_op.f('ix_placement_establishment_id'))
        batch_op.drop_index(batch_op.f('ix_placement_enrolment_id'))

    op.drop_table('placement')
    op.drop_table('placement_rules')
