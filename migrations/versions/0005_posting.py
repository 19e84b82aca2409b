"""What companies write of a place, for which crebos it is published, what they set aside, and how often it is seen."""

import json

import sqlalchemy as sa
from alembic import op

import ipf_talent.db

revision = '0005'
down_revision = '0004'
branch_labels = None
depends_on = None

_LEVELS = "'mbo_1', 'mbo_2', 'mbo_3', 'mbo_4', 'ad', 'hbo_bachelor', 'wo_bachelor', 'master', 'engd_phd', 'none'"
_TEXT, _FLAG, _NUMBER, _DATE, _LIST, _KIND = sa.Text(), sa.Boolean(), sa.Integer(), sa.Date(), sa.JSON(), sa.String(30)
_MOMENT = ipf_talent.db.UtcDateTime().impl
# Name, type, default (of a column that is never empty), name of a check, check. Columns are added one by one, each with its check,
# because rebuilding the table would take away the rows that hang on it in SQLite.
COLUMNS = (
    ('text_language', sa.String(2), "'nl'", '', ''),
    ('catchy_title_nl', sa.String(120), "''", '', ''),
    ('catchy_title_en', sa.String(120), "''", '', ''),
    ('bring_nl', _TEXT, "''", '', ''),
    ('bring_en', _TEXT, "''", '', ''),
    ('target_types', _LIST, "'[]'", '', ''),
    ('target_year', _NUMBER, '', 'target_year', 'target_year BETWEEN 1 AND 8'),
    ('work_processes', _LIST, "'[]'", '', ''),
    ('hybrid', _KIND, "'never'", 'hybrid', "hybrid IN ('never', 'partly', 'fully')"),
    ('starts_until', _DATE, '', 'start', 'starts_until >= starts_on'),
    ('rolling', _FLAG, 'false', '', ''),
    ('total_hours', _NUMBER, '', 'total_hours', 'total_hours BETWEEN 1 AND 5000'),
    ('allowance_from_eur', _NUMBER, '', '', ''),
    ('allowance_to_eur', _NUMBER, '', 'allowance_range', 'allowance_from_eur >= 0 AND allowance_from_eur <= allowance_to_eur'),
    ('allowance_per', _KIND, '', 'allowanceper', "allowance_per IN ('month', 'week', 'hour')"),
    ('travel_costs', _FLAG, 'false', '', ''),
    ('collective_agreement', _KIND, '', 'collectiveagreement', "collective_agreement IN ('metalektro', 'metaal_techniek', 'other', 'none')"),
    ('mentor_name', sa.String(120), "''", '', ''),
    ('mentor_level', _KIND, '', 'mentor_level', f'mentor_level IN ({_LEVELS})'),
    ('mentor_hours', _NUMBER, '', 'mentor_hours', 'mentor_hours BETWEEN 1 AND 40'),
    ('minors_reason', _TEXT, "''", '', ''),
    ('confidentiality', _KIND, "'none'", 'confidentiality', "confidentiality IN ('none', 'readable', 'talk')"),
    ('ownership', _KIND, "'student'", 'ownership', "ownership IN ('student', 'separate_transfer', 'company')"),
    ('features', _LIST, "'[]'", '', ''),
    ('respond_by', _DATE, '', '', ''),
    ('answer_days', _NUMBER, '', 'answer_days', 'answer_days BETWEEN 1 AND 15'),
    ('reactions_per_month', _NUMBER, '', 'reactions_per_month', 'reactions_per_month BETWEEN 1 AND 500'),
    ('template_name', sa.String(80), '', '', ''),
    ('tasks_done', _LIST, "'[]'", '', ''),
    ('made_with', sa.String(32), '', '', ''),
    ('paused_for', sa.String(12), '', '', ''),
    ('closed_at', _MOMENT, '', '', ''),
)
HANGING = ('vacancy_skill', 'vacancy_field')
MBO = ('bol_internship', 'bbl_apprenticeship', 'practice_certificate')


