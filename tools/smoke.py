"""Walk the main journey on a running site, as a guest would, with nothing but the standard library.

Where do you stand (mbo 4), which skills, which places fit first, what is missing and who teaches it, which routes lead there.
"""

import argparse
import http.cookiejar
import re
import sys
import time
import urllib.error
import urllib.parse
import urllib.request

TOKEN = re.compile(r'name="csrf_token"[^>]*value="([^"]+)"')


class Guest:
    """A browser without scripts: cookies, links and forms."""

    def __init__(self, base: str) -> None:
        self.base = base
        self.opener = urllib.request.build_opener(urllib.request.HTTPCookieProcessor(http.cookiejar.CookieJar()))
        self.page = ""

    def get(self, path: str) -> str:
        with self.opener.open(self.base + path, timeout=20) as answer:
            self.page = answer.read().decode()
        return self.page

    def post(self, path: str, **fields: str) -> str:
        found = TOKEN.search(self.page)
        body = urllib.parse.urlencode({"csrf_token": found[1] if found else "", **fields}).encode()
        with self.opener.open(self.base + path, body, timeout=20) as answer:
            self.page = answer.read().decode()
        return self.page


def wait_until_ready(base: str, seconds: int) -> None:
    """Return when /readyz answers 200; leave with a message when it does not in time."""
    deadline = time.monotonic() + seconds
    while time.monotonic() < deadline:
        try:
            with urllib.request.urlopen(base + "/readyz", timeout=5) as answer:
                if answer.status == 200:
                    return
        except (urllib.error.URLError, ConnectionError, TimeoutError):
            time.sleep(0.1)
    sys.exit(f"The site was not ready within {seconds} s.")


def expect(page: str, *patterns: str) -> None:
    """Leave with a message when one of the patterns is not in the page."""
    for pattern in patterns:
        if not re.search(pattern, page, re.IGNORECASE | re.DOTALL):
            text = re.sub(r"<[^>]+>|\s+", " ", page)
            sys.exit(f"Expected {pattern!r} in:\n{text[:2000]}")


def walk(base: str) -> None:
    """The main journey."""
    guest = Guest(base)
    expect(guest.get("/?lang=nl"), '<html lang="nl"', "Waar sta je nu")
    guest.get("/profile")
    guest.post("/profile", point="mbo_4")
    guest.get("/profile/skills")
    guest.post("/profile/skills/add", words="PLC programmeren, CAD, mechatronica")
    matches = guest.get("/match/places")
    expect(matches, r"/match/places/[a-z0-9-]+", r"\d+%")
    place = re.search(r'href="(/match/places/[a-z0-9-]+)"', matches)
    assert place
    sheet = guest.get(place[1])
    expect(sheet, "<tfoot>", r"\d+%", r"/skills/[a-z0-9-]+")
    slug = place[1].rpartition("/")[2]
    expect(guest.get(f"/routes?vacancy={slug}"), "<h1")
    expect(guest.get("/match/programmes"), "<h1")
    expect(guest.get("/vacancies"), r"/vacancies/[a-z0-9-]+")
    programme = re.search(r'href="(/programmes/[a-z0-9-]+)"', guest.get("/programmes?level=master"))
    assert programme
    expect(guest.get(f"/routes?from=mbo_4&to={programme[1].rpartition('/')[2]}"), "ipf-route")
    for path in ("/institutions", "/companies", "/skills", "/occupations", "/tracks", "/sign-in", "/sign-up"):
        expect(guest.get(path), "<h1")
    guest.get("/")
    for who in ("student", "company", "school", "cluster"):
        visitor = Guest(base)
        visitor.get("/")
        expect(visitor.post(f"/demo/{who}"), "<h1")


def main() -> None:
    """Read the arguments, wait, walk."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("base")
    parser.add_argument("--wait", type=int, default=60, help="seconds to wait for /readyz")
    parser.add_argument("--ready-only", action="store_true", help="wait, and walk nowhere")
    given = parser.parse_args()
    wait_until_ready(given.base, given.wait)
    if not given.ready_only:
        walk(given.base)
        print("The main journey works.")


if __name__ == "__main__":
    main()
