// Keeps a draft, takes dropped and pasted pictures, sends with Ctrl+Enter. The form works without.
class MomentForm extends HTMLElement {
  connectedCallback() {
    this.form = this.querySelector("form");
    if (!this.form || this.key) return;
    this.key = `draft ${new URL(this.form.action).pathname}`;
    this.recall();
    this.form.addEventListener("input", () => this.keep());
    this.form.addEventListener("submit", () => sessionStorage.setItem(this.key, "sent"));
    this.form.addEventListener("keydown", (event) => {
      if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) this.form.requestSubmit();
    });
    this.form.addEventListener("paste", (event) => this.take(event.clipboardData));
    this.querySelector("input[type=file]")?.addEventListener("change", () => this.describe());
    for (const type of ["dragover", "dragleave", "drop"]) this.form.addEventListener(type, (event) => this.drag(event));
  }

  get fields() {
    return [...this.form.querySelectorAll("input[name=title], textarea[name=body]")];
  }

  keep() {
    const draft = Object.fromEntries(this.fields.map((field) => [field.name, field.value]));
    localStorage.setItem(this.key, JSON.stringify(draft));
  }

  recall() {
    const wasSent = sessionStorage.getItem(this.key) && !this.form.querySelector(".wrong, .errorlist");
    sessionStorage.removeItem(this.key);
    if (wasSent) localStorage.removeItem(this.key);
    const draft = JSON.parse(localStorage.getItem(this.key) ?? "{}");
    for (const field of this.fields) field.value ||= draft[field.name] ?? "";
    if (this.fields.some((field) => field.value)) this.closest("details")?.setAttribute("open", "");
  }

  drag(event) {
    event.preventDefault();
    this.classList.toggle("is-over", event.type === "dragover");
    if (event.type === "drop") this.take(event.dataTransfer);
  }

  take(transfer) {
    const input = this.form.querySelector("input[type=file]");
    const pictures = [...transfer.files].filter((file) => file.type.startsWith("image/"));
    if (!input || !pictures.length) return;
    const all = new DataTransfer();
    for (const file of [...input.files, ...pictures]) all.items.add(file);
    input.files = all.files;
    this.describe();
  }

  // Several pictures: a field for each, by its name; together they are the lines of the one that is sent.
  describe() {
    const files = [...this.form.querySelector("input[type=file]").files];
    const place = this.querySelector("[data-alts]");
    const lines = place.querySelector("textarea");
    const said = lines.value.split("\n");
    place.querySelectorAll(".one").forEach((one) => one.remove());
    lines.hidden = files.length > 1;
    if (!lines.hidden) return;
    files.forEach((file, index) => {
      const label = Object.assign(document.createElement("label"), { className: "one" });
      const field = Object.assign(document.createElement("input"), { value: said[index] ?? "", maxLength: 500, autocomplete: "off" });
      field.addEventListener("input", () => {
        lines.value = [...place.querySelectorAll(".one input")].map((one) => one.value).join("\n");
      });
      label.append(file.name, field);
      place.append(label);
    });
  }
}

customElements.define("moment-form", MomentForm);