def upgrade() -> None:
    dialect = op.get_bind().dialect
    for name, kind, default, check_name, check in COLUMNS:
        always = f' NOT NULL DEFAULT {default}' if default else ''
        checked = f' CONSTRAINT ck_vacancy_{check_name} CHECK ({check})' if check else ''
        op.execute(f'ALTER TABLE vacancy ADD COLUMN {name} {kind.compile(dialect=dialect)}{always}{checked}')
    op.execute(
        'ALTER TABLE vacancy ADD COLUMN establishment_id INTEGER '
        'CONSTRAINT fk_vacancy_establishment_id_establishment REFERENCES establishment (id)'
    )
    op.create_index('ix_vacancy_establishment_id', 'vacancy', ['establishment_id'])
    op.create_index('ix_vacancy_made_with', 'vacancy', ['made_with'], unique=True)
    op.create_table('vacancy_crebo',
    sa.Column('vacancy_id', sa.Integer(), nullable=False),
    sa.Column('crebo', sa.String(length=5), nullable=False),
    sa.Column('published', sa.Boolean(), nullable=False),
    sa.ForeignKeyConstraint(['vacancy_id'], ['vacancy.id'], name=op.f('fk_vacancy_crebo_vacancy_id_vacancy'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('vacancy_id', 'crebo', name=op.f('pk_vacancy_crebo'))
    )
    op.create_index('ix_vacancy_crebo_crebo', 'vacancy_crebo', ['crebo'])
    op.create_table('vacancy_requirement',
    sa.Column('vacancy_id', sa.Integer(), nullable=False),
    sa.Column('kind', sa.Enum('conduct', 'safety', 'licence', 'screening', 'language', name='requirementkind', native_enum=False, create_constraint=True, length=30), nullable=False),
    sa.Column('reason', sa.String(length=300), nullable=False),
    sa.Column('detail', sa.String(length=20), nullable=False),
    sa.Column('legal_ground', sa.String(length=300), nullable=False),
    sa.CheckConstraint('length(reason) > 0', name=op.f('ck_vacancy_requirement_reason')),
    sa.ForeignKeyConstraint(['vacancy_id'], ['vacancy.id'], name=op.f('fk_vacancy_requirement_vacancy_id_vacancy'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('vacancy_id', 'kind', name=op.f('pk_vacancy_requirement'))
    )
    op.create_table('vacancy_hint',
    sa.Column('vacancy_id', sa.Integer(), nullable=False),
    sa.Column('code', sa.String(length=80), nullable=False),
    sa.Column('reason', sa.String(length=300), nullable=False),
    sa.Column('by_id', sa.Integer(), nullable=True),
    sa.Column('at', ipf_talent.db.UtcDateTime(timezone=True), nullable=False),
    sa.CheckConstraint('length(reason) > 0', name=op.f('ck_vacancy_hint_reason')),
    sa.ForeignKeyConstraint(['vacancy_id'], ['vacancy.id'], name=op.f('fk_vacancy_hint_vacancy_id_vacancy'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('vacancy_id', 'code', name=op.f('pk_vacancy_hint'))
    )
    op.create_table('vacancy_count',
    sa.Column('vacancy_id', sa.Integer(), nullable=False),
    sa.Column('day', sa.Date(), nullable=False),
    sa.Column('listed', sa.Integer(), nullable=False),
    sa.Column('opened', sa.Integer(), nullable=False),
    sa.ForeignKeyConstraint(['vacancy_id'], ['vacancy.id'], name=op.f('fk_vacancy_count_vacancy_id_vacancy'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('vacancy_id', 'day', name=op.f('pk_vacancy_count'))
    )
    _carry_crebos()


def _carry_crebos() -> None:
    """Crebos stood in a list of codes; whether a place may be shown for one is not known before its recognition is checked."""
    bind = op.get_bind()
    vacancy = sa.table('vacancy', sa.column('id'), sa.column('kind'), sa.column('programmes', sa.Text()))
    crebo = sa.table('vacancy_crebo', sa.column('vacancy_id'), sa.column('crebo'), sa.column('published', sa.Boolean()))
    text = sa.cast(vacancy.c.programmes, sa.Text())
    for number, codes in bind.execute(sa.select(vacancy.c.id, text).where(vacancy.c.kind.in_(MBO))).all():
        numbers = {code for code in json.loads(codes or '[]') if len(code) == 5 and code.isdigit()}
        for code in sorted(numbers):
            bind.execute(sa.insert(crebo).values(vacancy_id=number, crebo=code, published=False))


def downgrade() -> None:
    for table in ('vacancy_count', 'vacancy_hint', 'vacancy_requirement', 'vacancy_crebo'):
        op.drop_table(table)
    op.drop_index('ix_vacancy_made_with', 'vacancy')
    op.drop_index('ix_vacancy_establishment_id', 'vacancy')
    names = [name for name, *_rest in reversed(COLUMNS)]
    if op.get_bind().dialect.name != 'sqlite':
        for name in ('establishment_id', *names):
            op.drop_column('vacancy', name)
        return
    # SQLite drops a column with a foreign key only by rebuilding the table; what hangs on it is put aside meanwhile.
    for name in names:
        op.execute(f'ALTER TABLE vacancy DROP COLUMN {name}')
    for table in HANGING:
        op.execute(f'CREATE TEMPORARY TABLE aside_{table} AS SELECT * FROM {table}')
    with op.batch_alter_table('vacancy', recreate='always') as batch_op:
        batch_op.drop_column('establishment_id')
    for table in HANGING:
        op.execute(f'INSERT OR IGNORE INTO {table} SELECT * FROM aside_{table}')
        op.execute(f'DROP TABLE aside_{table}')
