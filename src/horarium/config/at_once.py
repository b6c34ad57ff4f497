"""Answers that are whole are handed to the server at once."""

from collections.abc import Iterable
from wsgiref.types import StartResponse, WSGIApplication, WSGIEnvironment

from django.core.handlers.wsgi import WSGIHandler
from django.http import HttpResponse


def at_once(handler: WSGIHandler) -> WSGIApplication:
    """The same application, whose whole answers are lists.

    Granian sends a list as it is. Whatever else it gets, it reads piece by piece as a stream, and wakes its thread of
    the network for the head, for each piece and for the end.
    """

    def application(environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        response = handler(environ, start_response)
        if not isinstance(response, HttpResponse):
            return response
        body = response.content
        response.close()
        return [body]

    return application
