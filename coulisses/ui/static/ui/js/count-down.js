// Says in words how long it is until an hour: in 2 days, in 40 minutes; `late` once it has passed.
// What `ticks` says minutes and seconds of the last hour, in the place of #.
const UNITS = [[48 * 3600, "day", 86400], [2 * 3600, "hour", 3600], [60, "minute", 60]];

class CountDown extends HTMLElement {
  connectedCallback() {
    this.until = new Date(this.getAttribute("until"));
    this.timer = setInterval(() => this.say(), this.hasAttribute("ticks") ? 1000 : 10_000);
    this.say();
  }

  disconnectedCallback() {
    clearInterval(this.timer);
  }

  say() {
    const seconds = (this.until - Date.now()) / 1000;
    if (this.hasAttribute("ticks") && seconds > 0 && seconds < 3600) {
      const left = `${Math.floor(seconds / 60)}:${String(Math.floor(seconds % 60)).padStart(2, "0")}`;
      this.textContent = this.getAttribute("ticks").replace("#", left);
      return;
    }
    const [, unit, size] = UNITS.find(([least]) => seconds >= least) ?? [];
    const words = new Intl.RelativeTimeFormat(document.documentElement.lang, { numeric: "always" });
    this.textContent = unit ? words.format(Math.floor(seconds / size), unit) : this.getAttribute("late");
  }
}

customElements.define("count-down", CountDown);
