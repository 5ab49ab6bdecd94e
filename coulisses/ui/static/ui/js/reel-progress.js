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
    const answer = await fetch(location.href);
    if (!answer.ok) return;
    const fresh = new DOMParser().parseFromString(await answer.text(), "text/html").querySelector(".reels");
    if (fresh) this.closest(".reels")?.replaceWith(document.adoptNode(fresh));
  }
}

customElements.define("reel-progress", ReelProgress);
