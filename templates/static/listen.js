// On an article: read it aloud, with voices of this device only. Others would send the text to a server: without a voice of
// the device there is no button.
(() => {
  "use strict";
  const { article, body, tool, say } = articleReading;
  const speech = globalThis.speechSynthesis;
  if (!speech) return;
  const language = (article.lang || "en").toLowerCase().split("-")[0];
  const voiceOf = () => speech.getVoices().find((voice) => voice.localService && voice.lang.toLowerCase().split(/[-_]/)[0] === language);
  const BLOCKS = ":is(p, h2, h3, h4, h5, h6, li, dt, dd, blockquote, figcaption)";
  let button;
  let reading = null; // paragraphs that are still to be read

  function stop() {
    reading = null;
    speech.cancel();
    for (const block of body.querySelectorAll("[data-spoken]")) delete block.dataset.spoken;
    button.textContent = word("Listen");
    button.setAttribute("aria-pressed", "false");
  }

  function next() {
    for (const block of body.querySelectorAll("[data-spoken]")) delete block.dataset.spoken;
    const block = reading?.shift();
    if (!block) return stop();
    const mine = reading;
    const said = new SpeechSynthesisUtterance(annotatedText.read(block).text.replace(/\s+/g, " ").trim());
    said.voice = voiceOf();
    said.lang = article.lang;
    said.onend = () => mine === reading && next();
    said.onerror = ({ error }) => {
      if (mine !== reading) return;
      if (error !== "interrupted" && error !== "canceled") say(word("This device cannot read it aloud."));
      stop();
    };
    block.dataset.spoken = "";
    speech.speak(said);
  }

  function begin() {
    // From the first paragraph in view, and no paragraph twice.
    const all = [...body.querySelectorAll(BLOCKS)].filter((block) => !block.querySelector(BLOCKS) && block.textContent.trim());
    const first = all.findIndex((block) => block.getBoundingClientRect().bottom > 0);
    reading = all.slice(Math.max(0, first));
    button.textContent = word("Stop listening");
    button.setAttribute("aria-pressed", "true");
    next();
  }

  function offer() {
    if (button || !voiceOf()) return;
    button = tool(word("Listen"), () => (reading ? stop() : begin()));
    button.setAttribute("aria-pressed", "false");
  }
  speech.addEventListener?.("voiceschanged", offer);
  offer();
  addEventListener("pagehide", () => speech.cancel());
})();
