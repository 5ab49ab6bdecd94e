"""The agent as a service of its machine: started when its owner signs in, again when it falls.

Each system has a module that spells a Service as the file it wants, and says what to type next.
No file holds the token: that stays in the spool.
"""
