// Asks now and then how much is new, while somebody looks, and sooner where something just moved.
// Nothing new makes it ask less and less: a page left open costs a question every two minutes.
const SOON = 4_000; // milliseconds: what moved becomes a notice within seconds
const FIRST = 15_000;
const LONGEST = 120_000;

class NoticeBell extends HTMLElement {
  #rest = FIRST;
  #timer;
  #due = Infinity;
  #ending;

  connectedCallback() {
    this.#ending = new AbortController();
    const { signal } = this.#ending;
    document.addEventListener("visibilitychange", () => this.#wait(document.hidden ? 0 : 500), { signal });
    document.addEventListener("moved", () => this.#hasten(SOON), { signal });
    this.addEventListener("look", () => this.#wait(300), { signal });
    this.#wait(this.#rest);
  }

  disconnectedCallback() {
    this.#ending.abort();
    clearTimeout(this.#timer);
  }

  #wait(rest) {
    clearTimeout(this.#timer);
    if (!rest || document.hidden) return;
    this.#due = performance.now() + rest;
    this.#timer = setTimeout(() => this.#ask(), rest);
  }

  // Where something moves four times a second the question is not put off each time.
  #hasten(rest) {
    if (performance.now() + rest < this.#due) this.#wait(rest);
  }

  async #ask() {
    this.#due = Infinity;
    try {
      const answer = await fetch("/notices/count", { headers: { Accept: "application/json" } });
      if (answer.status === 401) return; // whoever it was has left
      if (answer.ok) this.#show((await answer.json()).count);
    } catch { /* no connection: it is asked again */ }
    this.#hasten(this.#rest);
  }

  #show(count) {
    const line = this.querySelector("[data-unread]");
    const words = count > 99 ? "99+" : `${count}`;
    this.#rest = line.textContent === words ? Math.min(this.#rest * 2, LONGEST) : FIRST;
    line.textContent = words;
    line.hidden = !count;
  }
}

customElements.define("notice-bell", NoticeBell);
