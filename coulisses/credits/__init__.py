"""Who took part and how, from real acts, with their consent."""
