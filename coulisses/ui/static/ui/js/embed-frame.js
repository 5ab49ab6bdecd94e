import { Stream } from "./stream.js";

// On somebody else's page: what is told comes in on top, and the oldest goes. The frame may read nothing
// else of the house, so that what changes the rest has the frame read anew, each in its time.
const WITHIN = 8000; // milliseconds over which the frames of all readers spread their reading

export class EmbedFrame extends HTMLElement {
  connectedCallback() {
    this.list = this.querySelector("ol");
    this.stream = Stream.of(this, (message) => this.hear(message));
    this.stream.open();
  }

  disconnectedCallback() {
    this.stream?.close();
    clearTimeout(this.timer);
  }

  hear({ type, data }) {
    if (type === "presence" || type === "moved" || type === "rejoined") return;
    const template = document.createElement("template");
    template.innerHTML = data;
    this.take(type, template.content);
  }

  put(...parts) {
    const item = Object.assign(document.createElement("li"), { className: "is-arriving" });
    item.append(...parts);
    this.list.prepend(item);
    this.querySelector(":scope > p")?.remove();
    while (this.list.children.length > Number(this.getAttribute("most"))) this.list.lastElementChild.remove();
    return item;
  }

  readAnew() {
    this.timer ??= setTimeout(() => location.reload(), 500 + Math.random() * WITHIN);
  }
}
