// The playground's script: sends what is typed and pressed, shows what is said as it is said,
// completes commands, and opens forms. All words and all HTML come from the server.

const page = document.body;
const find = (selector) => document.querySelector(selector);
const [log, box, list, dialog] = ["#log", "#text", "#commands", "#dialog"].map(find);
const here = { as: page.dataset.as, in: page.dataset.in };
const draft = `draft ${here.as} ${here.in}`;

// Sending. A try that got no answer keeps its key, so that the same thing is never done twice.
class Refused extends Error {}
const keys = new Map();

async function send(path, body) {
  const id = JSON.stringify([path, body]);
  const key = keys.get(id) ?? crypto.randomUUID();
  keys.set(id, key);
  const request = {
    method: "POST",
    headers: { "Content-Type": "application/json" },
    body: JSON.stringify({ ...body, ...here, key }),
  };
  for (const pause of [400, 1200, 0]) {
    try {
      const answer = await fetch(path, { ...request, signal: AbortSignal.timeout(30_000) });
      if (answer.status < 500) {
        keys.delete(id);
        if (answer.ok) return await answer.json();
        throw new Refused(answer.status);
      }
    } catch (problem) {
      if (problem instanceof Refused) throw problem;
    }
    if (pause) await new Promise((done) => setTimeout(done, pause));
  }
  throw new Error("no answer");
}

// Does it once: while a thing is under way, pressing again does nothing.
const busy = new Set();

async function once(owner, button, trouble, path, body, then) {
  if (busy.has(owner)) return;
  busy.add(owner);
  button.setAttribute("aria-disabled", "true");
  button.classList.add("busy");
  trouble.hidden = true;
  try {
    const answer = await send(path, body);
    then(answer);
    if (answer.language !== page.dataset.language) location.reload();
  } catch (problem) {
    const { notSent, tooLong, refused } = page.dataset;
    const status = problem instanceof Refused ? problem.message : "";
    trouble.textContent = status === "413" ? tooLong : status ? refused : notSent;
    trouble.hidden = false;
  } finally {
    busy.delete(owner);
    button.removeAttribute("aria-disabled");
    button.classList.remove("busy");
  }
}

// Forms, in a modal dialog.
let origin = "";

function open(html, line) {
  origin = line;
  dialog.innerHTML = html;
  if (!dialog.open) dialog.showModal();
  const wrong = dialog.querySelector("[aria-invalid]");
  const fields = "input, textarea, select, [type=submit]";
  (wrong?.matches(fields) ? wrong : (wrong ?? dialog).querySelector(fields)).focus();
}

dialog.addEventListener("submit", (event) => {
  event.preventDefault();
  const form = event.target;
  const given = new FormData(form);
  const filled = JSON.parse(form.dataset.names).map((name) => [name, given.getAll(name).join(",")]);
  const values = { ...JSON.parse(form.dataset.values), ...Object.fromEntries(filled) };
  const text = filled.map(([, value]) => value).filter(Boolean).join("\n");
  const body = { line: origin, name: form.dataset.form, values, text };
  const button = form.querySelector("[type=submit]");
  once(dialog, button, form.querySelector(".trouble"), "/forms", body, (answer) => {
    if (answer.form) open(answer.form, origin);
    else dialog.close();
  });
});

dialog.addEventListener("close", () => {
  // The pressed button is gone where an answer took the place of its line: then the keyboard is
  // nowhere, or for a moment still in the dialog that nobody sees any more.
  const at = document.activeElement;
  if (at === page || dialog.contains(at)) (document.getElementById(origin) ?? box).focus();
});

// Buttons, wherever they stand.
document.addEventListener("click", (event) => {
  const button = event.target.closest("button");
  if (!button) return;
  const { action, values, hours, line } = button.dataset;
  if (action !== undefined) {
    const on = button.closest(".line");
    const body = { line: on.id, name: action, values: JSON.parse(values) };
    once(on, button, find("#trouble"), "/presses", body, (answer) => {
      if (answer.form) open(answer.form, on.id);
    });
  } else if (hours) {
    once("clock", button, find("#trouble"), "/clock", { hours: Number(hours) }, () => {});
  } else if (line !== undefined) {
    write(line);
  } else if ("cancel" in button.dataset) {
    dialog.close();
  } else if (button.matches(".menu")) {
    menu(!page.classList.contains("open"));
  }
});

function menu(opened) {
  page.classList.toggle("open", opened);
  find(".menu").setAttribute("aria-expanded", String(opened));
}

document.addEventListener("keydown", (event) => {
  if (event.key !== "Escape" || !page.classList.contains("open")) return;
  menu(false);
  find(".menu").focus();
});

// The message box: completes commands, keeps what is typed until it is sent.
let chosen = null;

function write(text) {
  box.value = text;
  box.focus();
  box.setSelectionRange(text.length, text.length);
  typed();
}

function typed() {
  sessionStorage.setItem(draft, box.value);
  const word = /^\/\S*$/.test(box.value) ? box.value.toLowerCase() : null;
  let shown = [];
  for (const option of list.children) {
    option.hidden = word === null || !option.dataset.word.startsWith(word);
    if (!option.hidden) shown.push(option);
  }
  if (shown.length === 1 && shown[0].dataset.word === word) shown = [];
  choose(shown[0] ?? null);
}

