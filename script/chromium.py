"""A Chromium for the browser tests: found on this machine, or installed."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

from script.refusal import MISSING_PIECE, CannotGoOn

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
LOCK_SECONDS = 300  # another apt may be at work


def find() -> Path | None:
    """Return the browser that $CHROMIUM names, or the first on PATH, or None."""
    given = os.environ.get("CHROMIUM")
    if given:
        return Path(given)
    return next((Path(found) for name in NAMES if (found := shutil.which(name))), None)


def obtain() -> Path | None:
    """Return a browser, installing one if need be; None stands for Playwright's own.

    :raises CannotGoOn: if none is to be had.
    """
    found = find()
    if found is not None:
        return found
    if os.geteuid() == 0 and shutil.which("apt-get"):
        options = ("-q", "-o", f"DPkg::Lock::Timeout={LOCK_SECONDS}")
        subprocess.run(["apt-get", *options, "update"], check=False)
        subprocess.run(["apt-get", *options, "install", "-y", "--no-install-recommends", "chromium"], check=False)
        if (found := find()) is not None:
            return found
    playwright = [sys.executable, "-m", "playwright", "install", "chromium"]
    if subprocess.run(playwright, check=False).returncode == 0:
        return None
    raise CannotGoOn("Chromium is missing: install it, or set CHROMIUM to its path.", code=MISSING_PIECE)


def version(browser: Path | None) -> str:
    """Return what the browser says of itself."""
    if browser is None:
        return "Playwright's own"
    return subprocess.run([browser, "--version"], capture_output=True, text=True, check=False).stdout.strip()


def launch_options() -> dict[str, object]:
    """Return what Playwright needs to know to start the browser that was found."""
    browser = find()
    options: dict[str, object] = {} if browser is None else {"executable_path": str(browser)}
    if os.geteuid() == 0:
        options["args"] = ["--no-sandbox"]  # as root the sandbox refuses to start
    return options
