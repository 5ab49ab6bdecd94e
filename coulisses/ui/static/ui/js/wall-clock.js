// What is left of a phase: minutes and seconds until it ends; stopped, what it had left; up, its word.
class WallClock extends HTMLElement {
  static observedAttributes = ["until", "left"];

  connectedCallback() {
    this.timer = setInterval(() => this.say(), 500);
    this.say();
  }

  disconnectedCallback() {
    clearInterval(this.timer);
  }

  attributeChangedCallback() {
    if (this.timer) this.say();
  }

  // Of a clock that stands still, `left` are milliseconds; of one that runs, `until` is its end. Without either there is none.
  get seconds() {
    if (this.hasAttribute("left")) return Number(this.getAttribute("left")) / 1000;
    return (new Date(this.getAttribute("until") ?? "none") - Date.now()) / 1000;
  }

  say() {
    const { seconds } = this;
    if (Number.isNaN(seconds)) return;
    this.classList.toggle("is-up", seconds <= 0);
    const whole = Math.ceil(Math.max(0, seconds));
    const parts = [Math.floor(whole / 3600), Math.floor(whole / 60) % 60, whole % 60].slice(whole < 3600 ? 1 : 0);
    const said = parts.map((one) => String(one).padStart(2, "0")).join(":");
    if (this.textContent !== said) this.textContent = said;
  }
}

customElements.define("wall-clock", WallClock);
