"""Headers of what is served from /static, in both profiles: inert, whatever it holds, also opened by itself."""

from __future__ import annotations

from wsgiref.headers import Headers

CSP = "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"


def cerrar(cabeceras: Headers, _ruta: str, _direccion: str) -> None:
    """A drawing may carry its own style; no file runs anything, nor is it held in the frame of another site."""
    cabeceras["Content-Security-Policy"] = CSP
    cabeceras["X-Content-Type-Options"] = "nosniff"
    cabeceras["Cross-Origin-Resource-Policy"] = "same-origin"
