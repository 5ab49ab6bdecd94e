"""A plain folder, told as a repository is: what was found in it, then each save.

How it is used. The folder's memory lives in the database of whoever carries the captures, so that
what was told and what waits to be sent change in one transaction::

    memory.prepare(cursor)                       # tables, in a transaction of yours
    kept = memory.Memory(connection)             # reads; sqlite3, of the thread that follows
    rules = policies.load(root, say=events.warning)
    place = Folder(root, kept, rules, say=events.warning)
    with Teller(place, say=events.warning) as teller:
        for told in running.tellings(place, teller, ending=ending, watch=True):
            if told is not None:                 # None: nothing to tell just now
                with spool.writing() as cursor:
                    …                            # queue what is in `told`, and then
                    told.remember(cursor)

`coulisses_agent.plain` does just that. What is not remembered before the next one is asked for is
found again by the next run.
"""
