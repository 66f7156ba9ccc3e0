"""Made-up places, to see how the site does with many; nothing that the public site uses."""
