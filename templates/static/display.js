// On every page, after it has loaded: the menu of the theme and of the marked names, of which nothing works without scripts.
(() => {
  "use strict";
  const { make, button } = elements;
  const root = document.documentElement;
  const opener = document.querySelector(".display-button");

  function choice(type, name, value, ...label) {
    const input = make("input");
    Object.assign(input, { type, name, value });
    return make("label", "", input, " ", ...label);
  }

  function sample(type, many) {
    const mark = make("span", "sample mark", many);
    mark.dataset.type = type;
    return mark;
  }

  function made() {
    const theme = (value, text) => choice("radio", "theme", value, text);
    const mark = (type, many) => choice("checkbox", "marks", type, sample(type, many));
    const group = (title, ...content) => make("fieldset", "", make("legend", "", title), ...content);
    const display = make(
      "div",
      "display",
      group(word("Theme"), theme("", word("System")), theme("light", word("Light")), theme("dark", word("Dark"))),
      group(
        word("Marked names"),
        mark("person", word("People")),
        mark("organisation", word("Organisations")),
        mark("place", word("Places")),
        mark("group", word("Groups")),
        mark("law", word("Laws")),
        mark("work", word("Works")),
        mark("event", word("Events")),
        mark("product", word("Products")),
        mark("name", word("Names")),
        button(word("All"), () => chooseEvery(true)),
        " ",
        button(word("None"), () => chooseEvery(false)),
      ),
      group(word("Keyboard"), choice("checkbox", "keys", "on", word("Single keys: j k o / ?"))),
    );
    display.id = "display";
    display.popover = "auto";
    display.setAttribute("role", "dialog");
    display.setAttribute("aria-label", opener.textContent.replace("Aa", "").trim());
    return display;
  }

  function remember(name, value) {
    if (value) root.dataset[name] = value;
    else delete root.dataset[name];
    try {
      if (value) localStorage.setItem("glossator-" + name, value);
      else localStorage.removeItem("glossator-" + name);
    } catch {
      // See early.js.
    }
  }

  function choose() {
    remember("unmarked", types.filter((type) => !type.checked).map((type) => type.value).join(" "));
    dispatchEvent(new Event("unmarked"));
  }

  function chooseEvery(checked) {
    for (const type of types) type.checked = checked;
    choose();
  }

  if (!opener) return; // a theme without the menu
  const display = made();
  document.getElementById("display")?.remove(); // of a theme that copied an earlier page
  document.querySelector("main").before(display);
  const types = [...display.querySelectorAll("[name=marks]")];
  const unmarked = (root.dataset.unmarked ?? "").split(" ");
  for (const type of types) {
    type.checked = !unmarked.includes(type.value);
    type.addEventListener("change", choose);
  }
  for (const theme of display.querySelectorAll("[name=theme]")) {
    theme.checked = theme.value === (root.dataset.theme ?? "");
    theme.addEventListener("change", () => remember("theme", theme.value));
  }
  const keys = display.querySelector("[name=keys]");
  keys.checked = root.dataset.keys !== "off";
  keys.addEventListener("change", () => remember("keys", keys.checked ? "" : "off"));
  root.dataset.display = "";
})();
