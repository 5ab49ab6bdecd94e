"""A plain folder, told as a repository is: what was found in it, then each save.

How it is used. The folder's memory lives in the database of whoever carries the captures, so that
what was told and what waits to be sent change in one transaction::

    memory.prepare(cursor)                       # tables, in a transaction of yours
    kept = memory.Memory(connection)             # reads; sqlite3, of the thread that follows
    place = Folder(Path("lamp"), kept, rules.load(Path("lamp")), say=events.warning)
    with Teller(place, say=events.warning) as teller:
        for told in running.tellings(place, teller, ending=ending, watch=True):
            with spool.writing() as cursor:
                for one in told.captures:
                    spool.put(cursor, one.capture, policy=one.policy, delay=one.delay)
                for shown in told.previews:
                    spool.put_preview(cursor, shown.version, shown.facts, shown.files)
                told.remember(cursor)

What is not remembered before the next one is asked for is found again by the next run. `told.held`
lists what was held back and why, as {"path", "reason"}.
"""
