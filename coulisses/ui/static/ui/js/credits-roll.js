// Rolls the credits: a button sets the page going, at the pace of reading; whoever touches it stops it.
const PACE = 55; // pixels a second
const STOPS = ["wheel", "touchstart", "keydown", "pointerdown"];

class CreditsRoll extends HTMLElement {
  connectedCallback() {
    if (matchMedia("(prefers-reduced-motion: reduce)").matches) return;
    this.button = document.createElement("button");
    this.button.type = "button";
    this.button.className = "button ghost roll";
    this.button.textContent = this.dataset.roll;
    this.button.addEventListener("click", () => (this.frame ? this.stop() : this.roll()));
    this.prepend(this.button);
    this.stopped = (event) => this.button.contains(event.target) || this.stop();
    if (location.hash === "#roll") this.roll();
  }

  disconnectedCallback() {
    this.stop();
  }

  roll() {
    this.screen = this.querySelector(".screen");
    this.button.textContent = this.dataset.stop;
    this.at = scrollY;
    this.before = performance.now();
    for (const one of STOPS) addEventListener(one, this.stopped, { passive: true });
    this.frame = requestAnimationFrame((now) => this.step(now));
  }

  step(now) {
    this.at += ((now - this.before) / 1000) * PACE;
    this.before = now;
    scrollTo({ top: this.at, behavior: "instant" });
    if (this.screen.getBoundingClientRect().bottom < innerHeight) return this.stop();
    this.frame = requestAnimationFrame((next) => this.step(next));
  }

  stop() {
    cancelAnimationFrame(this.frame);
    this.frame = 0;
    for (const one of STOPS) removeEventListener(one, this.stopped);
    if (this.button) this.button.textContent = this.dataset.roll;
  }
}

customElements.define("credits-roll", CreditsRoll);
