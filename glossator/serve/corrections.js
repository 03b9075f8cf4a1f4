// Decisions by a click, in the preview only: a button on each card, on the page of each entity, and beside each name that
// has no page.
(() => {
  "use strict";
  const ADDRESS = "/_glossator/";
  const TYPES = ["person", "organisation", "place", "group", "law", "work", "event", "product"];
  const PAUSE = 200; // ms without a key before names are looked up
  const { token } = document.currentScript.dataset;
  // What the preview says is English, as messages of commands are, on pages in any language.
  const ENGLISH = { lang: "en", dir: "ltr" };
  const article = /\/articles\/([^/]+)\.html$/.exec(decodeURI(location.pathname))?.[1];

  // What can be decided: the words of the choice, its field, and the decision it makes of the entity and the value.
  const CHOICES = [
    { words: "is right", common: true, make: (entity) => ({ kind: "confirm", names: [entity.id] }) },
    { words: "is called …", field: "text", common: true, make: (entity, value) => ({ kind: "rename", names: [entity.id], value }) },
    { words: "is a …", field: "type", make: (entity, value) => ({ kind: "type", names: [entity.id], value }) },
    {
      words: "is the same as …",
      field: "name",
      common: true,
      make: (entity, value) => ({ kind: "merge", names: [value, entity.id] }),
    },
    {
      words: "is not the same as …",
      field: "name",
      make: (entity, value) => ({ kind: "not-the-same", names: [entity.id, value] }),
    },
    {
      words: "is, in this article, …",
      field: "name",
      here: true,
      make: (entity, value) => ({ kind: "split", names: [entity.form], value, articles: [article] }),
    },
    {
      words: "is no name in this article",
      here: true,
      make: (entity) => ({ kind: "ignore", names: [entity.form], articles: [article] }),
    },
    { words: "is no name anywhere", common: true, make: (entity) => ({ kind: "ignore", names: [entity.id] }) },
    { words: "is not to be found here", make: (entity) => ({ kind: "private", names: [entity.id] }) },
  ];

  const make = (tag, attributes, ...content) => {
    const element = document.createElement(tag);
    for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, value);
    element.append(...content);
    return element;
  };

  async function ask(path, body) {
    const headers = { "X-Glossator-Token": token };
    if (body) headers["Content-Type"] = "application/json";
    const answer = await fetch(ADDRESS + path, { method: body ? "POST" : "GET", headers, body: body && JSON.stringify(body) });
    if (answer.ok) return answer.json();
    const reason = answer.status === 422 ? (await answer.json()).error : "";
    throw new Error(reason || "The preview refused that. Load the page again.");
  }

  function button(subject) {
    const element = make("button", { type: "button", class: "correct", ...ENGLISH }, "Correct …");
    element.addEventListener("click", () => open(subject));
    return element;
  }

  async function open(subject) {
    let entity;
    try {
      [entity] = await ask("names?id=" + encodeURIComponent(subject.id));
    } catch (error) {
      alert(error.message);
      return;
    }
    if (!entity) return;
    entity = { ...entity, form: subject.form ?? entity.name };
    const choices = CHOICES.filter((choice) => !choice.here || article);
    let chosen = null; // nothing is decided before a person chooses
    const common = choices.filter((choice) => choice.common).map((choice) => {
      const element = make("button", { type: "button", "aria-pressed": "false" }, choice.words);
      element.addEventListener("click", () => choose(choice, element));
      return element;
    });
    const others = choices.filter((choice) => !choice.common);
    const select = make("select", { name: "choice", "aria-label": "Another correction" }, make("option", { value: "" }, "Something else …"));
    others.forEach((choice, index) => select.append(make("option", { value: index }, choice.words)));
    const names = make("datalist", { id: "glossator-names" });
    const text = make("input", { name: "value", "aria-label": "Name", list: names.id, autocomplete: "off" });
    const type = make("select", { name: "type", "aria-label": "Type" });
    type.append(...TYPES.map((word) => make("option", { value: word }, word)));
    type.value = entity.type;
    const outcome = make("div", { class: "outcome", role: "status" });
    const look = make("button", { type: "submit" }, "What would change?");
    const write = make("button", { type: "button", hidden: "" }, "Write it");
    const undo = make("button", { type: "button" }, "Undo the last one");
    const close = make("button", { type: "button" }, "Close");
    const title = make("h2", { id: "glossator-title", dir: "auto" }, entity.name);
    const offered = make("p", { class: "buttons", role: "group", "aria-label": "Correction" }, ...common, select);
    const form = make("form", { method: "dialog" }, title, offered, text, type, names, outcome);
    form.append(make("p", { class: "buttons" }, look, write, close), make("p", { class: "buttons apart" }, undo));
    const dialog = make("dialog", { class: "corrections", "aria-labelledby": title.id, ...ENGLISH }, form);

    const decision = () => chosen.make(entity, chosen.field === "type" ? type.value : text.value.trim());
    function choose(choice, button) {
      chosen = choice;
      for (const element of common) element.setAttribute("aria-pressed", element === button);
      if (button) select.value = "";
      showField();
      if (!text.hidden) text.focus();
    }
    function showField() {
      const field = chosen?.field;
      look.disabled = !chosen;
      text.hidden = field !== "text" && field !== "name";
      text.required = !text.hidden;
      type.hidden = field !== "type";
      write.hidden = true;
      outcome.replaceChildren();
    }

    let path = "decisions"; // or "undo": what "Write it" writes
    async function submit(writing) {
      look.disabled = write.disabled = undo.disabled = true;
      try {
        const answer = await ask(path, path === "undo" ? { write: writing } : { ...decision(), write: writing });
        const count = answer.count === 1 ? "1 article" : answer.count + " articles";
        const list = make("ul", {}, ...answer.articles.map((title) => make("li", {}, make("bdi", {}, title))));
        const lines = make("pre", {}, answer.lines.join("\n"));
        const problems = answer.problems.map((problem) => make("p", {}, problem));
        const summary = !answer.lines.length
          ? "That is decided already."
          : answer.written
            ? "Written. The page shows it in a moment."
            : "It changes " + count + (answer.count ? ":" : ".");
        outcome.replaceChildren(make("p", {}, summary), list, lines, ...problems);
        write.hidden = writing || !answer.lines.length;
      } catch (error) {
        outcome.replaceChildren(make("p", { class: "error" }, error.message));
        write.hidden = true;
      }
      write.disabled = undo.disabled = false;
      look.disabled = !chosen;
    }

    let pause = 0;
    text.addEventListener("input", () => {
      write.hidden = true;
      clearTimeout(pause);
      if (chosen?.field !== "name" || text.value.length < 2) return;
      pause = setTimeout(async () => {
        const found = await ask("names?q=" + encodeURIComponent(text.value)).catch(() => []);
        names.replaceChildren(...found.map((name) => make("option", { value: name.name }, name.type)));
      }, PAUSE);
    });
    select.addEventListener("change", () => choose(others[Number(select.value || NaN)] ?? null));
    type.addEventListener("change", () => (write.hidden = true));
    form.addEventListener("submit", (event) => {
      event.preventDefault();
      path = "decisions";
      submit(false);
    });
    undo.addEventListener("click", () => {
      path = "undo";
      submit(false);
    });
    write.addEventListener("click", () => submit(true));
    close.addEventListener("click", () => dialog.close());
    dialog.addEventListener("close", () => dialog.remove());
    document.body.append(dialog);
    showField();
    dialog.showModal();
  }

  // A dialog with a list, to be filled, and a line that says how it went.
  function openList(words) {
    const outcome = make("div", { class: "outcome", role: "status" });
    const close = make("button", { type: "button" }, "Close");
    const title = make("h2", { id: "glossator-title" }, words);
    const list = make("ul", {});
    const buttons = make("p", { class: "buttons" }, close);
    const dialog = make("dialog", { class: "corrections", "aria-labelledby": title.id, ...ENGLISH }, title, list, outcome, buttons);
    close.addEventListener("click", () => dialog.close());
    dialog.addEventListener("close", () => dialog.remove());
    document.body.append(dialog);
    dialog.showModal();
    return { list, outcome, buttons };
  }

  async function showLines() {
    const { list, outcome } = openList("Lines that articles of this site share");
    try {
      const lines = await ask("lines?article=" + encodeURIComponent(article));
      if (!lines.length) outcome.textContent = "No line stands at the edges of three or more of its articles.";
      for (const { site, line, count } of lines) {
        const drop = make("button", { type: "button" }, "Is never part of an article");
        const entry = make("li", {}, make("bdi", {}, line), " (" + count + " articles) ", drop);
        drop.addEventListener("click", async () => {
          try {
            await ask("lines", { site, line });
            entry.remove();
            outcome.textContent = "Written to glossator.toml. “glossator build --reconvert” removes the line.";
          } catch (error) {
            outcome.textContent = error.message;
          }
        });
        list.append(entry);
      }
    } catch (error) {
      outcome.textContent = error.message;
    }
  }

  // The readings are made on request: it takes about a second, and more on a busy machine.
  async function showReadings(doubtful) {
    const { list, outcome, buttons } = openList("Texts that the saved page can give");
    const take = (words, reading, done) => {
      const take = make("button", { type: "button" }, words);
      take.addEventListener("click", async () => {
        try {
          await ask("readings", { article, reading });
          for (const each of buttons.parentElement.querySelectorAll("li button")) each.remove();
          outcome.textContent = done;
        } catch (error) {
          outcome.textContent = error.message;
        }
      });
      return take;
    };
    const right = () => (doubtful ? take("This text is right", "", "Written. The article is no longer doubtful.") : "");
    outcome.replaceChildren("Reading the saved page in every way … ", make("progress", { "aria-label": "Reading" }));
    try {
      const readings = await ask("readings?article=" + encodeURIComponent(article));
      outcome.textContent = readings.length ? "" : "The saved page is not there any more.";
      for (const { names, words, first, last, current } of readings) {
        const about = make("b", {}, names.join(", "));
        const chosen = current ? right() : take("Take this text", names[0], "Written. The page shows it in a moment.");
        const entry = make("li", {}, about, " (" + words + " words" + (current ? ", the article now" : "") + ") ", chosen);
        entry.append(...first.map((line) => make("p", { dir: "auto" }, line)));
        if (last.length) entry.append(make("p", {}, "…"), ...last.map((line) => make("p", { dir: "auto" }, line)));
        list.append(entry);
      }
      if (doubtful && !readings.some(({ current }) => current)) list.append(make("li", {}, "The article now: ", right()));
    } catch (error) {
      outcome.textContent = error.message;
    }
  }

  const head = article && document.querySelector(".article-head");
  if (head) {
    const offer = (words, show) => {
      const open = make("button", { type: "button", class: "correct", ...ENGLISH }, words);
      open.addEventListener("click", show);
      return open;
    };
    ask("doubt?article=" + encodeURIComponent(article))
      .then(({ comparable, doubtful, lines }) => {
        const offers = [];
        if (lines) offers.push(" ", offer("Leave lines out", showLines));
        if (comparable) offers.push(" ", offer("Compare readings", () => showReadings(doubtful)));
        if (offers.length) head.append(make("p", ENGLISH, "Only you see this:", ...offers));
      })
      .catch(() => {}); // the preview was stopped, or started anew
  }

  const page = document.querySelector(".entity[data-entity]");
  page?.querySelector(".entity-head")?.append(make("p", {}, button({ id: page.dataset.entity })));

  // A name of which nothing is known has no card: its entry in the glossary is where it can be confirmed.
  for (const entry of document.querySelectorAll(".glossary .plain")) {
    entry.append(" ", button({ id: entry.id.slice("g-".length) }));
  }

  // Each time a card is shown, the page inserts it behind its mention with new content.
  new MutationObserver((changes) => {
    for (const card of changes.flatMap((change) => [...change.addedNodes])) {
      const mark = card.previousElementSibling;
      if (card.id !== "card" || !mark?.dataset.entity || card.querySelector(".correct")) continue;
      const forms = (mark.dataset.form ?? mark.textContent).split("\n").map((form) => form.replace(/\s+/g, " ").trim());
      const ids = mark.dataset.entity.split(" ");
      const places = card.querySelectorAll(ids.length > 1 ? ".named" : ".onward");
      places.forEach((place, at) => place.append(" ", button({ id: ids[at], form: forms[at] })));
    }
  }).observe(document.body, { childList: true, subtree: true });
})();
