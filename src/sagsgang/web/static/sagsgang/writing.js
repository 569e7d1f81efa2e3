// The page for writing a presentation works without this, with plain text and a button that saves.
// This puts an editor in the place of each plain text, and saves by itself while somebody writes.
(() => {
  "use strict";
  const form = document.getElementById("writing");
  if (!form || !window.Tiptap) return;
  const { Editor, Image, StarterKit, TableKit } = window.Tiptap;
  const words = JSON.parse(form.dataset.words);
  const told = form.querySelector("[data-told]");
  const alarm = form.querySelector("[data-alarm]");
  const editors = new Map();

  // ── What is pasted from Word: lists are paragraphs there, with a marker typed before the text ──

  function fromWord(html) {
    if (!html.includes("mso-list")) return html;
    const marked = html.replace(
      /<!(?:--)?\[if !supportLists\](?:--)?>([\s\S]*?)<!(?:--)?\[endif\](?:--)?>/g,
      (_, marker) => `<i data-marker="${/\d|[a-z][.)]/i.test(marker.replace(/<[^>]*>|&\w+;/g, "")) ? "ol" : "ul"}"></i>`,
    );
    const page = new DOMParser().parseFromString(marked, "text/html");
    let open = [];
    for (const line of page.querySelectorAll("p")) {
      const level = /mso-list:\s*\S+\s+level(\d+)/.exec(line.getAttribute("style") || "");
      if (!level) { open = []; continue; }
      const marker = line.querySelector("[data-marker]");
      const depth = Number(level[1]);
      open = open.slice(0, depth);
      while (open.length < depth) {
        const list = page.createElement(marker ? marker.dataset.marker : "ul");
        const above = open[open.length - 1];
        if (above && above.lastElementChild) above.lastElementChild.append(list);
        else if (above) above.append(list);
        else line.before(list);
        open.push(list);
      }
      const entry = page.createElement("li");
      if (marker) marker.remove();
      entry.innerHTML = `<p>${line.innerHTML}</p>`;
      open[depth - 1].append(entry);
      line.remove();
    }
    return page.body.innerHTML;
  }

  // ── The editors ──────────────────────────────────────────────────────────────────────────────

  const PICTURE = '<svg viewBox="0 0 16 16" width="18" height="18" fill="none" stroke="currentColor" stroke-width="1.5"><path d="M1 2.5h14v11H1zM1 11.5l4-4 3.5 3.5 2.5-2.5 4 4M11 5.5h.1"/></svg>';
  const TOOLS = [
    ["bold", "B", (e) => e.toggleBold(), (e) => e.isActive("bold")],
    ["italic", "I", (e) => e.toggleItalic(), (e) => e.isActive("italic")],
    ["heading", "H", (e) => e.toggleHeading({ level: 3 }), (e) => e.isActive("heading")],
    ["bullets", "•", (e) => e.toggleBulletList(), (e) => e.isActive("bulletList")],
    ["numbers", "1.", (e) => e.toggleOrderedList(), (e) => e.isActive("orderedList")],
    ["link", "↗", null, (e) => e.isActive("link")],
    ["picture", PICTURE, null, (e) => e.isActive("image")],
    ["table", "▦", (e) => e.insertTable({ rows: 3, cols: 3, withHeaderRow: true })],
    ["row", "+▭", (e) => e.addRowAfter(), null, "table"],
    ["column", "+▯", (e) => e.addColumnAfter(), null, "table"],
    ["lessrow", "−▭", (e) => e.deleteRow(), null, "table"],
    ["lesscolumn", "−▯", (e) => e.deleteColumn(), null, "table"],
    ["undo", "↶", (e) => e.undo()],
    ["redo", "↷", (e) => e.redo()],
  ];

  function begin(text) {
    const label = document.getElementById(`label-${text.id.split("-")[1]}`);
    const bar = document.createElement("div");
    bar.className = "tools";
    bar.setAttribute("role", "toolbar");
    bar.setAttribute("aria-label", `${words.tools} ${label.textContent}`);
    const place = document.createElement("div");
    text.before(bar, place);
    text.hidden = true;
    const editor = new Editor({
      element: place,
      injectCSS: false,
      content: text.dataset.html,
      extensions: [
        StarterKit.configure({
          blockquote: false, code: false, codeBlock: false, horizontalRule: false, strike: false,
          underline: false, heading: { levels: [3] },
          link: { openOnClick: false, autolink: true, protocols: ["mailto"], HTMLAttributes: { rel: "noreferrer", target: null } },
        }),
        TableKit.configure({ table: { resizable: false } }),
        Image.configure({ allowBase64: false }),
      ],
      editorProps: {
        attributes: { class: "form-input editor", role: "textbox", "aria-multiline": "true", "aria-labelledby": label.id, lang: "da" },
        transformPastedHTML: fromWord,
        handlePaste: (_view, event) => takeIn(editors.get(text), event.clipboardData),
        handleDrop: (_view, event) => takeIn(editors.get(text), event.dataTransfer),
      },
      onUpdate: changed,
    });
    editors.set(text, editor);
    label.addEventListener("click", () => editor.commands.focus());
    fill(bar, editor);
  }

  function fill(bar, editor) {
    const buttons = TOOLS.map(([name, sign, act, , within], index) => {
      const button = document.createElement("button");
      button.type = "button";
      button.className = `tools__${name}`;
      button.title = words[name];
      button.tabIndex = index ? -1 : 0;
      button.innerHTML = `<span aria-hidden="true">${sign}</span><span class="sr-only">${words[name]}</span>`;
      button.dataset.within = within || "";
      button.addEventListener("click", () => {
        if (name === "link") link(editor);
        else if (name === "picture") picture(editor);
        else act(editor.chain().focus()).run();
      });
      bar.append(button);
      return button;
    });
    bar.addEventListener("keydown", (event) => {
      const shown = buttons.filter((one) => !one.hidden);
      const here = shown.indexOf(document.activeElement);
      const step = { ArrowRight: 1, ArrowLeft: -1, Home: -here, End: shown.length - 1 - here }[event.key];
      if (step === undefined || here < 0) return;
      event.preventDefault();
      const next = shown[(here + step + shown.length) % shown.length];
      for (const one of buttons) one.tabIndex = one === next ? 0 : -1;
      next.focus();
    });
    const look = () => TOOLS.forEach(([, , , on, within], index) => {
      if (on) buttons[index].setAttribute("aria-pressed", String(on(editor)));
      buttons[index].hidden = Boolean(within) && !editor.isActive(within);
    });
    editor.on("transaction", look);
    look();
  }

  function link(editor) {
    const address = window.prompt(words.address, editor.getAttributes("link").href || "https://");
    if (address === null) return;
    const chain = editor.chain().focus().extendMarkRange("link");
    if (address.trim() && address.trim() !== "https://") chain.setLink({ href: address.trim() }).run();
    else chain.unsetLink().run();
  }

  // ── Pictures: taken in at once, and described for those who cannot see them ──────────────────

  const chosen = document.createElement("input");
  chosen.type = "file";
  chosen.accept = "image/png,image/jpeg,image/gif";

  function picture(editor) {
    if (editor.isActive("image")) {
      const alt = window.prompt(words.alternative, editor.getAttributes("image").alt || "");
      if (alt !== null) editor.chain().focus().updateAttributes("image", { alt: alt.trim() }).run();
      return;
    }
    chosen.value = "";
    chosen.onchange = () => { if (chosen.files.length) insert(editor, chosen.files[0]); };
    chosen.click();
  }

  function takeIn(editor, data) {
    const file = data && !data.getData("text/html") && [...data.files].find((one) => one.type.startsWith("image/"));
    if (!file) return false;
    insert(editor, file);
    return true;
  }

  async function insert(editor, file) {
    const alt = window.prompt(words.alternative, "");
    if (alt === null) { editor.commands.focus(); return; }
    const sent = new FormData();
    sent.append("csrfmiddlewaretoken", form.elements.csrfmiddlewaretoken.value);
    sent.append("file", file);
    const answer = await fetch(form.dataset.picture, { method: "POST", body: sent, redirect: "manual" }).catch(() => null);
    const said = answer && (await answer.json().catch(() => null));
    if (!answer || !said) { warn(words.lost); return; }
    if (!answer.ok) { warn(said.told); return; }
    warn("");
    editor.chain().focus().setImage({ src: said.src, alt: alt.trim() }).run();
  }

  form.querySelectorAll(".writing__section textarea").forEach(begin);

  // ── Saving by itself ─────────────────────────────────────────────────────────────────────────

  let timer = 0, busy = null, version = 0, kept = 0, stopped = false;
  const say = (text) => { told.textContent = text; };
  const warn = (text) => { alarm.textContent = text; alarm.hidden = !text; };

  function changed() {
    version += 1;
    say(words.unsaved);
    window.clearTimeout(timer);
    if (!stopped) timer = window.setTimeout(save, 2000);
  }

  function write() {
    form.elements.format.value = "html";
    for (const [text, editor] of editors) text.value = editor.isEmpty ? "" : editor.getHTML();
  }

  async function save() {
    if (busy) { await busy; }
    if (stopped || version === kept) return version === kept;
    const sent = version;
    write();
    say(words.saving);
    busy = post(sent);
    const saved = await busy;
    busy = null;
    if (!saved && !stopped) timer = window.setTimeout(save, 10000);
    else if (saved && version !== kept) timer = window.setTimeout(save, 2000);
    return saved;
  }

  async function post(sent) {
    let answer;
    try {
      answer = await fetch(form.action, { method: "POST", body: new FormData(form), headers: { "X-Autosave": "1" }, redirect: "manual" });
    } catch {
      warn(words.lost);
      say(words.unsaved);
      return false;
    }
    if (answer.type === "opaqueredirect" || answer.status === 403) { stopped = true; warn(words.out); say(words.unsaved); return false; }
    const said = await answer.json().catch(() => ({ told: words.lost }));
    if (!answer.ok) {
      stopped = answer.status === 409;
      warn(said.told);
      say(words.unsaved);
      return false;
    }
    for (const field of document.querySelectorAll("input[name=revision]")) field.value = said.revision;
    kept = sent;
    warn("");
    say(version === kept ? said.told : words.unsaved);
    return true;
  }

  form.addEventListener("input", (event) => { if (event.target.name) changed(); });
  form.addEventListener("submit", () => { window.clearTimeout(timer); stopped = true; kept = version; write(); });
  window.addEventListener("beforeunload", (event) => { if (version !== kept) event.preventDefault(); });
  window.addEventListener("pagehide", () => window.clearTimeout(timer));

  // Whatever else the page sends is about the text as it stands here, so that it is saved first.
  for (const other of document.querySelectorAll("main form:not(#writing)")) {
    other.addEventListener("submit", async (event) => {
      if (version === kept) return;
      event.preventDefault();
      const by = event.submitter;
      window.clearTimeout(timer);
      if (await save()) other.requestSubmit(by);
    });
  }

  // Somebody else has saved: said before more is written, not only when it is to be kept.
  window.setInterval(async () => {
    if (document.hidden || busy || stopped) return;
    const answer = await fetch(form.dataset.state, { redirect: "manual" }).catch(() => null);
    if (!answer || !answer.ok || busy) return;
    const there = await answer.json();
    if (there.revision > Number(form.elements.revision.value)) warn(there.told);
  }, 15000);
})();
