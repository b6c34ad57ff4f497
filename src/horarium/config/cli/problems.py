"""What stands in the way of a command, said in one line with the way out."""

import errno
import socket

import psycopg


class Problem(Exception):
    """The text is one line: what is wrong and what to do."""


def check_port(host: str, port: int) -> None:
    """The server itself would share a busy port with its owner instead of complaining."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    with socket.socket(family) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
            probe.listen(1)
        except OSError as error:
            raise Problem(why_not(error, host, port)) from error


def why_not(error: OSError, host: str, port: int) -> str:
    if error.errno == errno.EADDRINUSE:
        return f"port {port} is in use by another program: choose another one, e.g. PORT={port + 1}"
    if error.errno == errno.EACCES:
        return f"port {port} needs special permission: choose one above 1023, e.g. PORT=8000"
    return f"cannot listen on {host}:{port}: {error.strerror}"


def check_database(url: str) -> None:
    """Asked without a pool, which would try for long and complain at each attempt."""
    try:
        psycopg.connect(url, connect_timeout=10).close()
    except psycopg.Error as error:
        reason = "; ".join(line.strip() for line in str(error).splitlines() if line.strip())
        raise Problem(
            f"the database does not answer ({reason}): start it, or correct DATABASE_URL"
        ) from error
