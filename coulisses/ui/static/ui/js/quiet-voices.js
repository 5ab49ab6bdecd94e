// Folds away what somebody muted says, as it comes in: streams are the same for all, this page knows
// by which marks. What was there before the house has folded itself.
class QuietVoices extends HTMLElement {
  connectedCallback() {
    this.marks = this.getAttribute("of").split(" ").map((mark) => `article[data-by="${mark}"]`);
    this.observer = new MutationObserver(() => this.fold());
    this.observer.observe(document.body, { childList: true, subtree: true });
    this.fold();
  }

  disconnectedCallback() {
    this.observer.disconnect();
  }

  fold() {
    for (const article of document.querySelectorAll(this.marks.join())) {
      if (article.closest(".shunned")) continue;
      const fold = Object.assign(document.createElement("details"), { className: "shunned" });
      const summary = Object.assign(document.createElement("summary"), { className: "reach", textContent: this.getAttribute("words") });
      article.replaceWith(fold);
      fold.append(summary, article);
    }
  }
}

customElements.define("quiet-voices", QuietVoices);
