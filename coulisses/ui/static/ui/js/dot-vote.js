import { read } from "./parts.js";

// Dots: a purse, buttons under each idea, and one idea at a time for a thumb, in an order of one's own.
// A tap shows at once; what the house answers holds.
class DotVote extends HTMLElement {
  connectedCallback() {
    this.wall = this.closest("main");
    this.left = Number(this.getAttribute("left"));
    this.lying = JSON.parse(this.getAttribute("lying"));
    this.seed = this.remembered();
    this.deck = this.querySelector("[data-deck]");
    this.sent = Promise.resolve();
    this.begin = ({ detail }) => detail.phase === "vote" && this.offer();
    document.addEventListener("phase", this.begin);
    this.tap = (event) => this.submit(event);
    this.wall.addEventListener("submit", this.tap);
    this.deck.addEventListener("click", ({ target }) => this.press(target.closest("button")));
    this.deck.addEventListener("keydown", ({ key }) => this.go({ ArrowLeft: -1, ArrowRight: 1 }[key] ?? 0));
    this.swipe();
    if (this.wall.dataset.phase === "vote") this.offer();
  }

  disconnectedCallback() {
    document.removeEventListener("phase", this.begin);
    this.wall.removeEventListener("submit", this.tap);
  }

  // The same order for as long as this browser comes back, whoever it acts for meanwhile.
  remembered() {
    const key = `order ${this.getAttribute("action")}`;
    const seed = localStorage.getItem(key) ?? (this.getAttribute("seed") || crypto.getRandomValues(new Uint32Array(2)).join(""));
    localStorage.setItem(key, seed);
    return seed;
  }

  offer() {
    const form = this.querySelector("template").content.firstElementChild;
    for (const idea of document.querySelectorAll(".family > ol > li > article.idea")) {
      if (idea.parentElement.querySelector(".dot-form")) continue;
      const made = form.cloneNode(true);
      made.action = `${this.getAttribute("action")}${idea.dataset.position}/dots`;
      made.elements.give.setAttribute("aria-describedby", `words-${idea.dataset.position}`);
      idea.after(made);
    }
    const here = this.ideas?.[this.at]?.dataset.position;
    this.ideas = this.ordered(document);
    this.at = Math.max(0, this.ideas.findIndex((one) => one.dataset.position === here)); // read anew, one stays where one is
    this.deck.hidden = !this.ideas.length || this.wall.classList.contains("is-list");
    this.older = document.querySelector("[data-older]:not([hidden]) a")?.href;
    if (this.older) this.draw();
    this.show();
    for (const position of Object.keys(this.lying)) this.mark(position);
  }

  ordered(page) {
    const found = [...page.querySelectorAll(".family > ol > li > article.idea:not(.is-hidden)")];
    return found.map((one) => [hash(`${this.seed}:${one.dataset.position}`), one]).sort(([one], [other]) => one - other).map(([, one]) => one);
  }

  // A wall of many pages is begun somewhere else by each, so that none of its pages is read first by all.
  async draw() {
    const newest = Math.max(...this.ideas.map((one) => Number(one.dataset.position)));
    const from = 1 + Math.ceil((hash(this.seed) / 2 ** 32) * newest);
    await this.more(`${this.getAttribute("action")}?before=${from + 1}`, true);
  }

  async more(address, isFirst) {
    const page = await read(address, this.closest("wall-page"));
    if (!page) return;
    const known = new Set(this.ideas.map((one) => one.dataset.position));
    const came = this.ordered(page).filter((one) => !known.has(one.dataset.position)).map((one) => document.adoptNode(one));
    const link = page.querySelector("[data-older]:not([hidden]) a")?.getAttribute("href");
    this.older = link ? new URL(link, address).href : this.hasTurned ? null : this.getAttribute("action");
    this.hasTurned ||= !link;
    this.ideas = isFirst ? [...came, ...this.ideas] : [...this.ideas, ...came];
    if (isFirst && this.isAtIt) this.at += came.length;
    this.show();
  }

  go(by) {
    if (!by || !this.ideas?.length) return;
    this.isAtIt = true;
    this.at = (this.at + by + this.ideas.length) % this.ideas.length;
    if (this.older && this.at > this.ideas.length - 20) this.more(this.older);
    this.show();
  }

