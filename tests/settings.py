"""The site's settings as the tests need them."""

import os

os.environ |= {"DEBUG": "true", "SITE_NAME": "UK Learning Cities", "OPERATOR_NAME": "", "CONTACT_EMAIL": ""}
os.environ["REQUIRE_SECOND_FACTOR"] = "false"

from learningcities.settings import *  # noqa: F403

PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
