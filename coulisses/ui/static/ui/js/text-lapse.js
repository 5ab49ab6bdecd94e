// Plays the versions of a text: each version's own page is asked for what it says in `.version`.
const LENGTH = 60000; // milliseconds a long life is told in
const SLOWEST = 2400;
const FASTEST = 700;

class TextLapse extends HTMLElement {
  connectedCallback() {
    this.marks = [...this.querySelectorAll("a[href]")].filter((mark) => mark.getAttribute("href").startsWith("?at="));
    if (this.marks.length < 2 || this.button) return;
    this.button = Object.assign(document.createElement("button"), { type: "button", className: "button ghost small play" });
    this.button.addEventListener("click", () => (this.timer ? this.stop() : this.play()));
    this.told = Object.assign(document.createElement("span"), { className: "quiet" });
    this.told.setAttribute("role", "status");
    const row = Object.assign(document.createElement("p"), { className: "acts" });
    row.append(this.button, this.told);
    this.prepend(row);
    this.stop();
  }

  disconnectedCallback() {
    clearTimeout(this.timer);
  }

  async play() {
    this.button.textContent = this.getAttribute("label-pause");
    this.timer = true;
    this.at = this.at >= this.marks.length - 1 ? 0 : this.at ?? 0;
    this.next = this.ask(this.at);
    await this.show();
  }

  async ask(at) {
    const answer = await fetch(this.marks[at].getAttribute("href")).catch(() => null);
    if (!answer?.ok) return null;
    return new DOMParser().parseFromString(await answer.text(), "text/html").querySelector(".version");
  }

  // The next one is asked for while this one is read, so that a slow line slows it and shows no gap.
  async show() {
    const fresh = await this.next;
    if (!this.timer) return;
    if (fresh) this.put(document.adoptNode(fresh));
    this.told.textContent = this.getAttribute("label-at").replace("{number}", this.at + 1).replace("{count}", this.marks.length);
    if (this.at >= this.marks.length - 1) return this.stop();
    this.at += 1;
    this.next = this.ask(this.at);
    this.timer = setTimeout(() => this.show(), Math.min(SLOWEST, Math.max(FASTEST, LENGTH / this.marks.length)));
  }

  put(fresh) {
    const shown = this.closest(".life").querySelector(".version");
    const before = shown.querySelector(".leaf")?.textContent ?? "";
    shown.replaceWith(fresh);
    const leaf = fresh.querySelector(".leaf");
    if (leaf) TextLapse.mark(leaf, before);
  }

  // What is new in the text lies between what both begin and what both end with: it is brought into sight.
  static mark(leaf, before) {
    const after = leaf.textContent;
    const most = Math.min(before.length, after.length);
    let start = 0;
    while (start < most && before[start] === after[start]) start += 1;
    let end = 0;
    while (end < most - start && before.at(-1 - end) === after.at(-1 - end)) end += 1;
    leaf.classList.add("is-playing");
    if (!before || start + end >= after.length) return;
    const put = Object.assign(document.createElement("ins"), { textContent: after.slice(start, after.length - end) });
    leaf.replaceChildren(after.slice(0, start), put, after.slice(after.length - end));
    leaf.scrollTop = put.offsetTop - leaf.clientHeight / 3;
  }

  stop() {
    clearTimeout(this.timer);
    this.timer = null;
    this.button.textContent = this.getAttribute("label-play");
  }
}

customElements.define("text-lapse", TextLapse);
