// A draft that is pasted or dropped is sent to the preview; what is found in it is shown as text.
(() => {
  "use strict";
  const { token } = document.currentScript.dataset;
  const WRONG = ["altered", "speaker", "source", "number"];
  const main = document.querySelector("main");
  const form = document.querySelector("form");
  const text = document.querySelector("textarea");
  const file = document.querySelector("input[type=file]");
  const doing = document.querySelector(".doing");
  const section = document.querySelector("#findings");

  function make(name, attributes, ...children) {
    const element = document.createElement(name);
    for (const [key, value] of Object.entries(attributes)) if (value) element.setAttribute(key, value);
    element.append(...children.filter(Boolean));
    return element;
  }

  const rank = (kind) => (WRONG.includes(kind) ? "wrong" : kind === "verbatim" || kind === "disputed" ? "right" : "doubtful");

  // Yields what the preview says, line by line, as it says it.
  async function* lines(answer) {
    const reader = answer.body.pipeThrough(new TextDecoderStream()).getReader();
    let rest = "";
    for (;;) {
      const { value, done } = await reader.read();
      const parts = (rest + (value ?? "")).split("\n");
      rest = done ? "" : parts.pop();
      for (const part of parts) if (part) yield JSON.parse(part);
      if (done) return;
    }
  }

  let latest = 0;

  async function check(name, body) {
    const number = ++latest;
    const begun = Date.now();
    let what = `Sending ${name}`;
    const show = () => (doing.textContent = `${what} … ${Math.round((Date.now() - begun) / 1000)} s`);
    show();
    const timer = setInterval(() => (number === latest ? show() : clearInterval(timer)), 500);
    section.hidden = true;
    let result = {};
    try {
      const headers = {
        "X-Glossator-Token": token,
        "X-Draft-Name": encodeURIComponent(name),
        "Content-Type": "application/octet-stream",
      };
      const answer = await fetch("/_glossator/findings", { method: "POST", headers, body });
      if (!answer.ok) result = { error: "The preview refused that. Load the page again." };
      else for await (const line of lines(answer)) if (line.doing) what = line.doing; else result = line;
    } catch {
      result = { error: "The preview does not answer. Is it running?" };
    }
    clearInterval(timer);
    if (number !== latest) return;
    doing.textContent = result.problem || result.error || "";
    if (result.proof) report(name, result.proof);
  }

  function report(name, { text: draft, findings, numbers }) {
    section.querySelector("h2").textContent = name;
    const count = (kind) => findings.filter((finding) => rank(finding.kind) === kind).length;
    const counts = [[count("wrong"), "contradicted by an article"], [count("doubtful"), "not in the archive"], [count("right"), "stand so"], [numbers.compared, `of ${numbers.count} numbers compared`]];
    section.querySelector(".counts").replaceChildren(...counts.map(([amount, words]) => make("li", {}, make("b", {}, String(amount)), ` ${words}`)));
    const signs = [...draft]; // offsets count code points
    const pieces = [];
    let at = 0;
    findings.forEach((finding, index) => {
      if (finding.start < at) return;
      pieces.push(signs.slice(at, finding.start).join(""));
      const link = make("a", { href: `#f${index}` }, signs.slice(finding.start, finding.end).join(""));
      pieces.push(make("mark", { class: rank(finding.kind), id: `d${index}` }, link));
      at = finding.end;
    });
    section.querySelector(".draft").replaceChildren(...pieces, signs.slice(at).join(""));
    const items = findings.map((finding, index) => [finding, item(finding, index)]);
    const order = ["wrong", "doubtful", "right"];
    items.sort(([a], [b]) => order.indexOf(rank(a.kind)) - order.indexOf(rank(b.kind)));
    section.querySelector("ol").replaceChildren(...items.map(([, element]) => element));
    section.hidden = false;
    section.focus();
  }

  function item(finding, index) {
    const changes = finding.difference.flatMap(({ draft, archive }) => [draft && make("del", {}, draft), draft && archive && " ", archive && make("ins", {}, archive), "  "]);
    const where = finding.title && [finding.title, finding.publication, finding.date].filter(Boolean).join(", ");
    return make("li", { id: `f${index}`, class: rank(finding.kind) },
      make("p", { class: "item-title" }, make("a", { href: `#d${index}` }, finding.statement)),
      make("p", { class: "facts" }, finding.message, finding.kept_back && " (kept back)"),
      changes.length > 0 && make("p", {}, ...changes),
      finding.quote && make("blockquote", { dir: "auto" }, finding.quote.text),
      where && make("p", { class: "facts" }, finding.link ? make("a", { href: finding.link, rel: "noreferrer" }, where) : where));
  }

  form.addEventListener("submit", (event) => {
    event.preventDefault();
    if (text.value.trim()) check("draft.md", text.value);
  });
  file.addEventListener("change", () => file.files[0] && check(file.files[0].name, file.files[0]));
  for (const kind of ["dragenter", "dragover", "dragleave", "drop"]) {
    document.addEventListener(kind, (event) => {
      event.preventDefault();
      main.classList.toggle("over", kind === "dragenter" || kind === "dragover");
      if (kind === "drop" && event.dataTransfer.files[0]) check(event.dataTransfer.files[0].name, event.dataTransfer.files[0]);
    });
  }
})();
