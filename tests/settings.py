"""The product's own settings with keys for tests and a cheap password hasher; nothing else differs."""

import os
import tempfile

os.environ["CLICKCALL_READ_DOTENV"] = "0"
os.environ["SECRET_KEY"] = "only-for-tests-" + "x" * 40
os.environ["CLICKCALL_TOKEN_KEYS"] = "MDEyMzQ1Njc4OWFiY2RlZjAxMjM0NTY3ODlhYmNkZWY="
os.environ.setdefault("CLICKCALL_DATA_DIR", tempfile.mkdtemp(prefix="clickcall-tests-"))
os.environ["ALLOWED_HOSTS"] = "*"

from clickcall.settings import *  # noqa: F403

PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
WHITENOISE_AUTOREFRESH = True  # or every test client would read the whole static folder first
