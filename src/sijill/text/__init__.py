"""The ground of reading: tokens, classes, the tape, patterns, quotations. Knows no language."""
