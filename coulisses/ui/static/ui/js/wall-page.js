import { inTurn, later, read, swap } from "./parts.js";

// The wall, left open: ideas come, move, fold and go by themselves, and the host's phases switch what is
// offered. What a page cannot know is read anew at a random moment, so that a hall does not ask at once.
const MOST = 200; // ideas of a list: older ones have pages of their own

class WallPage extends HTMLElement {
  connectedCallback() {
    this.wall = this.closest("main");
    this.here = 0;
    this.reading = inTurn(() => this.readAnew(), () => later(this.here));
    this.podium = inTurn(() => this.crown(), () => later(this.here));
    this.hands = {
      "phase.begun": (said) => this.begin(said),
      "phase.timed": (said) => this.time(said),
      "idea.thrown": (said) => this.arrive(said),
      "family.named": (said) => this.name(said),
      "ideas.gathered": (said) => this.gather(said),
      "ideas.merged": (said) => this.merge(said),
      "dots.counted": (said) => this.count(said),
      "idea.settled": (said) => this.settle(said),
      "word.hidden": (said) => this.leave(said.dataset.about),
      "word.restored": () => this.reading.ask(),
      "entry.shredded": (said) => this.leave(said.dataset.about),
    };
    this.listeners = {
      heard: ({ detail }) => this.follow(() => this.hands[detail.kind]?.(made(detail.data))),
      moved: ({ detail }) => this.follow(() => this.move({ ...detail.wall, ...detail.brainstorm })),
      presence: ({ detail }) => this.greet(detail.count),
      rejoined: ({ detail }) => detail?.type === "reset" && this.reading.ask(),
    };
    for (const [type, hear] of Object.entries(this.listeners)) document.addEventListener(type, hear);
  }

  disconnectedCallback() {
    for (const [type, hear] of Object.entries(this.listeners)) document.removeEventListener(type, hear);
  }

  // What comes while the wall is read anew may stand on neither page: it is done to both.
  follow(act) {
    this.meanwhile?.push(act);
    act();
  }

  begin({ dataset, textContent }) {
    const { phase, endsAt } = dataset;
    this.wall.dataset.phase = phase;
    this.wall.toggleAttribute("data-silent", "silent" in dataset);
    this.wall.removeAttribute("data-stopped");
    this.clock(endsAt);
    const steps = [...this.querySelectorAll(".phases > li")];
    const at = phase === "ended" ? steps.length : steps.findIndex((one) => one.dataset.name === phase);
    steps.forEach((one, place) => {
      one.className = place < at ? "is-done" : place === at ? "is-on" : "";
      if (place === at) one.setAttribute("aria-current", "step");
      else one.removeAttribute("aria-current");
    });
    const name = this.querySelector("[data-phase-name]");
    name.textContent = steps[at]?.textContent ?? name.dataset.ended;
    this.querySelector("[data-phase-said]").textContent = textContent;
    document.dispatchEvent(new CustomEvent("phase", { detail: { phase, begins: true } }));
  }

  time({ dataset }) {
    this.wall.toggleAttribute("data-stopped", "stopped" in dataset);
    this.clock(dataset.endsAt, dataset.left);
  }

  clock(until, left) {
    const clock = this.querySelector("wall-clock");
    clock.removeAttribute("until");
    clock.removeAttribute("left");
    clock.textContent = "";
    clock.classList.remove("is-up");
    if (left) clock.setAttribute("left", left);
    else if (until) clock.setAttribute("until", until);
  }

  list(family) {
    const lists = this.querySelectorAll(".family > ol");
    return [...lists].find((one) => one.parentElement.dataset.family === String(family)) ?? [...lists].find((one) => one.parentElement.dataset.family === "0");
  }

  // An idea of one's own stands there already, marked as such.
  arrive(idea) {
    if (!this.hasAttribute("grows") || document.getElementById(idea.id)) return;
    const item = document.createElement("li");
    item.className = "is-arriving";
    item.append(idea);
    this.put(item, idea.dataset.family);
    this.tally("[data-count]", 1);
    this.querySelector(".empty")?.remove();
    document.dispatchEvent(new CustomEvent("idea", { detail: { item } }));
  }

  put(item, family) {
    const list = this.list(family);
    list?.prepend(item);
    if (list) add(list, 1);
    if (list?.children.length > MOST) this.age(list);
  }

  age(list) {
    const last = list.lastElementChild;
    const older = this.querySelector("[data-older]");
    last.remove();
    if (!older.hidden) return;
    older.hidden = false;
    older.querySelector("a").href = `?before=${Number(last.firstElementChild.dataset.position) + 1}#ideas`;
  }

  name({ dataset, textContent }) {
    const known = this.querySelector(`.family[data-family="${dataset.about}"] > h2 > span`);
    if (!textContent) return this.letGo(known?.closest(".family")); // it holds no idea any more
    if (known) return void (known.textContent = textContent);
    const loose = this.list(0)?.parentElement;
    if (!loose) return;
    const family = loose.cloneNode(false);
    family.dataset.family = dataset.about;
    const head = document.createElement("h2");
    head.append(Object.assign(document.createElement("span"), { textContent, dir: "auto" }), " ", Object.assign(document.createElement("b"), { textContent: 0 }));
    family.append(head, document.createElement("ol"));
    loose.before(family);
    loose.querySelector("h2 > span").textContent = this.getAttribute("words-loose");
    this.sayFamilies();
  }

  letGo(family) {
    family?.remove();
    this.sayFamilies();
  }

  sayFamilies() {
    const families = this.querySelector("[data-families]");
    families.hidden = false;
    this.say(families, this.querySelectorAll(".family").length - 1);
  }