function choose(option) {
  chosen?.setAttribute("aria-selected", "false");
  chosen = option;
  list.hidden = !option;
  box.setAttribute("aria-expanded", String(Boolean(option)));
  if (!option) return box.removeAttribute("aria-activedescendant");
  option.setAttribute("aria-selected", "true");
  option.scrollIntoView({ block: "nearest" });
  box.setAttribute("aria-activedescendant", option.id);
}

function step(by) {
  const shown = [...list.children].filter((option) => !option.hidden);
  choose(shown.at((shown.indexOf(chosen) + by) % shown.length));
}

box.addEventListener("input", typed);
box.addEventListener("blur", () => choose(null));
list.addEventListener("pointerdown", (event) => {
  event.preventDefault();
  const option = event.target.closest("[role=option]");
  if (option) write(`${option.dataset.word} `);
});

box.addEventListener("keydown", (event) => {
  if (event.isComposing || event.ctrlKey || event.altKey || event.metaKey) return;
  const key = event.key;
  const exact = chosen?.dataset.word === box.value.toLowerCase();
  if (chosen && key === "ArrowDown") step(1);
  else if (chosen && key === "ArrowUp") step(-1);
  else if (chosen && key === "Escape") choose(null);
  else if (chosen && !event.shiftKey && (key === "Tab" || (key === "Enter" && !exact))) {
    write(`${chosen.dataset.word} `);
  } else if (key === "Enter" && !event.shiftKey) find("#composer").requestSubmit();
  else if (key === "ArrowUp" && !box.value) {
    const mine = [...log.querySelectorAll(".mine .words")].at(-1);
    if (mine) write(mine.textContent);
  } else return;
  event.preventDefault();
});

find("#composer").addEventListener("submit", (event) => {
  event.preventDefault();
  if (box.value.trim()) say("/messages", { text: box.value });
});

function say(path, body) {
  if (busy.has(box)) return;
  choose(null);
  box.readOnly = true;
  once(box, find(".send"), find("#trouble"), path, body, (answer) => {
    write("");
    if (answer.form) open(answer.form, "");
  }).finally(() => (box.readOnly = false));
}

// Files, chosen with the paperclip or dropped on the page: sent with what stands in the box.
const picker = find("#files");

async function give(files) {
  try {
    const given = await Promise.all(files.map(read));
    if (given.length) say("/files", { text: box.value, files: given });
  } catch {
    find("#trouble").textContent = page.dataset.unread;
    find("#trouble").hidden = false;
  }
}

// Of one that is too large, its size is enough to be told so.
async function read(file) {
  const { name, size } = file;
  return { name, size, content: size > Number(page.dataset.largest) ? "" : await inBase64(file) };
}

function inBase64(file) {
  return new Promise((done, failed) => {
    const reader = new FileReader();
    reader.onload = () => done(reader.result.split(",")[1] ?? "");
    reader.onerror = () => failed(reader.error);
    reader.readAsDataURL(file);
  });
}

find("#attach").addEventListener("click", () => picker.click());
picker.addEventListener("change", () => {
  give([...picker.files]);
  picker.value = "";
});

function drags(event) {
  if (!event.dataTransfer?.types.includes("Files")) return false;
  event.preventDefault(); // a browser would leave the page for the file
  return !dialog.open;
}

document.addEventListener("dragover", (event) => page.classList.toggle("dropping", drags(event)));
document.addEventListener("dragleave", (event) => {
  if (!event.relatedTarget) page.classList.remove("dropping");
});
document.addEventListener("drop", (event) => {
  page.classList.remove("dropping");
  if (drags(event)) give([...event.dataTransfer.files]);
});

// What is said, live. Every connection starts with all lines; those already shown stay.
function show(html) {
  const made = document.createElement("template");
  made.innerHTML = html;
  const fresh = made.content.querySelector(".line");
  const old = document.getElementById(fresh.id);
  if (old?.dataset.version === fresh.dataset.version) return;
  const last = log.lastElementChild?.getBoundingClientRect();
  const atEnd = !last || last.top < Math.min(innerHeight, log.getBoundingClientRect().bottom);
  if (old) {
    const held = old.contains(document.activeElement);
    old.replaceWith(fresh);
    if (held) fresh.focus({ preventScroll: true });
  } else {
    fresh.classList.add("fresh");
    log.append(fresh);
    if (atEnd || fresh.matches(".mine, .private")) reveal(fresh);
  }
}

// To its end, or to its beginning when it is longer than what can be seen.
function reveal(line) {
  const room = Math.min(innerHeight, log.clientHeight);
  line.scrollIntoView({ block: line.offsetHeight > room * 0.9 ? "start" : "end" });
}

let source = null;

function listen() {
  source?.close();
  source = new EventSource(`/events?${new URLSearchParams(here)}`);
  source.addEventListener("lines", (event) => JSON.parse(event.data).forEach(show));
  source.addEventListener("clock", (event) => (find("#clock").textContent = JSON.parse(event.data)));
  source.addEventListener("open", () => (find("#offline").hidden = true));
  source.addEventListener("error", () => {
    find("#offline").hidden = false;
    if (source.readyState === EventSource.CLOSED && !document.hidden) setTimeout(listen, 2000);
  });
}

// A hidden page lets go of its connection (a browser grants a site six), and catches up after.
document.addEventListener("visibilitychange", () => (document.hidden ? source.close() : listen()));
if (!document.hidden) listen();

if (log.lastElementChild) reveal(log.lastElementChild);
box.value ||= sessionStorage.getItem(draft) ?? ""; // what was typed before this ran stays
if (matchMedia("(pointer: fine)").matches) box.focus({ preventScroll: true });
