#!/usr/bin/env python
"""Django's command line for this project."""

import os
import sys

from django.core.management import execute_from_command_line

if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "learningcities.settings")
    os.environ.setdefault("DATABASE_STATEMENT_SECONDS", "0")  # a command may take its time; a page may not
    execute_from_command_line(sys.argv)
