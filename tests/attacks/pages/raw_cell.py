"""HTML in a raw cell, which pages show as it is."""

HONEST, EARNS = True, 2


def damage(it):
    it.notebook["cells"].append(
        {
            "cell_type": "raw",
            "id": "raw",
            "metadata": {"format": "text/html", "raw_mimetype": "text/html"},
            "source": "<script>alert('attack')</script><img src=x onerror=alert('attack')>",
        }
    )
