"""How fast the site is as it is deployed, measured beside Django's constant answer in the same run."""
