import { follow, inTurn, later, read, swap } from "./parts.js";
import { Stream, tellMoved } from "./stream.js";

// An entry's page, left open: what is told of it, and what rooms put under it, comes in by itself.
class LiveEntry extends HTMLElement {
  connectedCallback() {
    this.followers = 0;
    this.reading = inTurn(() => this.readAnew(), () => later(this.followers));
    this.heard = ({ detail }) => this.has(detail) && this.reading.ask();
    document.addEventListener("heard", this.heard);
    this.stream = Stream.of(this, (message) => this.hear(message));
    this.stream.open();
  }

  disconnectedCallback() {
    document.removeEventListener("heard", this.heard);
    this.reading.end();
    this.stream?.close();
  }

  hear({ type, data }) {
    if (type === "presence") this.followers = JSON.parse(data).count;
    else if (type === "moved") tellMoved(data);
    else if (type === "rejoined" || type === "reset" || type === "past") this.rejoin();
    else if (this.isMeant(data)) this.reading.ask();
  }

  rejoin() {
    document.dispatchEvent(new Event("rejoined"));
    this.reading.ask();
  }

  // What is told of this entry, or leads to it: what settles a doubt says so of both.
  isMeant(data) {
    const number = this.getAttribute("entry");
    return data.includes(`data-about="${number}"`) || data.includes(`href="${this.getAttribute("base")}${number}"`);
  }

  // Of what is said in the room, words come in by themselves; that one may not speak here does not.
  has({ kind, data }) {
    return kind.startsWith("thread.") && data.includes(`href="${this.getAttribute("base")}${this.getAttribute("entry")}"`);
  }

  async readAnew() {
    const page = await read(location.href, { isKnown: this.hasAttribute("known") });
    const id = `cue-${this.getAttribute("entry")}`;
    const [card, fresh] = [document.getElementById(id), page?.getElementById(id)];
    if (!card || !fresh) return;
    follow(card, fresh);
    swap(card, fresh);
  }
}

customElements.define("live-entry", LiveEntry);
