// Replays a session: its entries one after the other, as far apart as they were, only faster.
const FASTEST = 900; // milliseconds each is looked at …
const SLOWEST = 5000; // … and the longest that a silence is waited out

class SessionReplay extends HTMLElement {
  connectedCallback() {
    this.controls = this.querySelector("[data-controls]");
    this.items = [...this.querySelectorAll("ol.cues > li[data-seconds]")];
    if (!this.controls || this.items.length < 2 || !this.controls.hidden) return;
    [this.button, this.whole] = this.controls.querySelectorAll("button");
    this.speed = this.controls.querySelector("select");
    this.said = this.controls.querySelector("[role=status]");
    this.scrubber = this.querySelector("log-scrubber");
    this.button.addEventListener("click", () => (this.timer ? this.pause() : this.play()));
    this.whole.addEventListener("click", () => this.leave());
    this.addEventListener("chosen", (event) => this.choose(event));
    this.addEventListener("keydown", (event) => this.press(event));
    this.controls.hidden = false;
    this.leave();
  }

  disconnectedCallback() {
    clearTimeout(this.timer);
  }

  get isReplaying() {
    return this.hasAttribute("replaying");
  }

  play() {
    const isAtEnd = this.at === undefined || this.at >= this.items.length - 1;
    this.show(isAtEnd ? 0 : this.at);
    this.button.textContent = this.getAttribute("label-pause");
    this.go();
  }

  go() {
    const [here, next] = [this.items[this.at], this.items[this.at + 1]];
    if (!next) return this.pause();
    for (const picture of next.querySelectorAll("img")) picture.loading = "eager";
    const between = (next.dataset.seconds - here.dataset.seconds) / Number(this.speed.value);
    this.timer = setTimeout(() => {
      this.show(this.at + 1);
      this.go();
    }, Math.min(SLOWEST, Math.max(FASTEST, between * 1000)));
  }

  pause() {
    clearTimeout(this.timer);
    this.timer = null;
    this.button.textContent = this.getAttribute("label-play");
  }

  leave() {
    this.pause();
    this.at = undefined;
    this.removeAttribute("replaying");
    this.whole.hidden = true;
    this.said.textContent = "";
  }

  show(at) {
    this.at = Math.max(0, Math.min(this.items.length - 1, at));
    this.setAttribute("replaying", "");
    this.whole.hidden = false;
    for (const [place, item] of this.items.entries()) {
      item.classList.toggle("is-on", place === this.at);
      item.classList.toggle("is-arriving", place === this.at);
    }
    const seconds = Number(this.items[this.at].dataset.seconds);
    this.scrubber?.go?.(0.6 + 98.8 * Math.min(1, seconds / Number(this.getAttribute("seconds"))));
    this.said.textContent = this.getAttribute("label-at").replace("{at}", clock(seconds)).replace("{number}", this.at + 1).replace("{count}", this.items.length);
  }

  step(to) {
    const wasPlaying = this.timer;
    this.pause();
    this.show(to);
    if (wasPlaying) this.play();
  }

  // A mark of the strip leads to its entry in the list; while it is replayed, to its place there.
  choose(event) {
    if (!this.isReplaying) return;
    const at = this.items.findIndex((item) => item.querySelector(event.detail.href));
    if (at < 0) return;
    event.preventDefault();
    this.step(at);
  }

  press(event) {
    if (!this.isReplaying || event.target !== this.button) return;
    if (event.key === "ArrowRight") this.step(this.at + 1);
    else if (event.key === "ArrowLeft") this.step(this.at - 1);
    else if (event.key === "Escape") this.leave();
    else return;
    event.preventDefault();
  }
}

function clock(seconds) {
  const [hours, minutes] = [Math.floor(seconds / 3600), Math.floor(seconds / 60) % 60];
  return `${hours}:${String(minutes).padStart(2, "0")}:${String(seconds % 60).padStart(2, "0")}`;
}

customElements.define("session-replay", SessionReplay);
