"""The key that signs sessions and links."""

import os
import secrets
from pathlib import Path

from horarium.config.env import Configuration, ConfigurationError, Mode


def secret_key(configuration: Configuration) -> str:
    """The given key; outside production, without one, a key that is made once and kept in the data folder."""
    if configuration.secret_key:
        return configuration.secret_key
    if configuration.mode is Mode.TEST:
        return "only-for-tests-" * 5
    return kept_key(configuration.data / "secret_key")


def kept_key(file: Path) -> str:
    ensure_folder(file.parent)
    try:
        if not file.exists():
            draft = file.with_name(f"{file.name}.{os.getpid()}")
            draft.touch(mode=0o600)
            draft.write_text(secrets.token_urlsafe(64), encoding="ascii")
            # Of several processes that start at once, the first one's key is everybody's key.
            try:
                os.link(draft, file)
            except FileExistsError:
                pass
            finally:
                draft.unlink()
        return file.read_text(encoding="ascii").strip()
    except OSError as error:
        raise unusable(file.parent, error) from error


def ensure_folder(folder: Path) -> None:
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except (FileExistsError, NotADirectoryError) as error:
        raise ConfigurationError([f"HORARIUM_DATA is {folder}, which is a file and not a folder"]) from error
    except OSError as error:
        raise unusable(folder, error) from error
    if not os.access(folder, os.W_OK | os.X_OK):
        raise ConfigurationError([f"HORARIUM_DATA is {folder}, which cannot be written"])


def unusable(folder: Path, error: OSError) -> ConfigurationError:
    return ConfigurationError([f"HORARIUM_DATA is {folder}, which cannot be used: {error.strerror}"])
