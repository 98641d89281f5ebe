"""What the reader is given of the library, the source and the models."""
