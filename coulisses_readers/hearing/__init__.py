"""How sound is decoded, measured and made ready to be listened to.

A package, so that `registry` does not load it with the readers: PyAV is for the child alone.
"""
