// The drawing of ties answers: of the name that is pointed at, focused or touched, its ties stay and the rest fades. With
// this script the names are one stop of Tab, and arrow keys go from one to the next.
(() => {
  "use strict";
  for (const drawing of document.querySelectorAll("svg.ties")) {
    const names = [...drawing.querySelectorAll("a")];
    const ties = [...drawing.querySelectorAll(".tie")];
    const ends = new Map(ties.map((tie) => [tie, tie.dataset.ends.split(" ")]));
    const idOf = (name) => name?.dataset.entity ?? "";
    const told = drawing.nextElementSibling;
    let chosen = "";

    /** Say in words with whom a name appears, those of the most articles first. */
    function tell(id) {
      const nameOf = (other) => names.find((name) => idOf(name) === other);
      const near = ties.filter((tie) => ends.get(tie).includes(id)).sort((one, other) => other.dataset.count - one.dataset.count);
      const others = near.flatMap((tie, at) => {
        const other = nameOf(ends.get(tie).find((end) => end !== id));
        const link = document.createElement("a");
        link.href = other.getAttribute("href");
        link.textContent = other.textContent;
        return [at ? ", " : " ", link, ` ${tie.dataset.count}`];
      });
      told.hidden = !near.length;
      if (near.length) told.replaceChildren(told.dataset.with.replace("%(name)s", nameOf(id).textContent), ...others);
    }

    function choose(id) {
      chosen = id;
      drawing.toggleAttribute("data-chosen", Boolean(id));
      const near = new Set([id]);
      for (const [tie, pair] of ends) {
        const own = pair.includes(id);
        tie.toggleAttribute("data-near", own);
        if (own) for (const end of pair) near.add(end);
      }
      for (const name of names) name.toggleAttribute("data-near", near.has(idOf(name)));
      if (id) tell(id);
    }

    const at = ({ target }) => target.closest("a");
    drawing.addEventListener("pointerover", (event) => event.pointerType !== "touch" && choose(idOf(at(event)) || idOf(names.find((name) => name === document.activeElement))));
    drawing.addEventListener("pointerleave", (event) => event.pointerType !== "touch" && choose(""));
    drawing.addEventListener("focusin", (event) => choose(idOf(at(event))));
    drawing.addEventListener("focusout", () => choose(""));
    // The first touch shows the ties, the second follows the link.
    let touched = false;
    drawing.addEventListener("pointerdown", (event) => (touched = event.pointerType === "touch" && idOf(at(event)) !== chosen));
    drawing.addEventListener("click", (event) => {
      if (!touched || !at(event)) return;
      touched = false;
      event.preventDefault();
      choose(idOf(at(event)));
    });

    names.forEach((name, number) => name.setAttribute("tabindex", number ? -1 : 0));
    drawing.addEventListener("keydown", (event) => {
      const from = names.indexOf(document.activeElement);
      const step = { ArrowDown: 1, ArrowRight: 1, ArrowUp: -1, ArrowLeft: -1 }[event.key];
      const to = { Home: 0, End: names.length - 1 }[event.key] ?? (from + step + names.length) % names.length;
      if (from < 0 || Number.isNaN(to)) return;
      event.preventDefault();
      names[from].setAttribute("tabindex", -1);
      names[to].setAttribute("tabindex", 0);
      names[to].focus();
    });
  }
})();
