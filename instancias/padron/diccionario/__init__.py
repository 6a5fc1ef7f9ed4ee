"""How lists write what they name: seats, places, first names, and the words that people have explained."""
