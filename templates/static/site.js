// On every page: marks, wide tables, folded lines, keyboard shortcuts for the search box.
(() => {
  "use strict";
  const root = document.documentElement;
  const all = (selector, within = document) => [...within.querySelectorAll(selector)];

  // A mark that is switched off is not a link, so neither Tab nor a screen reader stops at it.
  function applyMarks() {
    const hidden = (root.dataset.unmarked ?? "").split(" ");
    for (const mark of all("a.mark")) {
      const on = !hidden.includes(mark.dataset.type);
      if (on && mark.dataset.href) mark.href = mark.dataset.href;
      if (on || !mark.hasAttribute("href")) continue;
      mark.dataset.href = mark.getAttribute("href");
      mark.removeAttribute("href");
    }
  }

  addEventListener("unmarked", applyMarks);
  applyMarks();

  // Elements that scroll sideways must be reachable by keyboard in every browser.
  for (const wide of all(".body :is(table, pre)")) {
    if (wide.scrollWidth <= wide.clientWidth && wide.scrollHeight <= wide.clientHeight) continue;
    wide.tabIndex = 0;
    const above = all("h1, .body :is(h2, h3, h4)").findLast((title) => title.compareDocumentPosition(wide) & Node.DOCUMENT_POSITION_FOLLOWING);
    if (wide.tagName === "TABLE" && above) wide.setAttribute("aria-label", above.textContent);
  }

  const glossary = document.querySelector(".glossary");
  if (glossary) {
    const END = 48; // px below the last entry
    const look = () => glossary.toggleAttribute("data-more", glossary.scrollTop + glossary.clientHeight < glossary.scrollHeight - END);
    glossary.addEventListener("scroll", look, { passive: true });
    new ResizeObserver(look).observe(glossary);
  }

  const menu = document.querySelector(".menu");
  document.addEventListener("pointerdown", (event) => {
    if (!menu.contains(event.target)) menu.open = false;
  });
  menu.addEventListener("focusout", (event) => {
    if (event.relatedTarget && !menu.contains(event.relatedTarget)) menu.open = false;
  });
  menu.addEventListener("keydown", (event) => {
    if (event.key !== "Escape" || !menu.open) return;
    menu.open = false;
    menu.firstElementChild.focus();
  });

  for (const button of all(".more")) {
    button.addEventListener("click", () => {
      button.setAttribute("aria-expanded", button.parentElement.classList.toggle("unfolded"));
    });
  }

  // What a returning reader needs comes after the page.
  const { src } = document.currentScript;
  const names = ["elements", "display", "reader-store", "reader"];
  if (document.querySelector(".passage, .quotation") || location.hash.startsWith("#g-")) names.push("arrival");
  if (document.querySelector(".items, .lines, .results")) names.push("keys");
  if (document.getElementById("visit")) names.push("visit");
  names.push("offline");
  if (document.querySelector(".answer")) names.push("answers");
  if (document.querySelector(".tools")) names.splice(3, 0, "annotated-text", "quote-selector", "reading", "highlights", "listen", "article-cards");
  const address = (name) => new URL(name + ".js", src).href;
  const rule = globalThis.trustedTypes?.createPolicy("reader", { createScriptURL: address }) ?? { createScriptURL: address };
  function loadReader() {
    const there = new Set([...document.scripts].map(({ src }) => src));
    for (const name of names.filter((name) => !there.has(address(name)))) {
      const script = document.createElement("script");
      script.src = rule.createScriptURL(name);
      script.async = false;
      document.head.append(script);
    }
  }
  addEventListener("load", () => {
    const style = document.createElement("link");
    style.rel = "stylesheet";
    style.href = new URL("reader.css", src).href;
    style.onload = style.onerror = loadReader; // buttons without their style would move when it comes
    document.head.append(style);
  });

  document.addEventListener("keydown", (event) => {
    const slash = event.key === "/" && root.dataset.keys !== "off" && !event.ctrlKey && !event.metaKey && !event.altKey;
    const controlK = event.key.toLowerCase() === "k" && (event.ctrlKey || event.metaKey) && !event.altKey;
    if (!slash && !controlK) return;
    if (slash && event.target.closest("input, textarea, select, [contenteditable]")) return;
    event.preventDefault();
    const box = document.getElementById("q");
    if (box && box.offsetParent) {
      box.focus();
      box.select();
    } else location.href = document.querySelector('.masthead a[href$="search.html"]').href;
  });
})();
