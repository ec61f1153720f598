// What the pages do beyond plain forms and links. Every page works without this file.
(() => {
  "use strict";
  const page = document;
  const each = (selector, act) => page.querySelectorAll(selector).forEach(act);
  const fill = (text, values) => (text || "").replace(/\{(\w+)\}/g, (all, name) => values[name] ?? all);

  // The summary of errors is read first.
  const summary = page.querySelector(".govuk-error-summary");
  if (summary) {
    summary.tabIndex = -1;
    summary.focus();
  }

  // <form data-unsaved>: the browser asks before typed text is lost; also where the form came back unsent, which an alert says.
  let changed = !!page.querySelector("form[data-unsaved]") && !!page.querySelector("[role=alert]");
  addEventListener("beforeunload", (e) => { if (changed) e.preventDefault(); });

  // A form is sent once, until the page is shown anew or ten seconds have passed.
  page.addEventListener("submit", (e) => {
    const form = e.target;
    if (e.defaultPrevented) return;
    if ("unsaved" in form.dataset) changed = false;
    if (form.method !== "post") return;
    if ("sent" in form.dataset) return e.preventDefault();
    form.dataset.sent = "";
    setTimeout(() => delete form.dataset.sent, 10000);
  });
  addEventListener("pageshow", () => each("form[data-sent]", (form) => delete form.dataset.sent));

  // <input data-sum="votes"> and <output data-sum-of="votes" data-max="43"
  // data-text="Razem: {n} z {max}" data-over="Razem: {n}. To więcej niż {max}">
  const sum = (output) => {
    const max = Number(output.dataset.max || Infinity);
    let n = 0;
    each(`[data-sum="${output.dataset.sumOf}"]`, (input) => { n += parseInt(input.value, 10) || 0; });
    show(output, n > max, { n, max, left: max - n });
  };

  // <textarea maxlength="2000" data-count="left"> and <p id="left" aria-live="polite"
  // data-text="Zostało znaków: {left}">: told once a fifth is left, when typing pauses.
  let typing;
  const count = (field) => {
    clearTimeout(typing);
    typing = setTimeout(() => {
      const line = page.getElementById(field.dataset.count);
      const left = Math.max(field.maxLength - field.value.length, 0);
      line.textContent = left > field.maxLength / 5 ? "" : fill(line.dataset.text, { left });
    }, 600);
  };

  const show = (line, over, values) => {
    line.textContent = fill(over ? line.dataset.over : line.dataset.text, values);
    line.classList.toggle("hj-over", over);
  };

  page.addEventListener("input", ({ target }) => {
    if (target.form && "unsaved" in target.form.dataset) changed = true;
    if (target.dataset.sum) each(`[data-sum-of="${target.dataset.sum}"]`, sum);
    if (target.dataset.count) count(target);
  });
  each("[data-sum-of]", sum);

  // <button type="button" hidden data-print>, <button type="button" hidden data-copy="id" data-done="Skopiowano">
  each(navigator.clipboard ? "[data-print], [data-copy]" : "[data-print]", (button) => { button.hidden = false; });
  page.addEventListener("click", async ({ target }) => {
    const button = target.closest("[data-print], [data-copy]");
    if (!button) return;
    if ("print" in button.dataset) return print();
    const source = page.getElementById(button.dataset.copy);
    await navigator.clipboard.writeText(source.value ?? source.textContent);
    button.textContent = button.dataset.done;
  });

  // <body data-live="/zdarzenia?po=42">, <div role="status" data-live-here data-text="Są nowe
  // zadania." data-link="Odśwież">: one line appears, nothing moves. Hidden pages do not listen.
  const here = page.querySelector("[data-live-here]");
  let address = page.body.dataset.live, stream;
  const listen = () => {
    stream?.close();
    if (!address || page.hidden) return;
    stream = new EventSource(address);
    stream.onmessage = () => {
      stream.close();
      address = "";
      const link = page.createElement("a");
      link.href = location.pathname + location.search;
      link.className = "govuk-link";
      link.textContent = here.dataset.link;
      here.append(here.dataset.text + " ", link);
    };
  };
  if (here && address) {
    page.addEventListener("visibilitychange", listen);
    addEventListener("pagehide", () => stream?.close());
    addEventListener("pageshow", listen);
  }
})();
