"""The tests of the whole project. This file makes `tests` ours, because some packages install one of their own."""
