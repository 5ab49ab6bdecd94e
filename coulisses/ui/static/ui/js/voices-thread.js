import { image, mark, part } from "./marks.js";
import { read as readPage } from "./parts.js";
import { lead } from "./spots.js";
import { Stream, tellMoved } from "./stream.js";

// Threads that follow what is said, and say at once what is written here. What comes in stands where
// nobody reads yet; else it waits behind a quiet bar, so that nothing moves under anybody's eyes.
class VoicesThread extends HTMLElement {
  connectedCallback() {
    this.list = this.querySelector(".threads");
    if (!this.list || this.waiting) return;
    this.waiting = [];
    this.bar = Object.assign(document.createElement("button"), { type: "button", className: "arrivals", hidden: true });
    this.bar.addEventListener("click", () => this.enter());
    this.append(this.bar);
    this.addEventListener("submit", (event) => this.send(event));
    this.addEventListener("input", ({ target }) => target.name === "words" && this.keep(target.form));
    this.addEventListener("click", (event) => this.answer(event));
    this.addEventListener("click", lead);
    this.addEventListener("keydown", (event) => this.press(event));
    this.addEventListener("note-recorded", ({ target, detail }) => target.hold(detail));
    for (const form of this.querySelectorAll("form.say-form")) this.recall(form);
    this.number();
    this.listen();
  }

  disconnectedCallback() {
    this.stream?.close();
  }

  listen() {
    if (!this.hasAttribute("src")) return;
    this.stream = Stream.of(this, (message) => this.hear(message));
    this.stream.open();
  }

  hear({ type, data }) {
    if (type === "moved") tellMoved(data);
    if (type === "rejoined") document.dispatchEvent(new Event("rejoined"));
    if (["presence", "moved", "past", "rejoined"].includes(type)) return;
    if (type === "reset") return this.wait(null);
    document.dispatchEvent(new CustomEvent("heard", { detail: { kind: type, data } }));
    const said = read(data);
    if (!said) return;
    if (said.dataset.about) this.refresh(said.dataset.about);
    else if (said.matches(".say")) this.arrive(said);
  }

  // Where something said belongs on this page; null where it does not.
  home(said) {
    const { cue, to } = said.dataset;
    if (this.hasAttribute("talk")) return this.list;
    if (cue !== this.getAttribute("cue")) return null;
    if (to === "0") return this.hasAttribute("thread") ? null : this.list;
    return this.list.querySelector(`[data-thread="${to}"] > .answers`);
  }

  arrive(said) {
    const home = this.home(said);
    if (!home || document.getElementById(said.id)) return;
    const isTalk = this.hasAttribute("talk") && !this.contains(document.activeElement); // beside work that goes on
    if (isTalk || isBelow(home)) this.put(said, home);
    else this.wait(said);
  }

  put(said, home) {
    if (document.getElementById(said.id)) return;
    const item = document.createElement("li");
    item.append(said);
    item.classList.add("is-arriving");
    if (home === this.list && !this.hasAttribute("talk")) this.begin(item, said.dataset.position);
    home.append(item);
    this.querySelector("[data-empty]")?.remove();
    this.number();
  }

  // A first word has room for answers under it.
  begin(item, position) {
    const base = this.getAttribute("base");
    item.id = `thread-${position}`;
    item.dataset.thread = position;
    const answers = Object.assign(document.createElement("ol"), { className: "answers" });
    const link = Object.assign(document.createElement("a"), { className: "reach", href: `${base}said/${position}/#answer`, textContent: this.getAttribute("words-answers") });
    link.dataset.answer = "";
    const acts = Object.assign(document.createElement("p"), { className: "acts" });
    acts.append(link);
    item.append(answers, acts);
  }

  wait(said) {
    this.waiting.push(said);
    this.showWaiting();
  }

  showWaiting() {
    const count = this.waiting.length;
    const words = this.getAttribute(count === 1 ? "words-one" : "words-many");
    this.bar.textContent = words.replace("#", this.waiting.includes(null) ? "…" : count);
    this.bar.hidden = !count;
  }

  enter() {
    if (this.waiting.includes(null)) return location.reload();
    this.bar.hidden = true;
    const came = this.waiting.splice(0);
    for (const said of came) this.put(said, this.home(said) ?? this.list);
    came[0]?.scrollIntoView({ block: "center" });
  }

  // What was said anew, hidden or taken back is read again where it stands, or waits to stand.
  async refresh(position) {
    const id = `say-${position}`;
    const old = this.querySelector(`#${id}`);
    const held = this.waiting.findIndex((one) => one?.id === id);
    if (!old && held < 0) return;
    if (held >= 0) this.waiting[held] = null; // whoever doesn't wait for it loads the page
    const page = await readPage(`${this.getAttribute("base")}said/${position}/?before=${Number(position) + 1}`);
    const fresh = page?.getElementById(id);
    if (fresh && held >= 0 && this.waiting[held] === null) this.waiting[held] = document.adoptNode(fresh);
    else if (fresh) old?.replaceWith(document.adoptNode(fresh));
    this.number();
  }

