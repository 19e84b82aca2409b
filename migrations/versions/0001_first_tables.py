"""The first tables."""

import sqlalchemy as sa
from alembic import op

import ipf_talent.db

revision = '0001'
down_revision = None
branch_labels = None
depends_on = None

GUARD = {
    'sqlite': [
        "CREATE TRIGGER audit_entry_no_update BEFORE UPDATE ON audit_entry BEGIN SELECT RAISE(ABORT, 'audit_entry is append-only'); END",
        "CREATE TRIGGER audit_entry_no_delete BEFORE DELETE ON audit_entry WHEN OLD.at > datetime('now', '-2 years') BEGIN SELECT RAISE(ABORT, 'audit_entry is append-only'); END",
    ],
    'postgresql': [
        "CREATE OR REPLACE FUNCTION audit_entry_refuse() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN IF TG_LEVEL = 'ROW' THEN IF TG_OP = 'DELETE' AND OLD.at <= now() - interval '2 years' THEN RETURN OLD; END IF; END IF; RAISE EXCEPTION 'audit_entry is append-only'; END $$",
        'CREATE TRIGGER audit_entry_no_change BEFORE UPDATE OR DELETE ON audit_entry FOR EACH ROW EXECUTE FUNCTION audit_entry_refuse()',
        'CREATE TRIGGER audit_entry_no_truncate BEFORE TRUNCATE ON audit_entry FOR EACH STATEMENT EXECUTE FUNCTION audit_entry_refuse()',
    ],
}
"""The audit trail is append-only: the database itself refuses a change, by dialect."""

FREE = {
    'sqlite': [
        'DROP TRIGGER IF EXISTS audit_entry_no_update',
        'DROP TRIGGER IF EXISTS audit_entry_no_delete',
    ],
    'postgresql': [
        'DROP TRIGGER IF EXISTS audit_entry_no_change ON audit_entry',
        'DROP TRIGGER IF EXISTS audit_entry_no_truncate ON audit_entry',
        'DROP FUNCTION IF EXISTS audit_entry_refuse()',
    ],
}


