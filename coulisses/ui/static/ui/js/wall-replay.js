// Plays how a wall was made: the steps come a page at a time; silences are cut short, the rest runs faster.
const SILENCE = 20; // seconds that are waited out at most, before they are sped up
const TICK = 100; // milliseconds
const SHOWN = 8; // ideas of a family at once: the newest, or once counted those with the most dots
const ALONE = 40; // of them while there are no families

class WallReplay extends HTMLElement {
  connectedCallback() {
    const find = (name) => this.querySelector(`[data-${name}]`);
    this.player = this.querySelector(".player");
    if (!this.player || this.steps) return;
    [this.button, this.speed, this.range, this.clock, this.said, this.board] = ["play", "speed", "at", "clock", "said", "board"].map(find);
    Object.assign(this, { steps: [], times: [], at: 0, now: 0 });
    this.button.addEventListener("click", () => (this.timer ? this.pause() : this.play()));
    this.range.addEventListener("input", () => this.seek(Number(this.range.value)));
    this.querySelector(".chapters").addEventListener("click", ({ target }) => target.dataset.position && this.open(Number(target.dataset.position)));
    this.load(0);
  }

  disconnectedCallback() {
    clearInterval(this.timer);
  }

  async load(after) {
    try {
      const answer = await fetch(`${this.getAttribute("src")}?after=${after}`);
      const { steps, after: next } = await answer.json();
      for (const step of steps) this.add(step);
      if (!after) this.begin();
      this.range.max = Math.max(0, this.steps.length - 1);
      if (next) await this.load(next);
    } catch {
      this.said.textContent = this.getAttribute("away");
    }
  }

  add(step) {
    const before = this.steps.at(-1);
    const wait = before ? Math.min(SILENCE, step[2] - before[2]) : 0;
    this.times.push((this.times.at(-1) ?? 0) + wait);
    this.steps.push(step);
  }

  begin() {
    if (!this.steps.length) return;
    this.player.hidden = false;
    this.seek(0);
  }

  play() {
    if (this.at >= this.steps.length - 1) this.seek(0);
    this.now = this.times[this.at];
    this.timer = setInterval(() => this.tick(), TICK);
    this.button.textContent = this.getAttribute("pause");
    this.said.setAttribute("aria-live", "off");
  }

  pause() {
    clearInterval(this.timer);
    this.timer = null;
    this.button.textContent = this.getAttribute("play");
    this.said.setAttribute("aria-live", "polite");
  }

  tick() {
    this.now += (TICK / 1000) * Number(this.speed.value);
    let to = this.at;
    while (to < this.steps.length - 1 && this.times[to + 1] <= this.now) to += 1;
    if (to !== this.at) this.show(to);
    if (to >= this.steps.length - 1) this.pause();
  }

  seek(to) {
    this.show(to);
    this.now = this.times[this.at];
  }

  open(position) {
    const to = this.steps.findIndex((one) => one[1] >= position);
    if (to >= 0) this.seek(to);
  }

  // Forward, what is there goes on; backward, the wall is made anew.
  show(to) {
    if (!this.wall || to < this.at) this.wall = { upTo: -1, ideas: new Map(), families: new Map([[0, ""]]), phase: [] };
    while (this.wall.upTo < to) this.apply(this.steps[(this.wall.upTo += 1)]);
    this.at = to;
    this.range.value = to;
    this.clock.textContent = clock(this.steps[to][2]);
    this.range.ariaValueText = `${this.clock.textContent} ${this.wall.phase[1] ?? ""}`;
    this.said.textContent = this.wall.phase[2] ?? "";
    for (const one of this.querySelectorAll(".chapters button")) one.ariaCurrent = String(Number(one.dataset.position) === this.wall.phase[0]);
    this.draw();
  }

