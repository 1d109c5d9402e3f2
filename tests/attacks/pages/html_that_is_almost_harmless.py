"""HTML whose harmless look ends in the parser: broken tags, comments, foreign elements, style."""

HONEST, EARNS = True, 2
LAST = r"""
from IPython.display import HTML
for bad in ("<table><td onclick=alert('attack')>x", "<div style='background:url(javascript:alert(1))'>x</div>",
            "<!--><script>alert('attack')</script>-->", "<noscript><p title='</noscript><img src=x onerror=alert(1)>'>",
            "<math><mtext><table><mglyph><style><img src onerror=alert('attack')>", "<<script>script>alert(1)<</script>",
            "<a href='data:text/html,<script>alert(1)</script>'>x</a>", "<b onmouseover=\"alert('attack')\">x</b>",
            "<img src='http://localhost/pixel'>", "</div></div></body><script>alert('attack')</script>",
            "<form><button formaction=javascript:alert(1)>x</button></form>", "<td colspan='\"><script>1</script>'>"):
    display(HTML(bad))
"""  # noqa: E501
