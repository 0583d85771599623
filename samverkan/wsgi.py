import os
from functools import partial

from django.core.wsgi import get_wsgi_application

from samverkan.stack import with_room

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "samverkan.settings")
application = partial(with_room, get_wsgi_application())
