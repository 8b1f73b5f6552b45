"""sijill: the record of a conflict, read from news pages."""

__version__ = "0.1.0.dev0"
