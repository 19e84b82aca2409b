"""What schools keep of their programmes: states, week plans, intakes, open days, electives, followers, who edited which field."""

import sqlalchemy as sa
from alembic import op

import ipf_talent.db

revision = '0008'
down_revision = '0007'
branch_labels = None
depends_on = None

_STATUS = "'draft', 'in_review', 'published', 'inactive', 'archived', 'cancelled'"
_TEXT, _NUMBER = sa.Text(), sa.Integer()
# Table, name, type, default (of a column that is never empty), name of a check, check. Columns are added one by one, each with its
# check, because rebuilding a table would take away the rows that hang on it in SQLite.
COLUMNS = (
    ('programme', 'url', sa.String(2048), '', '', ''),
    ('programme', 'careers_nl', _TEXT, "''", '', ''),
    ('programme', 'careers_en', _TEXT, "''", '', ''),
    ('programme', 'status', sa.String(30), "'published'", 'listingstatus', f'status IN ({_STATUS})'),
    ('programme', 'review_note', sa.String(600), "''", '', ''),
    ('programme', 'made_with', sa.String(32), '', '', ''),
    ('programme', 'version', _NUMBER, "'1'", '', ''),
    ('offering', 'status', sa.String(30), "'published'", 'listingstatus', f'status IN ({_STATUS})'),
    ('offering', 'school_days', _NUMBER, '', 'school_days', 'school_days BETWEEN 0 AND 7'),
    ('offering', 'work_days', _NUMBER, '', 'work_days', 'work_days BETWEEN 0 AND 7'),
    ('offering', 'costs_eur', _NUMBER, '', 'costs_eur', 'costs_eur >= 0'),
    ('offering', 'costs_note_nl', sa.String(300), "''", '', ''),
    ('offering', 'costs_note_en', sa.String(300), "''", '', ''),
    ('offering', 'url', sa.String(2048), '', '', ''),
    ('offering', 'version', _NUMBER, "'1'", '', ''),
    ('progression', 'version', _NUMBER, "'1'", '', ''),
)

