"""Where the browser is; run as a program it fails when there is none, and says how to get one."""

import shutil
import sys

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome")
HOW_TO_GET_IT = (
    "No Chromium was found for the browser journeys. Install it (Debian: apt-get install chromium, "
    "Ubuntu: snap install chromium, macOS: brew install --cask chromium) or put google-chrome on the PATH."
)


def find_chromium() -> str | None:
    return next((path for name in NAMES if (path := shutil.which(name))), None)


if __name__ == "__main__":
    sys.exit(None if find_chromium() else HOW_TO_GET_IT)
