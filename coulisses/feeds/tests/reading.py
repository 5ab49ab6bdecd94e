"""How these tests read feeds: as a reader's own program does."""

import feedparser


def atom(client, address):
    """Return an Atom feed, and what it leads to."""
    response = client.get(address)
    assert response.status_code == 200, address
    assert response["Content-Type"].startswith("application/atom+xml")
    feed = feedparser.parse(response.content)
    assert not feed.bozo, feed.get("bozo_exception")
    return feed


def json(client, address):
    """Return a JSON feed that has what its version asks for."""
    response = client.get(address)
    assert response.status_code == 200, address
    assert response["Content-Type"].startswith("application/feed+json")
    feed = response.json()
    assert feed["version"] == "https://jsonfeed.org/version/1.1" and feed["title"]
    assert all({"id", "url", "content_html"} <= set(one) for one in feed["items"])
    return feed


def leads(feed):
    """Return where a feed leads, by relation."""
    return {one["rel"]: one["href"] for one in feed.feed.links}


def positions(feed):
    """Return the numbers of an Atom feed's entries."""
    return [int(one.id.rpartition(":")[2]) for one in feed.entries]
