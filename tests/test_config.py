import os

import pytest

import config
from ipf_talent import create_app

SAFE = {
    "ENV": "production", "SECRET_KEY": "x" * 48, "DATABASE_URL": "sqlite:////nowhere/x.db", "BASE_URL": "https://talent.example",
    "TRUSTED_HOSTS": ["talent.example"], "MAIL_FROM": "a@b.example", "SMTP_HOST": "mail.example", "MAIL_BACKEND": "smtp",
    "DEMO": False,
}  # fmt: skip
GIVEN = {f"IPF_{name}": "set" for name in SAFE}


def settled(tmp_path, **changes):
    values = {name: getattr(config.Default, name) for name in dir(config.Default) if name.isupper()}
    return config.settle(values | SAFE | {"INSTANCE": str(tmp_path)} | changes, GIVEN)


def test_production_starts_when_everything_is_set(tmp_path):
    values = settled(tmp_path)
    assert values["SESSION_COOKIE_SECURE"] is True
    assert values["SECRET_KEY"] == "x" * 48


@pytest.mark.parametrize(
    ("changes", "named"),
    [
        ({"SECRET_KEY": ""}, "IPF_SECRET_KEY is not set"),
        ({"SECRET_KEY": "short"}, "shorter than 32"),
        ({"BASE_URL": "http://talent.example"}, "https://"),
        ({"DEMO": True}, "IPF_DEMO"),
        ({"MAIL_BACKEND": "file"}, "IPF_MAIL_BACKEND"),
        ({"SMTP_HOST": ""}, "IPF_SMTP_HOST"),
        ({"TRUSTED_HOSTS": []}, "IPF_TRUSTED_HOSTS"),
    ],
)
def test_production_refuses_to_start_without_its_secrets(tmp_path, changes, named):
    with pytest.raises(config.ConfigError, match=named):
        settled(tmp_path, **changes)


def test_everything_that_is_missing_is_named_at_once(tmp_path):
    values = {name: getattr(config.Default, name) for name in dir(config.Default) if name.isupper()}
    with pytest.raises(config.ConfigError) as refused:
        config.settle(values | {"ENV": "production", "INSTANCE": str(tmp_path)}, {})
    assert str(refused.value).count("IPF_") >= 7


def test_the_secret_made_for_one_machine_is_kept_and_private(tmp_path):
    first = config.settle(
        {
            "ENV": "default",
            "SECRET_KEY": "",
            "DATABASE_URL": "x",
            "TRUSTED_HOSTS": (),
            "SECRET_KEY_FALLBACKS": (),
            "INSTANCE": str(tmp_path),
        }
    )
    again = config.settle(
        {
            "ENV": "default",
            "SECRET_KEY": "",
            "DATABASE_URL": "x",
            "TRUSTED_HOSTS": (),
            "SECRET_KEY_FALLBACKS": (),
            "INSTANCE": str(tmp_path),
        }
    )
    assert first["SECRET_KEY"] == again["SECRET_KEY"]
    assert len(first["SECRET_KEY"]) >= 32
    assert os.stat(tmp_path / "secret_key").st_mode & 0o777 == 0o600


def test_a_view_that_does_not_say_who_may_use_it_keeps_the_application_from_starting(application):
    from ipf_talent.web.access import refuse_silent_views

    fresh = type(application)("fresh")
    fresh.add_url_rule("/silent", "silent", lambda: "")
    with pytest.raises(RuntimeError, match="silent"):
        refuse_silent_views(fresh)


def test_production_without_secrets_does_not_make_an_application(tmp_path, monkeypatch):
    monkeypatch.setenv("IPF_ENV", "production")
    with pytest.raises(config.ConfigError):
        create_app(config.Default, INSTANCE=str(tmp_path))
