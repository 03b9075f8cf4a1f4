// The indexes: a box that filters the rows, headings that sort them. Without this script an index is complete, A to Z.
(() => {
  "use strict";
  const all = (selector, within = document) => [...within.querySelectorAll(selector)];

  for (const box of all("[data-filter]")) {
    const list = document.querySelector(box.dataset.filter);
    const rows = all("tr:not(.letter), :is(.lines, .sources) > li, :scope > li", list).filter((row) => !row.closest("thead"));
    const texts = rows.map((row) => foldText(row.textContent));
    const groups = all("tbody, .group", list);
    const output = box.parentElement.querySelector("output");
    box.parentElement.hidden = false;
    const apply = () => {
      const words = foldText(box.value).split(/\s+/).filter(Boolean);
      let left = 0;
      rows.forEach((row, index) => {
        row.hidden = !words.every((word) => texts[index].includes(word));
        left += row.hidden ? 0 : 1;
      });
      for (const group of groups) group.hidden = !group.querySelector(":is(tr:not(.letter), li):not([hidden])");
      output.textContent = words.length ? word("%(left)s of %(all)s", { left, all: rows.length }) : "";
    };
    box.addEventListener("input", apply);
    apply(); // the browser may have restored the text
  }

  for (const table of all("table[data-sortable]")) {
    const bodies = [...table.tBodies];
    const order = bodies.flatMap((body) => [...body.rows].filter((row) => !row.classList.contains("letter")));
    const homes = new Map(order.map((row) => [row, row.parentElement]));
    const flat = document.createElement("tbody");
    const value = ({ cells }, column) => cells[column].querySelector("time")?.dateTime ?? cells[column].textContent.trim();
    all("thead th", table).forEach((head, column) => {
      const button = document.createElement("button");
      button.type = "button";
      button.append(...head.childNodes);
      head.append(button);
      button.addEventListener("click", () => {
        const number = head.dataset.sort === "number";
        // The first click sorts by what a reader looks for: A to Z, the most, the latest.
        const first = column === 0 ? "ascending" : "descending";
        const second = column === 0 ? "descending" : "ascending";
        const direction = head.getAttribute("aria-sort") === first ? second : first;
        for (const other of all("thead th", table)) other.removeAttribute("aria-sort");
        head.setAttribute("aria-sort", direction);
        const sign = direction === "ascending" ? 1 : -1;
        const byLetter = column === 0 && sign === 1;
        table.classList.toggle("sorted", !byLetter);
        if (byLetter) {
          for (const row of order) homes.get(row).append(row);
          flat.replaceWith(...bodies);
          return;
        }
        const keyed = order.map((row, index) => [column ? value(row, column) : index, row]);
        keyed.sort(([a], [b]) => sign * (number || !column ? a - b : a < b ? -1 : a > b ? 1 : 0));
        flat.append(...keyed.map(([, row]) => row));
        if (!flat.isConnected) {
          bodies[0].before(flat);
          for (const body of bodies) body.remove();
        }
      });
    });
  }
})();
