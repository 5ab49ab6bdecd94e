// The table: cards are chosen, dragged by mouse or finger, walked by arrows; forms are sent without leaving
// the page, and what others do lies where it belongs without moving what one has in hand.
const SOON = 700; // milliseconds after which what can't be laid by itself is read anew …
const SPREAD = 1500; // … spread over those who look

class GatherTable extends HTMLElement {
  connectedCallback() {
    this.may = this.hasAttribute("may");
    this.acts = 0;
    this.address = `${this.getAttribute("project")}wall/table/`;
    for (const type of ["heard", "moved", "rejoined"]) document.addEventListener(type, this);
    for (const type of ["submit", "change", "keydown", "pointerdown"]) this.addEventListener(type, this);
    if (this.may) this.equip();
  }

  disconnectedCallback() {
    for (const type of ["heard", "moved", "rejoined"]) document.removeEventListener(type, this);
    clearTimeout(this.timer);
  }

  handleEvent(event) {
    this[`on${event.type}`](event);
  }

  equip() {
    for (const grip of this.querySelectorAll(".grip[hidden]")) grip.hidden = false;
    this.count();
  }

  get chosen() {
    return [...this.querySelectorAll(".chit input:checked")].map((one) => one.closest(".chit"));
  }

  // --- what others do

  onheard({ detail: { kind, data } }) {
    const said = document.createRange().createContextualFragment(data).firstElementChild;
    if (!said) return;
    const { dataset } = said;
    if (kind === "ideas.gathered") return this.lay(numbers(dataset.ideas), dataset.family ?? "0");
    if (kind === "family.named" && said.textContent.trim()) return this.name(dataset.about && dataset.about !== "0" ? dataset.about : dataset.position, said.textContent.trim());
    if (kind === "idea.thrown" && !this.chit(dataset.position)) return this.arrive(said);
    this.later();
  }

  onmoved({ detail: { alike, brainstorm } }) {
    if (brainstorm && brainstorm.who_gathers !== this.getAttribute("who")) this.later(); // it was lent, or taken back
    if (!alike) return;
    const bar = this.querySelector("[data-likening] progress");
    if (alike.state === "going" && bar) return Object.assign(bar, { max: alike.total || 1, value: alike.done });
    this.later(true);
  }

  onrejoined() {
    this.later();
  }

  chit(position) {
    return this.querySelector(`#chit-${position}`);
  }

  column(family) {
    return this.querySelector(`#family-${family}`);
  }

  lay(positions, family) {
    const column = this.column(family);
    if (!column) return this.later();
    const chits = positions.map((one) => this.chit(one));
    this.steadily(() => {
      for (const chit of chits) if (chit && chit.closest(".family") !== column) column.querySelector(".chits").prepend(chit);
    });
    if (chits.includes(null)) this.later();
    this.recount();
  }

  name(family, words) {
    const known = this.column(family);
    if (known) {
      known.querySelector("[data-name]").textContent = words;
      for (const one of this.querySelectorAll(`#goes option[value="${family}"]`)) one.textContent = words;
      return;
    }
    const made = this.querySelector("template[data-column]").content.cloneNode(true).querySelector(".family");
    Object.assign(made, { id: `family-${family}` }).dataset.family = family;
    made.querySelector("[data-name]").textContent = words;
    made.querySelector(".tools")?.remove();
    this.steadily(() => this.querySelector(".spread").append(made));
    this.querySelector("#goes")?.prepend(new Option(words, family));
    this.later();
  }

  arrive(idea) {
    const made = this.querySelector("template[data-card]").content.cloneNode(true).querySelector(".chit");
    const { position } = idea.dataset;
    const words = idea.querySelector(".words");
    const column = this.column(0);
    if (!words || !column) return this.later();
    Object.assign(made, { id: `chit-${position}` }).dataset.position = position;
    made.classList.add("is-arriving");
    made.querySelector("[data-words]").textContent = words.textContent;
    made.querySelector("[data-by]").textContent = idea.querySelector(".by")?.textContent ?? "";
    for (const box of made.querySelectorAll("input")) box.value = position;
    this.steadily(() => column.querySelector(".chits").prepend(made));
    for (const grip of made.querySelectorAll(".grip")) grip.hidden = false;
    this.recount(column, 1);
  }

  // What one looks at, or has in hand, stays where it is on the screen.
  steadily(change) {
    const here = document.activeElement?.closest?.(".chit") ?? [...this.querySelectorAll(".chit")].find((one) => one.getBoundingClientRect().top > 0);
    const before = here?.getBoundingClientRect().top;
    const focused = document.activeElement;
    change();
    if (focused?.isConnected && focused !== document.activeElement) focused.focus({ preventScroll: true });
    if (here?.isConnected) scrollBy({ top: here.getBoundingClientRect().top - before, behavior: "instant" });
  }

