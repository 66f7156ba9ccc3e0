"""Export content to a spreadsheet, and import it again."""
