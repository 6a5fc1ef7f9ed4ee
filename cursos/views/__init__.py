from .aula import enlaces_al_terminar

__all__ = ["enlaces_al_terminar"]
