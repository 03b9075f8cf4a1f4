// On every page, after it has loaded: the switches of what this browser keeps, and a sign on articles that were read.
(() => {
  "use strict";
  const SIGNED = ":is(.items, .lines, .after, .lead, .beside-lead) :is(.item-title, .lead-title) > a[href]";
  const { make, button, titled } = elements;

  const box = make("input");
  box.type = "checkbox";
  const forget = button(word("Delete all of it"), deleteAll);
  const mine = titled(word("My highlights"), new URL("highlights.html", readerStore.root).href);
  const about = make("p", "facts");
  const label = make("label", "", box, " " + word("Remember what I read"));
  const fields = make("fieldset", "", make("legend", "", word("In this browser")), label, about, make("p", "", mine, " ", forget));
  fields.dataset.reader = "";
  document.getElementById("display")?.append(fields);

  function deleteAll() {
    const sure = readerStore.isEmpty || confirm(word("Delete from this browser what you read, your list and your highlights of this archive?"));
    if (sure) readerStore.forget();
    return sure;
  }
  box.addEventListener("change", () => {
    if (box.checked) readerStore.remember();
    else if (!deleteAll()) box.checked = true;
  });

  function show() {
    box.checked = readerStore.remembers;
    forget.hidden = readerStore.isEmpty;
    const local = /^(localhost|127\.|\[::1\])/.test(location.host); // no name of a host to a reader of this machine
    about.textContent = readerStore.lasting
      ? local ? word("Nothing is sent.") : word("Nothing is sent. Other pages at %(host)s can read it.", { host: location.host })
      : word("Nothing is kept after this page: it was opened from disk, or the browser forbids it.");
    const reading = readerStore.reading();
    for (const link of document.querySelectorAll(SIGNED)) {
      const known = reading[readerStore.pathOf(link.href)];
      if (known) link.dataset.read = known.done ? "done" : "begun";
      else delete link.dataset.read;
    }
  }
  readerStore.onChange(show);
  show();
})();
