"""Responses to places with their trail, documents, messages and reminders; reports of discrimination; the silence of companies."""

import sqlalchemy as sa
from alembic import op

import ipf_talent.db

revision = '0006'
down_revision = '0005'
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table('document',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('user_id', sa.Integer(), nullable=False),
    sa.Column('name', sa.String(length=40), nullable=False),
    sa.Column('label', sa.String(length=80), nullable=False),
    sa.Column('kind', sa.Enum('pdf', 'docx', name='filekind', native_enum=False, create_constraint=True, length=30), nullable=False),
    sa.Column('size', sa.Integer(), nullable=False),
    sa.Column('sha256', sa.String(length=64), nullable=False),
    sa.Column('uploaded_at', ipf_talent.db.UtcDateTime(timezone=True), nullable=False),
    sa.Column('scanned_at', ipf_talent.db.UtcDateTime(timezone=True), nullable=True),
    sa.ForeignKeyConstraint(['user_id'], ['user_account.id'], name=op.f('fk_document_user_id_user_account'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_document')),
    sa.UniqueConstraint('name', name=op.f('uq_document_name'))
    )
    with op.batch_alter_table('document', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_document_user_id'), ['user_id'], unique=False)

    op.create_table('application',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('key', sa.String(length=16), nullable=False),
    sa.Column('code', sa.String(length=8), nullable=False),
    sa.Column('student_id', sa.Integer(), nullable=True),
    sa.Column('vacancy_id', sa.Integer(), nullable=False),
    sa.Column('school_id', sa.Integer(), nullable=True),
    sa.Column('mode', sa.Enum('school_places', 'company_chooses', 'event', name='placingmode', native_enum=False, create_constraint=True, length=30), nullable=False),
    sa.Column('state', sa.Enum('draft', 'sent', 'in_progress', 'interview', 'offered', 'accepted', 'learning_wish', 'proposed', 'agreed', 'confirmed', 'rejected', 'returned', 'withdrawn', 'expired', name='state', native_enum=False, create_constraint=True, length=30), nullable=False),
    sa.Column('message', sa.Text(), nullable=False),
    sa.Column('wish', sa.Text(), nullable=False),
    sa.Column('minor', sa.Boolean(), nullable=False),
    sa.Column('card', sa.JSON(), nullable=False),
    sa.Column('document_id', sa.Integer(), nullable=True),
    sa.Column('created_at', ipf_talent.db.UtcDateTime(timezone=True), nullable=False),
    sa.Column('sent_at', ipf_talent.db.UtcDateTime(timezone=True), nullable=True),
    sa.Column('waits_since', ipf_talent.db.UtcDateTime(timezone=True), nullable=True),
    sa.Column('due_on', sa.Date(), nullable=True),
    sa.Column('answered_at', ipf_talent.db.UtcDateTime(timezone=True), nullable=True),
    sa.Column('in_time', sa.Boolean(), nullable=True),
    sa.Column('ended_at', ipf_talent.db.UtcDateTime(timezone=True), nullable=True),
    sa.Column('reason', sa.Enum('full', 'learning_goal', 'period', 'guidance', 'other_candidate', 'minor_safety', 'other', name='reason', native_enum=False, create_constraint=True, length=30), nullable=True),
    sa.Column('reason_note', sa.String(length=500), nullable=False),
    sa.Column('helpful_skills', sa.JSON(), nullable=False),
    sa.Column('silent', sa.Enum('student', 'company', 'school', 'system', name='who', native_enum=False, create_constraint=True, length=30), nullable=True),
    sa.Column('late_answer_at', ipf_talent.db.UtcDateTime(timezone=True), nullable=True),
    sa.Column('keep_until', sa.Date(), nullable=True),
    sa.Column('erased_at', ipf_talent.db.UtcDateTime(timezone=True), nullable=True),
    sa.CheckConstraint('length(message) <= 1500', name=op.f('ck_application_message')),
    sa.CheckConstraint('length(wish) <= 600', name=op.f('ck_application_wish')),
    sa.ForeignKeyConstraint(['document_id'], ['document.id'], name=op.f('fk_application_document_id_document'), ondelete='SET NULL'),
    sa.ForeignKeyConstraint(['school_id'], ['organisation.id'], name=op.f('fk_application_school_id_organisation')),
    sa.ForeignKeyConstraint(['student_id'], ['user_account.id'], name=op.f('fk_application_student_id_user_account'), ondelete='SET NULL'),
    sa.ForeignKeyConstraint(['vacancy_id'], ['vacancy.id'], name=op.f('fk_application_vacancy_id_vacancy')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_application')),
    sa.UniqueConstraint('key', name=op.f('uq_application_key'))
    )
    with op.batch_alter_table('application', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_application_document_id'), ['document_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_application_ended_at'), ['ended_at'], unique=False)
        batch_op.create_index(batch_op.f('ix_application_school_id'), ['school_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_application_student_id'), ['student_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_application_vacancy_id'), ['vacancy_id'], unique=False)
        batch_op.create_index('ix_application_waiting', ['state', 'waits_since'], unique=False)
        batch_op.create_index('uq_application_live', ['student_id', 'vacancy_id'], unique=True, sqlite_where=sa.text('ended_at IS NULL AND student_id IS NOT NULL'), postgresql_where=sa.text('ended_at IS NULL AND student_id IS NOT NULL'))

    op.create_table('discrimination_report',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('vacancy_id', sa.Integer(), nullable=True),
    sa.Column('reporter_id', sa.Integer(), nullable=True),
    sa.Column('body', sa.Text(), nullable=False),
    sa.Column('status', sa.Enum('received', 'in_progress', 'forwarded', 'settled', name='reportstatus', native_enum=False, create_constraint=True, length=30), nullable=False),
    sa.Column('created_at', ipf_talent.db.UtcDateTime(timezone=True), nullable=False),
    sa.Column('changed_at', ipf_talent.db.UtcDateTime(timezone=True), nullable=True),
    sa.ForeignKeyConstraint(['reporter_id'], ['user_account.id'], name=op.f('fk_discrimination_report_reporter_id_user_account'), ondelete='SET NULL'),
    sa.ForeignKeyConstraint(['vacancy_id'], ['vacancy.id'], name=op.f('fk_discrimination_report_vacancy_id_vacancy'), ondelete='SET NULL'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_discrimination_report'))
    )
    op.create_table('application_event',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('application_id', sa.Integer(), nullable=False),
    sa.Column('at', ipf_talent.db.UtcDateTime(timezone=True), nullable=False),
    sa.Column('who', sa.Enum('student', 'company', 'school', 'system', name='who', native_enum=False, create_constraint=True, length=30), nullable=False),
    sa.Column('user_id', sa.Integer(), nullable=True),
    sa.Column('what', sa.String(length=30), nullable=False),
    sa.Column('before', sa.Enum('draft', 'sent', 'in_progress', 'interview', 'offered', 'accepted', 'learning_wish', 'proposed', 'agreed', 'confirmed', 'rejected', 'returned', 'withdrawn', 'expired', name='state_before', native_enum=False, create_constraint=True, length=30), nullable=True),
    sa.Column('after', sa.Enum('draft', 'sent', 'in_progress', 'interview', 'offered', 'accepted', 'learning_wish', 'proposed', 'agreed', 'confirmed', 'rejected', 'returned', 'withdrawn', 'expired', name='state_after', native_enum=False, create_constraint=True, length=30), nullable=True),
    sa.Column('reason', sa.Enum('full', 'learning_goal', 'period', 'guidance', 'other_candidate', 'minor_safety', 'other', name='reason', native_enum=False, create_constraint=True, length=30), nullable=True),
    sa.Column('part', sa.Enum('message', 'name', 'contact', 'cv', name='release', native_enum=False, create_constraint=True, length=30), nullable=True),
    sa.ForeignKeyConstraint(['application_id'], ['application.id'], name=op.f('fk_application_event_application_id_application'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_application_event'))
    )
    with op.batch_alter_table('application_event', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_application_event_application_id'), ['application_id'], unique=False)

    op.create_table('application_message',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('application_id', sa.Integer(), nullable=False),
    sa.Column('who', sa.Enum('student', 'company', 'school', 'system', name='who', native_enum=False, create_constraint=True, length=30), nullable=False),
    sa.Column('author_id', sa.Integer(), nullable=True),
    sa.Column('once', sa.String(length=32), nullable=False),
    sa.Column('body', sa.Text(), nullable=False),
    sa.Column('written_at', ipf_talent.db.UtcDateTime(timezone=True), nullable=False),
    sa.Column('read_at', ipf_talent.db.UtcDateTime(timezone=True), nullable=True),
    sa.CheckConstraint('length(body) BETWEEN 1 AND 1500', name=op.f('ck_application_message_body')),
    sa.ForeignKeyConstraint(['application_id'], ['application.id'], name=op.f('fk_application_message_application_id_application'), ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['author_id'], ['user_account.id'], name=op.f('fk_application_message_author_id_user_account'), ondelete='SET NULL'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_application_message')),
    sa.UniqueConstraint('once', name=op.f('uq_application_message_once'))
    )
    with op.batch_alter_table('application_message', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_application_message_application_id'), ['application_id'], unique=False)

    op.create_table('application_release',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('application_id', sa.Integer(), nullable=False),
    sa.Column('what', sa.Enum('message', 'name', 'contact', 'cv', name='release', native_enum=False, create_constraint=True, length=30), nullable=False),
    sa.Column('given_at', ipf_talent.db.UtcDateTime(timezone=True), nullable=False),
    sa.Column('taken_back_at', ipf_talent.db.UtcDateTime(timezone=True), nullable=True),
    sa.ForeignKeyConstraint(['application_id'], ['application.id'], name=op.f('fk_application_release_application_id_application'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_application_release')),
    sa.UniqueConstraint('application_id', 'what', name=op.f('uq_application_release_application_id'))
    )
    op.create_table('application_reminder',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('application_id', sa.Integer(), nullable=False),
    sa.Column('waits_since', ipf_talent.db.UtcDateTime(timezone=True), nullable=False),
    sa.Column('days', sa.Integer(), nullable=False),
    sa.Column('sent_at', ipf_talent.db.UtcDateTime(timezone=True), nullable=False),
    sa.ForeignKeyConstraint(['application_id'], ['application.id'], name=op.f('fk_application_reminder_application_id_application'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_application_reminder')),
    sa.UniqueConstraint('application_id', 'waits_since', 'days', name=op.f('uq_application_reminder_application_id'))
    )
    op.add_column('organisation', sa.Column('silence', sa.Integer(), server_default='0', nullable=False))


def downgrade() -> None:
    op.drop_column('organisation', 'silence')

    op.drop_table('application_reminder')
    op.drop_table('application_release')
    with op.batch_alter_table('application_message', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_application_message_application_id'))

    op.drop_table('application_message')
    with op.batch_alter_table('application_event', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_application_event_application_id'))

    op.drop_table('application_event')
    op.drop_table('discrimination_report')
    with op.batch_alter_table('application', schema=None) as batch_op:
        batch_op.drop_index('uq_application_live', sqlite_where=sa.text('ended_at IS NULL AND student_id IS NOT NULL'), postgresql_where=sa.text('ended_at IS NULL AND student_id IS NOT NULL'))
        batch_op.drop_index('ix_application_waiting')
        batch_op.drop_index(batch_op.f('ix_application_vacancy_id'))
        batch_op.drop_index(batch_op.f('ix_application_student_id'))
        batch_op.drop_index(batch_op.f('ix_application_school_id'))
        batch_op.drop_index(batch_op.f('ix_application_ended_at'))
        batch_op.drop_index(batch_op.f('ix_application_document_id'))

    op.drop_table('application')
    with op.batch_alter_table('document', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_document_user_id'))

    op.drop_table('document')
