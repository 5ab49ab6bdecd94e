import { inTurn, read } from "./parts.js";

// Over a stream: whatever moves in the work, in the room or beside them, what is shown is read anew.
const REST = 300; // milliseconds between two readings
const MOST = 86_400_000; // milliseconds that a browser is asked to wait: a page over a stream is not open for longer

class OverStage extends HTMLElement {
  connectedCallback() {
    this.reading = inTurn(() => this.readAnew(), () => Math.max(0, this.readAt + REST - Date.now()));
    this.streams = ["work", "room"].map((name) => this.follow(this.getAttribute(name)));
    this.readAt = 0;
    this.look();
  }

  disconnectedCallback() {
    for (const one of this.streams) one.close();
    this.reading.end();
    clearTimeout(this.change);
  }

  // What changes by itself, as a vote whose hour comes, is read anew then.
  look() {
    clearTimeout(this.change);
    const hours = [...this.querySelectorAll("[data-until]")].map(({ dataset }) => Date.parse(dataset.until) - Date.now());
    const next = Math.min(...hours.filter((left) => left > 0));
    if (next < MOST) this.change = setTimeout(() => this.reading.ask(), next + REST);
  }

  follow(address) {
    const stream = new EventSource(address);
    const kinds = this.getAttribute("kinds").split(" ");
    for (const kind of [...kinds, "moved", "reset", "past", "open"]) stream.addEventListener(kind, () => this.reading.ask());
    return stream;
  }

  async readAnew() {
    this.readAt = Date.now();
    const fresh = (await read(location.href))?.getElementById("over");
    const shown = document.getElementById("over");
    if (fresh && fresh.innerHTML !== shown.innerHTML) shown.replaceWith(document.adoptNode(fresh));
    this.look();
  }
}

customElements.define("over-stage", OverStage);
