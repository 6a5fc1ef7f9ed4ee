"""Acts on people, seats and access."""
