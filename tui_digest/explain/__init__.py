"""Explanations of papers by language models, streamed, checked and with a receipt.

`explainer.Explainer` requests and streams them, `request_queue.RequestQueue` does so in the background,
`diagnostics.diagnose` describes the set-up. Nothing here is imported before it is needed.
"""
