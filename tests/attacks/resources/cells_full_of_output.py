"""Adds two hundred cells, each of which prints, shows and raises as much as one may."""

HONEST, EARNS = True, 2


def damage(it):
    source = (
        "from IPython.display import HTML, display\nfor n in range(40): print('x' * 4900)\n"
        "display(HTML('<p>y</p>' * 20000))\ndef f(n): return f(n - 1) if n else 1 / 0\nf(50)"
    )
    for n in range(200):
        it.notebook["cells"].append({"cell_type": "code", "id": f"more-{n}", "metadata": {}, "outputs": [], "execution_count": None, "source": source + f"\n# {n}"})