  show() {
    const idea = this.ideas[this.at];
    if (!idea) return;
    const { position } = idea.dataset;
    const [words, by, shot] = [".words", ".by", ".shot"].map((name) => idea.querySelector(name)?.cloneNode(true));
    words.removeAttribute("id");
    const place = this.querySelector("[data-place]");
    place.textContent = this.getAttribute("words-place").replace("#", this.at + 1).replace("@", this.ideas.length);
    this.querySelector("[data-idea]").replaceChildren(...[shot, words, by].filter(Boolean));
    this.querySelector("[data-here]").textContent = this.lying[position] ?? 0;
    this.querySelector("[data-undo]").disabled = !this.lying[position];
    this.querySelector("[data-give]").disabled = !this.left;
  }

  press(button) {
    const { position } = this.ideas[this.at].dataset;
    this.isAtIt = true; // what one is about to act on is not taken away by what is still on its way
    if (button?.dataset.go) this.go(Number(button.dataset.go));
    else if (button) this.move(position, "give" in button.dataset ? 1 : -1);
  }

  submit(event) {
    const form = event.target.closest(".dot-form");
    if (!form) return;
    event.preventDefault();
    const [, position] = /\/(\d+)\/dots$/.exec(form.action);
    this.move(position, event.submitter?.name === "undo" ? -1 : 1);
  }

  // Taps go one after the other, so that what the house answers last is what holds.
  move(position, by) {
    if (by > 0 ? this.left < 1 : !this.lying[position]) return;
    this.put(position, this.left - by, (this.lying[position] ?? 0) + by);
    this.waits = (this.waits ?? 0) + 1;
    this.sent = this.sent.then(() => this.send(position, by));
  }

  async send(position, by) {
    const body = new URLSearchParams({ [by > 0 ? "give" : "undo"]: 1 });
    const terms = this.querySelector("template").content.querySelector("[name=terms]");
    if (terms) body.set("terms", terms.value);
    const answer = await fetch(`${this.getAttribute("action")}${position}/dots`, { method: "POST", body, headers: { Accept: "application/json" } }).catch(() => null);
    const said = await answer?.json().catch(() => null);
    this.waits -= 1;
    if (answer?.ok && said && !this.waits) this.put(position, said.left, said.here);
    if (!answer?.ok) this.put(position, this.left + by, (this.lying[position] ?? 0) - by);
    this.tell(answer?.ok ? "" : said?.sentence ?? said?.title ?? document.body.dataset.away);
    if (said?.is_anew) location.reload();
  }

  put(position, left, here) {
    this.left = left;
    if (here > 0) this.lying[position] = here;
    else delete this.lying[position];
    const words = this.getAttribute(one(left) ? "words-one" : "words-many");
    this.querySelector("[data-left]").textContent = left;
    this.querySelector("[data-left-words]").textContent = words;
    this.querySelector("[data-said]").textContent = `${left} ${words}`;
    [...this.querySelectorAll("[data-pips] i")].forEach((one, place) => one.classList.toggle("is-left", place < left));
    this.mark(position);
    this.show();
  }

  mark(position) {
    const form = document.querySelector(`#idea-${position} ~ .dot-form`);
    if (!form) return;
    const lie = form.querySelector("output");
    lie.textContent = this.lying[position] ?? 0;
    lie.hidden = form.elements.undo.hidden = !this.lying[position];
  }

  tell(wrong) {
    const place = this.querySelector(":scope > [data-wrong]");
    place.textContent = wrong;
    place.hidden = !wrong;
  }

  swipe() {
    let from = null;
    this.deck.addEventListener("touchstart", ({ touches }) => { from = touches[0]; }, { passive: true });
    this.deck.addEventListener("touchend", ({ changedTouches: [to] }) => {
      const [across, down] = [to.clientX - from.clientX, to.clientY - from.clientY];
      if (Math.abs(across) > 60 && Math.abs(across) > 2 * Math.abs(down)) this.go(across < 0 ? 1 : -1);
    });
  }
}

// Whether a language says a number as it says one: French does so of none.
function one(count) {
  return new Intl.PluralRules(document.documentElement.lang).select(count) === "one";
}

// A number below 2³² that looks like chance, and is always the same (FNV-1a, stirred).
function hash(words) {
  let found = 2166136261;
  for (const one of words) found = Math.imul(found ^ one.codePointAt(0), 16777619);
  found = Math.imul(found ^ (found >>> 15), 2246822507);
  return (found ^ (found >>> 13)) >>> 0;
}

customElements.define("dot-vote", DotVote);
