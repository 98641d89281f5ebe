"""Small modules for all packages: sanitising, words, files, retries."""
