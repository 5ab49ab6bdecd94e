// Keeps a moment as it is written: on the server, and on this device while there is no connection.
// What came is kept before a button is obeyed, so that nothing typed or recorded can be lost.
const SOON = 1200; // milliseconds of quiet before what was typed is kept
const AGAIN = 15_000; // milliseconds until a lost connection is tried anew
const WORDS = ["body", "title", "teaser", "kind", "asks", "audience", "settles", "how", "shows"];

class MomentComposer extends HTMLElement {
  connectedCallback() {
    this.form = this.querySelector("form");
    if (!this.form || this.queue) return;
    this.said = this.querySelector("[data-said]");
    this.queue = Promise.resolve(true);
    this.coming = []; // files that no input holds: pasted, dropped, recorded
    this.changes = 0;
    this.setAttribute("ready", "");
    this.form.addEventListener("input", (event) => this.note(event));
    this.form.addEventListener("change", (event) => event.target.type === "file" && this.keep({ hasFiles: true }));
    this.form.addEventListener("submit", (event) => this.obey(event));
    this.form.addEventListener("keydown", (event) => this.press(event));
    this.form.addEventListener("paste", (event) => this.take(event, event.clipboardData));
    for (const type of ["dragover", "dragleave", "drop"]) this.form.addEventListener(type, (event) => this.drag(event));
    this.addEventListener("note-recorded", (event) => this.bring([["sound", event.detail]]));
    this.back = () => this.isOwed && this.keep();
    this.leave = (event) => this.hasFilesHere && event.preventDefault();
    addEventListener("online", this.back);
    addEventListener("beforeunload", this.leave);
    this.recall();
  }

  disconnectedCallback() {
    removeEventListener("online", this.back);
    removeEventListener("beforeunload", this.leave);
    clearTimeout(this.timer);
  }

  get key() {
    return `draft ${new URL(this.form.action).pathname}`;
  }

  get hasSomething() {
    const [body, title] = ["body", "title"].map((name) => this.form.elements[name]?.value.trim());
    return body || title || this.form.querySelector("[name=part]") || this.coming.length || this.files.some((input) => input.files.length);
  }

  // Words outlive the page on this device; files that did not reach the house would not.
  get hasFilesHere() {
    return this.coming.length || (this.isOwed && this.files.some((input) => input.files.length));
  }

  get files() {
    return [...this.form.querySelectorAll("input[type=file]")];
  }

  note({ target }) {
    if (!target.name || target.type === "file" || target.name === "due") return;
    this.changes += 1;
    const words = Object.fromEntries(WORDS.map((name) => [name, this.form.elements[name]?.value ?? ""]));
    localStorage.setItem(this.key, JSON.stringify({ knew: this.form.elements.knew.value, words }));
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.keep(), SOON);
  }

  // What a lost connection left here comes back; the server sees to it that nothing newer is lost.
  recall() {
    const left = JSON.parse(localStorage.getItem(this.key) ?? "null");
    if (!left || this.form.querySelector(".wrong, .errorlist")) return;
    for (const name of WORDS) if (this.form.elements[name] && left.words[name]) this.form.elements[name].value = left.words[name];
    this.form.elements.knew.value = left.knew;
    this.changes += 1;
    this.keep();
  }

  press(event) {
    if (event.key !== "Enter" || !(event.ctrlKey || event.metaKey)) return;
    event.preventDefault();
    this.form.requestSubmit(this.form.querySelector("[data-tells]"));
  }

  drag(event) {
    if (!event.dataTransfer?.types.includes("Files")) return;
    event.preventDefault();
    this.classList.toggle("is-over", event.type === "dragover");
    if (event.type === "drop") this.take(event, event.dataTransfer);
  }

  take(event, transfer) {
    const files = [...(transfer?.files ?? [])];
    if (!files.length) return;
    event.preventDefault();
    this.bring(files.map((file) => [file.type.startsWith("image/") ? "pictures" : "file", file]));
  }

  bring(files) {
    this.coming.push(...files);
    return this.keep({ hasFiles: true });
  }

  async obey(event) {
    const { submitter } = event;
    if (this.isSure) return;
    event.preventDefault();
    if (["remove", "earlier"].includes(submitter?.name)) return this.keep({ moved: [submitter.name, submitter.value] });
    await this.querySelector("sound-note")?.finish?.();
    clearTimeout(this.timer);
    const isKept = !this.hasSomething || (await this.keep());
    if (!isKept) return;
    if (submitter?.value === "keep") return this.tell(this.getAttribute("words-kept"));
    await new Promise((done) => setTimeout(done)); // a form hears no second wish while it is told of the first
    this.isSure = true;
    this.form.requestSubmit(submitter);
    this.isSure = false;
  }

  // One after the other, each knowing what the one before it learned.
  keep(how = {}) {
    if (!this.hasSomething) return this.queue;
    this.queue = this.queue.then(() => this.send(how));
    return this.queue;
  }

  async send({ hasFiles, moved }) {
    const [changes, coming] = [this.changes, [...this.coming]];
    const chosen = this.files.map((input) => [input, input.files]);
    const data = new FormData(this.form);
    data.delete("act");
    if (moved) data.set(...moved);
    for (const [name, file] of coming) data.append(name, file);
    this.tell(this.getAttribute("words-keeping"));
    const answer = await fetch(this.form.action, { method: "POST", body: data, headers: { Accept: "application/json" } }).catch(() => null);
    if (!answer) return this.owe();
    if (answer.redirected) return void location.assign(answer.url); // told meanwhile
    const said = await answer.json().catch(() => ({ wrong: answer.statusText }));
    this.coming = this.coming.filter((one) => !coming.includes(one));
    for (const [input, files] of chosen) if (input.files === files) input.value = "";
    if (!answer.ok) return this.tell(said.wrong ?? said.detail ?? said.title, true);
    this.isOwed = false;
    if (changes === this.changes) localStorage.removeItem(this.key);
    this.learn(said, hasFiles || moved || said.note || coming.length || chosen.some(([, files]) => files.length));
    this.tell(said.note || this.getAttribute("words-kept"), Boolean(said.note));
    return true;
  }

  learn({ address, revision, parts }, isNew) {
    const isElsewhere = new URL(this.form.action).pathname !== address;
    if (isElsewhere) localStorage.removeItem(this.key);
    this.form.action = address;
    this.form.elements.knew.value = revision;
    if (isElsewhere) history.replaceState(history.state, "", address);
    if (!isNew) return;
    const { activeElement: at } = document, caret = [at.selectionStart, at.selectionEnd];
    const typed = new Map([...this.form.querySelectorAll("[name^=words-]")].map((field) => [field.name, field.value]));
    this.querySelector("[data-parts]").innerHTML = parts;
    for (const [name, value] of typed) if (this.form.elements[name]) this.form.elements[name].value = value;
    if (at.isConnected || !typed.has(at.name)) return;
    this.form.elements[at.name]?.focus({ preventScroll: true }); // whoever writes there writes on
    this.form.elements[at.name]?.setSelectionRange(...caret);
  }

  owe() {
    this.isOwed = true;
    clearTimeout(this.timer);
    this.timer = setTimeout(this.back, AGAIN);
    this.tell(this.getAttribute("words-offline"), true);
    return false;
  }

  tell(words, isWrong = false) {
    this.said.textContent = words;
    this.said.classList.toggle("is-wrong", isWrong);
    return !isWrong;
  }
}

customElements.define("moment-composer", MomentComposer);
