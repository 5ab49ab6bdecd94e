import { EmbedFrame } from "./embed-frame.js";

// The newest of a work's log.
class EmbedLog extends EmbedFrame {
  take(type, content) {
    if (type === "reset" || type === "past") return this.readAnew();
    const entry = content.querySelector(".entry");
    if (!entry || document.getElementById(entry.id)) return;
    if (entry.hasAttribute("data-changes") || entry.hasAttribute("data-over")) return this.readAnew();
    if (entry.classList.contains("is-quiet") || entry.dataset.kind === "curtained") return;
    this.put(content);
  }
}

customElements.define("embed-log", EmbedLog);
