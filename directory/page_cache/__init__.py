"""Public pages from memory: one WSGI application around Django's, with one store per process."""
