import { inTurn, isInUse, later, read } from "./parts.js";
import { Stream } from "./stream.js";

// A part of a page that becomes what it is when the page is read again: the names of what moves it are
// those of signals (`moves`), or kinds of entries that begin so (`tells`).
class LivePart extends HTMLElement {
  connectedCallback() {
    this.followers = 0;
    this.reading = inTurn(() => this.readAnew(), () => later(this.followers));
    this.stream = Stream.of(this, (message) => this.hear(message));
    this.stream.open();
  }

  disconnectedCallback() {
    this.reading.end();
    this.stream?.close();
  }

  hear({ type, data }) {
    if (type === "presence") this.followers = JSON.parse(data).count;
    else if (type === "moved" ? JSON.parse(data)[this.getAttribute("moves")] : this.isMeant(type)) this.reading.ask();
  }

  isMeant(type) {
    return type.startsWith(this.getAttribute("tells")) || ["reset", "past", "rejoined"].includes(type);
  }

  async readAnew() {
    const page = await read(location.href, { isKnown: this.hasAttribute("known") });
    const fresh = page?.getElementById(this.id);
    if (!fresh) return;
    if (isInUse(this)) return this.addEventListener("focusout", () => this.reading.ask(), { once: true });
    // What rolls goes on rolling: it is filled, not replaced.
    const [old, made] = [this, fresh].map((one) => one.querySelector("[data-fills]") ?? one);
    const parts = old === this || made === fresh ? [this, fresh] : [old, made];
    if (parts[0].textContent === parts[1].textContent) return;
    parts[0].replaceChildren(...[...parts[1].childNodes].map((one) => document.adoptNode(one)));
  }
}

customElements.define("live-part", LivePart);
