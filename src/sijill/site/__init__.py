"""The website: what people see of an archive, in Arabic and English, without JavaScript and without the network."""

from sijill.site.app import app, serve

__all__ = ["app", "serve"]
