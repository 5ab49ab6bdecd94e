// Says in words how long it is until an hour: in 2 days, in 40 minutes; `late` once it has passed.
const UNITS = [[48 * 3600, "day", 86400], [2 * 3600, "hour", 3600], [60, "minute", 60]];

class CountDown extends HTMLElement {
  connectedCallback() {
    this.until = new Date(this.getAttribute("until"));
    this.timer = setInterval(() => this.say(), 10_000);
    this.say();
  }

  disconnectedCallback() {
    clearInterval(this.timer);
  }

  say() {
    const seconds = (this.until - Date.now()) / 1000;
    const [, unit, size] = UNITS.find(([least]) => seconds >= least) ?? [];
    const words = new Intl.RelativeTimeFormat(document.documentElement.lang, { numeric: "always" });
    this.textContent = unit ? words.format(Math.floor(seconds / size), unit) : this.getAttribute("late");
  }
}

customElements.define("count-down", CountDown);
