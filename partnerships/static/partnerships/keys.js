/* Shortcuts of the desk. Everything that they do can be done without them. */
"use strict";

(() => {
  const help = document.querySelector("#keys");
  const isTyping = (target) =>
    target.isContentEditable || ["INPUT", "TEXTAREA", "SELECT"].includes(target.tagName) || target.closest(".select2-container");

  const addRow = (target) => {
    const group = target.closest(".inline-group") || document.querySelector(".inline-group");
    const link = group && group.querySelector(".add-row a");
    if (link) {
      link.click();
      const rows = group.querySelectorAll(".form-row:not(.empty-form), .inline-related:not(.empty-form)");
      const last = rows[rows.length - 1];
      const first = last && last.querySelector("input:not([type=hidden]), select, textarea");
      if (first) {
        first.focus();
      }
    }
    return Boolean(link);
  };

  const press = (selector) => {
    const found = document.querySelector(selector);
    if (found) {
      found.click();
    }
    return Boolean(found);
  };

  document.addEventListener("keydown", (event) => {
    if (event.isComposing || document.querySelector("dialog[open]")) {
      return;
    }
    let done = false;
    if ((event.ctrlKey || event.metaKey) && !event.altKey && event.key.toLowerCase() === "s") {
      done = press("#content-main form .submit-row [name=_save]");
    } else if (event.altKey && event.code === "KeyN") {
      done = addRow(event.target);
    } else if (event.altKey && event.code === "KeyH") {
      done = press(".object-tools .historylink");
    } else if (!event.ctrlKey && !event.metaKey && !event.altKey && !isTyping(event.target)) {
      if (event.key === "/") {
        const box = document.querySelector("#jump-to");
        box?.focus();
        box?.select();
        done = Boolean(box);
      } else if (event.key === "?" && help) {
        help.showModal();
        done = true;
      }
    }
    if (done) {
      event.preventDefault();
    }
  });
})();
