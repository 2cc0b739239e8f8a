/* An import shows how far it is, and can be cancelled. Without this script its page waits for the answer, which is the same. */
"use strict";

(() => {
  const panel = document.querySelector("#import-progress");
  if (!panel) {
    return;
  }
  const said = panel.querySelector(".said");
  const bar = panel.querySelector("progress");
  const stop = panel.querySelector("form");
  const button = stop.querySelector("button");
  const EVERY = 500; // milliseconds

  const show = (progress) => {
    if (button.disabled && progress.phase !== "finishing") {
      return; // it says that it is being cancelled
    }
    said.textContent = progress.text || said.textContent;
    if (progress.total) {
      bar.max = progress.total;
      bar.value = progress.done;
    } else {
      bar.removeAttribute("value");
    }
    button.hidden = progress.phase === "finishing";
  };

  const ask = async (address) => {
    const answer = await fetch(address, { headers: { Accept: "application/json" } });
    return answer.ok ? answer.json() : { phase: null };
  };

  const watch = async (run) => {
    if (run.over) {
      return;
    }
    let progress = null;
    try {
      progress = await ask(run.progress);
    } catch {
      // The server may be reached again in a moment.
    }
    if (run.over) {
      return;
    }
    if (progress) {
      show(progress);
      // The answer to the form was lost on its way, or the page was opened anew: what came of it is kept.
      if (run.lost && (!progress.phase || progress.phase === "ended" || progress.phase === "broken")) {
        window.location.assign(run.result);
        return;
      }
    }
    window.setTimeout(() => watch(run), EVERY);
  };

  const begin = async (form) => {
    const run = { result: form.dataset.run, progress: form.dataset.progress, over: false, lost: false };
    const data = new FormData(form);
    stop.action = form.dataset.cancel;
    for (const other of panel.parentElement.children) {
      other.hidden = other !== panel;
    }
    watch(run);
    try {
      const answer = await fetch(form.action, { method: "POST", body: data, headers: { Accept: "application/json" } });
      if (!(answer.headers.get("Content-Type") || "").startsWith("application/json")) {
        // The desk wants something else first, such as a log-in: the browser shows it.
        run.over = true;
        form.submit();
        return;
      }
      run.over = true;
      window.location.assign((await answer.json()).next);
    } catch {
      run.lost = true;
    }
  };

  for (const form of document.querySelectorAll("form[data-progress]")) {
    form.addEventListener("submit", (event) => {
      event.preventDefault();
      begin(form);
    });
  }

  stop.addEventListener("submit", async (event) => {
    event.preventDefault();
    button.disabled = true;
    said.textContent = button.dataset.cancelling;
    bar.removeAttribute("value");
    try {
      await fetch(stop.action, { method: "POST", body: new FormData(stop), redirect: "manual" });
    } catch {
      button.disabled = false;
    }
  });

  // The page of a run that is still under way, opened anew.
  if (!panel.hidden) {
    const here = window.location.pathname;
    watch({ result: here, progress: `${here}progress/`, over: false, lost: true });
  }

  // Back from the result: the page is as it was left, with its forms hidden.
  window.addEventListener("pageshow", (event) => {
    if (event.persisted) {
      window.location.reload();
    }
  });
})();