def upgrade() -> None:
    op.create_table('attempt',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('kind', sa.String(length=30), nullable=False),
    sa.Column('key', sa.String(length=64), nullable=False),
    sa.Column('at', ipf_talent.db.UtcDateTime(timezone=True), nullable=False),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_attempt'))
    )
    with op.batch_alter_table('attempt', schema=None) as batch_op:
        batch_op.create_index('ix_attempt_window', ['kind', 'key', 'at'], unique=False)

    op.create_table('audit_entry',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('at', ipf_talent.db.UtcDateTime(timezone=True), nullable=False),
    sa.Column('actor_id', sa.Integer(), nullable=True),
    sa.Column('action', sa.String(length=60), nullable=False),
    sa.Column('thing', sa.String(length=40), nullable=False),
    sa.Column('thing_id', sa.Integer(), nullable=True),
    sa.Column('detail', sa.JSON(), nullable=False),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_audit_entry'))
    )
    with op.batch_alter_table('audit_entry', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_audit_entry_actor_id'), ['actor_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_audit_entry_at'), ['at'], unique=False)

    op.create_table('occupation',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('slug', sa.String(length=80), nullable=False),
    sa.Column('uri', sa.String(length=200), nullable=True),
    sa.Column('isco', sa.String(length=4), nullable=False),
    sa.Column('levels', sa.JSON(), nullable=False),
    sa.Column('label_nl', sa.String(length=160), nullable=False),
    sa.Column('label_fy', sa.String(length=160), nullable=False),
    sa.Column('label_en', sa.String(length=160), nullable=False),
    sa.Column('alts_nl', sa.JSON(), nullable=False),
    sa.Column('alts_en', sa.JSON(), nullable=False),
    sa.Column('description_nl', sa.Text(), nullable=False),
    sa.Column('description_en', sa.Text(), nullable=False),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_occupation')),
    sa.UniqueConstraint('slug', name=op.f('uq_occupation_slug')),
    sa.UniqueConstraint('uri', name=op.f('uq_occupation_uri'))
    )
    op.create_table('organisation',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('slug', sa.String(length=80), nullable=False),
    sa.Column('kind', sa.Enum('company', 'school', 'company_school', 'institute', 'partner', name='organisationkind', native_enum=False, create_constraint=True, length=30), nullable=False),
    sa.Column('name', sa.String(length=120), nullable=False),
    sa.Column('city', sa.String(length=80), nullable=False),
    sa.Column('website', sa.String(length=2048), nullable=True),
    sa.Column('about_nl', sa.Text(), nullable=False),
    sa.Column('about_fy', sa.Text(), nullable=False),
    sa.Column('about_en', sa.Text(), nullable=False),
    sa.Column('technologies', sa.JSON(), nullable=False),
    sa.Column('education', sa.String(length=20), nullable=True),
    sa.Column('kvk', sa.String(length=8), nullable=True),
    sa.Column('brin', sa.String(length=4), nullable=True),
    sa.Column('size_band', sa.Enum('1-9', '10-49', '50-249', '250+', name='sizeband', native_enum=False, create_constraint=True, length=30), nullable=True),
    sa.Column('cluster_member', sa.Boolean(), nullable=False),
    sa.Column('created_at', ipf_talent.db.UtcDateTime(timezone=True), nullable=False),
    sa.Column('verified_at', ipf_talent.db.UtcDateTime(timezone=True), nullable=True),
    sa.Column('source_url', sa.String(length=2048), nullable=True),
    sa.Column('source_note', sa.Text(), nullable=True),
    sa.Column('checked_on', sa.Date(), nullable=True),
    sa.Column('is_example', sa.Boolean(), nullable=False),
    sa.Column('edited_fields', sa.JSON(), nullable=False),
    sa.CheckConstraint('length(kvk) = 8 OR kvk IS NULL', name=op.f('ck_organisation_kvk')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_organisation')),
    sa.UniqueConstraint('slug', name=op.f('uq_organisation_slug'))
    )
    with op.batch_alter_table('organisation', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_organisation_kind'), ['kind'], unique=False)

    op.create_table('outbox_mail',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('to_address', sa.String(length=254), nullable=False),
    sa.Column('subject', sa.String(length=200), nullable=False),
    sa.Column('body', sa.Text(), nullable=False),
    sa.Column('message_id', sa.String(length=120), nullable=False),
    sa.Column('created_at', ipf_talent.db.UtcDateTime(timezone=True), nullable=False),
    sa.Column('not_before', ipf_talent.db.UtcDateTime(timezone=True), nullable=False),
    sa.Column('tries', sa.Integer(), nullable=False),
    sa.Column('sent_at', ipf_talent.db.UtcDateTime(timezone=True), nullable=True),
    sa.Column('given_up_at', ipf_talent.db.UtcDateTime(timezone=True), nullable=True),
    sa.Column('last_error', sa.String(length=200), nullable=True),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_outbox_mail')),
    sa.UniqueConstraint('message_id', name=op.f('uq_outbox_mail_message_id'))
    )
    with op.batch_alter_table('outbox_mail', schema=None) as batch_op:
        batch_op.create_index('ix_outbox_mail_due', ['sent_at', 'not_before'], unique=False)

    op.create_table('place',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('name', sa.String(length=80), nullable=False),
    sa.Column('municipality', sa.String(length=80), nullable=False),
    sa.Column('province', sa.String(length=40), nullable=False),
    sa.Column('lat', sa.Float(), nullable=False),
    sa.Column('lon', sa.Float(), nullable=False),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_place')),
    sa.UniqueConstraint('name', name=op.f('uq_place_name'))
    )
    op.create_table('skill',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('slug', sa.String(length=80), nullable=False),
    sa.Column('uri', sa.String(length=200), nullable=True),
    sa.Column('type', sa.String(length=20), nullable=False),
    sa.Column('field', sa.String(length=20), nullable=False),
    sa.Column('label_nl', sa.String(length=160), nullable=False),
    sa.Column('label_fy', sa.String(length=160), nullable=False),
    sa.Column('label_en', sa.String(length=160), nullable=False),
    sa.Column('alts_nl', sa.JSON(), nullable=False),
    sa.Column('alts_fy', sa.JSON(), nullable=False),
    sa.Column('alts_en', sa.JSON(), nullable=False),
    sa.Column('label_source', sa.String(length=20), nullable=False),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_skill')),
    sa.UniqueConstraint('slug', name=op.f('uq_skill_slug')),
    sa.UniqueConstraint('uri', name=op.f('uq_skill_uri'))
    )
    with op.batch_alter_table('skill', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_skill_field'), ['field'], unique=False)

    op.create_table('taxonomy_version',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('digest', sa.String(length=32), nullable=False),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_taxonomy_version'))
    )
    op.create_table('user_account',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('email', sa.String(length=254), nullable=False),
    sa.Column('display_name', sa.String(length=80), nullable=False),
    sa.Column('password_hash', sa.String(length=200), nullable=False),
    sa.Column('language', sa.String(length=2), nullable=False),
    sa.Column('session_epoch', sa.Integer(), nullable=False),
    sa.Column('confirmed_at', ipf_talent.db.UtcDateTime(timezone=True), nullable=True),
    sa.Column('closed_at', ipf_talent.db.UtcDateTime(timezone=True), nullable=True),
    sa.Column('is_demo', sa.Boolean(), nullable=False),
    sa.Column('created_at', ipf_talent.db.UtcDateTime(timezone=True), nullable=False),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_user_account')),
    sa.UniqueConstraint('email', name=op.f('uq_user_account_email'))
    )
    op.create_table('establishment',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('organisation_id', sa.Integer(), nullable=False),
    sa.Column('name', sa.String(length=120), nullable=False),
    sa.Column('place_id', sa.Integer(), nullable=True),
    sa.Column('postcode', sa.String(length=7), nullable=True),
    sa.Column('street', sa.String(length=120), nullable=True),
    sa.ForeignKeyConstraint(['organisation_id'], ['organisation.id'], name=op.f('fk_establishment_organisation_id_organisation'), ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['place_id'], ['place.id'], name=op.f('fk_establishment_place_id_place')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_establishment')),
    sa.UniqueConstraint('organisation_id', 'name', name=op.f('uq_establishment_organisation_id'))
    )
    with op.batch_alter_table('establishment', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_establishment_organisation_id'), ['organisation_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_establishment_place_id'), ['place_id'], unique=False)

    op.create_table('invitation',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('email', sa.String(length=254), nullable=False),
    sa.Column('organisation_id', sa.Integer(), nullable=False),
    sa.Column('role', sa.Enum('student', 'parent', 'company_manager', 'workplace_trainer', 'company_supervisor', 'signer', 'programme_manager', 'coordinator', 'school_supervisor', 'cluster_office', 'platform_admin', name='role', native_enum=False, create_constraint=True, length=30), nullable=False),
    sa.Column('secret_hash', sa.String(length=64), nullable=False),
    sa.Column('created_at', ipf_talent.db.UtcDateTime(timezone=True), nullable=False),
    sa.Column('expires_at', ipf_talent.db.UtcDateTime(timezone=True), nullable=False),
    sa.Column('used_at', ipf_talent.db.UtcDateTime(timezone=True), nullable=True),
    sa.ForeignKeyConstraint(['organisation_id'], ['organisation.id'], name=op.f('fk_invitation_organisation_id_organisation'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_invitation')),
    sa.UniqueConstraint('secret_hash', name=op.f('uq_invitation_secret_hash'))
    )
    with op.batch_alter_table('invitation', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_invitation_organisation_id'), ['organisation_id'], unique=False)

    op.create_table('membership',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('user_id', sa.Integer(), nullable=False),
    sa.Column('organisation_id', sa.Integer(), nullable=True),
    sa.Column('role', sa.Enum('student', 'parent', 'company_manager', 'workplace_trainer', 'company_supervisor', 'signer', 'programme_manager', 'coordinator', 'school_supervisor', 'cluster_office', 'platform_admin', name='role', native_enum=False, create_constraint=True, length=30), nullable=False),
    sa.Column('created_at', ipf_talent.db.UtcDateTime(timezone=True), nullable=False),
    sa.ForeignKeyConstraint(['organisation_id'], ['organisation.id'], name=op.f('fk_membership_organisation_id_organisation'), ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['user_id'], ['user_account.id'], name=op.f('fk_membership_user_id_user_account'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_membership')),
    sa.UniqueConstraint('user_id', 'organisation_id', 'role', name=op.f('uq_membership_user_id'))
    )
    with op.batch_alter_table('membership', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_membership_organisation_id'), ['organisation_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_membership_user_id'), ['user_id'], unique=False)
        batch_op.create_index('uq_membership_platform', ['user_id', 'role'], unique=True, sqlite_where=sa.text('organisation_id IS NULL'), postgresql_where=sa.text('organisation_id IS NULL'))

    op.create_table('occupation_skill',
    sa.Column('occupation_id', sa.Integer(), nullable=False),
    sa.Column('skill_id', sa.Integer(), nullable=False),
    sa.Column('essential', sa.Boolean(), nullable=False),
    sa.Column('source', sa.String(length=10), nullable=False),
    sa.ForeignKeyConstraint(['occupation_id'], ['occupation.id'], name=op.f('fk_occupation_skill_occupation_id_occupation'), ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['skill_id'], ['skill.id'], name=op.f('fk_occupation_skill_skill_id_skill'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('occupation_id', 'skill_id', name=op.f('pk_occupation_skill'))
    )
    with op.batch_alter_table('occupation_skill', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_occupation_skill_skill_id'), ['skill_id'], unique=False)

    op.create_table('one_time_link',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('user_id', sa.Integer(), nullable=False),
    sa.Column('purpose', sa.Enum('confirm', 'reset', 'change_email', name='purpose', native_enum=False, create_constraint=True, length=30), nullable=False),
    sa.Column('secret_hash', sa.String(length=64), nullable=False),
    sa.Column('new_email', sa.String(length=254), nullable=True),
    sa.Column('created_at', ipf_talent.db.UtcDateTime(timezone=True), nullable=False),
    sa.Column('expires_at', ipf_talent.db.UtcDateTime(timezone=True), nullable=False),
    sa.Column('used_at', ipf_talent.db.UtcDateTime(timezone=True), nullable=True),
    sa.ForeignKeyConstraint(['user_id'], ['user_account.id'], name=op.f('fk_one_time_link_user_id_user_account'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_one_time_link')),
    sa.UniqueConstraint('secret_hash', name=op.f('uq_one_time_link_secret_hash'))
    )
    with op.batch_alter_table('one_time_link', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_one_time_link_user_id'), ['user_id'], unique=False)

    op.create_table('programme',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('slug', sa.String(length=80), nullable=False),
    sa.Column('institution_id', sa.Integer(), nullable=False),
    sa.Column('title_nl', sa.String(length=256), nullable=False),
    sa.Column('title_en', sa.String(length=256), nullable=False),
    sa.Column('type', sa.Enum('mbo_diploma', 'mbo_certificate', 'practice_statement', 'elective', 'ad', 'bachelor', 'premaster', 'master', 'engd', 'phd', 'microcredential', 'minor', 'course', name='programmetype', native_enum=False, create_constraint=True, length=30), nullable=False),
    sa.Column('level', sa.Enum('mbo_1', 'mbo_2', 'mbo_3', 'mbo_4', 'ad', 'hbo_bachelor', 'wo_bachelor', 'master', 'engd_phd', 'none', name='level', native_enum=False, create_constraint=True, length=30), nullable=False),
    sa.Column('nlqf', sa.Integer(), nullable=True),
    sa.Column('code', sa.String(length=12), nullable=True),
    sa.Column('code_kind', sa.String(length=6), nullable=True),
    sa.Column('credits_ects', sa.Integer(), nullable=True),
    sa.Column('sbu', sa.Integer(), nullable=True),
    sa.Column('duration_months', sa.Integer(), nullable=True),
    sa.Column('languages', sa.JSON(), nullable=False),
    sa.Column('description_nl', sa.Text(), nullable=False),
    sa.Column('description_en', sa.Text(), nullable=False),
    sa.Column('admission_nl', sa.Text(), nullable=False),
    sa.Column('admission_en', sa.Text(), nullable=False),
    sa.Column('national', sa.Boolean(), nullable=False),
    sa.Column('track', sa.Enum('company_school', 'instrument_course', 'autonomous_systems', name='track', native_enum=False, create_constraint=True, length=30), nullable=True),
    sa.Column('standing', sa.Enum('running', 'planned', 'reference', name='standing', native_enum=False, create_constraint=True, length=30), nullable=False),
    sa.Column('source_url', sa.String(length=2048), nullable=True),
    sa.Column('source_note', sa.Text(), nullable=True),
    sa.Column('checked_on', sa.Date(), nullable=True),
    sa.Column('is_example', sa.Boolean(), nullable=False),
    sa.Column('edited_fields', sa.JSON(), nullable=False),
    sa.CheckConstraint('duration_months > 0', name=op.f('ck_programme_duration')),
    sa.CheckConstraint('nlqf BETWEEN 1 AND 8', name=op.f('ck_programme_nlqf')),
    sa.ForeignKeyConstraint(['institution_id'], ['organisation.id'], name=op.f('fk_programme_institution_id_organisation')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_programme')),
    sa.UniqueConstraint('slug', name=op.f('uq_programme_slug'))
    )
    with op.batch_alter_table('programme', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_programme_code'), ['code'], unique=False)
        batch_op.create_index(batch_op.f('ix_programme_institution_id'), ['institution_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_programme_level'), ['level'], unique=False)
        batch_op.create_index(batch_op.f('ix_programme_track'), ['track'], unique=False)
        batch_op.create_index(batch_op.f('ix_programme_type'), ['type'], unique=False)

    op.create_table('skill_link',
    sa.Column('skill_id', sa.Integer(), nullable=False),
    sa.Column('other_id', sa.Integer(), nullable=False),
    sa.Column('kind', sa.String(length=10), nullable=False),
    sa.ForeignKeyConstraint(['other_id'], ['skill.id'], name=op.f('fk_skill_link_other_id_skill'), ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['skill_id'], ['skill.id'], name=op.f('fk_skill_link_skill_id_skill'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('skill_id', 'other_id', name=op.f('pk_skill_link'))
    )
    with op.batch_alter_table('skill_link', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_skill_link_other_id'), ['other_id'], unique=False)

    op.create_table('vacancy',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('slug', sa.String(length=80), nullable=False),
    sa.Column('company_id', sa.Integer(), nullable=False),
    sa.Column('place_id', sa.Integer(), nullable=True),
    sa.Column('kind', sa.Enum('bol_internship', 'bbl_apprenticeship', 'hbo_internship', 'hbo_graduation', 'wo_internship', 'wo_design', 'wo_thesis', 'dual', 'engd_position', 'orientation', 'practice_certificate', name='vacancykind', native_enum=False, create_constraint=True, length=30), nullable=False),
    sa.Column('level', sa.Enum('mbo_1', 'mbo_2', 'mbo_3', 'mbo_4', 'ad', 'hbo_bachelor', 'wo_bachelor', 'master', 'engd_phd', 'none', name='level', native_enum=False, create_constraint=True, length=30), nullable=False),
    sa.Column('status', sa.Enum('draft', 'in_review', 'published', 'paused', 'full', 'closed', 'archived', name='vacancystatus', native_enum=False, create_constraint=True, length=30), nullable=False),
    sa.Column('title_nl', sa.String(length=120), nullable=False),
    sa.Column('title_en', sa.String(length=120), nullable=False),
    sa.Column('description_nl', sa.Text(), nullable=False),
    sa.Column('description_en', sa.Text(), nullable=False),
    sa.Column('learn_nl', sa.Text(), nullable=False),
    sa.Column('learn_en', sa.Text(), nullable=False),
    sa.Column('offer_nl', sa.Text(), nullable=False),
    sa.Column('offer_en', sa.Text(), nullable=False),
    sa.Column('pay_note_nl', sa.Text(), nullable=False),
    sa.Column('pay_note_en', sa.Text(), nullable=False),
    sa.Column('programmes', sa.JSON(), nullable=False),
    sa.Column('hours_per_week', sa.Integer(), nullable=False),
    sa.Column('days_per_week', sa.Integer(), nullable=False),
    sa.Column('starts_on', sa.Date(), nullable=False),
    sa.Column('ends_on', sa.Date(), nullable=True),
    sa.Column('places', sa.Integer(), nullable=False),
    sa.Column('taken', sa.Integer(), nullable=False),
    sa.Column('placing_mode', sa.Enum('school_places', 'company_chooses', 'event', name='placingmode', native_enum=False, create_constraint=True, length=30), nullable=False),
    sa.Column('expenses', sa.Enum('yes', 'partly', 'no', name='expenses', native_enum=False, create_constraint=True, length=30), nullable=True),
    sa.Column('allowance_month_eur', sa.Integer(), nullable=True),
    sa.Column('work_languages', sa.JSON(), nullable=False),
    sa.Column('minors', sa.Enum('yes', 'with_supervision', 'no', name='minors', native_enum=False, create_constraint=True, length=30), nullable=False),
    sa.Column('closes_on', sa.Date(), nullable=False),
    sa.Column('published_at', ipf_talent.db.UtcDateTime(timezone=True), nullable=True),
    sa.Column('created_at', ipf_talent.db.UtcDateTime(timezone=True), nullable=False),
    sa.Column('changed_at', ipf_talent.db.UtcDateTime(timezone=True), nullable=False),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.Column('source_url', sa.String(length=2048), nullable=True),
    sa.Column('source_note', sa.Text(), nullable=True),
    sa.Column('checked_on', sa.Date(), nullable=True),
    sa.Column('is_example', sa.Boolean(), nullable=False),
    sa.Column('edited_fields', sa.JSON(), nullable=False),
    sa.CheckConstraint('allowance_month_eur >= 0', name=op.f('ck_vacancy_allowance')),
    sa.CheckConstraint('days_per_week BETWEEN 1 AND 5', name=op.f('ck_vacancy_days')),
    sa.CheckConstraint('ends_on > starts_on', name=op.f('ck_vacancy_period')),
    sa.CheckConstraint('hours_per_week BETWEEN 4 AND 40', name=op.f('ck_vacancy_hours')),
    sa.CheckConstraint('places BETWEEN 1 AND 50', name=op.f('ck_vacancy_places')),
    sa.CheckConstraint('taken BETWEEN 0 AND places', name=op.f('ck_vacancy_taken')),
    sa.ForeignKeyConstraint(['company_id'], ['organisation.id'], name=op.f('fk_vacancy_company_id_organisation')),
    sa.ForeignKeyConstraint(['place_id'], ['place.id'], name=op.f('fk_vacancy_place_id_place')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_vacancy')),
    sa.UniqueConstraint('slug', name=op.f('uq_vacancy_slug'))
    )
    with op.batch_alter_table('vacancy', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_vacancy_company_id'), ['company_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_vacancy_kind'), ['kind'], unique=False)
        batch_op.create_index(batch_op.f('ix_vacancy_level'), ['level'], unique=False)
        batch_op.create_index('ix_vacancy_open', ['status', 'closes_on'], unique=False)
        batch_op.create_index(batch_op.f('ix_vacancy_place_id'), ['place_id'], unique=False)

    op.create_table('offering',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('programme_id', sa.Integer(), nullable=False),
    sa.Column('place_id', sa.Integer(), nullable=True),
    sa.Column('mode', sa.Enum('bol', 'bbl', 'fulltime', 'parttime', 'dual', 'own_pace', 'online', name='mode', native_enum=False, create_constraint=True, length=30), nullable=False),
    sa.ForeignKeyConstraint(['place_id'], ['place.id'], name=op.f('fk_offering_place_id_place')),
    sa.ForeignKeyConstraint(['programme_id'], ['programme.id'], name=op.f('fk_offering_programme_id_programme'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_offering')),
    sa.UniqueConstraint('programme_id', 'place_id', 'mode', name=op.f('uq_offering_programme_id'))
    )
    with op.batch_alter_table('offering', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_offering_place_id'), ['place_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_offering_programme_id'), ['programme_id'], unique=False)

    op.create_table('profile',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('user_id', sa.Integer(), nullable=False),
    sa.Column('point', sa.Enum('none', 'vmbo_bb', 'vmbo_kb', 'vmbo_gl_tl', 'havo', 'vwo', 'mbo_1', 'mbo_2', 'mbo_3', 'mbo_4', 'ad', 'hbo_propedeuse', 'hbo_bachelor', 'wo_bachelor', 'master', 'working', 'job_seeking', name='startingpoint', native_enum=False, create_constraint=True, length=30), nullable=True),
    sa.Column('programme_id', sa.Integer(), nullable=True),
    sa.Column('year', sa.Integer(), nullable=True),
    sa.Column('wish', sa.Text(), nullable=False),
    sa.Column('kinds', sa.JSON(), nullable=False),
    sa.Column('languages', sa.JSON(), nullable=False),
    sa.Column('available_from', sa.Date(), nullable=True),
    sa.Column('available_until', sa.Date(), nullable=True),
    sa.Column('hours_per_week', sa.Integer(), nullable=True),
    sa.Column('place_id', sa.Integer(), nullable=True),
    sa.Column('travel_km', sa.Integer(), nullable=True),
    sa.Column('looking', sa.Boolean(), nullable=False),
    sa.Column('changed_at', ipf_talent.db.UtcDateTime(timezone=True), nullable=False),
    sa.CheckConstraint('hours_per_week BETWEEN 4 AND 40', name=op.f('ck_profile_hours')),
    sa.CheckConstraint('travel_km BETWEEN 1 AND 500', name=op.f('ck_profile_travel')),
    sa.CheckConstraint('year BETWEEN 1 AND 8', name=op.f('ck_profile_year')),
    sa.ForeignKeyConstraint(['place_id'], ['place.id'], name=op.f('fk_profile_place_id_place')),
    sa.ForeignKeyConstraint(['programme_id'], ['programme.id'], name=op.f('fk_profile_programme_id_programme')),
    sa.ForeignKeyConstraint(['user_id'], ['user_account.id'], name=op.f('fk_profile_user_id_user_account'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_profile')),
    sa.UniqueConstraint('user_id', name=op.f('uq_profile_user_id'))
    )
    op.create_table('programme_field',
    sa.Column('programme_id', sa.Integer(), nullable=False),
    sa.Column('field', sa.String(length=20), nullable=False),
    sa.ForeignKeyConstraint(['programme_id'], ['programme.id'], name=op.f('fk_programme_field_programme_id_programme'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('programme_id', 'field', name=op.f('pk_programme_field'))
    )
    with op.batch_alter_table('programme_field', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_programme_field_field'), ['field'], unique=False)

    op.create_table('programme_skill',
    sa.Column('programme_id', sa.Integer(), nullable=False),
    sa.Column('skill_id', sa.Integer(), nullable=False),
    sa.Column('words', sa.String(length=200), nullable=False),
    sa.ForeignKeyConstraint(['programme_id'], ['programme.id'], name=op.f('fk_programme_skill_programme_id_programme'), ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['skill_id'], ['skill.id'], name=op.f('fk_programme_skill_skill_id_skill'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('programme_id', 'skill_id', name=op.f('pk_programme_skill'))
    )
    with op.batch_alter_table('programme_skill', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_programme_skill_skill_id'), ['skill_id'], unique=False)

    op.create_table('progression',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('slug', sa.String(length=80), nullable=False),
    sa.Column('from_point', sa.Enum('none', 'vmbo_bb', 'vmbo_kb', 'vmbo_gl_tl', 'havo', 'vwo', 'mbo_1', 'mbo_2', 'mbo_3', 'mbo_4', 'ad', 'hbo_propedeuse', 'hbo_bachelor', 'wo_bachelor', 'master', 'working', 'job_seeking', name='startingpoint', native_enum=False, create_constraint=True, length=30), nullable=True),
    sa.Column('from_programme_id', sa.Integer(), nullable=True),
    sa.Column('from_institution_id', sa.Integer(), nullable=True),
    sa.Column('to_level', sa.Enum('mbo_1', 'mbo_2', 'mbo_3', 'mbo_4', 'ad', 'hbo_bachelor', 'wo_bachelor', 'master', 'engd_phd', 'none', name='level', native_enum=False, create_constraint=True, length=30), nullable=True),
    sa.Column('to_type', sa.Enum('mbo_diploma', 'mbo_certificate', 'practice_statement', 'elective', 'ad', 'bachelor', 'premaster', 'master', 'engd', 'phd', 'microcredential', 'minor', 'course', name='programmetype', native_enum=False, create_constraint=True, length=30), nullable=True),
    sa.Column('to_programme_id', sa.Integer(), nullable=True),
    sa.Column('to_institution_id', sa.Integer(), nullable=True),
    sa.Column('rule_kind', sa.Enum('right', 'institution_decides', 'via_bridge', 'recommended_elective', 'shortened', 'work', name='rulekind', native_enum=False, create_constraint=True, length=30), nullable=False),
    sa.Column('condition_nl', sa.Text(), nullable=False),
    sa.Column('condition_en', sa.Text(), nullable=False),
    sa.Column('extra_nl', sa.Text(), nullable=False),
    sa.Column('extra_en', sa.Text(), nullable=False),
    sa.Column('months', sa.Integer(), nullable=True),
    sa.Column('months_meaning', sa.String(length=6), nullable=True),
    sa.Column('national', sa.Boolean(), nullable=False),
    sa.Column('source_url', sa.String(length=2048), nullable=True),
    sa.Column('source_note', sa.Text(), nullable=True),
    sa.Column('checked_on', sa.Date(), nullable=True),
    sa.Column('is_example', sa.Boolean(), nullable=False),
    sa.Column('edited_fields', sa.JSON(), nullable=False),
    sa.CheckConstraint('from_point IS NOT NULL OR from_programme_id IS NOT NULL OR from_institution_id IS NOT NULL', name=op.f('ck_progression_has_from')),
    sa.CheckConstraint('to_level IS NOT NULL OR to_type IS NOT NULL OR to_programme_id IS NOT NULL OR to_institution_id IS NOT NULL', name=op.f('ck_progression_has_to')),
    sa.ForeignKeyConstraint(['from_institution_id'], ['organisation.id'], name=op.f('fk_progression_from_institution_id_organisation')),
    sa.ForeignKeyConstraint(['from_programme_id'], ['programme.id'], name=op.f('fk_progression_from_programme_id_programme'), ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['to_institution_id'], ['organisation.id'], name=op.f('fk_progression_to_institution_id_organisation')),
    sa.ForeignKeyConstraint(['to_programme_id'], ['programme.id'], name=op.f('fk_progression_to_programme_id_programme'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_progression')),
    sa.UniqueConstraint('slug', name=op.f('uq_progression_slug'))
    )
    with op.batch_alter_table('progression', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_progression_from_programme_id'), ['from_programme_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_progression_to_programme_id'), ['to_programme_id'], unique=False)

    op.create_table('vacancy_field',
    sa.Column('vacancy_id', sa.Integer(), nullable=False),
    sa.Column('field', sa.String(length=20), nullable=False),
    sa.ForeignKeyConstraint(['vacancy_id'], ['vacancy.id'], name=op.f('fk_vacancy_field_vacancy_id_vacancy'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('vacancy_id', 'field', name=op.f('pk_vacancy_field'))
    )
    with op.batch_alter_table('vacancy_field', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_vacancy_field_field'), ['field'], unique=False)

    op.create_table('vacancy_skill',
    sa.Column('vacancy_id', sa.Integer(), nullable=False),
    sa.Column('skill_id', sa.Integer(), nullable=False),
    sa.Column('must', sa.Boolean(), nullable=False),
    sa.Column('words', sa.String(length=200), nullable=False),
    sa.ForeignKeyConstraint(['skill_id'], ['skill.id'], name=op.f('fk_vacancy_skill_skill_id_skill'), ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['vacancy_id'], ['vacancy.id'], name=op.f('fk_vacancy_skill_vacancy_id_vacancy'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('vacancy_id', 'skill_id', name=op.f('pk_vacancy_skill'))
    )
    with op.batch_alter_table('vacancy_skill', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_vacancy_skill_skill_id'), ['skill_id'], unique=False)

    op.create_table('profile_skill',
    sa.Column('profile_id', sa.Integer(), nullable=False),
    sa.Column('skill_id', sa.Integer(), nullable=False),
    sa.Column('position', sa.Integer(), nullable=False),
    sa.Column('words', sa.String(length=80), nullable=False),
    sa.ForeignKeyConstraint(['profile_id'], ['profile.id'], name=op.f('fk_profile_skill_profile_id_profile'), ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['skill_id'], ['skill.id'], name=op.f('fk_profile_skill_skill_id_skill'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('profile_id', 'skill_id', name=op.f('pk_profile_skill'))
    )
    with op.batch_alter_table('profile_skill', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_profile_skill_skill_id'), ['skill_id'], unique=False)

    for statement in GUARD[op.get_bind().dialect.name]:
        op.execute(statement)


def downgrade() -> None:
    for statement in FREE[op.get_bind().dialect.name]:
        op.execute(statement)
    with op.batch_alter_table('profile_skill', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_profile_skill_skill_id'))

    op.drop_table('profile_skill')
    with op.batch_alter_table('vacancy_skill', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_vacancy_skill_skill_id'))

    op.drop_table('vacancy_skill')
    with op.batch_alter_table('vacancy_field', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_vacancy_field_field'))

    op.drop_table('vacancy_field')
    with op.batch_alter_table('progression', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_progression_to_programme_id'))
        batch_op.drop_index(batch_op.f('ix_progression_from_programme_id'))

    op.drop_table('progression')
    with op.batch_alter_table('programme_skill', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_programme_skill_skill_id'))

    op.drop_table('programme_skill')
    with op.batch_alter_table('programme_field', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_programme_field_field'))

    op.drop_table('programme_field')
    op.drop_table('profile')
    with op.batch_alter_table('offering', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_offering_programme_id'))
        batch_op.drop_index(batch_op.f('ix_offering_place_id'))

    op.drop_table('offering')
    with op.batch_alter_table('vacancy', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_vacancy_place_id'))
        batch_op.drop_index('ix_vacancy_open')
        batch_op.drop_index(batch_op.f('ix_vacancy_level'))
        batch_op.drop_index(batch_op.f('ix_vacancy_kind'))
        batch_op.drop_index(batch_op.f('ix_vacancy_company_id'))

    op.drop_table('vacancy')
    with op.batch_alter_table('skill_link', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_skill_link_other_id'))

    op.drop_table('skill_link')
    with op.batch_alter_table('programme', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_programme_type'))
        batch_op.drop_index(batch_op.f('ix_programme_track'))
        batch_op.drop_index(batch_op.f('ix_programme_level'))
        batch_op.drop_index(batch_op.f('ix_programme_institution_id'))
        batch_op.drop_index(batch_op.f('ix_programme_code'))

    op.drop_table('programme')
    with op.batch_alter_table('one_time_link', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_one_time_link_user_id'))

    op.drop_table('one_time_link')
    with op.batch_alter_table('occupation_skill', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_occupation_skill_skill_id'))

    op.drop_table('occupation_skill')
    with op.batch_alter_table('membership', schema=None) as batch_op:
        batch_op.drop_index('uq_membership_platform', sqlite_where=sa.text('organisation_id IS NULL'), postgresql_where=sa.text('organisation_id IS NULL'))
        batch_op.drop_index(batch_op.f('ix_membership_user_id'))
        batch_op.drop_index(batch_op.f('ix_membership_organisation_id'))

    op.drop_table('membership')
    with op.batch_alter_table('invitation', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_invitation_organisation_id'))

    op.drop_table('invitation')
    with op.batch_alter_table('establishment', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_establishment_place_id'))
        batch_op.drop_index(batch_op.f('ix_establishment_organisation_id'))

    op.drop_table('establishment')
    op.drop_table('user_account')
    op.drop_table('taxonomy_version')
    with op.batch_alter_table('skill', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_skill_field'))

    op.drop_table('skill')
    op.drop_table('place')
    with op.batch_alter_table('outbox_mail', schema=None) as batch_op:
        batch_op.drop_index('ix_outbox_mail_due')

    op.drop_table('outbox_mail')
    with op.batch_alter_table('organisation', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_organisation_kind'))

    op.drop_table('organisation')
    op.drop_table('occupation')
    with op.batch_alter_table('audit_entry', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_audit_entry_at'))
        batch_op.drop_index(batch_op.f('ix_audit_entry_actor_id'))

    op.drop_table('audit_entry')
    with op.batch_alter_table('attempt', schema=None) as batch_op:
        batch_op.drop_index('ix_attempt_window')

    op.drop_table('attempt')
