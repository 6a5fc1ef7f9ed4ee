from .comunes import acceder, ahorra, con_acceso, enlaces_al_terminar, ir_a, por_donde_sigue

__all__ = ["acceder", "ahorra", "con_acceso", "enlaces_al_terminar", "ir_a", "por_donde_sigue"]