def upgrade() -> None:
    dialect = op.get_bind().dialect
    for table, name, kind, default, check_name, check in COLUMNS:
        always = f' NOT NULL DEFAULT {default}' if default else ''
        checked = f' CONSTRAINT ck_{table}_{check_name} CHECK ({check})' if check else ''
        op.execute(f'ALTER TABLE {table} ADD COLUMN {name} {kind.compile(dialect=dialect)}{always}{checked}')
    op.execute(
        'ALTER TABLE progression ADD COLUMN owner_id INTEGER '
        'CONSTRAINT fk_progression_owner_id_organisation REFERENCES organisation (id)'
    )
    op.create_index('ix_programme_status', 'programme', ['status'])
    op.create_index('ix_programme_made_with', 'programme', ['made_with'], unique=True)
    op.create_index('ix_progression_owner_id', 'progression', ['owner_id'])
    op.create_table('intake',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('offering_id', sa.Integer(), nullable=False),
    sa.Column('starts_on', sa.Date(), nullable=True),
    sa.Column('apply_from', sa.Date(), nullable=True),
    sa.Column('apply_until', sa.Date(), nullable=True),
    sa.Column('channel', sa.Enum('cambo', 'studielink', 'own_site', name='channel', native_enum=False, create_constraint=True, length=30), nullable=True),
    sa.Column('url', sa.String(length=2048), nullable=True),
    sa.Column('capacity', sa.Integer(), nullable=True),
    sa.Column('numerus_fixus', sa.Boolean(), server_default=sa.text('false'), nullable=False),
    sa.Column('permission_needed', sa.Boolean(), server_default=sa.text('false'), nullable=False),
    sa.Column('cancelled_at', ipf_talent.db.UtcDateTime(timezone=True), nullable=True),
    sa.Column('version', sa.Integer(), server_default='1', nullable=False),
    sa.CheckConstraint('apply_from <= apply_until', name=op.f('ck_intake_apply')),
    sa.CheckConstraint('capacity >= 0', name=op.f('ck_intake_capacity')),
    sa.ForeignKeyConstraint(['offering_id'], ['offering.id'], name=op.f('fk_intake_offering_id_offering'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_intake')),
    sa.UniqueConstraint('offering_id', 'starts_on', name=op.f('uq_intake_offering_id'))
    )
    op.create_index('ix_intake_offering_id', 'intake', ['offering_id'])
    op.create_table('open_day',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('institution_id', sa.Integer(), nullable=False),
    sa.Column('programme_id', sa.Integer(), nullable=True),
    sa.Column('starts_at', ipf_talent.db.UtcDateTime(timezone=True), nullable=False),
    sa.Column('ends_at', ipf_talent.db.UtcDateTime(timezone=True), nullable=False),
    sa.Column('online', sa.Boolean(), server_default=sa.text('false'), nullable=False),
    sa.Column('location', sa.String(length=120), server_default='', nullable=False),
    sa.Column('url', sa.String(length=2048), nullable=True),
    sa.CheckConstraint('starts_at < ends_at', name=op.f('ck_open_day_time')),
    sa.ForeignKeyConstraint(['institution_id'], ['organisation.id'], name=op.f('fk_open_day_institution_id_organisation'), ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['programme_id'], ['programme.id'], name=op.f('fk_open_day_programme_id_programme'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_open_day'))
    )
    op.create_index('ix_open_day_institution_id', 'open_day', ['institution_id'])
    op.create_index('ix_open_day_programme_id', 'open_day', ['programme_id'])
    op.create_index('ix_open_day_starts_at', 'open_day', ['starts_at'])
    op.create_table('programme_elective',
    sa.Column('programme_id', sa.Integer(), nullable=False),
    sa.Column('elective_id', sa.Integer(), nullable=False),
    sa.ForeignKeyConstraint(['elective_id'], ['programme.id'], name=op.f('fk_programme_elective_elective_id_programme'), ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['programme_id'], ['programme.id'], name=op.f('fk_programme_elective_programme_id_programme'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('programme_id', 'elective_id', name=op.f('pk_programme_elective'))
    )
    op.create_index('ix_programme_elective_elective_id', 'programme_elective', ['elective_id'])
    op.create_table('programme_struck_skill',
    sa.Column('programme_id', sa.Integer(), nullable=False),
    sa.Column('skill_id', sa.Integer(), nullable=False),
    sa.ForeignKeyConstraint(['programme_id'], ['programme.id'], name=op.f('fk_programme_struck_skill_programme_id_programme'), ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['skill_id'], ['skill.id'], name=op.f('fk_programme_struck_skill_skill_id_skill'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('programme_id', 'skill_id', name=op.f('pk_programme_struck_skill'))
    )
    op.create_index('ix_programme_struck_skill_skill_id', 'programme_struck_skill', ['skill_id'])
    op.create_table('listing_submission',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('programme_id', sa.Integer(), nullable=False),
    sa.Column('offering_id', sa.Integer(), nullable=True),
    sa.Column('by_id', sa.Integer(), nullable=True),
    sa.Column('at', ipf_talent.db.UtcDateTime(timezone=True), nullable=False),
    sa.ForeignKeyConstraint(['by_id'], ['user_account.id'], name=op.f('fk_listing_submission_by_id_user_account'), ondelete='SET NULL'),
    sa.ForeignKeyConstraint(['offering_id'], ['offering.id'], name=op.f('fk_listing_submission_offering_id_offering'), ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['programme_id'], ['programme.id'], name=op.f('fk_listing_submission_programme_id_programme'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_listing_submission'))
    )
    op.create_index('ix_listing_submission_programme_id', 'listing_submission', ['programme_id'])
    op.create_table('listing_field',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('programme_id', sa.Integer(), nullable=False),
    sa.Column('offering_id', sa.Integer(), nullable=True),
    sa.Column('field', sa.String(length=60), nullable=False),
    sa.Column('edited_by_id', sa.Integer(), nullable=True),
    sa.Column('source', sa.Enum('person', 'import', name='fieldsource', native_enum=False, create_constraint=True, length=30), nullable=False),
    sa.Column('at', ipf_talent.db.UtcDateTime(timezone=True), nullable=False),
    sa.ForeignKeyConstraint(['edited_by_id'], ['user_account.id'], name=op.f('fk_listing_field_edited_by_id_user_account'), ondelete='SET NULL'),
    sa.ForeignKeyConstraint(['offering_id'], ['offering.id'], name=op.f('fk_listing_field_offering_id_offering'), ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['programme_id'], ['programme.id'], name=op.f('fk_listing_field_programme_id_programme'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_listing_field'))
    )
    op.create_index('ix_listing_field_programme_id', 'listing_field', ['programme_id'])
    alone, part = sa.text('offering_id IS NULL'), sa.text('offering_id IS NOT NULL')
    op.create_index('uq_listing_field_programme', 'listing_field', ['programme_id', 'field'], unique=True, sqlite_where=alone, postgresql_where=alone)
    op.create_index('uq_listing_field_offering', 'listing_field', ['offering_id', 'field'], unique=True, sqlite_where=part, postgresql_where=part)
    op.create_table('programme_follow',
    sa.Column('user_id', sa.Integer(), nullable=False),
    sa.Column('programme_id', sa.Integer(), nullable=False),
    sa.Column('followed_at', ipf_talent.db.UtcDateTime(timezone=True), nullable=False),
    sa.Column('told_until', ipf_talent.db.UtcDateTime(timezone=True), nullable=False),
    sa.ForeignKeyConstraint(['programme_id'], ['programme.id'], name=op.f('fk_programme_follow_programme_id_programme'), ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['user_id'], ['user_account.id'], name=op.f('fk_programme_follow_user_id_user_account'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('user_id', 'programme_id', name=op.f('pk_programme_follow'))
    )
    op.create_index('ix_programme_follow_programme_id', 'programme_follow', ['programme_id'])
    op.create_table('listing_news',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('programme_id', sa.Integer(), nullable=False),
    sa.Column('kind', sa.Enum('dates', 'intake', 'intake_cancelled', 'offering_cancelled', 'resting', 'resumed', 'archived', 'cancelled', name='newskind', native_enum=False, create_constraint=True, length=30), nullable=False),
    sa.Column('detail', sa.JSON(), nullable=False),
    sa.Column('at', ipf_talent.db.UtcDateTime(timezone=True), nullable=False),
    sa.ForeignKeyConstraint(['programme_id'], ['programme.id'], name=op.f('fk_listing_news_programme_id_programme'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_listing_news'))
    )
    op.create_index('ix_listing_news_at', 'listing_news', ['at'])
    op.create_index('ix_listing_news_programme_id', 'listing_news', ['programme_id'])


def downgrade() -> None:
    gone = (
        'listing_news', 'programme_follow', 'listing_field', 'listing_submission', 'programme_struck_skill', 'programme_elective',
        'open_day', 'intake',
    )
    for name in gone:
        op.drop_table(name)
    op.drop_index('ix_progression_owner_id', 'progression')
    op.drop_index('ix_programme_made_with', 'programme')
    op.drop_index('ix_programme_status', 'programme')
    op.execute('DELETE FROM progression WHERE owner_id IS NOT NULL')
    op.execute("DELETE FROM offering WHERE status <> 'published'")
    op.execute("DELETE FROM programme WHERE status <> 'published'")
    for table, name, *_rest in COLUMNS:
        op.execute(f'ALTER TABLE {table} DROP COLUMN {name}')
    if op.get_bind().dialect.name != 'sqlite':
        op.drop_column('progression', 'owner_id')
        return
    # SQLite drops a column with a foreign key only by rebuilding the table; nothing hangs on this one.
    with op.batch_alter_table('progression', recreate='always') as batch_op:
        batch_op.drop_column('owner_id')
