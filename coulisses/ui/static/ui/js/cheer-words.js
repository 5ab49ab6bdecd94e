// A word given with one tap: at once on this screen, then on all the others. What signals say are
// totals, and of a doubt or a failure only that there is a word: one that comes twice does no harm.
let words; // those that one can give: a page holds them once, in its first card

class CheerWords extends HTMLElement {
  connectedCallback() {
    this.form = this.querySelector("form") ?? this.unfold();
    if (!this.form) return; // the link still leads to where they stand
    this.hear = ({ detail }) => this.show(detail.cheers?.[this.dataset.position]);
    this.form.onsubmit = (event) => this.tap(event);
    document.addEventListener("moved", this.hear);
  }

  // Instead of the link, the words themselves; what was given already takes its places among them.
  unfold() {
    words ??= document.querySelector("cheer-words > template");
    const link = this.querySelector(":scope > a"), given = this.querySelector(":scope > .tally");
    const form = words?.content.firstElementChild.cloneNode(true);
    if (!form) return null;
    form.action = link.href.replace("#cheer", "/cheers");
    form.querySelector("[id]").removeAttribute("id");
    link.replaceWith(form);
    const offered = this.getAttribute("words")?.split(" ");
    for (const button of offered ? form.querySelectorAll("button") : []) if (!offered.includes(button.value)) this.drop(form, button);
    if (!this.isSilent) form.querySelector("[data-names]").remove();
    else for (const one of form.querySelectorAll("[data-word] b")) one.remove();
    for (const told of given?.children ?? []) this.place(form, told.cloneNode(true));
    given?.remove();
    return form;
  }

  drop(form, button) {
    form.querySelector(`[data-word="${CSS.escape(button.value)}"]`).remove();
    button.remove();
  }

  place(form, told) {
    const { word } = told.dataset, tally = form.querySelector(".tally");
    const there = tally.querySelector(word ? `[data-word="${CSS.escape(word)}"]` : "[data-names]");
    if (there) there.replaceWith(told);
    else tally.insertBefore(told, tally.querySelector("[data-names]"));
    if (told.matches(".is-mine")) this.offer(form, told);
  }

  // Who gave a word takes it back by the same, though nobody may be able to give it any more.
  offer(form, told) {
    const { word } = told.dataset, offered = form.querySelector(".offered");
    let button = offered.querySelector(`[value="${CSS.escape(word)}"]`);
    if (!button) {
      button = words.content.querySelector("button").cloneNode();
      button.append(told.firstChild.textContent.trim());
      button.value = word;
      offered.append(button, " ");
    }
    button.name = "undo";
    button.setAttribute("aria-pressed", true);
  }

  disconnectedCallback() {
    document.removeEventListener("moved", this.hear);
  }

  tap(event) {
    const button = event.submitter;
    if (!button || this.isPlain) return;
    event.preventDefault();
    const body = new URLSearchParams({ [button.name]: button.value });
    const isGiven = button.name === "give";
    this.querySelector("[data-away]")?.remove();
    const wasTold = !this.told(button.value)?.hidden;
    this.mark(button, isGiven);
    this.count(button.value, isGiven ? 1 : -1);
    this.sent = Promise.resolve(this.sent).then(() => this.send(body, button, isGiven, wasTold)); // in their order
  }

  async send(body, button, isGiven, wasTold) {
    try {
      const answer = await fetch(this.form.action, { method: "POST", body, headers: { Accept: "application/json" } });
      if (!answer.ok) return this.refused(button, isGiven, wasTold);
      this.show(await answer.json());
    } catch {
      this.undo(button, isGiven, wasTold); // nobody there: as if it had not been tapped, and one reads why
      this.lost();
    }
  }

  // Why it was refused stands on the page that a form without script leads to.
  refused(button, isGiven, wasTold) {
    this.undo(button, isGiven, wasTold);
    this.isPlain = true;
    this.form.requestSubmit(button);
  }

  lost() {
    const said = Object.assign(document.createElement("p"), { className: "away", role: "alert", textContent: document.body.dataset.away ?? "" });
    said.dataset.away = "";
    this.form.append(said);
  }

  undo(button, isGiven, wasTold) {
    this.mark(button, !isGiven);
    if (this.isSilent) return this.set(button.value, wasTold);
    this.count(button.value, isGiven ? -1 : 1);
  }

  get isSilent() {
    return this.hasAttribute("silent");
  }

  mark(button, isMine) {
    button.name = isMine ? "undo" : "give";
    button.setAttribute("aria-pressed", isMine);
    this.told(button.value)?.classList.toggle("is-mine", isMine);
  }

  told(word) {
    return this.querySelector(`[data-word="${CSS.escape(word)}"]`);
  }

  // Until the house has answered; of a silent entry nobody here knows whether others gave it, too.
  count(word, by) {
    if (this.isSilent) return by > 0 && this.set(word, true);
    this.set(word, Number(this.told(word)?.querySelector("b").textContent ?? 0) + by);
  }

  show(given = {}) {
    for (const [word, count] of Object.entries(given)) {
      if (word === "names") this.name(count);
      else this.set(word, count);
    }
  }

  set(word, count) {
    const told = this.told(word);
    if (!told) return;
    told.hidden = !count || count < 0;
    if (!this.isSilent) told.querySelector("b").textContent = Math.max(0, count);
  }

  name(names) {
    const place = this.querySelector("[data-names]");
    place.hidden = !names.length;
    place.querySelector("b").textContent = names.join(", ");
  }
}

// Back after a while, a page asks once for all that it shows: signals tell only what moves now.
document.addEventListener("rejoined", async () => {
  const shown = [...document.querySelectorAll("cheer-words")];
  const form = shown[0]?.querySelector("form");
  if (!form) return;
  const base = form.getAttribute("action").replace(/\d+\/cheers$/, "");
  const of = [...new Set(shown.map((one) => one.dataset.position))].join(",");
  const answer = await fetch(`${base}cheers?of=${of}`).catch(() => null);
  const said = answer?.ok && (await answer.json().catch(() => null));
  if (said) document.dispatchEvent(new CustomEvent("moved", { detail: said }));
});

customElements.define("cheer-words", CheerWords);
