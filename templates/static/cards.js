// Hover cards: the entry of the glossary, shown beside the name. Without this script a name is a link, and the glossary
// has the entry.
(() => {
  "use strict";
  const EDGE = 8; // px kept free around the window
  const GAP = 6; // px between name and card
  const SWIPE = 60; // px downwards that close a sheet
  const MARK = "a.mark[href]"; // a name, or the sign behind a link that tells of the names in it

  const card = document.createElement("div");
  card.className = "card";
  card.id = "card";
  // "manual" rather than "hint", because every browser supports it; interest.js decides when to close.
  card.popover = "manual";
  card.setAttribute("role", "dialog");

  let point = null; // where the pointer entered the name
  let hovered = null; // the name or the card below the pointer
  let touched = false; // true if the last pointer was a finger
  let quiet = false; // true while the focus goes back to a name: that does not open its card again
  let pushed = false; // true if Back closes the sheet
  let returns = 0; // ways back that the sheet itself has begun
  const follow = document.documentElement.dataset.touch === "follow";

  // Below a sheet: a touch beside it closes it, and reaches nothing else.
  const scrim = document.createElement("div");
  scrim.className = "scrim";
  scrim.popover = "manual";

  const interest = createInterest(BROWSER_CLOCK, show, hide);

  const entriesOf = (mark) => mark.dataset.entity.split(" ").map((id) => document.getElementById("g-" + id)).filter(Boolean);
  const tells = (entry) => entry.matches("li"); // of other names the glossary has no words
  const markAt = (node) => {
    const mark = node instanceof Element ? node.closest(MARK) : null;
    const hidden = (document.documentElement.dataset.unmarked ?? "").split(" ");
    return mark && entriesOf(mark).some(tells) && !hidden.includes(mark.dataset.type) ? mark : null;
  };
  const make = (tag, name, ...content) => {
    const element = document.createElement(tag);
    if (name) element.className = name;
    element.append(...content);
    return element;
  };

  const closing = () => {
    const close = make("button", "close", word("Close"));
    close.type = "button";
    close.addEventListener("click", () => interest.shut());
    return close;
  };

  function fill(mark) {
    const entries = entriesOf(mark);
    if (entries[1]) {
      const parts = (entry) => [...entry.querySelectorAll(".name, :scope > bdi, .note, .descriptor, .sentence")];
      const lines = entries.map((entry) => make("div", "named", ...parts(entry).map((part) => part.cloneNode(true))));
      card.replaceChildren(...lines, make("p", "onward", closing()));
      card.setAttribute("aria-label", mark.ariaLabel);
    } else fillOne(entries[0]);
    const original = mark.nextElementSibling;
    if (mark.matches(".sign") && original?.matches(".original")) {
      const link = make("a", "", original.title);
      Object.assign(link, { href: original.href, rel: original.rel });
      card.lastChild.before(make("p", "facts", link));
    }
    card.lang = document.documentElement.lang;
    card.dir = document.documentElement.dir || "ltr";
  }

  function fillOne(entry) {
    const section = entry.closest("[data-word]");
    const name = entry.querySelector(".name");
    const origin = entry.querySelector(".origin");
    const kind = make("p", "kind", section.querySelector(".icon").cloneNode(true), section.dataset.word);
    kind.append(origin ? origin.cloneNode(true) : make("span", "origin", word("Found by machine")));
    const onward = make("a", "", word(touched ? "Open page" : "Everything about this name"));
    onward.href = name.href;
    onward.setAttribute("aria-label", onward.textContent + ": " + name.textContent);
    const parts = [...entry.querySelectorAll(".note, .descriptor, .sentence, .aliases, .spread")].map((part) => part.cloneNode(true));
    const { times } = entry.dataset;
    if (touched) parts.push(make("p", "aliases", word(times === "1" ? "Named once here" : "Named %(times)s times here", { times })));
    const here = name.getAttribute("href").startsWith("#"); // there is no page of its own
    card.replaceChildren(kind, name.cloneNode(true), ...parts, make("p", "onward", ...(here ? [] : [onward]), closing()));
    card.setAttribute("aria-label", name.textContent);
    if ("more" in entry.dataset) fetchMore(name, card.lastChild);
  }

  /** Read the head of a name's page; not from disk, where nothing can be fetched. */
  function fetchMore({ href }, before) {
    if (location.protocol === "file:") return;
    const request = new XMLHttpRequest();
    request.responseType = "document";
    request.addEventListener("load", () => {
      const head = request.response?.querySelector(".entity-head");
      if (!head || !before.isConnected) return;
      const said = [head.querySelector(".standfirst, .note > p, .facts"), head.querySelector(".aliases")];
      before.before(...said.filter(Boolean).map((part) => make("p", "descriptor", part.textContent.trim())));
    });
    request.open("GET", href);
    request.send();
  }

  function show(mark) {
    fill(mark);
    card.classList.toggle("sheet", touched);
    if (touched) {
      mark.after(scrim);
      scrim.showPopover();
      history.pushState({ sheet: true }, "");
      pushed = true;
    }
    mark.after(card); // so that Tab goes from the name into the card, and Shift+Tab back
    card.showPopover();
    mark.setAttribute("aria-expanded", "true");
    mark.setAttribute("aria-controls", card.id);
    if (!touched) return place(mark);
    card.style.left = card.style.top = card.style.maxHeight = "";
    // The name stays in view above the sheet, to be touched again.
    const below = mark.getBoundingClientRect().bottom + GAP - card.getBoundingClientRect().top;
    if (below > 0) scrollBy(0, below);
  }

  function hide(mark) {
    quiet = true;
    if (card.contains(document.activeElement)) mark.focus({ preventScroll: true });
    quiet = false;
    card.style.translate = "";
    scrim.remove();
    if (pushed) {
      pushed = false;
      returns += 1;
      history.back();
    }
    card.hidePopover();
    card.remove();
    mark.removeAttribute("aria-expanded");
    mark.removeAttribute("aria-controls");
  }

  /** Position the card at the line under the pointer: below the name if there is space, else above, never on it. */
  function place(mark) {
    const lines = [...mark.getClientRects()];
    const line = lines.find((box) => point && point.y >= box.top - 2 && point.y <= box.bottom + 2) ?? lines[0];
    const whole = mark.getBoundingClientRect();
    card.style.maxHeight = "";
    const room = { below: innerHeight - whole.bottom - GAP - EDGE, above: whole.top - GAP - EDGE };
    const below = card.offsetHeight <= room.below || room.below >= room.above;
    if (card.offsetHeight > Math.max(room.below, room.above)) {
      card.style.maxHeight = Math.max(room.below, room.above) + "px";
    }
    const start = getComputedStyle(mark).direction === "rtl" ? line.right - card.offsetWidth : line.left;
    const left = Math.min(start, document.documentElement.clientWidth - card.offsetWidth - EDGE);
    card.style.left = Math.max(EDGE, left) + "px";
    card.style.top = (below ? whole.bottom + GAP : whole.top - GAP - card.offsetHeight) + "px";
  }

  /** True if pointer or focus is on the open name or its card. */
  function held() {
    const focus = document.activeElement;
    return [hovered, card.contains(focus) ? card : focus].some((at) => at && (at === card || at === interest.open));
  }

  function pointed(event) {
    if (event.pointerType === "touch") return;
    const at = card.contains(event.target) ? card : markAt(event.target);
    if (at === hovered) return;
    hovered = at;
    if (at === card) interest.stay();
    else if (at) {
      point = { x: event.clientX, y: event.clientY };
      interest.enter(at);
    } else if (held()) interest.stay();
    else interest.leave();
  }

  document.addEventListener("pointerover", pointed);
  document.documentElement.addEventListener("pointerleave", (event) => {
    if (event.pointerType === "touch" || hovered === null) return;
    hovered = null;
    if (!held()) interest.leave();
  });

  document.addEventListener("focusin", (event) => {
    if (quiet) return;
    if (card.contains(event.target)) interest.stay();
    else if (event.target.matches(MARK + ":focus-visible") && markAt(event.target)) {
      point = null;
      interest.enter(event.target);
    }
  });
  document.addEventListener("focusout", (event) => {
    if (quiet || pushed) return;
    const next = event.relatedTarget;
    if (!markAt(event.target) && !card.contains(event.target)) return;
    if (card.contains(next) || (next !== null && next === interest.open) || hovered === card) return;
    if (hovered !== null && hovered === interest.open) return;
    interest.leave();
  });

  document.addEventListener("keydown", (event) => {
    touched = false;
    if (event.key === "Escape" && interest.dismiss()) event.preventDefault();
    else if (!["Shift", "Control", "Alt", "Meta"].includes(event.key)) interest.cancel();
  });
  document.addEventListener("pointerdown", (event) => {
    touched = event.pointerType === "touch";
    interest.cancel();
    if (event.target === scrim) return; // its click closes, so that the click does not reach the page
    if (!card.contains(event.target) && markAt(event.target) !== interest.open) interest.shut();
  });
  document.addEventListener("wheel", (event) => !card.contains(event.target) && interest.cancel(), { passive: true });
  document.addEventListener(
    "scroll",
    (event) => {
      if (card.contains(event.target) || pushed) return;
      const { waiting } = interest;
      interest.shut();
      // Focus scrolls its target into view: such a scroll does not close the card.
      if (waiting !== null && waiting === document.activeElement && waiting !== hovered) interest.enter(waiting);
    },
    { capture: true, passive: true },
  );
  // The first touch opens the card at the bottom of the window, the second follows the link.
  document.addEventListener("click", (event) => {
    const mark = markAt(event.target);
    if (pushed && (card.contains(event.target) || mark === interest.open)) leave(event);
    if (follow || !touched || !mark || mark === interest.open || event.ctrlKey || event.metaKey) return;
    event.preventDefault();
    interest.reveal(mark);
  });
  /** Leave by a link of the sheet, or by its name: the page takes the place of the sheet in the history. */
  function leave(event) {
    const link = event.target.closest("a[href]");
    if (!link || event.ctrlKey || event.metaKey) return;
    event.preventDefault();
    pushed = false;
    location.replace(link.href);
  }
  scrim.addEventListener("click", (event) => {
    const { open } = interest;
    const on = [...open.getClientRects()].some(
      ({ left, right, top, bottom }) =>
        event.clientX >= left && event.clientX <= right && event.clientY >= top && event.clientY <= bottom,
    );
    if (on) open.click();
    else interest.shut();
  });
  addEventListener("popstate", () => {
    if (returns > 0) returns -= 1;
    else {
      pushed = false;
      interest.shut();
    }
  });

  // A sheet is swiped away, unless it is scrolled.
  let from = null;
  let drag = 0;
  const sheet = (action) => (event) => card.classList.contains("sheet") && action(event);
  card.addEventListener("touchstart", sheet((event) => (from = card.scrollTop > 0 ? null : event.touches[0].clientY)), {
    passive: true,
  });
  card.addEventListener(
    "touchmove",
    sheet((event) => {
      if (from === null) return;
      drag = Math.max(0, event.touches[0].clientY - from);
      card.style.translate = `0 ${drag}px`;
    }),
    { passive: true },
  );
  card.addEventListener(
    "touchend",
    sheet(() => {
      if (drag > SWIPE) interest.shut();
      card.style.translate = "";
      drag = 0;
    }),
  );

  addEventListener("pagehide", () => {
    pushed = false;
    interest.shut();
  });
  addEventListener("pageshow", (event) => event.persisted && interest.shut());
  addEventListener("resize", interest.shut);
})();
