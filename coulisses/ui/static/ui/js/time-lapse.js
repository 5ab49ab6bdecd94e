// Plays a file's versions one after the other, in the place of the one that is shown.
const LENGTH = 20000; // milliseconds a long life is told in
const SLOWEST = 900;
const FASTEST = 90;

class TimeLapse extends HTMLElement {
  connectedCallback() {
    this.view = this.closest(".life")?.querySelector(".view img");
    this.frames = [...this.querySelectorAll("[data-picture]")].map((mark) => mark.dataset.picture).filter(Boolean);
    if (!this.view || this.frames.length < 2) return;
    this.button = Object.assign(document.createElement("button"), { type: "button", className: "button ghost small play" });
    this.button.addEventListener("click", () => (this.timer ? this.stop() : this.play()));
    this.told = Object.assign(document.createElement("span"), { className: "quiet" });
    this.told.setAttribute("role", "status");
    const row = Object.assign(document.createElement("p"), { className: "acts" });
    row.append(this.button, this.told);
    this.prepend(row);
    this.stop();
  }

  disconnectedCallback() {
    clearTimeout(this.timer);
  }

  async play() {
    this.button.textContent = this.getAttribute("label-pause");
    this.timer = true;
    this.at = this.at >= this.frames.length - 1 ? 0 : this.at ?? 0;
    await this.show();
  }

  // The next one is fetched before this one goes, so that a slow line slows it and shows no gap.
  async show() {
    const picture = new Image();
    picture.src = this.frames[this.at];
    await picture.decode().catch(() => {});
    if (!this.timer) return;
    this.view.src = picture.src;
    this.told.textContent = this.getAttribute("label-at").replace("{number}", this.at + 1).replace("{count}", this.frames.length);
    if (this.at >= this.frames.length - 1) return this.stop();
    this.at += 1;
    this.timer = setTimeout(() => this.show(), Math.min(SLOWEST, Math.max(FASTEST, LENGTH / this.frames.length)));
  }

  stop() {
    clearTimeout(this.timer);
    this.timer = null;
    this.button.textContent = this.getAttribute("label-play");
  }
}

customElements.define("time-lapse", TimeLapse);
