"""The rooms of the site: each function answers a `Visit` with a `Page`."""