  apply([what, position, , ...said]) {
    const { ideas, families } = this.wall;
    const each = (list, change) => list.forEach((one) => ideas.has(one) && change(ideas.get(one)));
    ({
      p: () => { this.wall.phase = [position, said[1], said[2]]; },
      i: () => ideas.set(position, { position, words: said[0], by: said[1], on: said[2], family: 0, into: 0, dots: 0 }),
      f: () => (said[0] ? families.set(said[1], said[0]) : families.delete(said[1])),
      g: () => each(said[0], (one) => { one.family = said[1]; }),
      m: () => {
        if (said[1]) ideas.forEach((one) => { if (said[0].includes(one.into)) one.into = said[1]; });
        each(said[0], (one) => { one.into = said[1]; });
      },
      d: () => {
        this.wall.counted = true;
        ideas.forEach((one) => { one.dots = 0; });
        Object.entries(said[0]).forEach(([one, dots]) => each([Number(one)], (idea) => { idea.dots = dots; }));
      },
      s: () => each([said[0]], (one) => Object.assign(one, { kept: said[1], why: said[2] })),
    })[what]?.();
  }

  draw() {
    const { ideas, families, counted } = this.wall;
    const news = [...ideas.keys()].filter((one) => !this.known?.has(one));
    this.news = new Set(news.length > SHOWN ? [] : news);
    const most = families.size > 1 ? SHOWN : ALONE;
    const held = new Map([...families.keys()].map((family) => [family, []]));
    ideas.forEach((one) => one.into || (held.get(one.family) ?? held.get(0)).push(one));
    const columns = [];
    held.forEach((all, family) => {
      if (!family && !all.length && held.size > 1) return;
      const best = counted ? all.sort((one, other) => other.dots - one.dots || one.position - other.position).slice(0, most) : all.slice(-most).reverse();
      columns.push(this.column(family, families.get(family), all.length, threaded(best)));
    });
    this.board.replaceChildren(...columns);
    this.known = new Set([...ideas.keys()]);
  }

  column(family, name, count, best) {
    const column = make("section", "family");
    column.dataset.family = family;
    const title = make("h2");
    const words = make("span", "", name || this.getAttribute(this.wall.families.size > 1 ? "loose" : "ideas"));
    if (name) words.lang = this.getAttribute("lang-of");
    title.append(words, make("b", "", count));
    const list = make("ol", "chits");
    list.append(...best.map((one) => this.chit(one)));
    column.append(title, list);
    if (count > best.length) column.append(make("p", "quiet", this.getAttribute("more").replace("#", count - best.length)));
    return column;
  }

  chit(one) {
    const chit = make("li", `chit${one.isBuilt ? " is-built" : ""}${one.kept ? " is-kept" : ""}${this.news.has(one.position) ? " is-arriving" : ""}`);
    const foot = make("footer");
    foot.append(make("bdi", "", one.by || this.getAttribute("somebody")));
    if (one.kept) foot.append(make("span", "", this.getAttribute("kept")));
    if (one.dots) foot.append(make("b", "", one.dots === 1 ? this.getAttribute("one-dot") : this.getAttribute("dots").replace("#", one.dots)));
    const on = !one.isBuilt && this.wall.ideas.get(one.on);
    if (on) chit.append(make("p", "on", `${this.getAttribute("builds")} ${on.words}`));
    chit.append(Object.assign(make("p", "words", one.words), { lang: this.getAttribute("lang-of"), dir: "auto" }), foot);
    return chit;
  }
}

// What builds on an idea that is shown stands under it.
function threaded(all) {
  const shown = new Set(all.map((one) => one.position));
  const under = (one) => all.filter((other) => other.on === one.position).flatMap((other) => [Object.assign(other, { isBuilt: true }), ...under(other)]);
  return all.filter((one) => !shown.has(one.on)).flatMap((one) => [Object.assign(one, { isBuilt: false }), ...under(one)]);
}

function make(name, className = "", words = "") {
  return Object.assign(document.createElement(name), { className, textContent: words });
}

function clock(seconds) {
  const [hours, minutes] = [Math.floor(seconds / 3600), Math.floor(seconds / 60) % 60];
  return `${hours ? `${hours}:` : ""}${String(minutes).padStart(hours ? 2 : 1, "0")}:${String(seconds % 60).padStart(2, "0")}`;
}

customElements.define("wall-replay", WallReplay);
