"""Scripts in outputs of every kind that a browser runs or draws."""

HONEST, EARNS = True, 2
LAST = r"""
bad = "<script>alert('attack')</script><img src=x onerror=alert('attack')><svg onload=alert('attack')></svg>"
for kind in ("text/html", "image/svg+xml", "application/javascript", "text/markdown", "text/latex", "text/plain",
             "application/vnd.jupyter.widget-view+json", "application/pdf", "text/vnd.mermaid",
             "application/vnd.vega.v5+json", "video/mp4", "application/json", "text/x-unknown"):
    display({kind: bad}, raw=True)
    display({kind: [bad, bad]}, raw=True)
"""  # noqa: E501
