"""A long list in the background, a lot at a time: asked for, done, stopped, gone on with."""