  gather({ dataset }) {
    for (const position of dataset.ideas.split(" ")) {
      const idea = document.getElementById(`idea-${position}`);
      const item = idea?.closest(".family > ol > li");
      if (!item || idea.localName !== "article") continue;
      add(item.parentElement, -1);
      item.remove();
      idea.dataset.family = dataset.family;
      this.put(item, dataset.family);
    }
  }

  // What says the same folds under what stands for it; standing for itself again, it is read anew.
  merge({ dataset }) {
    const stands = document.getElementById(`idea-${dataset.into}`);
    if (dataset.into === "0" || !stands) return this.reading.ask();
    for (const position of dataset.ideas.split(" ")) {
      const idea = document.getElementById(`idea-${position}`);
      if (idea?.localName !== "article") continue;
      const list = this.same(stands);
      const item = Object.assign(document.createElement("li"), { id: idea.id });
      item.append(idea.querySelector(".words").textContent, " ", idea.querySelector(".by").cloneNode(true));
      list.append(item, ...idea.querySelectorAll("[data-same] li"));
      const place = idea.closest(".family > ol > li");
      add(place.parentElement, -1);
      this.tally("[data-count]", -1);
      place.remove();
      const count = list.children.length;
      list.previousElementSibling.textContent = this.getAttribute(count === 1 ? "words-same-one" : "words-same-many").replace("#", count);
    }
  }

  same(idea) {
    const known = idea.querySelector("[data-same] > ul");
    if (known) return known;
    const folded = Object.assign(document.createElement("details"), { className: "same" });
    folded.dataset.same = "";
    const list = document.createElement("ul");
    folded.append(Object.assign(document.createElement("summary"), { className: "reach" }), list);
    idea.append(folded);
    return list;
  }

  count({ dataset }) {
    for (const old of this.querySelectorAll(".idea .dots")) old.remove();
    for (const [position, dots] of Object.entries(JSON.parse(dataset.totals))) {
      const foot = this.querySelector(`#idea-${position} > footer`);
      const words = this.getAttribute(dots === 1 ? "words-dots-one" : "words-dots-many").replace("#", dots);
      foot?.querySelector(".also").before(Object.assign(document.createElement("span"), { className: "dots", innerHTML: `<span class="lain" aria-hidden="true">${"<i></i>".repeat(Math.min(dots, 12))}</span> ${words}` }), " ");
    }
    this.podium.ask();
  }

  async crown() {
    const part = this.querySelector("#podium");
    const page = await read(part.dataset.src, { isKnown: false });
    if (page) part.replaceChildren(...[...page.body.childNodes].map((one) => document.adoptNode(one)));
  }

  settle({ dataset, innerHTML }) {
    const idea = this.querySelector(`article#idea-${dataset.about}`);
    if (!idea) return;
    idea.classList.toggle("is-kept", "kept" in dataset);
    idea.querySelector(".fate")?.remove();
    if ("undone" in dataset) return;
    idea.querySelector(":scope > footer").after(Object.assign(document.createElement("p"), { className: "fate", innerHTML }));
  }

  leave(position) {
    const idea = document.getElementById(`idea-${position}`);
    const item = idea?.closest("li");
    if (!item) return;
    if (idea.localName === "article") {
      add(item.parentElement, -1);
      this.tally("[data-count]", -1);
      if (idea.querySelector("[data-same]")) this.reading.ask(); // each stands for itself again
    }
    item.remove();
  }

  move({ written, hidden, is_closed: isClosed }) {
    if (isClosed !== undefined) this.wall.toggleAttribute("data-closed", isClosed);
    const words = this.querySelector("[data-written]");
    if (words && written !== undefined) {
      words.hidden = !written;
      this.say(words, written);
    }
    for (const position of hidden ?? []) this.leave(position);
  }

  greet(count) {
    this.here = count;
    const words = this.querySelector("[data-voices]");
    words.hidden = !count;
    words.textContent = this.getAttribute(count === 1 ? "words-here-one" : "words-here-many").replace("#", count);
  }

  tally(name, by) {
    const words = this.querySelector(name);
    words.dataset.count = Number(words.dataset.count) + by;
    this.say(words, words.dataset.count);
  }

  say(words, count) {
    words.textContent = words.dataset[Number(count) === 1 ? "one" : "many"].replace("#", count);
  }

  // What all read alike is read anew, as it is kept for all: a hall that asks costs the house little.
  async readAnew() {
    const meanwhile = (this.meanwhile = []);
    const page = await read(location.href, { isKnown: false });
    this.meanwhile = null;
    const fresh = page?.querySelector("main.idea-wall");
    if (!fresh) return;
    const mine = [...this.querySelectorAll(".idea[data-mine]")].map((one) => one.id);
    this.wall.dataset.phase = fresh.dataset.phase;
    for (const name of ["data-silent", "data-stopped"]) this.wall.toggleAttribute(name, fresh.hasAttribute(name));
    for (const part of [".question-asked", "#ideas"]) swap(this.querySelector(part), fresh.querySelector(part));
    for (const id of mine) document.getElementById(id)?.setAttribute("data-mine", "");
    this.greet(this.here);
    document.dispatchEvent(new CustomEvent("phase", { detail: { phase: fresh.dataset.phase } }));
    for (const act of meanwhile) act();
  }
}

function made(html) {
  const template = document.createElement("template");
  template.innerHTML = html;
  return document.adoptNode(template.content.firstElementChild);
}

function add(list, by) {
  const count = list.parentElement.querySelector("h2 > b");
  count.textContent = Number(count.textContent) + by;
}

customElements.define("wall-page", WallPage);
