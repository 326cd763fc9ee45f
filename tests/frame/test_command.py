"""The command line, and JupyterLab as the course starts it."""

import json
import os
import re
import socket
import subprocess
import sys
import threading
import time
from pathlib import Path
from urllib.error import URLError
from urllib.parse import urlsplit
from urllib.request import urlopen

import pytest

from dossier.__main__ import COMMANDS, FIRST_LESSON, QUIET, bench, main

pytestmark = pytest.mark.slow
ROOT = Path(__file__).parents[2]
# Python reports every address that it looks up or connects to; this notes those that are not of this machine.
WATCH = """
import sys
def note(event, arguments):
    if event in ("socket.connect", "socket.getaddrinfo", "socket.gethostbyname"):
        place = arguments[0] if event != "socket.connect" else arguments[1]
        host = place[0] if isinstance(place, tuple) else place
        if host not in (None, "", b"", "localhost", b"localhost", "127.0.0.1", "::1", "0.0.0.0") and not str(host).startswith("/"):
            with open({notes!r}, "a") as file:
                print(event, host, file=file)
sys.addaudithook(note)
"""


class Lab:
    """A JupyterLab of the course, as a learner starts it, on a port that another program holds already."""

    def __init__(self, folder):
        self.notes = folder / "outside.txt"
        (folder / "sitecustomize.py").write_text(WATCH.format(notes=str(self.notes)))
        self.taken = socket.socket()
        self.taken.bind(("127.0.0.1", 0))
        self.taken.listen()
        port = self.taken.getsockname()[1]
        home = {
            name: str(folder / name)
            for name in ("JUPYTER_CONFIG_DIR", "JUPYTER_DATA_DIR", "JUPYTER_RUNTIME_DIR")
        }
        self.process = subprocess.Popen(
            [sys.executable, "-P", "-m", "dossier", "--no-browser", f"--port={port}"],
            cwd=folder,
            env={**os.environ, **home, "PYTHONPATH": str(folder)},
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
        )
        self.said = []
        self.url = ""
        for line in self.process.stdout:
            self.said.append(line)
            if found := re.search(r"(http://127\.0\.0\.1:\d+)(/\S*)\?token=(\w+)", line):
                self.url, self.path, self.token = found.groups()
                break
        # Or a full pipe would stop it.
        threading.Thread(target=lambda: self.said.extend(self.process.stdout), daemon=True).start()
        self.port = port

    def get(self, path):
        address = f"{self.url}{path}{'&' if '?' in path else '?'}token={self.token}"
        for patience in range(100):
            try:
                with urlopen(address, timeout=120) as answer:
                    return answer.read().decode()
            except URLError as error:  # it prints its address a little before it listens
                if not isinstance(error.reason, ConnectionRefusedError) or patience == 99:
                    raise
                time.sleep(0.1)

    def outside(self):
        return self.notes.read_text() if self.notes.exists() else ""

    def stop(self):
        self.process.terminate()
        self.process.wait(120)
        self.taken.close()


@pytest.fixture(scope="module")
def lab(tmp_path_factory):
    lab = Lab(tmp_path_factory.mktemp("lab"))
    yield lab
    lab.stop()


def test_lab_opens_the_first_lesson(lab):
    assert lab.path == f"/lab/tree/{FIRST_LESSON}", "".join(lab.said)
    names = {entry["name"] for entry in json.loads(lab.get("/api/contents/?content=1"))["content"]}
    assert {"lessons", "exercises"} <= names


def test_a_busy_port_is_passed_over(lab):
    assert any(f"The port {lab.port} is already in use, trying another port" in line for line in lab.said)
    assert int(lab.url.rpartition(":")[2]) != lab.port


