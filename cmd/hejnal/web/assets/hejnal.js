// What the pages do more than without scripts. Every page works without this file.
(function () {
  "use strict";
  var page = document;
  function each(selector, act) { page.querySelectorAll(selector).forEach(act); }
  function fill(text, values) {
    return (text || "").replace(/\{(\w+)\}/g, function (all, name) { return name in values ? values[name] : all; });
  }

  // The summary of errors is read first.
  var summary = page.querySelector(".govuk-error-summary");
  if (summary) {
    summary.setAttribute("tabindex", "-1");
    summary.focus();
  }

  // <form data-unsaved>: the browser asks before typed text is lost.
  var changed = false;
  page.addEventListener("input", function (e) {
    if (e.target.form && e.target.form.hasAttribute("data-unsaved")) changed = true;
  });
  window.addEventListener("beforeunload", function (e) {
    if (changed) e.preventDefault();
  });

  // A form is sent once, until the page is shown anew or ten seconds have passed.
  page.addEventListener("submit", function (e) {
    var form = e.target;
    if (e.defaultPrevented) return;
    if (form.hasAttribute("data-unsaved")) changed = false;
    if (form.method !== "post") return;
    if (form.hasAttribute("data-sent")) {
      e.preventDefault();
      return;
    }
    form.setAttribute("data-sent", "");
    setTimeout(function () { form.removeAttribute("data-sent"); }, 10000);
  });
  window.addEventListener("pageshow", function () {
    each("form[data-sent]", function (form) { form.removeAttribute("data-sent"); });
  });

  // <input data-sum="votes"> … <output data-sum-of="votes" data-text="Razem: {n} z {max}"
  // data-over="Za dużo: {n}, najwyżej {max}" data-max="43">
  function sum(output) {
    var n = 0, max = Number(output.dataset.max || Infinity);
    each('[data-sum="' + output.dataset.sumOf + '"]', function (input) { n += parseInt(input.value, 10) || 0; });
    output.textContent = fill(n > max ? output.dataset.over : output.dataset.text, { n: n, max: max, left: max - n });
    output.classList.toggle("hj-over", n > max);
  }

  // <textarea data-count="info"> … <p id="info" aria-live="polite" data-max="2000"
  // data-text="Zostało znaków: {left}" data-over="Za dużo znaków: {over}">
  function count(field) {
    var line = page.getElementById(field.dataset.count);
    if (!line) return;
    var left = Number(line.dataset.max) - Array.from(field.value).length;
    line.textContent = fill(left < 0 ? line.dataset.over : line.dataset.text, { left: left, over: -left });
    line.classList.toggle("hj-over", left < 0);
  }

  page.addEventListener("input", function (e) {
    var data = e.target.dataset;
    if (data.sum) each('[data-sum-of="' + data.sum + '"]', sum);
    if (data.count) count(e.target);
  });
  each("[data-sum-of]", sum);
  each("[data-count]", count);

  // <button hidden data-print> and <button hidden data-copy="id" data-done="Skopiowano">
  each("[data-print]", function (button) { button.hidden = false; });
  if (navigator.clipboard) each("[data-copy]", function (button) { button.hidden = false; });
  page.addEventListener("click", function (e) {
    var button = e.target.closest("[data-print], [data-copy]");
    if (!button) return;
    if (button.hasAttribute("data-print")) {
      window.print();
      return;
    }
    var source = page.getElementById(button.dataset.copy);
    navigator.clipboard.writeText(source.value || source.textContent.trim()).then(function () {
      button.textContent = button.dataset.done;
    });
  });

  // <body data-live="/zdarzenia"> and <div role="status" data-live-here data-text="Pojawiły się
  // nowe zadania." data-link="Odśwież">: a line appears, nothing moves by itself.
  var address = page.body.dataset.live, here = page.querySelector("[data-live-here]"), source;
  function tell() {
    if (here.firstChild) return;
    var link = page.createElement("a");
    link.href = location.pathname + location.search;
    link.className = "govuk-link";
    link.textContent = here.dataset.link;
    here.append(here.dataset.text + " ", link);
  }
  function listen() {
    if (source) source.close();
    source = new EventSource(address);
    source.onmessage = tell;
  }
  if (address && here && window.EventSource) {
    window.addEventListener("pageshow", listen);
    window.addEventListener("pagehide", function () { source.close(); });
  }
})();
