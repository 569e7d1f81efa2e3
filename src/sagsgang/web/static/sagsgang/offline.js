// Sets the keeper of the working house going, and sends what was written without a connection.
// What waits lies in the browser under `note:<address>`, until it is sent or its author signs out.
(() => {
  "use strict";
  const { reader } = document.body.dataset;
  if (!reader) return;

  // Another has signed in on this device: what was here is not theirs.
  if (localStorage.getItem("reader") !== reader) {
    localStorage.clear();
    localStorage.setItem("reader", reader);
  }

  const waiting = () => Object.keys(localStorage).filter((key) => key.startsWith("note:") && !read(key).sent);
  const read = (key) => JSON.parse(localStorage.getItem(key) || "{}");
  const store = (key, note) => localStorage.setItem(key, JSON.stringify(note));
  const token = () => document.querySelector("[name=csrfmiddlewaretoken]")?.value || "";

  // The note as the site has it now, or a word for why it has it not.
  async function send(key) {
    const note = read(key);
    const body = new URLSearchParams({ text: note.text, mark: note.mark, revision: note.revision });
    let response;
    try {
      response = await fetch(key.slice("note:".length), {
        method: "POST",
        headers: { Accept: "application/json", "X-CSRFToken": token() },
        body,
        keepalive: body.toString().length < 60000,
        redirect: "manual",
      });
    } catch {
      return "waits";
    }
    if (response.status === 409) return (await response.json()).refused;
    if (!response.ok) return "out";
    const stored = await response.json();
    const now = read(key);
    // What was written while it was on its way is still to be sent.
    const same = now.text === note.text && now.mark === note.mark;
    const text = same ? stored.text : [now.text, stored.other].filter(Boolean).join("\n\n");
    store(key, { text, mark: now.mark, revision: stored.revision, sent: same });
    document.dispatchEvent(new CustomEvent("note-sent", { detail: { key, stored, same } }));
    return stored;
  }

  let turn = Promise.resolve();
  const flush = () => { turn = turn.then(async () => { for (const key of waiting()) await send(key); }); return turn; };
  const sendInTurn = (key) => { const done = turn.then(() => send(key)); turn = done.catch(() => null); return done; };
  window.sagsgangNotes = { read, store, send: sendInTurn, flush };

  flush();
  addEventListener("online", flush);

  // Signing out forgets everything here, so what waits is sent first.
  document.addEventListener("submit", async (event) => {
    if (!event.target.action.endsWith("/arbejde/konto/log-ud/") || !waiting().length) return;
    event.preventDefault();
    await flush();
    event.target.submit();
  });

  if (!("serviceWorker" in navigator) || !window.caches) return;
  const controlled = Boolean(navigator.serviceWorker.controller);
  navigator.serviceWorker.register("/arbejde/service-worker.js", { scope: "/arbejde/" }).catch(() => null);
  navigator.serviceWorker.ready.then(async () => {
    if (!navigator.serviceWorker.controller) {
      await new Promise((resolve) => navigator.serviceWorker.addEventListener("controllerchange", resolve, { once: true }));
    }
    const addresses = [...document.querySelectorAll("a[data-keep]")].map((link) => link.href);
    if (!controlled) {
      const files = document.querySelectorAll("link[rel=stylesheet], link[rel=preload], link[rel=icon], script[src]");
      addresses.push(location.pathname, ...[...files].map((one) => one.href || one.src));
    }
    const kept = [];
    for (const address of new Set(addresses)) {
      if (controlled && (await caches.match(address, { ignoreVary: true }))) continue;
      kept.push(fetch(address).catch(() => null));
    }
    await Promise.all(kept);
    document.dispatchEvent(new CustomEvent("page-kept"));
  });
})();
