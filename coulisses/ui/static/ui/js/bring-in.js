// Sends a long file a slice at a time: it may be as long as the house takes in, and a line may break.
// Without it the form sends the file whole, as far as one request may be.
const TRIES = 8;
const rest = (tries) => new Promise((go) => { setTimeout(go, Math.min(1000 * 2 ** tries, 30000)); });

class BringIn extends HTMLElement {
  connectedCallback() {
    this.form = this.querySelector("form");
    this.form.addEventListener("submit", (event) => {
      const file = this.form.elements.namedItem("file").files[0];
      if (!file) return;
      event.preventDefault();
      this.begin(file);
    });
  }

  async begin(file) {
    const button = this.form.querySelector("button");
    button.disabled = true;
    try {
      const said = new FormData(this.form);
      said.delete("file");
      said.set("name", file.name);
      said.set("length", file.size);
      const page = await this.send(this.form.action, said);
      for (let start = 0; start < file.size; start += this.slice) await this.piece(page, file, start);
      location.assign(page);
    } catch (error) {
      this.say(error.message || this.getAttribute("wrong"), "alert");
      button.disabled = false;
    }
  }

  get slice() {
    return Number(this.getAttribute("slice"));
  }

  async piece(page, file, start) {
    const said = new FormData();
    said.set("csrfmiddlewaretoken", this.form.elements.namedItem("csrfmiddlewaretoken").value);
    said.set("offset", start);
    said.set("file", file.slice(start, start + this.slice), file.name);
    const parts = Math.floor((100 * start) / file.size);
    this.say(`${parts} % · ${this.getAttribute("sending")}`, "status");
    await this.send(`${page}pieces`, said);
  }

  // What cannot be reached is tried again; what is refused says why.
  async send(address, body) {
    for (let tries = 0; ; tries += 1) {
      const answer = await fetch(address, { method: "POST", body, headers: { accept: "application/json" } })
        .catch(() => null);
      const said = await answer?.json().catch(() => null);
      if (answer?.ok && said) return said.page;
      if (tries >= TRIES || (answer && answer.status < 500)) throw new Error(said?.detail ?? "");
      await rest(tries);
    }
  }

  say(words, role) {
    const line = this.querySelector("output");
    line.setAttribute("role", role);
    line.className = role === "alert" ? "wrong" : "";
    line.textContent = words;
  }
}

customElements.define("bring-in", BringIn);
