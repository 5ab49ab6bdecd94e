// Records a note where the browser has a microphone for this page; else its file input stays.
const KINDS = [["audio/webm;codecs=opus", "note.webm"], ["audio/mp4", "note.m4a"]];
const BITS = 64_000; // a second: speech and an instrument, ten minutes in five megabytes

class SoundNote extends HTMLElement {
  connectedCallback() {
    this.kind = globalThis.MediaRecorder && KINDS.find(([mime]) => MediaRecorder.isTypeSupported(mime));
    if (this.button || !this.kind || !navigator.mediaDevices?.getUserMedia) return;
    for (const old of this.querySelectorAll(":scope > :not(label)")) old.remove(); // of what this is a copy of
    this.button = Object.assign(document.createElement("button"), { type: "button", className: "add record" });
    this.button.addEventListener("click", () => (this.recorder ? this.finish() : this.begin()));
    this.told = Object.assign(document.createElement("span"), { className: "quiet" });
    this.told.setAttribute("role", "status");
    this.prepend(this.button, this.told);
    this.show();
  }

  disconnectedCallback() {
    this.finish();
  }

  async begin() {
    this.button.disabled = true; // until one has been let in, or not
    const heard = await navigator.mediaDevices.getUserMedia({ audio: true }).catch(() => null);
    this.button.disabled = false;
    if (!heard) return void (this.told.textContent = this.getAttribute("words-denied"));
    const [mime, name] = this.kind;
    this.recorder = new MediaRecorder(heard, { mimeType: mime, audioBitsPerSecond: BITS });
    const pieces = [];
    this.recorder.addEventListener("dataavailable", (event) => event.data.size && pieces.push(event.data));
    this.ended = new Promise((resolve) => this.recorder.addEventListener("stop", resolve, { once: true })).then(() => {
      heard.getTracks().forEach((track) => track.stop());
      clearInterval(this.clock);
      this.recorder = null;
      this.show();
      const detail = new File(pieces, name, { type: mime.split(";")[0] });
      if (pieces.length) this.dispatchEvent(new CustomEvent("note-recorded", { bubbles: true, detail }));
    });
    this.recorder.start(1000);
    this.since = Date.now();
    this.clock = setInterval(() => this.show(), 500);
    this.show();
  }

  finish() {
    if (this.recorder?.state === "recording") this.recorder.stop();
    return this.ended;
  }

  // In a plain form the note is its file, to be heard before it is sent, and left out again.
  hold(note) {
    const files = new DataTransfer();
    if (note) files.items.add(note);
    this.querySelector("input[type=file]").files = files.files;
    this.heard?.remove();
    this.heard = note && document.createElement("p");
    if (!note) return;
    const heard = Object.assign(document.createElement("audio"), { controls: true, src: URL.createObjectURL(note) });
    const drop = Object.assign(document.createElement("button"), { type: "button", className: "reach", textContent: this.getAttribute("words-drop") });
    heard.setAttribute("aria-label", this.getAttribute("words-record"));
    drop.addEventListener("click", () => {
      this.hold(null);
      this.button.focus();
    });
    this.heard.append(heard, drop);
    this.append(this.heard);
  }

  show() {
    const seconds = this.recorder ? Math.floor((Date.now() - this.since) / 1000) : 0;
    this.classList.toggle("is-recording", Boolean(this.recorder));
    this.button.textContent = this.getAttribute(this.recorder ? "words-stop" : "words-record");
    this.told.textContent = this.recorder ? `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, "0")}` : "";
    if (seconds >= Number(this.getAttribute("seconds"))) this.finish();
  }
}

// Two bundles bring it: that of makers, who tell by it, and that of the room.
if (!customElements.get("sound-note")) customElements.define("sound-note", SoundNote);
