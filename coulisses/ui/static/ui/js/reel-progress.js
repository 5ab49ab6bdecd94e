import { read } from "./parts.js";

// A film on its way says how far it is, without the page being loaded anew.
const EVERY = 1500; // milliseconds

class ReelProgress extends HTMLElement {
  connectedCallback() {
    this.timer = setInterval(() => this.look(), EVERY);
  }

  disconnectedCallback() {
    clearInterval(this.timer);
  }

  async look() {
    if (document.visibilityState !== "visible") return;
    const fresh = (await read(location.href))?.querySelector(".reels");
    const shown = this.closest(".reels");
    if (fresh && shown && fresh.textContent !== shown.textContent) shown.replaceWith(document.adoptNode(fresh));
  }
}

customElements.define("reel-progress", ReelProgress);
