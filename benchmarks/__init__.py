"""How fast the site is, measured as it is deployed, against a constant answer in the same run."""
