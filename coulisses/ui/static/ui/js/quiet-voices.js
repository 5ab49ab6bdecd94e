// Folds away what somebody muted says, as it comes in: streams are the same for all, this page knows
// by which marks. What was there before the house has folded itself.
const muted = document.querySelector('meta[name="muted"]');

function fold(marks) {
  for (const article of document.querySelectorAll(marks)) {
    if (article.closest(".shunned")) continue;
    const folded = Object.assign(document.createElement("details"), { className: "shunned" });
    const summary = Object.assign(document.createElement("summary"), { className: "reach", textContent: muted.dataset.words });
    article.replaceWith(folded);
    folded.append(summary, article);
  }
}

if (muted) {
  const marks = muted.content.split(" ").map((mark) => `article[data-by="${mark}"]`).join();
  new MutationObserver(() => fold(marks)).observe(document.body, { childList: true, subtree: true });
  fold(marks);
}
