// On an article: mark passages and write notes on them. The highlights are found again by their words when the site is
// built anew; one whose words are gone is kept, and said to be.
(() => {
  "use strict";
  const { body, path, title, say, copy, citation, address } = articleReading;
  const PAUSE = 250; // ms for which a selection stands before it is taken to be complete
  const { make, button } = elements;
  const popover = (name, label) => {
    const element = make("div", name);
    element.popover = "manual";
    element.dataset.reader = "";
    element.setAttribute("role", "dialog");
    element.setAttribute("aria-label", label);
    element.lang = document.documentElement.lang;
    element.dir = document.documentElement.dir || "ltr";
    return element;
  };

  /** Put a popover below a place of the page, or above it if there is no space. */
  function placeAt(element, box) {
    if (!element.matches(":popover-open")) element.showPopover();
    const below = box.bottom + 8 + element.offsetHeight < innerHeight;
    element.style.top = Math.max(8, below ? box.bottom + 8 : box.top - 8 - element.offsetHeight) + "px";
    element.style.left = Math.max(8, Math.min(box.left, document.documentElement.clientWidth - element.offsetWidth - 8)) + "px";
  }

  // ---- what is marked

  let shown = []; // `mark` elements and buttons of the page
  let painted = "[]"; // the highlights that they show
  let late = false; // true if others are shown as soon as nothing is selected or written, which would go with the marks
  async function paint() {
    const items = (await readerStore.highlights(path))?.items ?? [];
    const state = JSON.stringify(items);
    late = state !== painted && (editing || chosen()) !== null;
    if (late || state === painted) return;
    painted = state;
    annotatedText.unwrap(shown.flatMap(({ marks }) => marks));
    for (const { sign } of shown) sign.remove();
    shown = [];
    const lost = [];
    for (const item of items) {
      const found = quoteSelector.find(annotatedText.read(body).text, item);
      const marks = found ? annotatedText.wrap(body, found, () => make("mark", "highlight")) : [];
      if (!marks.length) {
        lost.push(item);
        continue;
      }
      const sign = button(item.note ? "✎" : "●", () => edit(item, sign.getBoundingClientRect()), "highlight-sign");
      sign.dataset.reader = "";
      const label = word(item.note ? "Your note" : "Your highlight");
      sign.setAttribute("aria-label", label);
      sign.setAttribute("aria-haspopup", "dialog");
      marks.at(-1).after(sign);
      shown.push({ item, marks, sign });
    }
    showLost(lost);
  }

  const lostBox = make("section", "lost-highlights");
  lostBox.dataset.reader = "";
  /** Highlights whose words are no longer in the text, or stand in several places, below the text. */
  function showLost(items) {
    const lines = items.map((item) => {
      const remove = button(word("Remove"), () => change((all) => all.filter(({ id }) => id !== item.id)));
      return make("li", "", make("q", "", item.exact), ...(item.note ? [make("p", "", item.note)] : []), remove);
    });
    lostBox.replaceChildren(make("h2", "", word("Highlights whose place was not found again")), make("ul", "", ...lines));
    if (lines.length) body.after(lostBox);
    else lostBox.remove();
  }

  async function change(alter) {
    await readerStore.changeHighlights(path, title, alter);
    if (readerStore.problem) say(readerStore.problem);
    else if (!readerStore.lasting) say(word("This highlight lasts as long as the page: the browser keeps nothing here."));
    return !readerStore.problem;
  }

  // ---- the note of a highlight

  const editor = popover("card note-editor", word("Your highlight"));
  let editing = null; // highlight whose note is open
  function edit(item, box) {
    close();
    editing = item;
    const field = make("textarea");
    field.value = item.note ?? "";
    field.rows = 4;
    const save = async () => {
      const note = field.value.trim();
      const noted = (all) => all.map((each) => (each.id === item.id ? { ...each, note } : each));
      const isThere = (all) => all.some(({ id }) => id === item.id); // or another tab has removed it
      const kept = note === (item.note ?? "") || (await change((all) => (isThere(all) ? noted(all) : [...all, { ...item, note }])));
      if (kept && editing === item) close();
    };
    const remove = async () => {
      if (await change((all) => all.filter(({ id }) => id !== item.id))) close();
    };
    editor.replaceChildren(
      make("label", "", word("Note"), field),
      make("p", "onward", button(word("Save"), save), button(word("Remove highlight"), remove), button(word("Close"), () => close(true))),
    );
    document.body.append(editor);
    placeAt(editor, box);
    field.focus();
  }
  function close(returning) {
    if (!editing) return;
    const { sign } = shown.find(({ item }) => item.id === editing.id) ?? {};
    editing = null;
    editor.hidePopover();
    editor.remove();
    if (returning) sign?.focus();
    if (late) paint();
  }

  // ---- what is selected

  const bar = popover("selection-bar", word("Selected text"));
  let selected = null; // offsets of the selection, and the block in which it begins
  /** Return the range of the words that are selected in the article; null if there are none. */
  function chosen() {
    const selection = getSelection();
    const range = selection.rangeCount && !selection.isCollapsed ? selection.getRangeAt(0) : null;
    return range && body.contains(range.commonAncestorContainer) && selection.toString().trim() ? range : null;
  }
  async function mark(noting) {
    const made = selected && quoteSelector.create(annotatedText.read(body).text, selected.start, selected.end);
    hideBar();
    getSelection().removeAllRanges();
    if (!made) return;
    const id = crypto.randomUUID?.() ?? String(Date.now()) + Math.random().toString().slice(2);
    const item = { id, ...made, note: "", made: new Date().toISOString() };
    await change((all) => [...all, item]);
    await paint();
    const there = shown.find((one) => one.item.id === id);
    if (noting && there) edit(there.item, there.sign.getBoundingClientRect());
    else there?.sign.focus({ preventScroll: true });
  }
  bar.append(
    button(word("Highlight"), () => mark(false)),
    button(word("Note"), () => mark(true)),
    button(word("Copy link"), () => copy(address(selected?.block))),
    button(word("Copy citation"), () => copy(`${word("“%(text)s”", { text: selected.text })} ${citation(selected.block)}`)),
  );
  // A press on the bar would end the selection.
  bar.addEventListener("pointerdown", (event) => event.preventDefault());

  function hideBar() {
    if (bar.isConnected) bar.hidePopover();
    bar.remove();
  }
  let waiting;
  document.addEventListener("selectionchange", () => {
    clearTimeout(waiting);
    waiting = setTimeout(look, PAUSE);
  });
  function look() {
    if (bar.contains(document.activeElement)) return;
    const range = chosen();
    if (!range) {
      hideBar();
      if (late) paint();
      return;
    }
    const begins = range.startContainer.parentElement.closest("[id^=p]");
    selected = { ...annotatedText.offsets(body, range), block: begins?.id ?? "", text: getSelection().toString().trim() };
    // After the paragraph, so that Tab leads from the selection to the bar. A press would be lost if the bar moved.
    if ((begins ?? body).nextSibling !== bar) (begins ?? body).after(bar);
    follow();
  }
  /** Keep the bar at the selection, which may be outside the window. */
  function follow() {
    const range = chosen();
    if (!range || !bar.isConnected) return;
    const box = range.getBoundingClientRect();
    bar.style.visibility = box.bottom < 0 || box.top > innerHeight ? "hidden" : "";
    placeAt(bar, box);
  }
  document.addEventListener("keydown", (event) => {
    if (event.key !== "Escape") return;
    hideBar();
    close(true);
  });
  // Words can be selected from a mark on, which is not dragged as other links are: a drag within it is no click.
  const STILL = 4; // px
  let pressed = null;
  document.addEventListener("pointerdown", (event) => (pressed = event));
  document.addEventListener("click", (event) => {
    const moved = event.detail && pressed ? Math.hypot(event.clientX - pressed.clientX, event.clientY - pressed.clientY) : 0;
    if (moved > STILL && event.target.closest("a.mark")) event.preventDefault();
  });

  document.addEventListener("pointerdown", ({ target }) => {
    if (editing && !editor.contains(target)) close();
  });
  addEventListener("scroll", follow, { passive: true });

  readerStore.onChange(paint);
  paint();
  look();
})();
