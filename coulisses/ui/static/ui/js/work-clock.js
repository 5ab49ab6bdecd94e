// Says how long a session has run, as clocks on a stage do: 00:42:18.
class WorkClock extends HTMLElement {
  connectedCallback() {
    this.time = this.querySelector("time");
    if (!this.time) return;
    this.began = new Date(this.time.dateTime);
    this.time.title ||= this.time.textContent;
    this.timer = setInterval(() => this.say(), 1000);
    this.say();
  }

  disconnectedCallback() {
    clearInterval(this.timer);
  }

  say() {
    const seconds = Math.max(0, Math.floor((Date.now() - this.began) / 1000));
    const parts = [Math.floor(seconds / 3600), Math.floor(seconds / 60) % 60, seconds % 60];
    this.time.textContent = parts.map((part) => String(part).padStart(2, "0")).join(":");
  }
}

customElements.define("work-clock", WorkClock);
