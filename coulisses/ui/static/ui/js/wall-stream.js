import { Stream } from "./stream.js";

// One stream for all that stands on a page of a brainstorm. What comes in is handed to whoever listens on
// the page: "heard" {kind, data} for what was said, "moved" for totals, "presence" {count} for how many
// are here, "rejoined" where something may have been missed.
class WallStream extends HTMLElement {
  connectedCallback() {
    this.stream = Stream.of(this, (message) => this.hear(message));
    this.stream.open();
  }

  disconnectedCallback() {
    this.stream?.close();
  }

  hear({ type, data }) {
    if (type === "moved" || type === "presence") return tell(type, JSON.parse(data));
    if (["rejoined", "reset", "past"].includes(type)) return tell("rejoined", { type });
    tell("heard", { kind: type, data });
  }
}

function tell(type, detail) {
  document.dispatchEvent(new CustomEvent(type, { detail }));
}

customElements.define("wall-stream", WallStream);
