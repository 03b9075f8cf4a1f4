// On an article, after it has loaded: a list to read, where the reader stopped, and links to paragraphs.
(() => {
  "use strict";
  const { make, button, titled } = elements;
  const article = document.querySelector(".article");
  const body = article.querySelector(".body");
  const tools = article.querySelector(".tools");
  const path = readerStore.pathOf(location.href);
  const title = article.querySelector("h1").textContent;
  const day = () => new Date().toISOString().slice(0, 10);
  const PAUSE = 400; // ms without scrolling before the place is noted
  const BEGUN = 0.1; // part of an article that makes it one that was begun

  const status = make("p", "reader-status");
  status.setAttribute("role", "status");
  status.dataset.reader = "";
  document.body.append(status);
  let silence;
  const say = (text) => {
    status.textContent = text;
    clearTimeout(silence);
    silence = setTimeout(() => status.replaceChildren(), 4000);
  };

  async function copy(text) {
    try {
      await navigator.clipboard.writeText(text);
      say(word("Copied"));
    } catch {
      prompt(word("Copy this:"), text); // an address without https has no clipboard
    }
  }

  const address = (id) => location.href.split("#")[0] + (id ? "#" + id : "");
  const original = article.querySelector(".facts .original a")?.href;
  /** Return the article as a reference: authors, title, publication, day, its own address and that of the archive. */
  function citation(id) {
    const authors = [...article.querySelectorAll(".authors bdi")].map((author) => author.textContent).join(word(" and "));
    const publication = article.querySelector(".kicker")?.textContent.trim();
    const published = article.querySelector(".facts time")?.textContent;
    const archived = original ? word("archived at %(address)s", { address: address(id) }) : address(id);
    return [authors, word("“%(text)s”", { text: title }), publication, published, original, archived].filter(Boolean).join(word(", "));
  }

  function tool(text, action) {
    const made = button(text, action);
    tools.append(made);
    return made;
  }
  const later = tool("", () => {
    readerStore.setLater(path, readerStore.later()[path] ? null : { title, day: day() });
    if (readerStore.problem) say(readerStore.problem);
  });
  const showLater = () => {
    const listed = path in readerStore.later();
    later.textContent = word(listed ? "On my list to read" : "Read later");
    later.setAttribute("aria-pressed", listed);
  };
  readerStore.onChange(showLater);
  showLater();
  tool(word("Copy citation"), () => copy(citation("")));
  tool(word("Print"), () => print());

  // One pair of buttons stands beside the paragraph below the pointer.
  const anchor = make("div", "anchor");
  anchor.dataset.reader = "";
  let shown = "";
  for (const [sign, label, text] of [
    ["¶", word("Copy the link to this paragraph"), address],
    ["”", word("Copy citation and link of this paragraph"), citation],
  ]) {
    const copying = button(sign, () => copy(text(shown)));
    copying.title = label;
    copying.setAttribute("aria-label", label);
    anchor.append(copying);
  }
  body.addEventListener("pointerover", ({ target, pointerType }) => {
    const block = target.closest(".body > :is(p, h2, h3, h4, blockquote, ul, ol) [id^=p], .body > [id^=p]");
    if (pointerType === "touch" || !block || block.id === shown) return;
    shown = block.id;
    anchor.style.top = block.offsetTop + "px";
    body.append(anchor);
  });

  // Where the reader stopped: the first paragraph whose end is below the top of the window.
  const blocks = [...body.querySelectorAll(":scope > [id^=p], :scope > * > [id^=p]")];
  const stopped = readerStore.reading()[path];
  let waiting;
  function note() {
    if (!readerStore.remembers) return;
    const { top, bottom, height } = body.getBoundingClientRect();
    const part = Math.max(0, Math.min(1, (innerHeight - top) / height));
    const done = bottom < innerHeight + 40;
    if (part < BEGUN && !done && !readerStore.reading()[path]) return;
    const at = blocks.find((block) => block.getBoundingClientRect().bottom > 0)?.id ?? "";
    readerStore.setReading(path, { title, day: day(), part: Math.round(part * 100) / 100, at: done ? "" : at, done });
  }
  const noteSoon = () => {
    clearTimeout(waiting);
    waiting = setTimeout(note, PAUSE);
  };
  addEventListener("scroll", noteSoon, { passive: true });
  noteSoon();

  const place = stopped?.at && /^p\d+$/.test(stopped.at) && document.getElementById(stopped.at);
  if (place && blocks.indexOf(place) > 1 && !location.hash && scrollY < innerHeight) {
    const link = titled(word("Continue where you stopped"), "#" + stopped.at);
    const resume = make("p", "resume", link, button(word("Close"), () => resume.remove()));
    resume.dataset.reader = "";
    link.addEventListener("click", () => resume.remove());
    document.body.append(resume);
  }

  // The contents again at the top of the window, once the article's own are above it, with the section that is being read.
  const outline = article.querySelector(".outline");
  if (outline) {
    const here = outline.cloneNode(true);
    Object.assign(here, { open: false, className: "outline here", hidden: true });
    here.dataset.reader = "";
    const summary = here.querySelector("summary");
    const sections = [...here.querySelectorAll("a")].map((link) => [link, document.getElementById(link.hash.slice(1))]);
    const look = () => {
      const passed = sections.filter(([, heading]) => heading && heading.getBoundingClientRect().top < innerHeight / 3).at(-1)?.[0];
      here.hidden = !passed || outline.getBoundingClientRect().bottom > 0 || body.getBoundingClientRect().bottom < 0;
      for (const [link] of sections) link === passed ? link.setAttribute("aria-current", "location") : link.removeAttribute("aria-current");
      if (passed) summary.textContent = passed.textContent;
    };
    here.addEventListener("click", ({ target }) => {
      if (target.closest("a")) here.open = false;
    });
    addEventListener("scroll", look, { passive: true });
    outline.after(make("div", "here-bar", here));
    look();
  }

  globalThis.articleReading = { article, body, path, title, say, copy, citation, address, tool };
})();
