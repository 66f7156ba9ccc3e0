"""A digest that tells one build of the site from another, wherever it runs."""

from hashlib import sha256

from django.conf import settings

FOLDERS = ("directory", "learningcities", "static", "templates")
PACKAGES = "requirements.txt"
SHOWN_SETTINGS = ("SITE_NAME", "OPERATOR_NAME", "CONTACT_EMAIL", "CORRECTION_DAYS", "OPEN_CORRECTION_DAYS")


def build_of_the_site() -> str:
    """Return a digest of the program: its files, its list of packages, and the settings that pages show."""
    digest = sha256("\n".join(str(getattr(settings, name)) for name in SHOWN_SETTINGS).encode())
    digest.update((settings.BASE_DIR / PACKAGES).read_bytes())
    for folder in FOLDERS:
        for path in sorted((settings.BASE_DIR / folder).rglob("*")):
            if path.is_file() and path.suffix != ".pyc":
                digest.update(str(path.relative_to(settings.BASE_DIR)).encode())
                digest.update(path.read_bytes())
    return digest.hexdigest()
