"""An address as a picture that a phone can read."""

import segno
from markupsafe import Markup


def picture(address: str, title: str) -> Markup:
    """
    The address as an SVG element without styles, black on white with the quiet zone that readers need.

    Args:
        title: what screen readers say of it.
    """
    code = segno.make(address, error="m", micro=False)
    drawn = code.svg_inline(border=4, dark="#000", light="#fff", svgclass="plan-qr", lineclass=None, title=title, omitsize=True)
    return Markup(drawn.replace("<svg ", '<svg role="img" ', 1))  # noqa: S704 drawn by the library, which escapes the title
