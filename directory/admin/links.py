"""How addresses of other sites are typed."""

from django.db import models

# For `formfield_overrides`: an address typed without its scheme is taken for https.
HTTPS_BY_DEFAULT = {models.URLField: {"assume_scheme": "https"}}
