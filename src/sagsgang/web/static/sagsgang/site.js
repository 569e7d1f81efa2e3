// The pages work without this: it sets the design system's components going, also in what
// htmx puts in the page later.
(() => {
  "use strict";
  const begin = () => window.DKFDS && window.DKFDS.init();
  begin();
  document.addEventListener("htmx:afterSettle", begin);
})();
