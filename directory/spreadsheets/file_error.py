"""The error of a file that cannot be imported or exported."""


class FileError(ValueError):
    """A file cannot be read or written; the message tells staff why and what to do."""
