// The box that ideas are thrown from. Words stay in it until they stand on the wall, whatever happens.
class IdeaThrow extends HTMLElement {
  connectedCallback() {
    this.form = this.querySelector("form");
    this.box = this.form.elements.words;
    this.box.value ||= localStorage.getItem(this.key) ?? "";
    this.box.addEventListener("input", () => (this.keep(), this.tell("")));
    this.box.addEventListener("keydown", (event) => this.press(event));
    this.form.addEventListener("submit", (event) => this.send(event));
    this.follow = (event) => this.build(event);
    document.addEventListener("click", this.follow);
    this.begin = ({ detail }) => detail.begins && detail.phase === "throw" && this.querySelector(".unheard").replaceChildren();
    document.addEventListener("phase", this.begin);
    this.hear = ({ detail }) => this.heard(detail);
    document.addEventListener("heard", this.hear);
    this.own = this.querySelector("[data-own]");
    this.waiting = new Map([...this.own.querySelectorAll("li")].map((one) => [one.textContent, one]));
    // Whoever came by a code came to write; where the box is in view, nothing scrolls for it.
    if (location.hash === "#in" && this.checkVisibility()) this.box.focus({ preventScroll: true });
  }

  disconnectedCallback() {
    document.removeEventListener("click", this.follow);
    document.removeEventListener("phase", this.begin);
    document.removeEventListener("heard", this.hear);
  }

  get key() {
    return `draft ${new URL(this.form.action).pathname}`;
  }

  keep() {
    if (this.box.value) localStorage.setItem(this.key, this.box.value);
    else localStorage.removeItem(this.key);
  }

  // One sentence: the line ends it. On a phone the key says so.
  press(event) {
    if (event.key !== "Enter" || event.shiftKey || event.isComposing) return;
    event.preventDefault();
    this.form.requestSubmit();
  }

  // “And also …” under an idea brings it to the box, without leaving the page.
  build(event) {
    const link = event.target.closest("a.also, [data-drop]");
    if (!link || event.ctrlKey || event.metaKey || event.shiftKey || event.button || !this.checkVisibility()) return;
    event.preventDefault();
    const idea = link.closest("article");
    this.form.elements.on.value = idea?.dataset.position ?? "";
    this.querySelector("[data-on]").textContent = idea?.querySelector(".words").textContent ?? "";
    this.querySelector(".also-on").hidden = !idea;
    this.tell("");
    this.box.focus();
  }

  async send(event) {
    event.preventDefault();
    if (this.isSending) return;
    this.isSending = true;
    const fields = ["words", "on", "picture", "alt"].map((name) => this.form.elements[name]);
    const now = () => fields.map((one) => one.files ?? one.value), sent = now();
    this.tell(this.getAttribute("words-sending"));
    const answer = await fetch(this.form.action, { method: "POST", body: this.body, headers: { Accept: "application/json" } }).catch(() => null);
    const said = await answer?.json().catch(() => null);
    this.isSending = false;
    // What was written, or taken up, since it was sent is the next idea's.
    const clear = () => this.clear(fields.filter((_, at) => now()[at] === sent[at]));
    if (answer?.ok && said && "position" in said) return this.thrown(said, clear);
    // The page comes back with the new line, or with the box for a name that this browser knew before.
    if (said?.is_anew || (said?.is_nameless && !this.form.elements.name)) return this.form.submit();
    if (said?.is_kept) {
      this.wait(sent[0].trim());
      clear();
    }
    this.tell(said?.is_kept ? said.sentence : "", said?.is_kept ? "" : said?.sentence ?? said?.title ?? document.body.dataset.away);
  }

  wait(words) {
    const item = Object.assign(document.createElement("li"), { textContent: words, dir: "auto" });
    this.waiting.set(words, item);
    this.own.querySelector("ul").append(item);
    this.own.hidden = false;
  }

  // What was said of a clock that stood still goes as it runs; what waited for a look is one's own here.
  heard({ kind, data }) {
    if (kind.startsWith("phase.")) this.tell("");
    if (kind !== "idea.thrown" || !this.waiting.size) return;
    const idea = new DOMParser().parseFromString(data, "text/html").querySelector(".idea");
    const words = idea?.querySelector(".words")?.textContent, item = this.waiting.get(words);
    if (!item) return;
    this.waiting.delete(words);
    item.remove();
    this.own.hidden = !this.own.querySelector("li");
    this.tell(this.getAttribute("words-thrown"));
    this.claim(idea.dataset.position);
  }

  // Without a picture it is a short form, which the house does together with those of a whole hall.
  get body() {
    const said = new FormData(this.form);
    return said.get("picture")?.size ? said : new URLSearchParams([...said].filter(([, value]) => typeof value === "string"));
  }

  thrown({ position, html, words }, clear) {
    clear();
    this.tell(this.getAttribute(words ? "words-kept" : "words-thrown"));
    if (position && !html) this.claim(position);
    if (words) this.querySelector(".unheard").prepend(Object.assign(document.createElement("li"), { textContent: words, dir: "auto" }));
    if (!html) return;
    const idea = new DOMParser().parseFromString(html, "text/html").body.firstElementChild;
    const known = document.getElementById(idea.id); // the stream was quicker
    if (known) known.replaceWith(document.adoptNode(idea));
    else document.dispatchEvent(new CustomEvent("heard", { detail: { kind: "idea.thrown", data: html } }));
  }

  // Thrown together with others it comes by the stream, as to everybody, and is one's own here.
  claim(position) {
    const idea = document.getElementById(`idea-${position}`);
    if (!idea) return void document.addEventListener("idea", () => this.claim(position), { once: true });
    if ("mine" in idea.dataset) return;
    idea.dataset.mine = "";
    const [mine, back] = [document.createElement("span"), document.createElement("a")];
    mine.textContent = this.getAttribute("words-mine");
    Object.assign(back, { className: "reach", href: `${this.form.action}/${position}/taking-back`, textContent: this.getAttribute("words-back") });
    idea.querySelector("footer > .by")?.after(" ", mine);
    idea.querySelector("footer")?.append(back);
  }

  clear(fields) {
    for (const one of fields) one.value = "";
    this.keep();
    this.querySelector(".also-on").hidden = !this.form.elements.on.value;
    this.querySelector(".more").open = false;
    if (!this.form.elements.without_name?.checked) this.querySelector(".name-of")?.remove(); // known now
    // Whoever went elsewhere meanwhile is not called back.
    if (this.contains(document.activeElement) || document.activeElement === document.body) this.box.focus({ preventScroll: true });
  }

  tell(words, wrong = "") {
    this.querySelector("[data-status]").textContent = words;
    const place = this.querySelector("[data-wrong]");
    place.textContent = wrong;
    place.hidden = !wrong;
  }
}

customElements.define("idea-throw", IdeaThrow);
