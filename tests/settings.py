"""The site's settings as the tests need them."""

import os

# No `.env` of this machine changes what the tests find.
os.environ |= {"ENV_FILE": os.devnull, "DEBUG": "true", "REQUIRE_SECOND_FACTOR": "false"}
os.environ |= {"SITE_NAME": "UK Learning Cities", "OPERATOR_NAME": "", "CONTACT_EMAIL": ""}

from learningcities.settings import *  # noqa: F403

PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
