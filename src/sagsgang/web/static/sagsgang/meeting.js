// Items of an agenda are put in order by dragging; buttons do the same without this.
(() => {
  "use strict";
  let dragged = null;
  const over = (event) => event.target instanceof Element
    && event.target.closest(".agenda__item[draggable], .agenda__none");
  const unmark = () => document.querySelectorAll(".agenda__item--over")
    .forEach((each) => each.classList.remove("agenda__item--over"));

  document.addEventListener("dragstart", (event) => {
    const at = over(event);
    dragged = at && at.matches("[draggable]") ? at : null;
  });
  document.addEventListener("dragend", () => { dragged = null; unmark(); });
  document.addEventListener("dragover", (event) => {
    const at = over(event);
    if (!dragged || !at) return;
    event.preventDefault();
    unmark();
    at.classList.add("agenda__item--over");
  });
  document.addEventListener("drop", (event) => {
    const at = over(event);
    if (!dragged || !at || at === dragged) return;
    event.preventDefault();
    const form = dragged.querySelector("form");
    const places = [...document.querySelectorAll(".agenda__item, .agenda__none")];
    const before = places.slice(0, places.indexOf(at)).filter((one) => one.matches(".agenda__item"));
    window.htmx.ajax("POST", document.getElementById("agenda").dataset.address, {
      target: "#agenda",
      swap: "outerHTML settle:0ms",
      values: {
        csrfmiddlewaretoken: form.elements.csrfmiddlewaretoken.value,
        do: `move:${dragged.dataset.item}`,
        position: before.length + 1,
        heading: at.parentNode.dataset.heading,
      },
    });
  });
})();
