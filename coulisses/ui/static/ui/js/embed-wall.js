import { EmbedFrame } from "./embed-frame.js";

// The newest ideas of a wall.
class EmbedWall extends EmbedFrame {
  take(type, content) {
    if (type !== "idea.thrown") return this.readAnew();
    const idea = content.querySelector(".idea");
    const [words, by] = [".words", ".by"].map((part) => idea?.querySelector(part));
    if (!words || this.list.querySelector(`[data-position="${idea.dataset.position}"]`)) return;
    const foot = document.createElement("footer");
    if (by) foot.append(by);
    const item = this.put(words, foot);
    item.classList.add("chit");
    item.dataset.position = idea.dataset.position;
  }
}

customElements.define("embed-wall", EmbedWall);
