import { follow, followBeside, inTurn, later, read, swap } from "./parts.js";
import { Stream, tellMoved } from "./stream.js";

// Lets new entries in without ever moving what is being read.
class LiveLog extends HTMLElement {
  connectedCallback() {
    this.list = this.querySelector("ol.cues");
    this.waiting = [];
    this.past = 0;
    this.followers = 0;
    this.changed = new Set();
    this.reading = inTurn(() => this.readAnew(), () => later(this.followers));
    this.moved = ({ detail }) => this.stir(detail.around);
    document.addEventListener("moved", this.moved);
    this.bar = Object.assign(document.createElement("button"), { type: "button", className: "arrivals", hidden: true });
    this.bar.addEventListener("click", () => this.enter());
    this.prepend(this.bar);
    this.stream = Stream.of(this, (message) => this.hear(message));
    this.stream.open();
  }

  disconnectedCallback() {
    document.removeEventListener("moved", this.moved);
    this.reading.end();
    this.stream?.close();
    this.bar?.remove();
  }

  hear({ type, data }) {
    if (type === "presence") this.greet(JSON.parse(data));
    else if (type === "moved") tellMoved(data);
    else if (type === "rejoined") this.rejoin();
    else if (type === "reset") this.later(Infinity);
    else if (type === "past") this.later(JSON.parse(data).count);
    else this.arrive(data, type);
  }

  rejoin() {
    document.dispatchEvent(new Event("rejoined"));
    this.reading.ask();
  }

  greet({ count, words }) {
    this.followers = count;
    for (const place of document.querySelectorAll("[data-presence]")) {
      place.hidden = false;
      place.querySelector("[data-words]").textContent = words;
    }
  }

  // Many entries at once, or a gap: the page is read anew when the reader wishes.
  later(count) {
    this.past += count;
    this.announce();
  }

  arrive(html, kind) {
    const template = document.createElement("template");
    template.innerHTML = html;
    const entry = template.content.querySelector(".entry");
    if (!entry || document.getElementById(entry.id)) return;
    const item = document.createElement("li");
    item.append(template.content);
    if (entry.hasAttribute("data-changes")) this.refresh(entry.dataset.about);
    else this.reading.ask();
    this.dispatchEvent(new CustomEvent("told", { bubbles: true, detail: { kind, position: entry.dataset.position } }));
    this.waiting.push(item);
    if (this.isAtTop || this.hasAttribute("appends")) this.enter();
    else this.announce();
  }

  // An entry was amended or taken out, a sitting titled: a page left open follows, wherever it says so.
  refresh(about) {
    document.getElementById(`cue-${about}`)?.closest(".fold")?.querySelector("summary small")?.remove();
    if (about) this.changed.add(about);
    this.reading.go(); // words that are taken out leave every screen at once
  }

  // Something was said under an entry, or an entry came in: `place` is the newest of the room.
  stir(place) {
    if (!place || place === this.place) return;
    this.place = place;
    this.reading.ask();
  }

  // What stands under the cards and beside the log, read once for all that moved; and cards whose words
  // changed, each from its own page, since it may stand further down by now.
  async readAnew() {
    const base = this.getAttribute("base"), isKnown = this.hasAttribute("known");
    const abouts = [...this.changed];
    this.changed.clear();
    const [stage, ...entries] = await Promise.all([read(location.href, { isKnown }), ...abouts.map((about) => read(base + about))]);
    const places = [document, ...this.waiting];
    for (const [at, about] of abouts.entries()) {
      const card = `#cue-${about}`;
      swap(places.map((place) => place.querySelector(card)).find(Boolean), entries[at]?.querySelector(card));
    }
    if (!stage) return;
    for (const card of places.flatMap((place) => [...place.querySelectorAll(".cues > li > .entry, :scope > .entry")])) {
      const fresh = stage.getElementById(card.id);
      if (fresh?.matches("li > .entry")) follow(card, fresh);
    }
    followBeside(document.querySelector(".stage > .yours"), stage.querySelector(".stage > .yours"));
    const parts = abouts.map((about) => `#sitting-${about}`);
    // Where somebody plays or compares what is newest it stays, unless it may be what is taken out.
    if (parts.length || !document.querySelector(".stage > .now :focus")) parts.push(".stage > .now");
    for (const part of parts) swap(document.querySelector(part), stage.querySelector(part));
  }

  get isAtTop() {
    return scrollY < 60 && !this.list?.contains(document.activeElement) && this.hasAttribute("inserts");
  }

  announce() {
    const count = this.waiting.length + this.past;
    const words = this.getAttribute(count === 1 ? "words-one" : "words-many");
    this.bar.textContent = words.replace("#", Number.isFinite(count) ? count.toLocaleString(document.documentElement.lang) : "…");
    this.bar.hidden = false;
  }

  enter() {
    if (this.past || !this.hasAttribute("inserts")) return location.assign(this.getAttribute("base"));
    const wasHidden = this.bar.hidden;
    this.bar.hidden = true;
    for (const item of this.waiting.splice(0)) {
      item.classList.add("is-arriving");
      this.fold(item.querySelector("[data-over]"));
      if (this.hasAttribute("appends")) this.list.append(item);
      else this.list.prepend(item);
    }
    if (!wasHidden) this.scrollIntoView({ block: "start" });
  }

  // What a sentence lies over goes under it, from wherever it stands on this page.
  fold(sentence) {
    for (const position of sentence?.dataset.over.split(" ") ?? []) {
      const loose = document.getElementById(`cue-${position}`)?.closest("li");
      const fold = loose?.parentElement.closest("li");
      loose?.remove();
      if (fold && !fold.querySelector(".cues > li, .frames > li")) fold.remove();
    }
  }
}

customElements.define("live-log", LiveLog);
