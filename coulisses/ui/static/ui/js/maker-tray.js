import { read } from "./parts.js";

const PAUSE = 10_000; // milliseconds between looks at whether something came in

// The tray by keys and by thumb: every act is one of its forms, sent without leaving the page.
class MakerTray extends HTMLElement {
  connectedCallback() {
    this.form = this.querySelector("#tray");
    if (!this.form) return this.watch();
    this.here = null;
    this.addEventListener("change", () => this.count());
    this.addEventListener("focusin", ({ target }) => this.stand(target.closest(".tray-item")));
    this.addEventListener("submit", (event) => this.submit(event));
    this.listener = (event) => this.press(event);
    document.addEventListener("keydown", this.listener);
    this.setAttribute("ready", "");
    this.count();
    this.fade();
    this.watch();
  }

  disconnectedCallback() {
    document.removeEventListener("keydown", this.listener);
    clearInterval(this.clock);
  }

  get items() {
    return [...this.querySelectorAll(".tray-item")].filter((one) => one.checkVisibility());
  }

  get boxes() {
    return [...this.querySelectorAll(".choose input")];
  }

  get chosen() {
    return this.boxes.filter((box) => box.checked).map((box) => box.closest(".tray-item"));
  }

  // What an act is about: what was chosen, or else where one stands.
  get about() {
    const { chosen } = this;
    return chosen.length || !this.here ? chosen : [this.here];
  }

  stand(item) {
    if (!item || item === this.here) return;
    this.here?.classList.remove("is-here");
    this.here = item;
    item.classList.add("is-here");
  }

  press(event) {
    if (event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey) return;
    if (event.key === "Escape") return this.escape();
    const { target } = event;
    if (target.closest("input:not([type=checkbox]), textarea, select, [contenteditable]")) return;
    const isDrawn = target.closest("[role=slider], audio, video, .code");
    const act = {
      j: () => this.step(1), k: () => this.step(-1),
      ArrowDown: () => isDrawn ? false : this.step(1), ArrowUp: () => isDrawn ? false : this.step(-1),
      x: () => this.toggle(), s: () => this.compose(), t: () => this.title(), u: () => this.undo(),
      r: () => this.send("r"), d: () => this.send("d"), h: () => this.send("h"), p: () => this.pin(),
      "?": () => this.querySelector("[data-keys]").toggleAttribute("open"),
    }[event.key];
    if (act && act() !== false) event.preventDefault();
  }

  escape() {
    const open = this.querySelector(".tray-bar details[open]");
    if (open) open.open = false;
    else for (const box of this.boxes) box.checked = false;
    this.count();
    this.here?.focus();
  }

  step(by) {
    const { items } = this;
    const at = items.indexOf(this.here);
    const next = items[at < 0 ? 0 : Math.max(0, Math.min(items.length - 1, at + by))];
    next?.focus({ preventScroll: true });
    next?.scrollIntoView({ block: "nearest" });
  }

  toggle() {
    const box = this.here?.querySelector(".choose input");
    if (!box) return;
    box.checked = !box.checked;
    this.count();
  }

  compose() {
    const box = this.here?.querySelector(".choose input");
    if (box && !this.chosen.length) box.checked = true;
    this.count();
    if (!this.chosen.length) return;
    this.querySelector(".sentence").open = true;
    this.querySelector("#tray-words").focus();
  }

  title() {
    const titling = (this.here ?? this.items[0])?.closest(".tray-sitting")?.querySelector(".titling");
    if (!titling) return;
    titling.open = true;
    titling.querySelector("input[name=title]").focus();
  }

  undo() {
    this.querySelector("[data-undo]")?.requestSubmit();
  }

  pin() {
    const told = this.about.filter((one) => one.dataset.kind === "told");
    const isOut = told.length && told.every((one) => one.hasAttribute("data-pinned"));
    this.send(isOut ? "unpin" : "p");
  }

  send(key) {
    const button = this.form.querySelector(`[data-key="${key}"]`);
    const box = this.here?.querySelector(".choose input");
    if (box && !this.chosen.length) box.checked = true;
    this.count();
    if (!button.hidden) this.form.requestSubmit(button);
  }

  count() {
    const { chosen } = this;
    const kinds = new Set(chosen.map((one) => one.dataset.kind));
    if (chosen.some((one) => one.dataset.kind === "waiting" || one.hasAttribute("data-step"))) kinds.add("step");
    if (chosen.some((one) => one.hasAttribute("data-due"))) kinds.add("due");
    for (const one of this.form.querySelectorAll("[data-needs]")) one.hidden = !kinds.has(one.dataset.needs);
    const shown = this.querySelector("[data-count]");
    shown.hidden = !chosen.length;
    shown.textContent = this.getAttribute("words-chosen").replace("#", chosen.length);
    this.form.toggleAttribute("data-chosen", chosen.length > 0);
    if (!chosen.length) this.querySelector(".sentence").open = false;
  }

