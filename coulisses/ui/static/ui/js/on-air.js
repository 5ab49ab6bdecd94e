import { inTurn, isWritten, read } from "./parts.js";
import { Stream } from "./stream.js";

// What a page says of a session follows it: this part is read anew when something is told of sessions.
// On a page without a log it listens by itself; one that waits (`waits`) begins anew as a whole.
class OnAir extends HTMLElement {
  connectedCallback() {
    this.reading = inTurn(() => this.refresh());
    this.hear = ({ detail }) => this.told(detail.kind);
    document.addEventListener("told", this.hear);
    if (!this.hasAttribute("src") || this.stream) return;
    this.stream = Stream.of(this, ({ type }) => this.told(type));
    this.stream.open();
    for (const promise of this.querySelectorAll("[data-waits]")) promise.hidden = false;
  }

  disconnectedCallback() {
    document.removeEventListener("told", this.hear);
    this.stream?.close();
    this.stream = null;
  }

  told(kind) {
    const isOurs = kind?.startsWith("session.") || kind === "reset";
    if (!isOurs) return;
    if (this.hasAttribute("waits")) location.reload();
    else this.reading.go();
  }

  async refresh() {
    const fresh = (await read(location.href))?.getElementById(this.id);
    // What somebody is writing here is not taken away from under their hands.
    if (!fresh || isWritten(this) || this.matches(":active, :has(input:focus)")) return;
    this.replaceChildren(...[...fresh.childNodes].map((one) => document.adoptNode(one)));
  }
}

customElements.define("on-air", OnAir);
