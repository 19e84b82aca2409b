"""The real product in a real browser: the site as `./run` starts it, Chromium, axe, and pictures of what was seen."""

import json
import os
import re
import shutil
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Callable, Iterator
from pathlib import Path
from urllib.error import URLError

import pytest

ROOT = Path(__file__).resolve().parents[2]
AXE = ROOT / "tests" / "axe" / "axe.min.js"
PICTURES = ROOT / "artefacts" / "screenshots"
PHONE, TABLET, DESKTOP = {"width": 390, "height": 844}, {"width": 768, "height": 1024}, {"width": 1440, "height": 900}
FLAGS = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
         "--disable-component-update", "--disable-sync"]  # fmt: skip


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """All browser tests share one worker, so that one site and one browser serve them."""
    for item in items:
        if Path(str(item.fspath)).is_relative_to(ROOT / "tests" / "journeys"):
            item.add_marker(pytest.mark.browser)
            if item.get_closest_marker("timeout") is None:
                item.add_marker(pytest.mark.timeout(300))
            item.add_marker(pytest.mark.xdist_group("browser"))


def chromium() -> str | None:
    """Where the browser is."""
    names = (os.environ.get("CHROMIUM", ""), "chromium", "chromium-browser", "google-chrome")
    return next((found for name in names if name and (found := shutil.which(name))), None)


_ENVIRONMENTS: dict[str, dict[str, str]] = {}
"""Of each running site, by its address."""


@pytest.fixture(scope="session")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of a running site with the example region."""
    instance = tmp_path_factory.mktemp("site")
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    environment = {name: value for name, value in os.environ.items() if not name.startswith("IPF_")}
    environment |= {"IPF_INSTANCE": str(instance), "IPF_BASE_URL": f"http://127.0.0.1:{port}", "PYTHONWARNINGS": "default"}
    _ENVIRONMENTS[f"http://127.0.0.1:{port}"] = environment
    with (instance / "log").open("w") as log:
        command = [sys.executable, "-m", "ipf_talent", "up", "--port", str(port)]
        process = subprocess.Popen(command, cwd=ROOT, env=environment, stdout=log, stderr=log)
        try:
            _wait(f"http://127.0.0.1:{port}/readyz", process, instance / "log")
            yield f"http://127.0.0.1:{port}"
        finally:
            process.terminate()
            process.wait(timeout=20)


@pytest.fixture
def command(site: str) -> Callable[..., str]:
    """Run a command of the product beside the running site, and give what it says."""

    def run(*words: str) -> str:
        line = [sys.executable, "-m", "ipf_talent", *words]
        return subprocess.run(line, cwd=ROOT, env=_ENVIRONMENTS[site], check=True, capture_output=True, text=True).stdout

    return run


def _wait(url: str, process: "subprocess.Popen[bytes]", log: Path) -> None:
    for _ in range(1200):
        try:
            with urllib.request.urlopen(url, timeout=5):
                return
        except (URLError, OSError):
            if process.poll() is not None:
                break
            time.sleep(0.1)
    pytest.fail(f"The site does not start:\n{log.read_text()[-3000:]}")


@pytest.fixture(scope="session")
def browser():
    """Chromium; without one the browser tests are skipped, and with CI=true they fail."""
    path = chromium()
    if path is None:
        message = "There is no Chromium on this machine."
        if os.environ.get("CI") == "true":
            pytest.fail(message)
        pytest.skip(message)
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        launched = playwright.chromium.launch(executable_path=path, args=FLAGS)
        yield launched
        launched.close()


@pytest.fixture
def open_page(browser, site) -> Iterator[Callable[..., object]]:
    """Open a page of the site; at the end nothing may have gone wrong in the browser, and nobody else may have been asked."""
    contexts, trouble = [], []

    def open_at(
        path: str = "/", *, viewport: dict[str, int] = DESKTOP, dark: bool = False, scripts: bool = True, language: str = "nl"
    ):
        context = browser.new_context(
            viewport=viewport, color_scheme="dark" if dark else "light", java_script_enabled=scripts, reduced_motion="reduce"
        )
        contexts.append(context)
        context.add_cookies([{"name": "lang", "value": language, "url": site}])
        page = context.new_page()
        page.set_default_timeout(10_000)
        page.on(
            "console", lambda said: trouble.append(f"console: {said.text}") if said.type == "error" and _matters(said) else None
        )
        page.on("pageerror", lambda error: trouble.append(f"script: {error}"))
        page.on(
            "request", lambda asked: trouble.append(f"foreign: {asked.url}") if not asked.url.startswith((site, "data:")) else None
        )
        page.goto(site + path)
        return page

    yield open_at
    for context in contexts:
        context.close()
    assert trouble == []


def _matters(said) -> bool:
    """A refused form answers 422 and a closed place 410, and the browser reports that as an error."""
    return not re.search(r"status of (4\d\d)", said.text)


def follow(page, deed: Callable[[], object]) -> None:
    """Do what leads to another page, and wait until that page is there: a browser on a busy machine answers late."""
    with page.expect_navigation(wait_until="load"):
        deed()


@pytest.fixture
def picture(request: pytest.FixtureRequest) -> Callable[[object, str], None]:
    """Keep what the browser shows, where `PICTURES` is set; a long page takes a second or two each."""

    def keep(page, name: str) -> None:
        if not os.environ.get("PICTURES"):
            return
        PICTURES.mkdir(parents=True, exist_ok=True)
        page.screenshot(path=str(PICTURES / f"{name}.png"), full_page=True)

    return keep


@pytest.fixture(scope="session")
def axe() -> Callable[[object], list[str]]:
    """What axe finds wrong on a page, one line each."""
    source = AXE.read_text(encoding="utf-8")

    def run(page) -> list[str]:
        page.evaluate(source)
        found = page.evaluate("""async () => {
            const rules = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"];
            const answer = await axe.run(document, {runOnly: rules});
            const told = node => node.target.join(" ") + ": " + node.failureSummary;
            return JSON.stringify(answer.violations.map(v => [v.id, v.nodes.map(told)]));
        }""")
        return [f"{rule}: {node}" for rule, nodes in json.loads(found) for node in nodes]

    return run
