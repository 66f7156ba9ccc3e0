"""Public pages kept ready: one WSGI application around Django's, one store a process."""
