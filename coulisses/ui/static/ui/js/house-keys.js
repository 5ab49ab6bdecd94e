// Single keys (c, r, ?) and a palette (Ctrl or Cmd and K). All are off while one types, and the single
// ones wherever somebody has turned them off.
import { step } from "./stepping.js";

const TYPES = "input, textarea, select, [contenteditable]";

export function areOff() {
  try {
    return localStorage.getItem("keys") === "off";
  } catch {
    return false;
  }
}

class HouseKeys extends HTMLElement {
  connectedCallback() {
    this.press = (event) => this.hear(event);
    document.addEventListener("keydown", this.press);
    this.querySelector("a").addEventListener("click", (event) => this.follow(event));
    this.offer(document);
  }

  disconnectedCallback() {
    document.removeEventListener("keydown", this.press);
  }

  hear(event) {
    const { key, target } = event;
    // A tray has keys of its own, r and ? among them.
    const isTray = !event.ctrlKey && !event.metaKey && document.querySelector("maker-tray");
    if (isTray || event.defaultPrevented || event.altKey || target.closest(TYPES) || document.querySelector("dialog[open]")) return;
    const isCommand = event.ctrlKey || event.metaKey;
    const act = isCommand ? { k: () => this.palette() }[key] : !areOff() && { c: cheer, r: reply, j: () => walkList(1), k: () => walkList(-1), "?": () => this.sheet() }[key];
    if (!act || act() === false) return;
    event.preventDefault();
  }

  // A page of its own where there is no script, or where one asks for a new tab.
  follow(event) {
    if (event.ctrlKey || event.metaKey || event.shiftKey || location.pathname === "/keys") return;
    event.preventDefault();
    this.sheet();
  }

  dialog(name) {
    const made = this.querySelector("template").content.querySelector(`.${name}`).cloneNode(true);
    document.body.append(made);
    made.addEventListener("close", () => made.remove());
    made.addEventListener("click", (event) => event.target === made && made.close());
    made.showModal();
    return made;
  }

  async sheet() {
    const answer = await fetch("/keys").catch(() => null);
    if (!answer?.ok) return location.assign("/keys");
    const page = new DOMParser().parseFromString(await answer.text(), "text/html");
    const made = this.dialog("sheet-of-keys");
    made.prepend(document.adoptNode(page.getElementById("keys")));
    this.offer(made);
  }

  // To turn them off, for those whose voice or hand presses keys that they don't mean.
  offer(place) {
    const button = place.querySelector("[data-single-keys]");
    if (!button) return;
    const say = () => { button.textContent = areOff() ? button.dataset.on : button.dataset.off; };
    button.hidden = false;
    button.addEventListener("click", () => {
      localStorage.setItem("keys", areOff() ? "on" : "off");
      say();
    });
    say();
  }

  palette() {
    const made = this.dialog("palette");
    const [field, list] = [made.querySelector("[type=search]"), made.querySelector("ul")];
    const ways = found(document);
    const show = () => {
      const at = list.contains(document.activeElement) && document.activeElement.href;
      list.replaceChildren(...[...ways.values()].filter(matches(field.value)).map(item));
      if (at) [...list.querySelectorAll("a")].find((one) => one.href === at)?.focus();
    };
    atDesk(made.dataset.desk).then((more) => { found(more, ways); show(); });
    field.addEventListener("input", show);
    made.addEventListener("keydown", (event) => walk(event, field, list));
    made.querySelector("form").addEventListener("submit", (event) => {
      const first = event.submitter?.matches("[data-search]") ? null : list.querySelector("a");
      if (!first) return;
      event.preventDefault();
      first.click();
      made.close();
    });
    list.addEventListener("click", () => made.close());
    show();
  }
}

// Where one may go from a page: what its navigation says, each address once.
function found(page, ways = new Map()) {
  for (const link of page?.querySelectorAll("nav a[href], .standing a[href], .crumb a[href], .acts a[href]") ?? []) {
    const words = link.textContent.trim().replace(/\s+/g, " ");
    if (words && !ways.has(link.href)) ways.set(link.href, { href: link.href, words });
  }
  return ways;
}

// The rooms of a project's desk are a way off from its stage: the desk itself says which there are.
async function atDesk(address) {
  const answer = address && (await fetch(address).catch(() => null));
  if (!answer?.ok) return null;
  const page = new DOMParser().parseFromString(await answer.text(), "text/html");
  return page.querySelector("main");
}

function plain(words) {
  return words.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase();
}

function matches(typed) {
  const parts = plain(typed).split(/\s+/);
  return ({ words }) => parts.every((part) => plain(words).includes(part));
}

function item({ href, words }) {
  const made = document.createElement("li");
  made.append(Object.assign(document.createElement("a"), { href, textContent: words }));
  return made;
}

function walk(event, field, list) {
  if (event.key === "Escape" && field.value) return event.target.closest("dialog").close(); // else it empties the field
  const by = { ArrowDown: 1, ArrowUp: -1 }[event.key];
  if (!by) return;
  const places = [field, ...list.querySelectorAll("a")];
  const here = places.indexOf(document.activeElement);
  places.at((here + by) % places.length).focus();
  event.preventDefault();
}

// What one is at: where the focus is, or else the first on the screen.
function near(what) {
  const own = document.activeElement.closest(".cues li")?.querySelector(what);
  const all = [...document.querySelectorAll(what)].filter((one) => one.checkVisibility());
  return own ?? all.find((one) => one.getBoundingClientRect().bottom > 60);
}

function cheer() {
  const choose = near("cheer-words details");
  if (!choose) return false;
  choose.open = !choose.open;
  choose.querySelector(choose.open ? "button" : "summary").focus();
  choose.scrollIntoView({ block: "nearest" });
  return true;
}

// On pages that are no log: from word to word of a thread, from row to row of a list.
const ROWS = "main .threads .say, main .offered, main .rows > li, main .acts-list > li, main .past-sessions > li";

function walkList(by) {
  return !document.querySelector("entry-keys") && step(document.querySelectorAll(ROWS), by);
}

// Where one answers: by words, by a vote, or on the page of what one is at.
function reply() {
  const field = document.querySelector("#say textarea, #answer textarea, .voting form :is(input, select)");
  const at = document.activeElement.closest(".cues li"); // where nothing can be said its page is gone to
  const link = at ? at.querySelector(".said-line a") ?? at.querySelector(".entry .no") : near(".said-line a") ?? near(".entry .no");
  if (field) field.focus();
  else link?.click();
  return Boolean(field ?? link);
}

customElements.define("house-keys", HouseKeys);
