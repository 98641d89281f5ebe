"""arXiv: calendar, daily feeds, query API, HTML pages, cache and rate limit."""
