"""A page as a browser reads it: where a template breaks its lines is nobody's business."""

from __future__ import annotations

import re

# What stands at the edge of these is not shown.
CON_BORDE = r"(?:a|button|caption|dd|dt|h[1-6]|label|li|option|p|strong|summary|td|th)"


def plano(html: str) -> str:
    """White space folded to one, and none inside the edges of a line, a link or a button."""
    html = re.sub(rf"(<{CON_BORDE}\b[^>]*>)\s+", r"\1", " ".join(html.split()))
    return re.sub(rf"\s+(</{CON_BORDE}>)", r"\1", html)
