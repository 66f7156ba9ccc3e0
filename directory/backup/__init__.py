"""Backups: all content, accounts and history in one file, which restores on SQLite and PostgreSQL."""
