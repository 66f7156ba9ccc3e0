"""What is wrong with a file as a whole."""


class FileError(ValueError):
    """A file that holds no table, or not all of one; its text says why, and the way out."""
