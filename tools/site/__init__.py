"""The chapter as a static site that needs nothing installed: JupyterLite with Python in the browser.

wheels.py    the Python packages that the browser gets, packed from this environment
pyodide.py   Python itself: from its CDN, or from a folder that was downloaded
site.py      puts JupyterLite, lessons, packages and our own pages together
pages/       our own pages: start page, what a lesson's page is told, service worker
"""
