// The meeting's screen. Every button works without this; with it what is typed is kept at every
// pause and survives a lost connection, one key does what a button does, and screens stay in step.
(() => {
  "use strict";
  const PAUSE = 500, STEP = 3000;
  const live = () => document.getElementById("live");
  const form = () => document.getElementById("beslutning");
  const field = (name) => form() && form().elements[name];
  if (!live()) return;

  // ── What is typed ──────────────────────────────────────────────────────────────────────

  let dirty = false, waiting = 0, sending = null, lost = false;
  const shelf = () => `sagsgang-moede-${live().dataset.item}`;

  const tell = (text, grave) => {
    const told = document.getElementById("told");
    told.textContent = text;
    told.classList.toggle("told--not", Boolean(grave));
  };
  const say = (text, not) => {
    const saved = document.getElementById("gemt");
    if (!saved) return;
    saved.textContent = text;
    saved.classList.toggle("saved--not", Boolean(not));
  };
  const typed = () => {
    const data = new FormData(form());
    return [...data.entries()].filter(([name]) => !["csrfmiddlewaretoken", "do"].includes(name));
  };
  const shelve = () => { try { localStorage.setItem(shelf(), JSON.stringify(typed())); } catch { /* full or forbidden */ } };
  const unshelve = () => { try { localStorage.removeItem(shelf()); } catch { /* forbidden */ } };

  const changed = (now) => {
    dirty = true;
    shelve();
    say(live().dataset.unsaved, lost);
    window.clearTimeout(waiting);
    waiting = window.setTimeout(keep, now ? 0 : PAUSE);
  };

  // Keeps what is typed; true when the server has it.
  const keep = async () => {
    window.clearTimeout(waiting);
    if (sending) await sending;
    if (!dirty || !form()) return true;
    const at = form();
    dirty = false;
    sending = (async () => {
      let answer;
      try {
        answer = await fetch(at.dataset.autosave, { method: "POST", body: new FormData(at), redirect: "manual" });
      } catch {
        return fail();
      }
      if (answer.status === 409 || answer.status === 410) {
        const said = await answer.json();
        dirty = true;
        say(live().dataset.unsaved, true);
        tell(said.told, true);
        if (answer.status === 409) beside(said);
        return false;
      }
      if (!answer.ok) return fail();
      const said = await answer.json();
      field("revision").value = said.revision;
      document.getElementById("sagt").innerHTML = said.said;
      live().dataset.stamp = said.stamp;
      if (lost) tell(live().dataset.back);
      lost = false;
      document.getElementById("andens").hidden = true;
      if (!dirty) { unshelve(); say(said.saved); }
      return true;
    })();
    const could = await sending;
    sending = null;
    return could;
  };
  // What the other screen has stands beside one's own words; the next save is made knowing it.
  const beside = ({ text, revision }) => {
    field("revision").value = revision;
    const box = document.getElementById("andens");
    box.querySelector("blockquote").textContent = text;
    box.hidden = false;
  };
  const fail = () => {
    dirty = true;
    lost = true;
    say(live().dataset.unsaved, true);
    tell(live().dataset.lost, true);
    window.clearTimeout(waiting);
    waiting = window.setTimeout(keep, STEP);
    return false;
  };
  // What was typed without a connection, and not sent before the page was left.
  const takeBack = () => {
    if (!form()) return;
    let had = null;
    try { had = JSON.parse(localStorage.getItem(shelf())); } catch { /* forbidden */ }
    if (!had) return;
    for (const [name, value] of had) {
      const at = field(name);
      if (!at || name === "revision") continue;
      at.value = value;
    }
    changed(true);
  };
  const grow = () => {
    const text = field("text");
    if (!text) return;
    text.style.height = "auto";
    text.style.height = `${text.scrollHeight + 4}px`;
  };

  document.addEventListener("input", ({ target }) => {
    if (!form() || target.form !== form()) return;
    if (target.name === "text") grow();
    changed(target.type === "radio" || target.tagName === "SELECT");
  });
  window.addEventListener("online", keep);
  window.addEventListener("beforeunload", (event) => { if (dirty && lost) event.preventDefault(); });

  // ── Forms, sent without leaving the page ───────────────────────────────────────────────

  const busy = (element) => element.contains(document.activeElement)
    && document.activeElement.matches("input:not([type=radio]), select, textarea");

  // Puts the parts of a fetched page in the place of those on the screen.
  const show = (html, ids) => {
    const fresh = new DOMParser().parseFromString(html, "text/html");
    const there = fresh.getElementById("live");
    if (!there) return false;
    const focus = document.activeElement && document.activeElement.id;
    const open = [...document.querySelectorAll("#live details[open]")].map((one) => one.id);
    for (const id of ids) {
      const before = document.getElementById(id), after = fresh.getElementById(id);
      if (before && after && !(ids.length > 1 && busy(before))) before.replaceWith(after);
    }
    live().dataset.stamp = there.dataset.stamp;
    for (const id of open) {
      const one = id && document.getElementById(id);
      if (one && !one.closest(".seats")) one.open = true;
    }
    const focused = focus && document.getElementById(focus);
    if (focused && focused !== document.activeElement) focused.focus();
    const alerts = [...fresh.querySelectorAll("main > .alert")];
    if (alerts.length) {
      tell(alerts.map((one) => one.textContent.trim()).join(" "), alerts.some((one) => one.matches(".alert-error")));
    }
    prepare();
    return true;
  };
  const PARTS = ["live-items", "live-there"];
  const parts = () => (dirty || sending || busy(document.getElementById("live-item"))
    ? [...PARTS, "stemmer"] : [...PARTS, "live-item"]);

  document.addEventListener("submit", async (event) => {
    const sent = event.target;
    if (event.defaultPrevented || sent.method !== "post" || !live().contains(sent)) return;
    event.preventDefault();
    const whole = live().querySelector("#live-item").contains(sent);
    if (!(await keep()) && whole) return;
    const body = new FormData(sent, event.submitter);
    let answer;
    try {
      answer = await fetch(sent.getAttribute("action") || window.location.pathname, { method: "POST", body });
    } catch {
      tell(live().dataset.lost, true);
      return;
    }
    if (!show(await answer.text(), whole ? ["live-items", "live-item", "live-there"].map(String) : parts())) {
      window.location.assign(answer.url);
      return;
    }
    if (whole) {
      unshelve();
      const after = document.getElementById("besluttet") ? "a[rel=next]" : "#overskrift";
      (live().querySelector(after) || document.getElementById("overskrift")).focus();
    }
  });

  // ── Buttons that fill in ───────────────────────────────────────────────────────────────

  const write = (text, outcome) => {
    field("text").value = text;
    if (outcome) field("outcome").value = outcome;
    grow();
    changed(true);
    field("text").focus();
    field("text").setSelectionRange(text.length, text.length);
    if (!text.endsWith(" ")) document.getElementById("overskrift").focus();
  };
  const vote = (choice, group) => {
    for (const ballot of document.querySelectorAll(".ballot")) {
      if (group && ballot.dataset.party !== group) continue;
      for (const one of ballot.querySelectorAll("input")) one.checked = one.value === choice;
    }
    changed(true);
  };
  document.addEventListener("click", (event) => {
    const button = event.target.closest && event.target.closest("#live button");
    if (!button) return;
    const { text, outcome, vote: choice, group, insert } = button.dataset;
    if (text !== undefined) write(text, outcome);
    else if (insert !== undefined) { write(insert, "amended"); field("text").focus(); }
    else if (choice !== undefined) vote(choice, group);
    else return;
    event.preventDefault();
  });

  // ── Keys ───────────────────────────────────────────────────────────────────────────────

  const SWITCH = "sagsgang-taster";
  const on = () => { try { return localStorage.getItem(SWITCH) !== "fra"; } catch { return true; } };
  document.addEventListener("change", ({ target }) => {
    if (target.id !== "taster-til") return;
    try { localStorage.setItem(SWITCH, target.checked ? "til" : "fra"); } catch { /* forbidden */ }
  });

  const use = (element) => {
    if (element.matches("details")) {
      element.open = true;
      (element.querySelector("select, input:not([type=hidden]), textarea, button") || element.querySelector("summary")).focus();
    } else if (element.matches("textarea, input, select")) element.focus();
    else if (element.closest("#live-there")) element.focus();
    else element.click();
  };
  const VOTES = { f: "for", i: "against", u: "abstain" };
  const inBallot = (key, at) => {
    const choice = VOTES[key], ballot = at.closest(".ballot");
    if (!choice || !ballot) return false;
    const one = ballot.querySelector(`input[value="${choice}"]`);
    one.checked = true;
    changed(true);
    const next = ballot.nextElementSibling;
    if (next && next.matches(".ballot")) (next.querySelector("input:checked") || next.querySelector("input")).focus();
    else one.focus();
    return true;
  };
  document.addEventListener("keydown", (event) => {
    const at = event.target, key = event.key.toLowerCase();
    if (key === "enter" && event.ctrlKey && at.form && at.form === form()) {
      event.preventDefault();
      document.getElementById("beslut").click();
      return;
    }
    if (key === "escape" && live().contains(at)) { document.getElementById("overskrift").focus(); return; }
    if (event.ctrlKey || event.altKey || event.metaKey || !on()) return;
    if (at.matches("textarea, select, input:not([type=radio], [type=checkbox])")) return;
    if (inBallot(key, at)) { event.preventDefault(); return; }
    const found = [...live().querySelectorAll(`[data-key="${CSS.escape(key)}"]`)].find((one) => one.checkVisibility());
    if (!found) return;
    event.preventDefault();
    use(found);
  });

  // ── Two screens in step ────────────────────────────────────────────────────────────────

  let behind = false;  // the item is newer elsewhere, and somebody is writing in it here
  const step = async () => {
    if (document.hidden || sending || dirty) return;
    const own = parts(), item = own.includes("live-item");
    try {
      const answer = await fetch(live().dataset.state);
      if (!answer.ok || answer.redirected) return;
      const { stamp } = await answer.json();
      if (stamp === live().dataset.stamp && !(behind && item)) return;
      const page = await fetch(window.location.pathname);
      const html = await page.text();
      if (!page.ok || sending || dirty || String(parts()) !== String(own)) return;
      if (!show(html, own)) return;
      const fresh = new DOMParser().parseFromString(html, "text/html");
      const theirs = fresh.querySelector("#beslutning [name=revision]");
      behind = Boolean(form()) && (!theirs || theirs.value !== field("revision").value);
      if (behind) tell(live().dataset.moved, true);
    } catch { /* no connection; the next step asks again */ }
  };
  window.setInterval(step, STEP);

  const prepare = () => {
    const insert = document.getElementById("indsaet");
    if (insert) insert.hidden = false;
    const keys = document.getElementById("taster-til");
    if (keys) keys.checked = on();
    grow();
  };
  prepare();
  takeBack();
})();
