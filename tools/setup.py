"""Sets this folder up: environment, front end, translations. Standard library only.

Each step is done once for each state of its inputs, so a second run takes a moment.
"""

import fcntl
import hashlib
import os
import shutil
import subprocess
import sys
import urllib.request
from collections.abc import Callable
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
CACHE = ROOT / ".cache"
STAMPS = CACHE / "stamps"
VENV = ROOT / ".venv"
FRONTEND = ROOT / "frontend"
PIP_URL = "https://bootstrap.pypa.io/pip/pip.pyz"
OLDEST_PYTHON = (3, 11)
OLDEST_NODE = (20, 19)


def main() -> None:
    if sys.version_info < OLDEST_PYTHON:
        fail(
            f"Python {sys.version.split()[0]} is too old: 3.11 or newer is needed, e.g. make PYTHON=python3.12"
        )
    CACHE.mkdir(exist_ok=True)
    STAMPS.mkdir(exist_ok=True)
    with (CACHE / "setup.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        once("environment", locked_packages, VENV / "bin" / "python", sync_environment)
        if (FRONTEND / "package.json").exists():
            once("packages", npm_packages, FRONTEND / "node_modules", install_packages)
            once("front end", sources, FRONTEND / "dist" / ".vite" / "manifest.json", build_frontend)
        once("translations", translations, ROOT / "src", compile_translations)


def once(name: str, inputs: Callable[[], list[Path]], result: Path, step: Callable[[], None]) -> None:
    stamp = STAMPS / name.replace(" ", "_")
    if result.exists() and stamp.exists() and stamp.read_text() == digest(inputs()):
        return
    print(f"Setting up: {name} …", file=sys.stderr, flush=True)
    step()
    # Looked at again: a step may write some of its own inputs.
    stamp.write_text(digest(inputs()))


def digest(inputs: list[Path]) -> str:
    state = hashlib.sha256(sys.version.encode())
    for file in inputs:
        state.update(str(file.relative_to(ROOT)).encode() + b"\0" + file.read_bytes())
    return state.hexdigest()


def locked_packages() -> list[Path]:
    return [ROOT / "pyproject.toml", ROOT / "uv.lock"]


def npm_packages() -> list[Path]:
    return [FRONTEND / "package.json", FRONTEND / "package-lock.json"]


def translations() -> list[Path]:
    return sorted((ROOT / "src").rglob("*.po"))


def sources() -> list[Path]:
    made = {"node_modules", "dist", "test-results"}
    found = [file for file in FRONTEND.rglob("*") if file.is_file()]
    return sorted(file for file in found if not made & set(file.relative_to(FRONTEND).parts))


def sync_environment() -> None:
    environment = os.environ | {"UV_PYTHON_DOWNLOADS": "never", "UV_NO_PROGRESS": "1"}
    environment.pop("VIRTUAL_ENV", None)
    run([find_uv(), "sync", "--locked", "--quiet", "--python", sys.executable], environment)


def find_uv() -> str:
    """The machine's uv, or one of our own; pip comes from its own site where the machine has none."""
    installed = CACHE / "uv" / "bin" / "uv"
    for candidate in (shutil.which("uv"), str(installed)):
        if candidate and works([candidate, "--version"]):
            return candidate
    pip = [sys.executable, "-m", "pip"]
    if not works([*pip, "--version"]):
        pip = [sys.executable, str(fetch_pip())]
    target = ["--target", str(CACHE / "uv"), "--upgrade"]
    run(
        [
            *pip,
            "install",
            "--quiet",
            "--disable-pip-version-check",
            "--root-user-action=ignore",
            *target,
            "uv",
        ],
        os.environ,
    )
    return str(installed)


def fetch_pip() -> Path:
    file = CACHE / "pip.pyz"
    try:
        with urllib.request.urlopen(PIP_URL, timeout=60) as answer:
            file.write_bytes(answer.read())
    except OSError as error:
        fail(f"pip is missing and {PIP_URL} does not answer ({error}): install pip or uv")
    return file


def install_packages() -> None:
    run([npm(), "ci", "--no-audit", "--no-fund", "--loglevel=error"], node_environment(), FRONTEND)


def build_frontend() -> None:
    run([npm(), "run", "--silent", "build"], node_environment(), FRONTEND)
    compress = [str(VENV / "bin" / "python"), "-m", "whitenoise.compress", "--quiet", str(FRONTEND / "dist")]
    run(compress, os.environ)


def node_environment() -> dict[str, str]:
    """Node of the machine when it is new enough, else the one that came with the environment."""
    environment = dict(os.environ)
    if not machine_has_node():
        environment["PATH"] = f"{VENV / 'bin'}{os.pathsep}{environment['PATH']}"
    return environment


def npm() -> str:
    return "npm" if machine_has_node() else str(VENV / "bin" / "npm")


def machine_has_node() -> bool:
    if not shutil.which("node") or not works(["npm", "--version"]):
        return False
    done = subprocess.run(["node", "--version"], capture_output=True, text=True, check=False)
    numbers = done.stdout.strip().lstrip("v").split(".")
    return done.returncode == 0 and tuple(int(part) for part in numbers[:2]) >= OLDEST_NODE


def compile_translations() -> None:
    run([str(VENV / "bin" / "python"), str(ROOT / "tools" / "messages.py"), "compile"], os.environ)


def works(command: list[str]) -> bool:
    try:
        return subprocess.run(command, capture_output=True, check=False).returncode == 0
    except OSError:
        return False


def run(command: list[str], environment: "os._Environ[str] | dict[str, str]", folder: Path = ROOT) -> None:
    # What steps say goes to stderr: the output of `make demo` is for its addresses.
    done = subprocess.run(command, env=dict(environment), cwd=folder, stdout=sys.stderr, check=False)
    if done.returncode != 0:
        fail(f"this step has failed: {' '.join(command)}")


def fail(text: str) -> None:
    print(f"setup: {text}", file=sys.stderr)
    sys.exit(1)


if __name__ == "__main__":
    main()
