"""The third way of mbo (derde leerweg), beside bol and bbl."""

import sqlalchemy as sa
from alembic import op

revision = '0018'
down_revision = '0017'
branch_labels = None
depends_on = None

BEFORE = ('bol', 'bbl', 'fulltime', 'parttime', 'dual', 'own_pace', 'online')
ADDED = 'derde_leerweg'


def upgrade() -> None:
    _modes(BEFORE, (*BEFORE, ADDED))


def downgrade() -> None:
    offerings = sa.table('offering', sa.column('mode', sa.String))
    op.execute(offerings.delete().where(offerings.c.mode == ADDED))
    _modes((*BEFORE, ADDED), BEFORE)


def _modes(former: tuple[str, ...], values: tuple[str, ...]) -> None:
    """
    Let an offering be in these modes.

    Making the table anew would take away the starts that hang on it in SQLite; there the rule is changed where it stands, as SQLite's
    own manual tells for a CHECK ("Making Other Kinds Of Table Schema Changes").
    """
    if op.get_bind().dialect.name == 'postgresql':
        op.drop_constraint(op.f('ck_offering_mode'), 'offering', type_='check')
        op.create_check_constraint(op.f('ck_offering_mode'), 'offering', sa.column('mode').in_(values))
        return
    tables = sa.table('sqlite_master', sa.column('type'), sa.column('name'), sa.column('sql'))
    here = sa.and_(tables.c.type == 'table', tables.c.name == 'offering')
    changed = sa.func.replace(tables.c.sql, _rule(former), _rule(values))
    version = op.get_bind().execute(sa.text('PRAGMA schema_version')).scalar_one()
    op.execute('PRAGMA writable_schema=ON')
    op.execute(tables.update().where(here).values(sql=changed))
    op.execute(f'PRAGMA schema_version={version + 1}')
    op.execute('PRAGMA writable_schema=OFF')


def _rule(values: tuple[str, ...]) -> str:
    return 'CHECK (mode IN ({}))'.format(', '.join(f"'{value}'" for value in values))
