// The pages work without this. It sets the design system's components going, also in what htmx
// puts in the page later; keeps empty fields out of addresses; and where a part of a page cannot
// be fetched, it goes to the whole of it, which says why.
(() => {
  "use strict";
  const begin = () => window.DKFDS && window.DKFDS.init();
  begin();
  document.addEventListener("htmx:afterSettle", begin);

  document.addEventListener("submit", ({ target }) => {
    if (target.method !== "get") return;
    const empty = [...target.elements].filter((field) => field.name && !field.value);
    for (const field of empty) field.disabled = true;
    window.setTimeout(() => { for (const field of empty) field.disabled = false; });
  });
  document.addEventListener("htmx:configRequest", ({ detail }) => {
    if (detail.verb !== "get") return;
    for (const [name, value] of [...detail.formData.entries()]) if (!value) detail.formData.delete(name);
  });
  document.addEventListener("htmx:responseError", ({ detail }) => {
    window.location.assign(detail.pathInfo.responsePath || detail.pathInfo.finalRequestPath);
  });
})();
