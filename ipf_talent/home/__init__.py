"""The front door: landing page, a start page for each role, pages about the site, and the commands that run it."""
