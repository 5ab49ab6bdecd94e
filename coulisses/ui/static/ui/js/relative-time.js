import { absolute, coming, precise } from "./times.js";

// The bytes of a page carry absolute times in UTC, since they are kept for everybody; the browser says
// "two minutes ago", or the hour where the reader is.
const STEPS = [[60, "second"], [3600, "minute"], [86400, "hour"], [604800, "day"]];
const SIZE = { second: 1, minute: 60, hour: 3600, day: 86400 };
const shown = new Set();

class RelativeTime extends HTMLElement {
  connectedCallback() {
    this.time = this.querySelector("time");
    if (!this.time) return;
    this.at = new Date(this.time.dateTime);
    this.time.title ||= precise(this.at);
    shown.add(this);
    this.say();
  }

  disconnectedCallback() {
    shown.delete(this);
  }

  say() {
    const ago = (Date.now() - this.at) / 1000;
    const [, unit] = STEPS.find(([limit]) => ago < limit) ?? [];
    const words = new Intl.RelativeTimeFormat(document.documentElement.lang, { numeric: "auto", style: "short" });
    if (ago <= -60) this.time.textContent = coming(this.at);
    else this.time.textContent = unit ? words.format(-Math.max(0, Math.floor(ago / SIZE[unit])), unit) : absolute(this.at);
  }
}

setInterval(() => { for (const one of shown) one.say(); }, 20_000);
customElements.define("relative-time", RelativeTime);
