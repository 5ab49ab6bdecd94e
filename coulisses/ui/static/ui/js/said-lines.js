// The line under each card follows what is said, as the streams tell it; one listener for all cards.
document.addEventListener("moved", ({ detail }) => {
  for (const [cue, words] of Object.entries(detail.voices ?? {})) {
    for (const line of document.querySelectorAll(`[data-said="${cue}"]`)) {
      line.textContent = words[document.documentElement.lang] ?? line.textContent;
    }
  }
});
