// Decisions by a click, in the preview and only there: a button on each card and on the page of each entity.
(() => {
  "use strict";
  const ADDRESS = "/_glossator/";
  const TYPES = ["person", "organisation", "place", "group", "law", "work", "event", "product"];
  const PAUSE = 200; // ms without a key before names are looked up
  const { token } = document.currentScript.dataset;
  const article = /\/articles\/([^/]+)\.html$/.exec(decodeURI(location.pathname))?.[1];

  // What can be decided: the words of the choice, its field, and the decision it makes of the subject and the value.
  const CHOICES = [
    { words: "is right", make: (one) => ({ kind: "confirm", names: [one.id] }) },
    { words: "is called …", field: "text", make: (one, value) => ({ kind: "rename", names: [one.id], value }) },
    { words: "is a …", field: "type", make: (one, value) => ({ kind: "type", names: [one.id], value }) },
    { words: "is the same as …", field: "name", make: (one, value) => ({ kind: "merge", names: [value, one.id] }) },
    {
      words: "is not the same as …",
      field: "name",
      make: (one, value) => ({ kind: "not-the-same", names: [one.id, value] }),
    },
    {
      words: "is, in this article, …",
      field: "name",
      here: true,
      make: (one, value) => ({ kind: "split", names: [one.form], value, articles: [article] }),
    },
    {
      words: "is no name in this article",
      here: true,
      make: (one) => ({ kind: "ignore", names: [one.form], articles: [article] }),
    },
    { words: "is no name anywhere", make: (one) => ({ kind: "ignore", names: [one.id] }) },
    { words: "is not to be found here", make: (one) => ({ kind: "private", names: [one.id] }) },
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
    const told = answer.status === 422 ? (await answer.json()).error : "";
    throw new Error(told || "The preview refused that. Load the page again.");
  }

  function button(one) {
    const made = make("button", { type: "button", class: "correct" }, "Correct …");
    made.addEventListener("click", () => open(one));
    return made;
  }

  async function open(subject) {
    let one;
    try {
      [one] = await ask("names?id=" + encodeURIComponent(subject.id));
    } catch (error) {
      alert(error.message);
      return;
    }
    if (!one) return;
    one = { ...one, form: subject.form ?? one.name };
    const choices = CHOICES.filter((choice) => !choice.here || article);
    const select = make("select", { name: "choice", "aria-label": "What is to be said" });
    choices.forEach((choice, index) => select.append(make("option", { value: index }, choice.words)));
    const names = make("datalist", { id: "glossator-names" });
    const text = make("input", { name: "value", "aria-label": "Name", list: names.id, autocomplete: "off" });
    const type = make("select", { name: "type", "aria-label": "Type" });
    type.append(...TYPES.map((word) => make("option", { value: word }, word)));
    type.value = one.type;
    const told = make("div", { class: "told", role: "status" });
    const look = make("button", { type: "submit" }, "What would change?");
    const write = make("button", { type: "button", hidden: "" }, "Write it");
    const close = make("button", { type: "button" }, "Close");
    const title = make("h2", { id: "glossator-title" }, one.name);
    const form = make("form", { method: "dialog" }, title, select, text, type, names, told);
    form.append(make("p", { class: "buttons" }, look, write, close));
    const dialog = make("dialog", { class: "corrections", "aria-labelledby": title.id }, form);

    const chosen = () => choices[Number(select.value)];
    const decision = () => chosen().make(one, chosen().field === "type" ? type.value : text.value.trim());
    function shape() {
      const { field } = chosen();
      text.hidden = field !== "text" && field !== "name";
      text.required = !text.hidden;
      type.hidden = field !== "type";
      write.hidden = true;
      told.replaceChildren();
    }

    async function tell(writing) {
      look.disabled = write.disabled = true;
      try {
        const answer = await ask("decisions", { ...decision(), write: writing });
        const count = answer.count === 1 ? "1 article" : answer.count + " articles";
        const list = make("ul", {}, ...answer.articles.map((each) => make("li", {}, each)));
        const lines = make("pre", {}, answer.lines.join("\n"));
        const problems = answer.problems.map((each) => make("p", {}, each));
        const said = !answer.lines.length
          ? "That is decided already."
          : answer.written
            ? "Written. The page shows it in a moment."
            : "It changes " + count + (answer.count ? ":" : ".");
        told.replaceChildren(make("p", {}, said), list, lines, ...problems);
        write.hidden = writing || !answer.lines.length;
      } catch (error) {
        told.replaceChildren(make("p", { class: "error" }, error.message));
        write.hidden = true;
      }
      look.disabled = write.disabled = false;
    }

    let pause = 0;
    text.addEventListener("input", () => {
      write.hidden = true;
      clearTimeout(pause);
      if (chosen().field !== "name" || text.value.length < 2) return;
      pause = setTimeout(async () => {
        const found = await ask("names?q=" + encodeURIComponent(text.value)).catch(() => []);
        names.replaceChildren(...found.map((each) => make("option", { value: each.name }, each.type)));
      }, PAUSE);
    });
    select.addEventListener("change", shape);
    type.addEventListener("change", () => (write.hidden = true));
    form.addEventListener("submit", (event) => {
      event.preventDefault();
      tell(false);
    });
    write.addEventListener("click", () => tell(true));
    close.addEventListener("click", () => dialog.close());
    dialog.addEventListener("close", () => dialog.remove());
    document.body.append(dialog);
    shape();
    dialog.showModal();
  }

  const page = document.querySelector(".entity[data-entity]");
  page?.querySelector(".entity-head")?.append(make("p", {}, button({ id: page.dataset.entity })));

  // The card is put behind its name each time it is shown, with its content made anew.
  new MutationObserver((changes) => {
    for (const card of changes.flatMap((change) => [...change.addedNodes])) {
      const mark = card.previousElementSibling;
      if (card.id !== "card" || !mark?.dataset.entity || card.querySelector(".correct")) continue;
      const form = mark.textContent.replace(/\s+/g, " ").trim();
      card.querySelector(".onward")?.append(" ", button({ id: mark.dataset.entity, form }));
    }
  }).observe(document.body, { childList: true, subtree: true });
})();
