"""Title and abstract in, a checked explanation with its receipt out.

`explainer.Explainer` asks and streams, `desk.Desk` does so in the background for several who follow,
`doctor.diagnose` tells what is set up. Nothing here is imported before it is needed.
"""