def test_lab_asks_nobody_outside_for_news_versions_or_extensions(lab):
    news, update = (json.loads(lab.get(path)) for path in ("/lab/api/news", "/lab/api/update"))
    extensions = json.loads(lab.get("/lab/api/extensions?query=widgets&page=1&per_page=30&refresh=1"))
    page = json.loads(
        re.search(r'id="jupyter-config-data"[^>]*>(.*?)</script>', lab.get("/lab"), re.DOTALL).group(1)
    )
    assert news == {"news": []}
    assert update["notification"] is None
    assert page["news"] == {"disabled": True}
    assert "@jupyterlab/apputils-extension:announcements" in page["disabledExtensions"]
    assert page["extensionManager"]["can_install"] is False
    assert isinstance(extensions, list)
    assert lab.outside() == ""


def test_the_watch_would_have_seen_it(tmp_path):
    """Without the course's options JupyterLab does ask, so the test above can fail."""
    (tmp_path / "sitecustomize.py").write_text(WATCH.format(notes=str(tmp_path / "notes")))
    ask = "import jupyterlab.handlers.announcements as a, asyncio; asyncio.run(a.CheckForUpdate('1.0')())"
    environment = {**os.environ, "PYTHONPATH": str(tmp_path)}
    subprocess.run([sys.executable, "-c", ask], env=environment, capture_output=True, check=False)
    assert "socket.getaddrinfo" in (tmp_path / "notes").read_text()


@pytest.mark.browser
def test_the_lab_page_asks_nobody_outside(lab, browser):
    hosts = set()
    context = browser.new_context()
    page = context.new_page()
    # This JupyterLab serves the course itself, and would save an open notebook after two minutes.
    page.route(
        "**/api/contents/**",
        lambda route: route.abort() if route.request.method == "PUT" else route.continue_(),
    )
    page.on("request", lambda request: hosts.add(urlsplit(request.url).hostname))
    page.goto(f"{lab.url}{lab.path}?token={lab.token}")
    page.wait_for_selector(".jp-Notebook .jp-Cell")
    page.wait_for_timeout(1000)
    # The extension manager's panel lists extensions as soon as it is looked at.
    page.keyboard.press("Control+Shift+X")
    page.locator(".jp-Notebook h1").get_by_text("Start here").wait_for()
    page.wait_for_timeout(1000)
    shown = page.inner_text("body")
    context.close()
    assert "Jupyter news" not in shown
    assert hosts - {None} == {"127.0.0.1"}
    assert lab.outside() == ""


def test_every_option_that_keeps_the_lab_quiet_is_one_that_it_knows():
    done = subprocess.run(
        [sys.executable, "-m", "jupyterlab", "--help-all"], capture_output=True, text=True, check=False
    )
    for option in QUIET:
        assert option.partition("=")[0] + "=" in done.stdout


# The other commands


def test_help_names_every_command(capsys):
    assert main(["help"]) == 0
    listed = capsys.readouterr().out
    assert all(f"  {name} " in listed for name in COMMANDS)


def test_an_unknown_command_is_refused_with_the_list(capsys):
    assert main(["frobnicate"]) == 2
    assert "There is no command 'frobnicate'. There is: lab, test," in capsys.readouterr().err


def test_an_unknown_comparison_is_refused_with_the_list(capsys):
    assert bench(["no-such-comparison"]) == 2
    assert "There is: " in capsys.readouterr().err


@pytest.mark.parametrize("name", ["republic", "exercises"])
def test_commands_built_elsewhere_are_there(name):
    done = subprocess.run(
        [sys.executable, "-m", "dossier", name, "--help"], capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr
    assert "usage:" in done.stdout


def test_words_after_test_go_to_pytest():
    here = "tests/frame/test_command.py"
    words = [here, "--collect-only", "-q", "-k", "help_names", "-n", "0"]
    done = subprocess.run(
        [sys.executable, "-m", "dossier", "test", *words], capture_output=True, text=True, check=False
    )
    assert f"{here}::test_help_names_every_command" in done.stdout
    assert "1/" in done.stdout.splitlines()[-1] or "1 test" in done.stdout.splitlines()[-1]
