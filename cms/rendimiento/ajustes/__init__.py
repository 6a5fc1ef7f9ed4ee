"""The two ways of serving, as they are, with the floor beside the site. Nobody serves people with these."""

# Of ``piso``, that cannot be imported before the settings are read.
APARTE, CUENTA = "cms.rendimiento.piso.Aparte", "cms.rendimiento.piso.CuentaDeDjango"
LEER, ESCRIBIR = "/piso", "/piso-de-escritura"
