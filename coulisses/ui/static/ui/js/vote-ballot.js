import { Stream, tellMoved } from "./stream.js";

const REST = 2000; // milliseconds between two looks at totals, at least; all who look do so at other times

// A ballot sends itself without leaving the page, says how many have voted, and shows the end by itself.
class VoteBallot extends HTMLElement {
  connectedCallback() {
    this.hear = ({ detail }) => this.moved(detail.decisions?.[this.getAttribute("position")]);
    document.addEventListener("moved", this.hear);
    this.addEventListener("submit", this.send);
    this.addEventListener("change", this.place);
    this.upgrade();
    if (!this.isAwaited || document.querySelector("live-log, live-entry")) return;
    // Behind every other tab: one that reads the log never begins where this one stands.
    this.stream = new Stream(this.getAttribute("live"), {
      kinds: [],
      position: Number.MAX_SAFE_INTEGER,
      tell: ({ type, data }) => type === "moved" && tellMoved(data),
    });
    this.stream.open();
  }

  disconnectedCallback() {
    document.removeEventListener("moved", this.hear);
    this.stream?.close();
    clearTimeout(this.turn);
  }

  // Whether it changes by itself: while one votes, and until the makers have answered.
  get isAwaited() {
    return this.hasAttribute("open") || this.hasAttribute("waits");
  }

  // A page's secret, so that a vote whose answer was lost is not counted twice.
  get once() {
    this.secret ??= btoa(String.fromCharCode(...crypto.getRandomValues(new Uint8Array(18))));
    return this.secret;
  }

  moved(said) {
    if (!said) return;
    const words = this.getAttribute(said.turnout === 1 ? "words-one" : "words-many");
    const count = new Intl.NumberFormat(document.documentElement.lang).format(said.turnout);
    for (const one of this.querySelectorAll("[data-turnout]")) one.textContent = words.replace("#", count);
    const isOver = !said.is_open && this.hasAttribute("open");
    this.isPast ||= isOver || (said.is_answered && this.hasAttribute("waits"));
    if (this.isPast || this.hasAttribute("totals")) this.later();
  }

  // One turn at a time; whatever it was for, by then the end may have come.
  later() {
    this.turn ??= setTimeout(() => {
      this.turn = null;
      return this.isPast ? this.refresh() : this.look();
    }, REST * (0.5 + Math.random()));
  }

  async look() {
    // The address is the key: asked for by nobody in particular, it is answered out of memory.
    const credentials = this.hasAttribute("for-all") ? "omit" : "same-origin";
    const answer = await fetch(this.getAttribute("totals"), { credentials }).catch(() => null);
    const said = answer?.ok && (await answer.json().catch(() => null));
    if (!said) return;
    const { turnout, totals, is_over: isOver } = said;
    if (isOver) return this.refresh();
    const number = new Intl.NumberFormat(document.documentElement.lang);
    for (const [key, count] of Object.entries(totals)) {
      const bar = this.querySelector(`[data-bar="${key}"]`);
      const said = this.querySelector(`[data-count="${key}"]`);
      if (!bar || !said) continue;
      Object.assign(bar, { max: Math.max(1, turnout), value: count });
      said.textContent = this.getAttribute(count === 1 ? "words-one" : "words-many").replace("#", number.format(count));
      const share = new Intl.NumberFormat(document.documentElement.lang, { style: "percent" }).format(count / Math.max(1, turnout));
      said.nextElementSibling.textContent = ` · ${share}`;
    }
  }

  async refresh() {
    const answer = await fetch(this.getAttribute("src")).catch(() => null);
    if (answer?.ok) this.become(await answer.text());
  }

  async send(event) {
    event.preventDefault();
    const form = event.target, button = form.querySelector("button:not([type=button])");
    const said = new URLSearchParams(new FormData(form));
    said.set("once", this.once);
    said.set("at_once", "1");
    button.disabled = true;
    const answer = await fetch(form.action, { method: "POST", body: said }).catch(() => null);
    const text = await answer?.text().catch(() => null);
    button.disabled = false;
    if (!text || !this.become(text)) return this.complain(form);
    this.secret = null;
    const told = this.querySelector("[role=alert], [role=status]");
    if (!told) return;
    told.tabIndex = -1;
    told.focus({ preventScroll: true });
    told.scrollIntoView({ block: "nearest" }); // what stands here now is shorter than what one tapped
  }

  become(text) {
    const fresh = new DOMParser().parseFromString(text, "text/html").getElementById(this.id);
    if (!fresh) return false;
    this.isPast = false;
    for (const name of ["totals", "for-all", "open", "waits"]) {
      if (fresh.hasAttribute(name)) this.setAttribute(name, fresh.getAttribute(name));
      else this.removeAttribute(name);
    }
    this.replaceChildren(...[...fresh.childNodes].map((one) => document.adoptNode(one)));
    this.upgrade();
    return true;
  }

  complain(form) {
    form.querySelector(".wrong")?.remove();
    const said = Object.assign(document.createElement("p"), { className: "wrong", role: "alert", textContent: this.getAttribute("lost") });
    form.querySelector(".acts").before(said); // beside what was tapped: what stands above may be out of sight
    form.querySelector(".acts .button").focus({ preventScroll: true });
  }

  // Places that make room for each other, and buttons to move by.
  upgrade() {
    for (const item of this.querySelectorAll(".ranks > li")) {
      for (const [sign, step] of [["↑", -1], ["↓", 1]]) {
        const label = `${this.getAttribute(step < 0 ? "up" : "down")} · ${item.querySelector("label").textContent}`;
        const button = Object.assign(document.createElement("button"), { type: "button", className: "step", textContent: sign, ariaLabel: label });
        button.addEventListener("click", () => this.step(item, step, button));
        item.append(button);
      }
    }
    this.sort();
  }

  get selects() {
    return [...this.querySelectorAll(".ranks select")];
  }

  place({ target }) {
    if (!target.matches?.(".ranks select")) return;
    this.give(target, target.value, target.dataset.was ?? "");
    this.sort();
  }

  // Whoever stood at a place takes the one that becomes free.
  give(select, place, was) {
    const there = place && this.selects.find((one) => one !== select && one.value === place);
    select.value = place;
    if (there) there.value = was || this.free();
  }

  free() {
    const taken = new Set(this.selects.map((one) => one.value));
    return [...this.selects[0].options].map((one) => one.value).find((one) => one && !taken.has(one)) ?? "";
  }

  step(item, step, button) {
    const select = item.querySelector("select"), was = select.value;
    const next = was ? Number(was) + step : Number(this.free());
    if (next >= 1 && next <= this.selects.length) this.give(select, String(next), was);
    this.sort();
    button.focus();
  }

  sort() {
    const list = this.querySelector(".ranks");
    if (!list) return;
    const place = (item) => Number(item.querySelector("select").value) || Infinity;
    const items = [...list.children];
    const sorted = [...items].sort((one, other) => place(one) - place(other) || items.indexOf(one) - items.indexOf(other));
    if (sorted.some((one, index) => one !== items[index])) list.append(...sorted);
    for (const select of this.selects) select.dataset.was = select.value;
  }
}

customElements.define("vote-ballot", VoteBallot);
