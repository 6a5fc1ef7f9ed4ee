from instancias.errores import ErrorDeDominio


class CursoError(ErrorDeDominio):
    """A rule of the courses was not met."""
