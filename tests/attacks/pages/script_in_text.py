"""Scripts, handlers and javascript: links in a text cell, in HTML and in Markdown."""

HONEST, EARNS = True, 2
MARKDOWN = """
<script>alert("attack")</script><img src=x onerror=alert("attack")>
<a href="javascript:alert('attack')">click</a> [click](javascript:alert('attack'))
<iframe srcdoc="<script>alert('attack')</script>"></iframe> <svg onload="alert('attack')"></svg>
<details open ontoggle="alert('attack')"><summary>x</summary></details>
[x]: javascript:alert('attack')
[click][x] <JaVaScRiPt:alert('attack')> <style>body{display:none}</style><base href="http://localhost/">
<form action="http://localhost/"><input name=q autofocus onfocus=alert('attack')></form>
<math><a xlink:href="javascript:alert('attack')">x</a></math><meta http-equiv="refresh" content="0;url=javascript:1">
<a href="jav&#x09;ascript:alert('attack')">x</a><a href="&#106;avascript:alert('attack')">x</a>
<object data="data:text/html,<script>alert('attack')</script>"></object><embed src="javascript:alert('attack')">
"""  # noqa: E501
