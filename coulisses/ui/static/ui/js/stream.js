// One event stream per project for all tabs of a browser, since HTTP/1.1 has six connections to give.
// The tab that was looked at last holds the stream and passes on what it hears; a hidden tab lets go,
// and catches up from its own cursor when it is looked at again.
const PATIENCE = 60; // milliseconds other tabs have to say where they stand
const AGAIN = 5000; // … after which a house that refused a stream is asked again, less and less often
const MOST = 300_000;

export class Stream {
  // The stream that an element names by its attributes, from the place on that its page shows.
  static of(element, tell) {
    const [source, kinds, cursor, position] = ["src", "kinds", "cursor", "position"].map((name) => element.getAttribute(name));
    return new Stream(source, { kinds: kinds.split(" "), cursor, position: Number(position), tell });
  }

  constructor(source, { kinds, cursor, position, tell }) {
    Object.assign(this, { source: new URL(source, location.href), kinds, cursor, position, tell });
    this.onVisible = () => (document.visibilityState === "visible" ? this.hold(true) : this.release());
  }

  open() {
    // A frame elsewhere has an origin that is nobody's: it shares with no tab, and has no locks.
    if ("BroadcastChannel" in window && self.origin !== "null") {
      this.channel = new BroadcastChannel(`live ${this.source.pathname}`);
      this.channel.onmessage = ({ data }) => this.receive(data);
    }
    document.addEventListener("visibilitychange", this.onVisible);
    addEventListener("pagehide", () => this.close(), { once: true });
    addEventListener("pageshow", (event) => event.persisted && this.open(), { once: true });
    this.onVisible();
  }

  close() {
    document.removeEventListener("visibilitychange", this.onVisible);
    this.release();
    this.channel?.close();
    this.channel = null;
  }

  // Locks exist on secure pages only; elsewhere each tab that is looked at has its own stream.
  async hold(steal) {
    if (this.events || this.waiting) return;
    if (!navigator.locks || !this.channel) return this.listen();
    this.waiting = new AbortController();
    const options = steal ? { steal } : { signal: this.waiting.signal };
    try {
      await navigator.locks.request(`live ${this.source.pathname}`, options, async () => {
        await this.gather();
        if (document.visibilityState !== "visible" || !this.channel) return; // hidden, or closed, meanwhile
        this.listen();
        await new Promise((done) => { this.done = done; });
      });
    } catch {
      // Another tab took the lock, or this one stopped waiting for it.
    }
    this.stop();
    if (document.visibilityState === "visible" && this.channel) this.hold(false);
  }

  release() {
    this.waiting?.abort();
    this.stop();
  }

  stop() {
    clearTimeout(this.timer);
    this.events?.close();
    this.events = this.waiting = null;
    this.done?.();
  }

  // Begin where the hindmost tab stands, so that none misses what was told during the change.
  async gather() {
    this.hindmost = { position: this.position, cursor: this.cursor };
    this.channel.postMessage({ ask: true });
    await new Promise((done) => { setTimeout(done, PATIENCE); });
  }

  listen() {
    if (this.events || document.visibilityState !== "visible") return;
    const { cursor } = this.hindmost ?? this;
    this.hindmost = null;
    if (cursor) this.source.searchParams.set("after", cursor);
    this.events = new EventSource(this.source);
    // A line that breaks is mended by the browser; an answer that is no stream, as of a house that is being
    // started behind another server, is not.
    this.events.addEventListener("error", ({ target }) => {
      if (target.readyState !== EventSource.CLOSED || target !== this.events) return;
      this.events = null;
      this.rest = Math.min(2 * (this.rest ?? AGAIN), MOST);
      this.timer = setTimeout(() => this.listen(), this.rest * Math.random());
    });
    // What moved while nobody listened has no place in the log: whoever shows it asks anew.
    this.events.addEventListener("open", () => {
      if (this.wasOpen) this.pass({ type: "rejoined" });
      this.wasOpen = true;
      this.rest = AGAIN;
    });
    for (const type of [...this.kinds, "entry.curtained", "past", "reset", "presence", "moved"]) {
      this.events.addEventListener(type, ({ data, lastEventId }) => {
        this.pass({ type, data, cursor: lastEventId, position: place(data) });
      });
    }
  }

  pass(message) {
    this.channel?.postMessage({ message });
    this.accept(message);
  }

  receive({ ask, stand, message }) {
    if (ask && document.visibilityState === "visible") this.channel.postMessage({ stand: { position: this.position, cursor: this.cursor } });
    if (stand && this.hindmost && stand.position < this.hindmost.position) this.hindmost = stand;
    if (message) this.accept(message);
  }

  accept(message) {
    // A hidden tab stays where it is: it reads on from there when it is looked at.
    if (document.visibilityState !== "visible") return;
    if (message.position && message.position <= this.position) return;
    if (message.position) this.position = message.position;
    if (!isSignal(message) && message.cursor) this.cursor = message.cursor;
    this.tell(message);
  }
}

// All elements of a page follow totals by one event of its document.
export function tellMoved(data) {
  document.dispatchEvent(new CustomEvent("moved", { detail: JSON.parse(data) }));
}

function isSignal({ type }) {
  return type === "presence" || type === "moved";
}

function place(data) {
  return Number(/data-position="(\d+)"/.exec(data)?.[1] ?? 0);
}
