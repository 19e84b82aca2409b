"""Recognitions of establishments, the skills of companies, open interest, and versions of what people change."""

import sqlalchemy as sa
from alembic import op

import ipf_talent.db

revision = '0004'
down_revision = '0003'
branch_labels = None
depends_on = None

# Columns are added and dropped without rebuilding a table: in SQLite that would take away the rows that hang on it.
ADDED = {
    'establishment': ('branch_number', 'public_transport', 'accessible', 'access_note', 'version'),
    'organisation': ('open_interest', 'interest_nl', 'interest_en', 'version'),
}


def upgrade() -> None:
    op.add_column('establishment', sa.Column('branch_number', sa.String(length=12), nullable=True))
    op.add_column('establishment', sa.Column('public_transport', sa.Boolean(), nullable=True))
    op.add_column('establishment', sa.Column('accessible', sa.Boolean(), nullable=True))
    op.add_column('establishment', sa.Column('access_note', sa.String(length=300), server_default='', nullable=False))
    op.add_column('establishment', sa.Column('version', sa.Integer(), server_default='1', nullable=False))
    op.add_column('organisation', sa.Column('open_interest', sa.Boolean(), server_default=sa.false(), nullable=False))
    op.add_column('organisation', sa.Column('interest_nl', sa.Text(), server_default='', nullable=False))
    op.add_column('organisation', sa.Column('interest_en', sa.Text(), server_default='', nullable=False))
    op.add_column('organisation', sa.Column('version', sa.Integer(), server_default='1', nullable=False))
    checked = sa.text('verified_at IS NOT NULL AND kvk IS NOT NULL')
    op.create_index('uq_organisation_kvk', 'organisation', ['kvk'], unique=True, sqlite_where=checked, postgresql_where=checked)
    op.create_table('recognition',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('establishment_id', sa.Integer(), nullable=False),
    sa.Column('crebo', sa.String(length=5), nullable=False),
    sa.Column('level', sa.Integer(), nullable=False),
    sa.Column('leerbedrijf_id', sa.String(length=20), nullable=False),
    sa.Column('work_processes', sa.JSON(), nullable=False),
    sa.Column('status', sa.Enum('declared', 'verified', 'rejected', 'suspended', 'revoked', 'lapsed', name='recognitionstatus', native_enum=False, create_constraint=True, length=30), nullable=False),
    sa.Column('declared_at', ipf_talent.db.UtcDateTime(timezone=True), nullable=False),
    sa.Column('declared_by_id', sa.Integer(), nullable=True),
    sa.Column('checked_on', sa.Date(), nullable=True),
    sa.Column('checked_by_id', sa.Integer(), nullable=True),
    sa.Column('checked_for_id', sa.Integer(), nullable=True),
    sa.Column('source', sa.Enum('stagemarkt_viewed', 'company_proof', 'school_records', name='recognitionsource', native_enum=False, create_constraint=True, length=30), nullable=True),
    sa.Column('source_url', sa.String(length=2048), nullable=True),
    sa.Column('note', sa.String(length=600), nullable=False),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.CheckConstraint("status = 'declared' OR (checked_on IS NOT NULL AND source IS NOT NULL)", name=op.f('ck_recognition_checked')),
    sa.CheckConstraint('length(crebo) = 5', name=op.f('ck_recognition_crebo')),
    sa.CheckConstraint('length(leerbedrijf_id) BETWEEN 1 AND 20', name=op.f('ck_recognition_leerbedrijf_id')),
    sa.CheckConstraint('level BETWEEN 1 AND 4', name=op.f('ck_recognition_level')),
    sa.ForeignKeyConstraint(['checked_by_id'], ['user_account.id'], name=op.f('fk_recognition_checked_by_id_user_account'), ondelete='SET NULL'),
    sa.ForeignKeyConstraint(['checked_for_id'], ['organisation.id'], name=op.f('fk_recognition_checked_for_id_organisation'), ondelete='SET NULL'),
    sa.ForeignKeyConstraint(['declared_by_id'], ['user_account.id'], name=op.f('fk_recognition_declared_by_id_user_account'), ondelete='SET NULL'),
    sa.ForeignKeyConstraint(['establishment_id'], ['establishment.id'], name=op.f('fk_recognition_establishment_id_establishment'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_recognition')),
    sa.UniqueConstraint('establishment_id', 'crebo', name=op.f('uq_recognition_establishment_id'))
    )
    with op.batch_alter_table('recognition', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_recognition_crebo'), ['crebo'], unique=False)
        batch_op.create_index(batch_op.f('ix_recognition_establishment_id'), ['establishment_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_recognition_status'), ['status'], unique=False)
        batch_op.create_index('uq_recognition_verified', ['leerbedrijf_id', 'crebo'], unique=True, sqlite_where=sa.text("status = 'verified'"), postgresql_where=sa.text("status = 'verified'"))
    op.create_table('recognition_trainer',
    sa.Column('recognition_id', sa.Integer(), nullable=False),
    sa.Column('user_id', sa.Integer(), nullable=False),
    sa.ForeignKeyConstraint(['recognition_id'], ['recognition.id'], name=op.f('fk_recognition_trainer_recognition_id_recognition'), ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['user_id'], ['user_account.id'], name=op.f('fk_recognition_trainer_user_id_user_account'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('recognition_id', 'user_id', name=op.f('pk_recognition_trainer'))
    )
    with op.batch_alter_table('recognition_trainer', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_recognition_trainer_user_id'), ['user_id'], unique=False)
    op.create_table('company_skill',
    sa.Column('company_id', sa.Integer(), nullable=False),
    sa.Column('skill_id', sa.Integer(), nullable=False),
    sa.Column('words', sa.String(length=200), nullable=False),
    sa.Column('source_url', sa.String(length=2048), nullable=True),
    sa.Column('read_on', sa.Date(), nullable=False),
    sa.Column('struck_at', ipf_talent.db.UtcDateTime(timezone=True), nullable=True),
    sa.Column('struck_by_id', sa.Integer(), nullable=True),
    sa.ForeignKeyConstraint(['company_id'], ['organisation.id'], name=op.f('fk_company_skill_company_id_organisation'), ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['skill_id'], ['skill.id'], name=op.f('fk_company_skill_skill_id_skill'), ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['struck_by_id'], ['user_account.id'], name=op.f('fk_company_skill_struck_by_id_user_account'), ondelete='SET NULL'),
    sa.PrimaryKeyConstraint('company_id', 'skill_id', name=op.f('pk_company_skill'))
    )
    with op.batch_alter_table('company_skill', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_company_skill_skill_id'), ['skill_id'], unique=False)


def downgrade() -> None:
    for table in ('company_skill', 'recognition_trainer', 'recognition'):
        op.drop_table(table)
    op.drop_index('uq_organisation_kvk', 'organisation')
    for table, columns in ADDED.items():
        for column in columns:
            op.drop_column(table, column)
