// The reading mode. Without this the page is read, and notes are stored by their button. With it
// one turns by thumb and by arrow keys, finds words, and notes store themselves.
(() => {
  "use strict";
  const page = document.querySelector(".read");
  const notes = window.sagsgangNotes;
  if (!page || !notes) return;
  const leaves = [...page.querySelectorAll(".leaf")];

  // ── Turning ──────────────────────────────────────────────────────────────────────────────
  const still = matchMedia("(prefers-reduced-motion: reduce)");
  const thumb = page.querySelector(".thumb");
  const here = () => {
    const at = leaves.findLastIndex((leaf) => leaf.getBoundingClientRect().top < innerHeight / 3);
    return scrollY + innerHeight >= document.documentElement.scrollHeight - 2 ? Math.max(at, 0) : at;
  };
  let aim = null;
  function turn(step) {
    const from = aim ?? here();
    const to = Math.min(Math.max(from + step, 0), leaves.length - 1);
    const leaf = leaves[to];
    if (!leaf) return;
    aim = to;
    leaf.focus({ preventScroll: true });
    leaf.scrollIntoView({ behavior: still.matches ? "auto" : "smooth", block: "start" });
    history.replaceState(null, "", `#${leaf.id}`);
  }
  addEventListener("scrollend", () => { aim = null; mark(); });
  function mark() {
    const at = here();
    for (const link of page.querySelectorAll(".read__contents a")) {
      if (at >= 0 && link.hash === `#${leaves[at].id}`) link.setAttribute("aria-current", "true");
      else link.removeAttribute("aria-current");
    }
  }
  if (thumb) {
    thumb.hidden = false;
    document.body.classList.add("has-thumb");
    thumb.addEventListener("click", ({ target }) => {
      const button = target.closest("[data-turn]");
      if (button) turn(Number(button.dataset.turn));
    });
    let asked = 0;
    addEventListener("scroll", () => { cancelAnimationFrame(asked); asked = requestAnimationFrame(mark); }, { passive: true });
    mark();
  }
  document.addEventListener("keydown", (event) => {
    if (event.altKey || event.ctrlKey || event.metaKey || event.shiftKey) return;
    // Arrows belong to what has the focus, where it uses them: fields, and tables that scroll.
    if (event.target.closest("input, textarea, select, .table, details summary")) return;
    const step = { ArrowLeft: -1, ArrowRight: 1 }[event.key];
    if (!step) return;
    event.preventDefault();
    turn(step);
  });

  // ── Finding ──────────────────────────────────────────────────────────────────────────────
  const search = page.querySelector(".read__search");
  if (search && window.CSS && CSS.highlights) {
    search.hidden = false;
    const field = search.querySelector("input");
    const said = search.querySelector("[role=status]");
    let hits = [];
    let at = -1;
    const texts = () => {
      const found = [];
      for (const leaf of leaves) {
        const walker = document.createTreeWalker(leaf, NodeFilter.SHOW_TEXT, (node) =>
          node.parentElement.closest("form, script, .leaf__ways") ? NodeFilter.FILTER_REJECT : NodeFilter.FILTER_ACCEPT);
        while (walker.nextNode()) found.push(walker.currentNode);
      }
      return found;
    };
    const find = () => {
      const wanted = field.value.trim().toLocaleLowerCase("da");
      hits = [];
      at = -1;
      if (wanted.length > 1) for (const node of texts()) {
        const text = node.data.toLocaleLowerCase("da");
        for (let place = text.indexOf(wanted); place >= 0; place = text.indexOf(wanted, place + wanted.length)) {
          const range = new Range();
          range.setStart(node, place);
          range.setEnd(node, place + wanted.length);
          hits.push(range);
        }
      }
      CSS.highlights.set("found", new Highlight(...hits));
      CSS.highlights.delete("here");
      said.textContent = wanted.length < 2 ? "" : hits.length ? `${hits.length}` : said.dataset.none;
    };
    const next = () => {
      if (!hits.length) return;
      at = (at + 1) % hits.length;
      CSS.highlights.set("here", new Highlight(hits[at]));
      const holder = hits[at].startContainer.parentElement;
      const closed = holder.closest("details:not([open])");
      if (closed) closed.open = true;
      holder.scrollIntoView({ block: "center", behavior: still.matches ? "auto" : "smooth" });
      said.textContent = `${at + 1} ${said.dataset.of} ${hits.length}`;
    };
    field.addEventListener("input", find);
    search.addEventListener("submit", (event) => { event.preventDefault(); next(); });
  }

  // ── Notes ────────────────────────────────────────────────────────────────────────────────
  const forms = [...page.querySelectorAll(".note-form")];
  const keyOf = (form) => `note:${new URL(form.action).pathname}`;
  const text = (form) => form.elements.text;
  const say = (form, words) => { form.querySelector(".note-form__state").textContent = words; };
  const words = (form) => form.querySelector(".note-form__state").dataset;

  function show(form, note) {
    text(form).value = note.text;
    form.elements.revision.value = note.revision;
    for (const radio of form.elements.mark) radio.checked = radio.value === note.mark;
    tell(form);
  }
  // The mark stands in the list of items too.
  function tell(form) {
    const chosen = [...form.elements.mark].find((radio) => radio.checked);
    const label = chosen && chosen.value ? form.querySelector(`label[for="${chosen.id}"]`).textContent : "";
    page.querySelector(`[data-mark-of="${form.dataset.item}"]`).textContent = label;
    const box = text(form);
    box.style.height = "";
    if (box.scrollHeight > box.clientHeight) box.style.height = `${box.scrollHeight + 4}px`;
  }
  async function save(form) {
    const stored = await notes.send(keyOf(form));
    if (stored === "waits") say(form, words(form).waits);
    else if (stored === "out") say(form, words(form).out);
    else if (typeof stored === "string") say(form, stored);
  }
  document.addEventListener("note-sent", ({ detail }) => {
    const form = forms.find((one) => keyOf(one) === detail.key);
    if (!form) return;
    const now = notes.read(detail.key);
    form.elements.revision.value = now.revision;
    if (text(form).value !== now.text) text(form).value = now.text;
    const told = detail.stored.other ? ` ${words(form).merged}` : "";
    if (detail.same) say(form, `${words(form).saved} ${detail.stored.at}.${told}`);
    else save(form);
  });
  for (const form of forms) {
    // What is in the browser is newer than a page that was kept, and than one not sent.
    const kept = notes.read(keyOf(form));
    if (kept.revision !== undefined && (!kept.sent || kept.revision > Number(form.elements.revision.value))) show(form, kept);
    if (kept.revision !== undefined && !kept.sent) say(form, words(form).waits);
    tell(form);
    let soon = 0;
    const written = (delay) => {
      const mark = [...form.elements.mark].find((radio) => radio.checked)?.value || "";
      notes.store(keyOf(form), { text: text(form).value, mark, revision: Number(form.elements.revision.value), sent: false });
      tell(form);
      say(form, "");
      clearTimeout(soon);
      soon = setTimeout(save, delay, form);
    };
    form.addEventListener("input", ({ target }) => written(target.type === "radio" ? 0 : 700));
    form.addEventListener("submit", (event) => { event.preventDefault(); written(0); });
  }
  addEventListener("visibilitychange", () => { if (document.hidden) notes.flush(); });

  // ── Without a connection ─────────────────────────────────────────────────────────────────
  const line = page.querySelector(".read__offline");
  const connection = () => {
    page.classList.toggle("read--offline", !navigator.onLine);
    if (!navigator.onLine) line.textContent = line.dataset.without;
    else if (line.textContent === line.dataset.without) line.textContent = "";
  };
  addEventListener("online", connection);
  addEventListener("offline", connection);
  document.addEventListener("page-kept", () => { if (navigator.onLine) line.textContent = line.dataset.kept; });
  connection();
})();
