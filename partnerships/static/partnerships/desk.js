/* The boxes that suggest records are made by a script of Django's admin, which gives them no name that can be heard. */
"use strict";

(() => {
  const $ = window.django && window.django.jQuery;
  if (!$) {
    return;
  }

  const nameOf = (select) =>
    select.getAttribute("aria-label") || (select.labels && select.labels.length ? select.labels[0].textContent : "");

  const nameBoxes = (root) => {
    for (const select of root.querySelectorAll("select.admin-autocomplete")) {
      const container = select.nextElementSibling;
      if (!container || !container.classList.contains("select2-container")) {
        continue;
      }
      const name = nameOf(select).replace(/:\s*$/, "").trim();
      const chosen = container.querySelector(".select2-selection__rendered");
      const box = container.querySelector(".select2-selection");
      const search = container.querySelector(".select2-search__field");
      if (box) {
        // The box says what it asks for and, after it, what has been chosen.
        box.setAttribute("aria-label", name);
        if (chosen && chosen.id) {
          chosen.setAttribute("aria-label", name);
          box.id = box.id || `${chosen.id}-box`;
          box.setAttribute("aria-labelledby", `${box.id} ${chosen.id}`);
        } else {
          box.removeAttribute("aria-labelledby");
        }
      }
      if (search) {
        search.setAttribute("aria-label", name);
      }
      // The sign that empties the box stands among the chosen records, which are a list.
      for (const sign of container.querySelectorAll("ul > .select2-selection__clear")) {
        sign.setAttribute("role", "listitem");
      }
    }
  };

  $(() => {
    nameBoxes(document);
    const search = document.querySelector("#searchbar");
    if (search) {
      search.setAttribute("aria-label", document.querySelector("#content h1")?.textContent || "");
    }
  });
  document.addEventListener("formset:added", (event) => window.setTimeout(() => nameBoxes(event.target)));
  $(document).on("select2:open", (event) => {
    for (const search of document.querySelectorAll(".select2-container--open .select2-search__field")) {
      search.setAttribute("aria-label", nameOf(event.target).replace(/:\s*$/, "").trim());
    }
  });
  // A box with several records draws its search field anew after each choice.
  $(document).on("select2:select select2:unselect", (event) =>
    window.setTimeout(() => nameBoxes(event.target.parentNode)),
  );
})();
