// Plays a file's versions one after the other, in the place of the one that is shown. Each kind says
// what they are (`found`), how one is fetched and put there, and its pace in milliseconds.
export class Lapse extends HTMLElement {
  connectedCallback() {
    this.versions = this.found();
    if (this.versions.length < 2 || this.button) return;
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
    this.at = this.at >= this.versions.length - 1 ? 0 : this.at ?? 0;
    this.next = this.fetched(this.versions[this.at]);
    await this.show();
  }

  // The next one is fetched while this one is looked at: a slow line slows it, and shows no gap.
  async show() {
    const { next } = this, fresh = await next;
    if (!this.timer || next !== this.next) return; // stopped meanwhile, or begun anew
    if (fresh) this.put(fresh);
    this.told.textContent = this.getAttribute("label-at").replace("{number}", this.at + 1).replace("{count}", this.versions.length);
    if (this.at >= this.versions.length - 1) return this.stop();
    this.at += 1;
    this.next = this.fetched(this.versions[this.at]);
    const { whole, slowest, fastest } = this.pace;
    this.timer = setTimeout(() => this.show(), Math.min(slowest, Math.max(fastest, whole / this.versions.length)));
  }

  stop() {
    clearTimeout(this.timer);
    this.timer = null;
    this.button.textContent = this.getAttribute("label-play");
  }
}