  submit(event) {
    const { target, submitter } = event;
    event.preventDefault();
    const action = submitter?.hasAttribute("formaction") ? submitter.formAction : target.action;
    const said = new FormData(target, submitter);
    this.act(action, said, target);
  }

  async act(action, said, form) {
    if (this.isBusy) return;
    this.isBusy = true;
    const before = this.items, isTray = form === this.form;
    const acted = isTray ? this.chosen.map((one) => one.id) : [];
    const at = Math.max(0, before.indexOf(this.here ?? before[0]));
    try {
      const answer = await fetch(action, { method: "POST", body: said });
      const page = new DOMParser().parseFromString(await answer.text(), "text/html");
      const refused = page.querySelector("maker-tray > .asked, .page > .lead .lede")?.textContent;
      if (!answer.ok) return this.say(refused ?? this.getAttribute("words-away"));
      if (isTray) this.clear(said.get("words"));
      this.take(page, this.chosen.map((one) => one.id).filter((id) => !acted.includes(id)));
      this.say(page.querySelector(".notice.answer p")?.textContent ?? "");
      if (!this.querySelector("#tray-words:focus")?.value) this.settle(before[at]?.id, at);
    } catch {
      this.say(this.getAttribute("words-away"));
    } finally {
      this.isBusy = false;
    }
  }

  // What is chosen or written while an answer is on its way stays.
  clear(sent) {
    const words = this.querySelector("#tray-words");
    if (words.value !== sent) return;
    words.value = "";
    this.querySelector(".sentence").open = false;
  }

  // Put the tray as the house says it is now in the place of the one shown; keep what is chosen.
  take(page, chosen) {
    const fresh = page.querySelector("[data-body]");
    if (!fresh) return location.reload();
    this.querySelector("[data-body]").replaceWith(document.adoptNode(fresh));
    for (const name of ["waiting", "told"]) this.setAttribute(name, fresh.dataset[name]);
    for (const id of chosen) {
      const box = document.getElementById(id)?.querySelector(".choose input");
      if (box) box.checked = true;
    }
    this.here = null;
    this.announce(0);
    this.count();
    this.fade();
  }

  // The focus goes to where it was, or to what has come into that place.
  settle(id, at) {
    const { items } = this;
    const next = document.getElementById(id) ?? items[Math.min(at, items.length - 1)];
    if (next) next.focus({ preventScroll: true });
    else this.querySelector("h2, .blank a")?.focus();
    next?.scrollIntoView({ block: "nearest" });
  }

  say(words) {
    this.querySelector("[data-said]").textContent = words;
    const shown = this.querySelector("[data-shown]");
    shown.textContent = words;
    shown.hidden = !words;
  }

  // What can be taken back for a minute says so for a minute.
  fade() {
    for (const item of this.querySelectorAll("[data-left]")) {
      setTimeout(() => item.querySelector("[data-while]")?.remove(), item.dataset.left * 1000);
    }
  }

  watch() {
    this.clock = setInterval(() => this.look(), PAUSE);
  }

  async look() {
    if (document.visibilityState !== "visible" || this.isBusy) return;
    const since = () => `waiting=${this.getAttribute("waiting")}&told=${this.getAttribute("told")}`, asked = since();
    try {
      const answer = await fetch(`${this.getAttribute("fresh")}?${asked}`, { cache: "no-cache" });
      const said = answer.ok && (await answer.json());
      if (said && !this.isBusy && asked === since()) this.announce(said.count);
    } catch {
      // The house is away for a moment: the next look finds it.
    }
  }

  announce(count) {
    this.bar ??= this.arrivals();
    const words = this.getAttribute(count === 1 ? "words-one" : "words-many").replace("#", count);
    if (count && this.bar.hidden) this.querySelector("[data-said]").textContent = words;
    this.bar.textContent = words;
    this.bar.hidden = !count;
  }

  arrivals() {
    const bar = Object.assign(document.createElement("button"), { type: "button", className: "arrivals", hidden: true });
    bar.addEventListener("click", () => this.renew());
    this.prepend(bar);
    return bar;
  }

  async renew() {
    const page = await read(location.pathname);
    if (!page || this.isBusy) return;
    if (!this.form) return location.reload();
    this.take(page, this.chosen.map((one) => one.id));
    this.settle(this.items[0]?.id, 0);
  }
}

customElements.define("maker-tray", MakerTray);
