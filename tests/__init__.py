"""The tests. This file makes `tests` a package of ours: textstat installs a package of the same name."""
