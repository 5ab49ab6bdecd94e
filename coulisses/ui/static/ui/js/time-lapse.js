// Plays the pictures of a file's versions.
import { Lapse } from "./lapse.js";

class TimeLapse extends Lapse {
  pace = { whole: 20000, slowest: 900, fastest: 90 };

  found() {
    this.view = this.closest(".life")?.querySelector(".view img");
    return this.view ? [...this.querySelectorAll("[data-picture]")].map((mark) => mark.dataset.picture).filter(Boolean) : [];
  }

  async fetched(src) {
    const picture = Object.assign(new Image(), { src });
    await picture.decode().catch(() => {});
    return picture;
  }

  put(picture) {
    this.view.src = picture.src;
  }
}

customElements.define("time-lapse", TimeLapse);
