"""Small things that every other package uses: sanitising, words, files, HTTP dates."""
