/* Suggests names below a search box while somebody types. Without this file the form is sent as it is; with it, it still can be. */
"use strict";

for (const form of document.querySelectorAll("form[data-names]")) {
  const box = form.querySelector("input[type=search]");
  const status = form.querySelector("[role=status]");
  const list = document.createElement("ul");
  let asked = "";
  let timer = 0;
  let request = null;
  let chosen = -1;

  list.id = `${box.id}-names`;
  list.className = "names";
  list.setAttribute("role", "listbox");
  list.setAttribute("aria-label", form.querySelector("label").textContent.trim());
  list.hidden = true;
  box.parentElement.append(list);
  for (const [name, value] of [["role", "combobox"], ["aria-autocomplete", "list"], ["aria-expanded", "false"], ["aria-controls", list.id]]) {
    box.setAttribute(name, value);
  }

  const show = (is_open) => {
    list.hidden = !is_open;
    box.setAttribute("aria-expanded", String(is_open));
    if (!is_open) {
      choose(-1);
    }
  };

  const choose = (number) => {
    chosen = number;
    [...list.children].forEach((item, at) => item.setAttribute("aria-selected", String(at === number)));
    if (number < 0) {
      box.removeAttribute("aria-activedescendant");
    } else {
      box.setAttribute("aria-activedescendant", list.children[number].id);
      list.children[number].scrollIntoView({ block: "nearest" });
    }
  };

  const fill = (names) => {
    list.replaceChildren(...names.map((found, at) => {
      const item = document.createElement("li");
      const name = document.createElement("span");
      const kind = document.createElement("span");
      item.id = `${list.id}-${at}`;
      item.setAttribute("role", "option");
      item.dataset.address = found.address;
      name.textContent = found.short ? `${found.name} (${found.short})` : found.name;
      name.dir = "auto";
      kind.textContent = found.kind;
      kind.className = "quiet";
      item.append(name, " ", kind);
      return item;
    }));
    status.textContent = names.length === 1 ? status.dataset.one : names.length ? status.dataset.many.replace("#", names.length) : "";
    show(names.length > 0);
  };

  const ask = async () => {
    const text = box.value.trim();
    if (text === asked) {
      return;
    }
    asked = text;
    if (request) {
      request.abort();
    }
    if (text.length < 2) {
      fill([]);
      return;
    }
    request = new AbortController();
    try {
      const answer = await fetch(`${form.dataset.names}?q=${encodeURIComponent(text)}`, {
        headers: { Accept: "application/json" },
        signal: request.signal,
      });
      if (answer.ok && text === asked && document.activeElement === box) {
        fill((await answer.json()).names);
      }
    } catch {
      // Cut off by the next letter, or no network: the form works without suggestions.
    }
  };

  box.addEventListener("input", () => {
    clearTimeout(timer);
    timer = setTimeout(ask, 150);
  });
  box.addEventListener("keydown", (event) => {
    const many = list.children.length;
    if (event.key === "Escape" && !list.hidden) {
      event.preventDefault(); // the first one closes the list, the next one empties the box
      show(false);
    } else if ((event.key === "ArrowDown" || event.key === "ArrowUp") && many && !event.isComposing) {
      event.preventDefault();
      if (list.hidden) {
        show(true);
      }
      // Before the first and after the last is the box itself.
      const step = event.key === "ArrowDown" ? 1 : -1;
      choose(((chosen + 1 + step + many + 1) % (many + 1)) - 1);
    } else if (event.key === "Enter" && chosen >= 0 && !event.isComposing) {
      event.preventDefault();
      location.assign(list.children[chosen].dataset.address);
    }
  });
  // Before the box loses the focus, which would close the list under the pointer.
  list.addEventListener("mousedown", (event) => event.preventDefault());
  list.addEventListener("click", (event) => {
    const item = event.target.closest("[role=option]");
    if (item) {
      location.assign(item.dataset.address);
    }
  });
  box.addEventListener("blur", () => show(false));
  form.addEventListener("submit", () => clearTimeout(timer));
}
