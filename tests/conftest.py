"""What tests of several folders share: the browser, and how long hypothesis may think."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import hypothesis
import pytest

# Two cores shared by a browser and a linter say nothing about how fast an example is.
hypothesis.settings.register_profile("course", deadline=None)
hypothesis.settings.load_profile("course")

BROWSERS = ["chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome"]
ELSEWHERE = [
    "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
    "/Applications/Chromium.app/Contents/MacOS/Chromium",
    r"C:\Program Files\Google\Chrome\Application\chrome.exe",
    r"C:\Program Files (x86)\Google\Chrome\Application\chrome.exe",
]


@pytest.fixture(scope="session")
def chromium_path() -> str:
    """Where a Chromium or Chrome is: DOSSIER_CHROMIUM, on PATH, where systems put it, or Playwright's own (fetched if it can be)."""
    named = os.environ.get("DOSSIER_CHROMIUM")
    if named:
        assert Path(named).exists(), f"DOSSIER_CHROMIUM names {named}, which does not exist"
        return named
    for place in [*filter(None, map(shutil.which, BROWSERS)), *ELSEWHERE]:
        if Path(place).exists():
            return place
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        own = Path(playwright.chromium.executable_path)
    why = own.exists() or _fetch_chromium()
    if own.exists():
        return str(own)
    pytest.skip(f"no Chromium or Chrome was found, and {why}. Install one, or name it in DOSSIER_CHROMIUM.")


@pytest.fixture(scope="session")
def browser(chromium_path):
    """One Chromium for all tests of a worker: Playwright cannot be started twice in one process."""
    from playwright.sync_api import sync_playwright

    sys.path.insert(0, str(Path(__file__).parent / "browser"))
    import lab

    with sync_playwright() as playwright:
        browser = lab.chromium(playwright, chromium_path)
        yield browser
        browser.close()


def _fetch_chromium() -> str:
    """Let Playwright bring its own browser; say why if it cannot."""
    fetch = [sys.executable, "-m", "playwright", "install", "chromium"]
    try:
        done = subprocess.run(fetch, capture_output=True, text=True, timeout=300, check=False)
    except subprocess.TimeoutExpired:
        return "five minutes were not enough for `playwright install chromium`"
    errors = [line for line in (done.stdout + done.stderr).splitlines() if line.startswith("Error")]
    return f"`playwright install chromium` failed ({errors[0] if errors else 'nothing came'})"
