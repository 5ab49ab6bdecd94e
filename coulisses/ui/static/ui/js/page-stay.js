// Says once, as a page is left, for about how long it was in view: a number of seconds, and nothing else.
const LENGTHS = [600, 300, 120, 60, 30, 15, 5];

class PageStay extends HTMLElement {
  connectedCallback() {
    if (navigator.globalPrivacyControl || navigator.doNotTrack === "1") return;
    this.since = document.hidden ? null : performance.now();
    this.look = () => (document.hidden ? this.say() : (this.since ??= performance.now()));
    this.leave = () => this.say();
    document.addEventListener("visibilitychange", this.look);
    addEventListener("pagehide", this.leave);
  }

  disconnectedCallback() {
    document.removeEventListener("visibilitychange", this.look);
    removeEventListener("pagehide", this.leave);
  }

  say() {
    if (this.since === null) return;
    const seconds = (performance.now() - this.since) / 1000;
    const length = LENGTHS.find((one) => seconds >= one);
    if (length) navigator.sendBeacon(location.pathname.replace(/\/?$/, "/stay"), String(length));
    this.disconnectedCallback();
  }
}

customElements.define("page-stay", PageStay);
