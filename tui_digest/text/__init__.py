"""Small modules for all packages: sanitising, words, files, HTTP dates."""
