"""Content as tables for a spreadsheet, out and back: one noun a file."""
