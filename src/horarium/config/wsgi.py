"""The WSGI application, for granian and for any other WSGI server."""

import os

from django.core.wsgi import get_wsgi_application

from horarium.config.at_once import at_once

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "horarium.config.settings")

application = at_once(get_wsgi_application())