  number() {
    let count = 0;
    for (const said of this.querySelectorAll(".say[data-x]")) {
      const { cue, file, x, y, position } = said.dataset;
      const [picture, place] = [image(part(cue, Number(file))), said.querySelector("[data-mark]")];
      if (!picture || !place) continue; // on a page without the work, or hidden
      count += 1;
      place.textContent = count;
      mark(picture, { x, y, words: count, key: position });
    }
  }

  answer(event) {
    const link = event.target.closest("[data-answer]");
    const form = this.querySelector("form#say");
    const isPlain = !(event.ctrlKey || event.metaKey || event.shiftKey || event.button);
    if (!link || !form || !isPlain) return;
    event.preventDefault();
    const thread = link.closest("[data-thread]");
    const known = thread.querySelector("form.say-form");
    if (known) return known.elements.words.focus();
    const answer = form.cloneNode(true);
    answer.id = `answer-${thread.dataset.thread}`;
    answer.reset();
    const to = Object.assign(document.createElement("input"), { type: "hidden", name: "to", value: thread.dataset.thread });
    answer.append(to);
    const words = answer.elements.words;
    words.value = "";
    words.parentElement.firstChild.textContent = `${this.getAttribute("words-answer")} `;
    answer.querySelector(".button").textContent = this.getAttribute("words-answers");
    link.closest(".acts").hidden = true;
    thread.append(answer);
    this.recall(answer);
    words.focus();
  }

  press(event) {
    if (event.key !== "Enter" || !(event.ctrlKey || event.metaKey) || event.target.name !== "words") return;
    event.preventDefault();
    event.target.form.requestSubmit();
  }

  async send(event) {
    const form = event.target;
    if (!form.matches(".say-form")) return;
    event.preventDefault();
    if (form.isSending) return;
    form.isSending = true;
    const sent = form.elements.words.value;
    this.tell(form, this.getAttribute("words-sending"));
    const answer = await fetch(form.action, { method: "POST", body: new FormData(form), headers: { Accept: "application/json" } }).catch(() => null);
    const said = await answer?.json().catch(() => null);
    form.isSending = false;
    if (answer?.status === 201 && said) return this.heard(form, said, sent);
    // The page comes back with the new line, or with the box for a name that this browser knew before.
    if (said?.is_anew || (said?.is_nameless && !form.elements.name)) return form.submit();
    if (said?.is_kept) this.kept(form, sent);
    this.tell(form, said?.is_kept ? said.sentence : "", said?.is_kept ? "" : said?.sentence ?? said?.title ?? this.getAttribute("words-offline"));
  }

  // The house has the words: tapped once more, they would wait twice. What was written since stays.
  kept(form, sent) {
    const { words } = form.elements, since = words.value === sent ? "" : words.value;
    form.reset();
    words.value = since;
    this.keep(form);
    form.querySelector("sound-note")?.hold?.(null);
    form.querySelector(".more").open = false;
    for (const name of this.querySelectorAll("form [name=name]")) name.parentElement.remove(); // known now
  }

  heard(form, { html }, sent) {
    const isHere = form.contains(document.activeElement) || document.activeElement === document.body;
    this.kept(form, sent);
    const said = read(html);
    document.getElementById(said.id)?.closest("li").remove(); // the stream was quicker …
    this.waiting = this.waiting.filter((one) => one?.id !== said.id); // … and it waited already
    this.showWaiting();
    this.put(said, this.home(said) ?? this.list);
    const acts = form.parentElement.querySelector(":scope > .acts[hidden]");
    this.tell(form, "");
    if (form.elements.words.value) return;
    const next = acts ? acts.querySelector("a") : form.querySelector(".button:not([type=button])");
    if (acts) {
      acts.hidden = false;
      form.remove();
    }
    if (!isHere) return; // whoever went elsewhere meanwhile is not called back
    next.focus({ preventScroll: true });
    said.scrollIntoView({ block: "nearest" });
  }

  tell(form, words, wrong = "") {
    form.querySelector("[data-status]").textContent = words;
    const place = form.querySelector("[data-wrong]");
    form.querySelector(":scope > .acts").before(place); // beside what was tapped: a long form hides its head
    place.textContent = wrong;
    place.hidden = !wrong;
  }

  // Words that were not sent stay on this device, and come back with the page.
  key(form) {
    return `draft ${new URL(form.action).pathname} ${form.elements.to?.value ?? ""}`.trim();
  }

  keep(form) {
    const { value } = form.elements.words;
    if (value) localStorage.setItem(this.key(form), value);
    else localStorage.removeItem(this.key(form));
  }

  recall(form) {
    form.elements.words.value ||= localStorage.getItem(this.key(form)) ?? "";
  }
}

function isBelow(home) {
  return home.getBoundingClientRect().bottom > innerHeight;
}

function read(html) {
  const template = document.createElement("template");
  template.innerHTML = html;
  return template.content.querySelector("article");
}

customElements.define("voices-thread", VoicesThread);
