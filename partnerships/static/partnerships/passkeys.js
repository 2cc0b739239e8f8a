// Passkeys: what allauth's scripts report goes onto the page, and what this browser cannot do is not offered.
(function () {
  const isNamed = !/^[\d.]+$|:/.test(window.location.hostname);
  const isPossible = Boolean(window.PublicKeyCredential) && isNamed;

  document.addEventListener("allauth.error", (event) => {
    event.preventDefault();
    document.getElementById("passkey-problem").hidden = false;
  });
  if (!isPossible) {
    document.querySelectorAll("[data-passkeys]").forEach((button) => {
      button.hidden = true;
    });
    document.getElementById("no-passkeys").hidden = false;
  }
})();
