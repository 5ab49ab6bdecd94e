"""The API: what programs tell and read, as JSON over HTTP."""
