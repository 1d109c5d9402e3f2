"""HTML in attachments' names, cell ids, tags and titles."""

HONEST, EARNS = True, 2
MARKDOWN = '![x](attachment:a.svg) ![y](attachment:"onerror=alert(1).png)'


def damage(it):
    bad = "\"><script>alert('attack')</script>"
    it.notebook["metadata"].update(title=bad, authors=[{"name": bad}])
    for cell in it.notebook["cells"]:
        cell["metadata"].setdefault("tags", []).append(bad)
        if cell["cell_type"] == "markdown":
            cell["attachments"] = {
                "a.svg": {"image/svg+xml": "PHN2ZyBvbmxvYWQ9YWxlcnQoMSk+"},
                bad: {bad: bad},
            }
    it.notebook["cells"][-1]["id"] = bad
