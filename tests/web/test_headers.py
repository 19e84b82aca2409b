import pytest

ALWAYS = {
    "Content-Security-Policy", "X-Content-Type-Options", "Referrer-Policy", "Cross-Origin-Opener-Policy",
    "Cross-Origin-Resource-Policy",
    "X-Frame-Options", "Permissions-Policy", "X-Request-Id",
}  # fmt: skip


@pytest.mark.parametrize(
    ("method", "path", "status"),
    [
        ("GET", "/", 200),
        ("GET", "/nothing", 404),
        ("POST", "/", 405),
        ("POST", "/theme", 400),
        ("GET", "/static/css/theme.css", 200),
        ("GET", "/static/nothing.css", 404),
        ("GET", "/healthz", 200),
        ("GET", "/account", 303),
    ],
)
def test_every_answer_carries_every_header(client, method, path, status):
    answer = client.open(path, method=method, buffered=True)
    assert answer.status_code == status
    assert set(answer.headers.keys()) >= ALWAYS
    policy = answer.headers["Content-Security-Policy"]
    assert "unsafe" not in policy and "default-src 'none'" in policy and "frame-ancestors 'none'" in policy


def test_a_secure_answer_asks_to_stay_secure(client):
    assert "max-age=31536000" in client.get("/", base_url="https://localhost").headers["Strict-Transport-Security"]
    assert "Strict-Transport-Security" not in client.get("/").headers


def test_pages_vary_by_cookie_and_script_and_static_files_may_be_kept(client):
    assert {"Cookie", "HX-Request"} <= {part.strip() for part in client.get("/").headers["Vary"].split(",")}
    assert "no-store" not in client.get("/static/css/theme.css", buffered=True).headers.get("Cache-Control", "")


@pytest.mark.parametrize("host", ["evil.example", "localhost.evil.example", "127.0.0.1.evil.example"])
def test_a_foreign_host_is_refused(client, host):
    assert client.get("/", headers={"Host": host}).status_code == 400


@pytest.mark.parametrize("body", ["[1]", '"x"', "{" * 20_000, "null"])
def test_json_is_not_read_by_pages(client, body):
    assert client.post("/theme", data=body, content_type="application/json").status_code == 415


@pytest.mark.parametrize(
    ("path", "status"),
    [
        ("/?q=%00", 400),
        ("/%00", 400),
        ("/?" + "a=1&" * 3000, 414),
        ("/programmes/" + "9" * 30, 404),
        ("/programmes/../../etc/passwd", 404),
        ("/?q=%ff%fe", 200),
    ],
)
def test_odd_addresses_get_a_calm_answer(client, path, status):
    assert client.get(path).status_code == status


def test_too_much_at_once_is_refused(client):
    assert client.post("/theme", data={"theme": "x" * 1_100_000}).status_code == 413


def test_a_change_without_token_is_refused_in_words(client):
    answer = client.post("/theme", data={"theme": "dark"})
    assert answer.status_code == 400
    assert "open for long" in answer.text
