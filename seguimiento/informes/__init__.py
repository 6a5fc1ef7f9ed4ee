"""Reports as they are asked for: what one is, where its rows come from, and the files they become.

The screen and the files read the same rows, through the same function: what one says, all of them say.
"""