  // A column that has more than it shows counts on the server; those moved are counted by hand.
  recount(only, by) {
    if (only) {
      const count = only.querySelector("[data-count]");
      count.textContent = Number(count.textContent) + by;
      return;
    }
    this.later();
  }

  later(isOwn) {
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.readAnew(), isOwn ? 50 : SOON + Math.random() * SPREAD);
  }

  // While somebody carries a card, or writes or chooses where a page would take it away, nothing is.
  get isBusy() {
    return this.carried || this.matches(":active, :has(.tools[open] :focus, .offers :focus, #goes:focus)");
  }

  async readAnew() {
    if (this.isReading || this.isBusy) return this.later();
    this.isReading = true;
    const { acts } = this;
    try {
      const answer = await fetch(location.href, { headers: { Accept: "text/html" } });
      const page = parsed(await answer.text());
      if (acts !== this.acts || this.isBusy) this.later(); // what was read may be older than what was done since
      else if (answer.ok) this.settle(page);
    } catch {
      // Away: the stream says so when it is back.
    } finally {
      this.isReading = false;
    }
  }

  // --- what one does oneself

  onsubmit(event) {
    const { target: form, submitter } = event;
    if (submitter?.value === "merge") return;
    event.preventDefault();
    this.send(new FormData(form, submitter), form);
  }

  // What is chosen, or begun, while the answer is on its way stays; and no answer undoes a later act.
  async send(said, form) {
    clearTimeout(this.timer);
    const act = (this.acts += 1);
    try {
      const answer = await fetch(this.address, { method: "POST", body: said, headers: { Accept: "text/html" } });
      const page = parsed(await answer.text());
      if (answer.ok && said.get("act") !== "undo") this.letGo(said.getAll("idea"));
      for (const one of this.querySelectorAll("#begins")) if (answer.ok && said.get("act") === "begin" && one.value === said.get("name")) one.value = "";
      if (act !== this.acts || (this.isBusy && !form?.contains(document.activeElement))) this.later(true);
      else this.settle(page);
      this.acts += 1;
      this.say(answer.ok ? this.getAttribute("moved") : (page?.querySelector(".asked")?.textContent ?? this.getAttribute("away")));
    } catch {
      this.say(this.getAttribute("away"));
      this.later(true);
    }
  }

  letGo(positions) {
    for (const one of this.chosen) if (positions.includes(one.dataset.position)) one.querySelector("input").checked = false;
  }

  // Take over what a page says; cards that are the same stay the elements they are.
  settle(page) {
    if (!page) return;
    this.may = this.toggleAttribute("may", page.hasAttribute("may"));
    this.setAttribute("who", page.getAttribute("who"));
    const [head, said] = [document, page.ownerDocument].map((one) => one.querySelector(".table-head"));
    if (!head.isEqualNode(said)) head.replaceWith(said);
    const folds = [...this.querySelectorAll("details[id]")].map(({ id, open }) => [id, open]);
    const kept = new Set(this.chosen.map((one) => one.id));
    const focused = document.activeElement?.closest?.("[id]")?.id;
    const inside = document.activeElement?.name;
    const [shown, begins] = ["#goes", "#begins"].map((field) => this.querySelector(field)?.value);
    const goes = this.goes ?? (shown === "0" ? "" : shown);
    this.steadily(() => {
      for (const one of page.querySelectorAll(".chit")) {
        const same = this.querySelector(`#${one.id}`);
        if (same && alike(same, one)) one.replaceWith(same);
      }
      for (const part of ["#proposed", ".spread", "#hands", ".asked", "template[data-column]", "template[data-card]"]) this.take(part, page.querySelector(part));
    });
    for (const [id, isOpen] of folds) this.querySelector(`details#${id}`)?.toggleAttribute("open", isOpen);
    for (const one of this.querySelectorAll(".chit input")) one.checked = kept.has(one.closest(".chit").id);
    if (this.querySelector(`#goes > [value="${goes}"]`)) this.querySelector("#goes").value = goes;
    if (begins && this.querySelector("#begins")) this.querySelector("#begins").value = begins;
    this.equip();
    const again = focused && document.getElementById(focused);
    const is = again?.matches("input, select") ? again : again?.querySelector(`[name="${inside}"]`) ?? again?.querySelector("input, button, select");
    if (again && !again.contains(document.activeElement)) is?.focus({ preventScroll: true });
  }

  take(part, made) {
    const old = this.querySelector(part);
    if (old && made) old.replaceWith(made);
    else if (made) this.prepend(made);
    else old?.remove();
  }

  onchange({ target }) {
    if (target.name === "idea") this.count();
    else if (target.id === "goes") this.goes = target.value;
  }

  count() {
    const many = this.chosen.length;
    const said = this.querySelector("[data-chosen]");
    if (said && many) said.textContent = many === 1 ? this.getAttribute("one") : this.getAttribute("many").replace("#", many);
  }

  say(words) {
    const said = this.querySelector("[data-chosen]");
    if (said) said.textContent = words;
  }

  onkeydown(event) {
    const chit = event.target.closest(".chit");
    if (!chit || event.ctrlKey || event.altKey || event.metaKey) return;
    const to = { ArrowDown: () => beside(chit, 1), ArrowUp: () => beside(chit, -1), ArrowRight: () => this.across(chit, 1), ArrowLeft: () => this.across(chit, -1) }[event.key];
    if (to) to()?.querySelector("input")?.focus();
    else if (event.key === "m") {
      if (!this.chosen.length) chit.querySelector("input").click();
      this.querySelector("#goes")?.focus();
    } else return;
    event.preventDefault();
  }

  across(chit, by) {
    const columns = [...this.querySelectorAll(".family")].filter((one) => one.querySelector(".chit"));
    const at = columns.indexOf(chit.closest(".family"));
    const place = [...chit.parentElement.children].indexOf(chit);
    const chits = columns[at + by]?.querySelectorAll(".chit") ?? [];
    return chits[Math.min(place, chits.length - 1)];
  }

  // --- dragging, by mouse from anywhere on a card, by finger from its grip

  onpointerdown(event) {
    const chit = event.target.closest(".chit");
    const isGrip = event.target.matches(".grip");
    if (!this.may || !chit || event.button || (!isGrip && (event.pointerType !== "mouse" || event.target.closest("a, details, input")))) return;
    const begin = { x: event.clientX, y: event.clientY };
    const move = (at) => this.drag(at, chit, begin);
    const end = (at) => {
      removeEventListener("pointermove", move);
      removeEventListener("pointerup", end);
      removeEventListener("pointercancel", end);
      this.drop(at.type === "pointerup" ? at : null);
    };
    addEventListener("pointermove", move);
    addEventListener("pointerup", end);
    addEventListener("pointercancel", end);
  }

  drag(event, chit, begin) {
    if (!this.carried && Math.hypot(event.clientX - begin.x, event.clientY - begin.y) < 6) return;
    if (!this.carried) this.lift(chit);
    this.ghost.style.translate = `${event.clientX + 12}px ${event.clientY + 12}px`;
    const edge = innerHeight * 0.12;
    if (event.clientY < edge) scrollBy(0, -18);
    if (event.clientY > innerHeight - edge) scrollBy(0, 18);
    this.over?.classList.remove("is-over");
    this.over = document.elementFromPoint(event.clientX, event.clientY)?.closest(".family");
    this.over?.classList.add("is-over");
  }

  lift(chit) {
    const { chosen } = this;
    this.carried = chosen.includes(chit) ? chosen : [chit];
    for (const one of this.carried) one.classList.add("is-carried");
    const words = chit.querySelector("[data-words]").textContent;
    this.ghost = Object.assign(document.createElement("div"), { className: "carried", textContent: this.carried.length > 1 ? this.getAttribute("many").replace("#", this.carried.length) : words });
    document.body.append(this.ghost);
    getSelection()?.removeAllRanges();
    addEventListener("click", swallow, { capture: true });
  }

  drop(at) {
    const { carried, over } = this;
    this.ghost?.remove();
    setTimeout(() => removeEventListener("click", swallow, { capture: true }), 50);
    over?.classList.remove("is-over");
    for (const one of carried ?? []) one.classList.remove("is-carried");
    this.carried = this.over = this.ghost = null;
    if (!at || !carried || !over || carried.every((one) => over.contains(one))) return;
    const said = new FormData();
    said.set("act", "move");
    said.set("family", over.dataset.family);
    for (const one of carried) {
      said.append("idea", one.dataset.position);
      one.querySelector("input").checked = false;
    }
    over.querySelector(".chits").prepend(...carried);
    this.send(said);
  }
}

function parsed(words) {
  return new DOMParser().parseFromString(words, "text/html").querySelector("gather-table");
}

// The click that ends a drag chooses nothing.
function swallow(event) {
  event.preventDefault();
}

// Whether two cards say the same, and the same can be done with them.
function alike(card, other) {
  const says = (one) => one.querySelector("[data-words]").textContent;
  const has = (what) => !card.querySelector(what) === !other.querySelector(what);
  return says(card) === says(other) && has(".same") && has("input");
}

function numbers(said = "") {
  return said.split(" ").filter(Boolean);
}

function beside(chit, by) {
  return by > 0 ? chit.nextElementSibling : chit.previousElementSibling;
}

customElements.define("gather-table", GatherTable);
