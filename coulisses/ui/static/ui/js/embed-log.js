import { Stream } from "./stream.js";

// On somebody else's page: what is told comes in on top, and the oldest goes. The frame may read
// nothing else of the house, so that what changes an entry has the frame read anew, each in its time.
const WITHIN = 8000; // milliseconds over which the frames of all readers spread their reading

class EmbedLog extends HTMLElement {
  connectedCallback() {
    this.list = this.querySelector("ol.cues");
    this.stream = Stream.of(this, (message) => this.hear(message));
    this.stream.open();
  }

  disconnectedCallback() {
    this.stream?.close();
    clearTimeout(this.timer);
  }

  hear({ type, data }) {
    if (type === "presence" || type === "moved" || type === "rejoined") return;
    if (type === "reset" || type === "past") return this.readAnew();
    const template = document.createElement("template");
    template.innerHTML = data;
    const entry = template.content.querySelector(".entry");
    if (!entry || document.getElementById(entry.id)) return;
    if (entry.hasAttribute("data-changes") || entry.hasAttribute("data-over")) return this.readAnew();
    if (entry.classList.contains("is-quiet") || entry.dataset.kind === "curtained") return;
    const item = Object.assign(document.createElement("li"), { className: "is-arriving" });
    item.append(template.content);
    this.list.prepend(item);
    this.querySelector(":scope > p")?.remove();
    while (this.list.children.length > Number(this.getAttribute("most"))) this.list.lastElementChild.remove();
  }

  readAnew() {
    this.timer ??= setTimeout(() => location.reload(), Math.random() * WITHIN);
  }
}

customElements.define("embed-log", EmbedLog);
