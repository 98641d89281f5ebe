"""Query language of filters and search: parse, compile to SQL, match in memory."""
