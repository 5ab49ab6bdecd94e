import { Stream } from "./stream.js";

// A wall on somebody else's page: what is thrown comes in on top; what changes the rest has the frame read
// anew, each in its time.
const WITHIN = 8000; // milliseconds over which the frames of all readers spread their reading

class EmbedWall extends HTMLElement {
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
    if (type !== "idea.thrown") return this.readAnew();
    const template = document.createElement("template");
    template.innerHTML = data;
    const idea = template.content.querySelector(".idea");
    const [words, by] = [".words", ".by"].map((part) => idea?.querySelector(part));
    if (!words || this.list.querySelector(`[data-position="${idea.dataset.position}"]`)) return;
    const item = Object.assign(document.createElement("li"), { className: "chit is-arriving" });
    item.dataset.position = idea.dataset.position;
    const foot = document.createElement("footer");
    if (by) foot.append(by);
    item.append(words, foot);
    this.list.prepend(item);
    this.querySelector(":scope > p")?.remove();
    while (this.list.children.length > Number(this.getAttribute("most"))) this.list.lastElementChild.remove();
  }

  readAnew() {
    this.timer ??= setTimeout(() => location.reload(), 500 + Math.random() * WITHIN);
  }
}

customElements.define("embed-wall", EmbedWall);
