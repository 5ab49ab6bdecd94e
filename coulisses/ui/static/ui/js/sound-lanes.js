// Plays one take or two at one place in time: every lane shows it, the chosen one is heard, as loud
// as the softer. Each lane's range input seeks in it: pointer, keyboard and assistive technology
// come with the input.
const BEGUN = "sound-begun";
const FINE = 30; // seconds up to which a key moves by a tenth

const clock = (seconds) => {
  const [hours, minutes] = [Math.floor(seconds / 3600), Math.floor(seconds / 60) % 60];
  const rest = String(Math.floor(seconds % 60)).padStart(2, "0");
  return hours ? `${hours}:${String(minutes).padStart(2, "0")}:${rest}` : `${minutes}:${rest}`;
};

class SoundLanes extends HTMLElement {
  connectedCallback() {
    const lanes = this.querySelector(".lanes");
    document.addEventListener(BEGUN, this);
    if (this.hasAttribute("ready") || !lanes) return;
    this.whole = Number(lanes.dataset.seconds);
    this.at = 0;
    this.takes = [...lanes.querySelectorAll("figure")].map((figure) => this.upgraded(figure));
    this.button = Object.assign(document.createElement("button"), { type: "button", className: "button ghost small play" });
    this.button.addEventListener("click", () => (this.isPlaying ? this.pause() : this.play()));
    this.told = document.createElement("span");
    const row = Object.assign(document.createElement("p"), { className: "acts" });
    row.append(this.button, this.told);
    lanes.append(row);
    this.setAttribute("ready", "");
    this.choose(this.takes.at(-1));
    this.pause();
  }

  disconnectedCallback() {
    document.removeEventListener(BEGUN, this);
    if (this.takes) this.pause();
  }

  // One player at a time is heard on a page.
  handleEvent(begun) {
    if (begun.target !== this && this.isPlaying) this.pause();
  }

  upgraded(figure) {
    const [audio, caption] = [figure.querySelector("audio"), figure.querySelector("figcaption")];
    const range = document.createElement("input");
    Object.assign(range, { type: "range", min: 0, max: this.whole, step: this.whole <= FINE ? 0.1 : 1, value: 0, ariaLabel: audio.ariaLabel });
    const take = { figure, audio, range, volume: Number(figure.dataset.volume), seconds: Number(figure.dataset.seconds) };
    range.addEventListener("input", () => this.seek(take, Number(range.value)));
    const line = Object.assign(document.createElement("span"), { className: "line" });
    figure.querySelector(".wave").append(line, range);
    if (figure.parentElement.querySelectorAll("figure").length > 1) {
      take.choice = Object.assign(document.createElement("button"), { type: "button" });
      take.choice.append(...caption.childNodes);
      take.choice.addEventListener("click", () => this.choose(take));
      caption.append(take.choice);
    }
    audio.addEventListener("timeupdate", () => take === this.heard && this.isPlaying && this.draw(audio.currentTime));
    audio.addEventListener("ended", () => take === this.heard && this.end());
    audio.addEventListener("error", () => take === this.heard && this.fail());
    return take;
  }

  // The other take goes on at the same second.
  choose(take) {
    const former = this.heard;
    this.heard = take;
    for (const one of this.takes) {
      one.figure.classList.toggle("is-heard", one === take);
      one.choice?.setAttribute("aria-pressed", String(one === take));
    }
    if (!this.isPlaying || former === take) return;
    former.audio.pause();
    this.at = former.audio.currentTime; // what was drawn last is a quarter of a second old
    this.sound();
  }

  seek(take, at) {
    this.draw(at);
    if (take === this.heard) take.audio.currentTime = at;
    else this.choose(take);
  }

  play() {
    if (this.at >= this.heard.seconds - 0.05) this.at = 0;
    this.isPlaying = true;
    this.button.textContent = this.getAttribute("label-pause");
    this.dispatchEvent(new CustomEvent(BEGUN, { bubbles: true }));
    for (const { audio } of this.takes) audio.preload = "auto";
    this.sound();
  }

  sound() {
    const { audio, seconds } = this.heard;
    if (this.at >= seconds) return this.pause(); // from its end, a player would begin anew
    this.soften(this.heard);
    audio.currentTime = this.at;
    audio.play().catch((error) => error.name !== "AbortError" && this.fail());
  }

  // Some phones keep the volume to themselves: there it is turned down on the way.
  soften(take) {
    take.audio.volume = take.volume;
    if (take.gain || Math.abs(take.audio.volume - take.volume) < 0.01) return;
    const context = new AudioContext();
    take.gain = context.createGain();
    take.gain.gain.value = take.volume;
    context.createMediaElementSource(take.audio).connect(take.gain).connect(context.destination);
  }

  pause() {
    this.isPlaying = false;
    for (const { audio } of this.takes) audio.pause();
    this.button.textContent = this.getAttribute("label-play");
    this.draw(this.at);
  }

  end() {
    this.at = this.heard.seconds;
    this.pause();
  }

  fail() {
    this.pause();
    this.told.setAttribute("role", "status");
    this.told.textContent = this.getAttribute("label-wrong");
  }

  draw(at) {
    this.at = Math.min(at, this.whole);
    this.style.setProperty("--at", this.whole ? this.at / this.whole : 0);
    this.told.textContent = `${clock(this.at)} / ${clock(this.whole)}`;
    const said = this.getAttribute("label-at").replace("{at}", clock(this.at)).replace("{whole}", clock(this.whole));
    for (const { range } of this.takes) {
      range.value = this.at;
      range.setAttribute("aria-valuetext", said);
    }
  }
}

customElements.define("sound-lanes", SoundLanes);
