"""The WSGI application that gunicorn serves."""

import os

from django.core.wsgi import get_wsgi_application

from clickcall.web.logs import mask_access_log

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "clickcall.settings")
application = get_wsgi_application()
mask_access_log()
