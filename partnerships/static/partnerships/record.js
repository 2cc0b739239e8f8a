/* A record's form: leaving with unsaved work is asked about, saving keeps the place, and who else has it open is shown. */
"use strict";

(() => {
  const form = document.querySelector("#content-main form[method=post][id$=_form]");
  if (!form) {
    return;
  }

  // What was typed. Boxes that suggest records fill themselves in after the page, and what they show is no field.
  const said = () => {
    const pairs = [...new FormData(form)].filter(([name]) => name !== "csrfmiddlewaretoken" && !name.includes("__prefix__"));
    return JSON.stringify(pairs.map(([name, value]) => [name, value instanceof File ? value.name : value]));
  };
  // A page that came back with errors holds what was typed and not saved.
  const hasErrors = Boolean(form.querySelector(".errornote, .errorlist"));
  let isLeaving = false;
  let before = "";
  window.addEventListener("load", () => {
    before = said();
  });
  form.addEventListener("submit", (event) => {
    isLeaving = !event.defaultPrevented;
    if (isLeaving) {
      sessionStorage.setItem(`place:${location.pathname}`, String(window.scrollY));
    }
  });
  window.addEventListener("beforeunload", (event) => {
    if (!isLeaving && before && (hasErrors || said() !== before)) {
      event.preventDefault();
    }
  });

  const place = sessionStorage.getItem(`place:${location.pathname}`);
  sessionStorage.removeItem(`place:${location.pathname}`);
  if (place && !hasErrors) {
    window.scrollTo({ top: Number(place), behavior: "instant" });
  }

  // Who else has it open. The page asks as long as it can be seen.
  const note = document.querySelector("#presence");
  if (!note) {
    return;
  }
  const ask = async () => {
    if (document.hidden || isLeaving) {
      return;
    }
    try {
      const answer = await fetch(note.dataset.address, {
        method: "POST",
        headers: { "X-CSRFToken": form.querySelector("[name=csrfmiddlewaretoken]").value, Accept: "application/json" },
        body: new URLSearchParams({ seen: form.querySelector("[name=seen_version]")?.value || "" }),
      });
      if (answer.ok) {
        const found = await answer.json();
        note.hidden = !found.words;
        if (note.textContent !== found.words) {
          note.textContent = found.words;
        }
      }
    } catch {
      // No network, or nobody signed in any more: saving will say so.
    }
  };
  ask();
  window.setInterval(ask, Number(note.dataset.every) * 1000);
  document.addEventListener("visibilitychange", ask);
})();
