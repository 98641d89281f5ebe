"""Request and stream formats of model services, a module for each."""
