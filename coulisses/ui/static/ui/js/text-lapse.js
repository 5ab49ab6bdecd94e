// Plays the versions of a text: each version's own page is asked for what it says in `.version`.
const LENGTH = 60000; // milliseconds a long life is told in
const SLOWEST = 2400;
const FASTEST = 700;
const BEFORE = 24; // letters that tell one place of a text from another

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
    this.closest(".life").querySelector(".version").replaceWith(fresh);
    const [leaf, prose] = [fresh.querySelector(".leaf"), fresh.querySelector(".prose")];
    if (!leaf) return;
    leaf.classList.add("is-playing");
    leaf.replaceChildren(...TextLapse.marked(leaf.textContent, prose?.childNodes ?? []));
    const put = leaf.querySelector("ins");
    if (put) leaf.scrollTop = put.offsetTop - leaf.clientHeight / 3;
  }

  // The text with what was put into it marked: each is found by the words that stand before it.
  static marked(text, nodes) {
    const parts = [];
    let [shown, before] = [0, ""];
    for (const node of nodes) {
      if (node.nodeName === "DEL") continue;
      if (node.nodeName === "INS") {
        const tail = before.split("…").at(-1).slice(-BEFORE);
        const start = text.indexOf(tail + node.textContent, Math.max(0, shown - BEFORE)) + tail.length;
        if (start >= Math.max(shown, tail.length)) {
          parts.push(text.slice(shown, start), Object.assign(document.createElement("ins"), { textContent: node.textContent }));
          shown = start + node.textContent.length;
        }
      }
      before += node.textContent;
    }
    return [...parts, text.slice(shown)];
  }

  stop() {
    clearTimeout(this.timer);
    this.timer = null;
    this.button.textContent = this.getAttribute("label-play");
  }
}

customElements.define("text-lapse", TextLapse);
