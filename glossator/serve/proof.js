// A draft that is pasted or dropped is sent to the preview, and the report is shown in a frame that runs nothing.
(() => {
  "use strict";
  const { token } = document.currentScript.dataset;
  const form = document.querySelector("form");
  const text = document.querySelector("textarea");
  const file = document.querySelector("input[type=file]");
  const status = document.querySelector("[role=status]");
  const frame = document.querySelector("iframe");

  async function check(name, body) {
    status.textContent = "Checking …";
    frame.hidden = true;
    const headers = {
      "X-Glossator-Token": token,
      "X-Draft-Name": encodeURIComponent(name),
      "Content-Type": "application/octet-stream",
    };
    const answer = await fetch("/_glossator/findings", { method: "POST", headers, body }).catch(() => null);
    const found = answer?.headers.get("Content-Type") === "application/json" ? await answer.json() : {};
    status.textContent = found.problem || found.error || (found.report ? "" : "The preview refused that. Load the page again.");
    if (!found.report) return;
    frame.srcdoc = found.report;
    frame.hidden = false;
    frame.focus();
  }

  form.addEventListener("submit", (event) => {
    event.preventDefault();
    if (text.value.trim()) check("draft.md", text.value);
  });
  file.addEventListener("change", () => file.files[0] && check(file.files[0].name, file.files[0]));
  for (const kind of ["dragenter", "dragover", "dragleave", "drop"]) {
    document.addEventListener(kind, (event) => {
      event.preventDefault();
      text.classList.toggle("over", kind === "dragenter" || kind === "dragover");
      if (kind === "drop" && event.dataTransfer.files[0]) check(event.dataTransfer.files[0].name, event.dataTransfer.files[0]);
    });
  }
})();
