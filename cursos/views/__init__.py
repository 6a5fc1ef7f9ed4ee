from .comunes import acceder, con_acceso, enlaces_al_terminar, ir_a, por_donde_sigue

__all__ = ["acceder", "con_acceso", "enlaces_al_terminar", "ir_a", "por_donde_sigue"]
