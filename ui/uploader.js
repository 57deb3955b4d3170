// Sends dropped files to the server, two at a time, and shows how far each has come.
// Drops are kept here, by the uploader's key, and not in the element: they go on while another page is shown.
const drops = new Map();
const AT_A_TIME = 2;
const SETTLE_AGAIN_MS = [500, 2000, 5000];

export default function ({ data, parentElement, setTriggerValue }) {
  const drop = meet(data);
  drop.data = data;
  drop.tell = () => setTriggerValue("arrived", drop.token);
  if (drop.root !== parentElement) {
    drop.root = parentElement;
    drop.rows = new Map();
    parentElement.querySelector(".files").replaceChildren();
    // A drop that ended while another page was shown had nobody to tell.
    if (drop.settled) drop.tell();
  }
  listen(drop);
  draw(drop);
  return () => {
    if (drop.root === parentElement) drop.root = null;
  };
}

function meet(data) {
  const known = drops.get(data.key);
  if (known && known.token === data.token) return known;
  const fresh = { token: data.token, items: [], said: "", notice: "", settling: false, settled: false };
  if (known) {
    fresh.root = known.root;
    fresh.rows = known.rows;
    known.root = null;
    // A new token is given when the drop was taken; else the server has lost it, and what was sent is sent again.
    const left = known.settling || known.settled ? known.later : known.items;
    for (const item of left) {
      const going = item.state !== "waiting" && item.state !== "failed";
      item.stop?.();
      fresh.items.push(going ? { file: item.file, state: "failed", why: "interrupted" } : item);
    }
  }
  fresh.later = [];
  drops.set(data.key, fresh);
  queueMicrotask(() => next(fresh));
  return fresh;
}

// ---- What people do ----

function listen(drop) {
  const find = (selector) => drop.root.querySelector(selector);
  const zone = find(".zone");
  const input = find("input");
  find(".browse").onclick = () => input.click();
  input.onchange = () => {
    add(drop, [...input.files]);
    input.value = "";
  };
  zone.ondragover = (event) => {
    event.preventDefault();
    zone.classList.add("over");
  };
  zone.ondragleave = () => zone.classList.remove("over");
  zone.ondrop = async (event) => {
    event.preventDefault();
    zone.classList.remove("over");
    add(drop, await dropped(event.dataTransfer));
  };
  find(".without").onclick = () => {
    drop.items = drop.items.filter((item) => item.state === "arrived");
    next(drop);
  };
}

async function dropped(transfer) {
  // Entries have to be asked for before the first await: the browser empties the list after the event.
  const entries = [...transfer.items].map((one) => one.webkitGetAsEntry?.()).filter(Boolean);
  if (!entries.some((entry) => entry.isDirectory)) return [...transfer.files];
  return (await Promise.all(entries.map(filesUnder))).flat();
}

async function filesUnder(entry) {
  // What systems and Excel leave in folders beside the files: .DS_Store, ~$locked.xlsx.
  if (/^(\.|~\$)/.test(entry.name)) return [];
  if (entry.isFile) return [await new Promise((found, failed) => entry.file(found, failed))];
  const reader = entry.createReader();
  const inside = [];
  for (;;) {
    const some = await new Promise((found, failed) => reader.readEntries(found, failed));
    if (!some.length) break;
    inside.push(...some);
  }
  inside.sort((one, other) => (one.name < other.name ? -1 : 1));
  return (await Promise.all(inside.map(filesUnder))).flat();
}

function add(drop, files) {
  // The page may have moved on to the next drop while a folder was being listed.
  drop = drops.get(drop.data.key);
  const items = files.map((file) => ({ file, state: "waiting", sent: 0 }));
  if (drop.settling || drop.settled) {
    drop.later.push(...items);
    return;
  }
  const room = Math.max(0, drop.data.files - drop.items.length);
  drop.notice = items.length > room ? drop.data.texts.too_many : "";
  const taken = items.slice(0, room);
  for (const item of taken) {
    if (item.file.size > drop.data.largest) Object.assign(item, { state: "failed", why: "too_large" });
  }
  drop.items.push(...taken);
  const waiting = taken.filter((item) => item.state === "waiting").length;
  if (waiting) say(drop, count(drop, "started", waiting));
  next(drop);
}

function remove(drop, item) {
  const at = drop.items.indexOf(item);
  drop.items.splice(at, 1);
  item.state = "gone";
  item.stop?.();
  if (!drop.items.length) drop.notice = "";
  next(drop);
  const neighbour = drop.items[Math.min(at, drop.items.length - 1)];
  (drop.rows?.get(neighbour)?.querySelector("button:not([hidden])") ?? drop.root?.querySelector(".browse"))?.focus();
}

function again(drop, item) {
  Object.assign(item, { state: "waiting", sent: 0, why: undefined });
  next(drop);
  drop.rows?.get(item)?.querySelector(".cancel")?.focus();
}

// ---- Sending ----

function next(drop) {
  const going = drop.items.filter((item) => item.state === "sending").length;
  const waiting = drop.items.filter((item) => item.state === "waiting");
  for (const item of waiting.slice(0, AT_A_TIME - going)) send(drop, item);
  if (drop.items.length && drop.items.every((item) => item.state === "arrived")) settle(drop);
  draw(drop);
}

async function send(drop, item) {
  // Each attempt is a file of its own to the server, which may not have noticed yet that the last one ended.
  item.id = [...crypto.getRandomValues(new Uint8Array(12))].map((one) => one.toString(16).padStart(2, "0")).join("");
  item.state = "sending";
  const mine = item.id;
  try {
    // Asked first: whoever is refused in the middle of sending never hears why.
    await call(drop, item, "POST", `/${mine}`, { "X-Upload-Size": item.file.size }, null);
    if (item.id !== mine || item.state !== "sending") return;
    const name = { "X-File-Name": encodeURIComponent(item.file.name), "Content-Type": "application/octet-stream" };
    await call(drop, item, "PUT", `/${mine}`, name, item.file);
    if (item.id !== mine || item.state !== "sending") return;
    Object.assign(item, { state: "arrived", sent: item.file.size });
  } catch (why) {
    if (item.id !== mine || item.state !== "sending") return;
    Object.assign(item, { state: "failed", why });
    say(drop, `${item.file.name}: ${sentence(drop, why)}`);
  }
  next(drops.get(drop.data.key));
}

async function settle(drop) {
  if (drop.settling || drop.settled) return;
  drop.settling = true;
  const body = JSON.stringify({ files: drop.items.map((item) => item.id) });
  for (const pause of [...SETTLE_AGAIN_MS, 0]) {
    try {
      await call(drop, {}, "POST", "", { "Content-Type": "application/json" }, body);
      drop.settled = true;
      say(drop, count(drop, "all_here", drop.items.length));
      if (drop.root) drop.tell();
      return;
    } catch (why) {
      if (why !== "interrupted" || !pause) {
        for (const item of drop.items) Object.assign(item, { state: "failed", why });
        drop.settling = false;
        draw(drop);
        return;
      }
      await new Promise((done) => setTimeout(done, pause));
    }
  }
}

function call(drop, item, method, path, headers, body) {
  const cookie = document.cookie.match(/(?:^|; )_streamlit_xsrf=([^;]*)/)?.[1] ?? "";
  return new Promise((done, refused) => {
    // Not fetch: it cannot tell how much was sent.
    const request = new XMLHttpRequest();
    request.open(method, drop.data.address + path);
    const all = { "X-Upload-Token": drop.token, "X-Xsrftoken": cookie, ...headers };
    for (const [name, value] of Object.entries(all)) request.setRequestHeader(name, value);
    request.upload.onprogress = (event) => {
      if (body !== item.file) return;
      item.sent = Math.min(event.loaded, item.file.size);
      draw(drop, item);
    };
    request.onload = () => (request.status < 300 ? done() : refused(reason(drop, request)));
    request.onerror = request.onabort = request.ontimeout = () => refused("interrupted");
    item.stop = () => request.abort();
    request.send(body);
  });
}

function reason(drop, request) {
  try {
    const why = JSON.parse(request.responseText).refused;
    if (why in drop.data.texts.refused) return why;
  } catch {
    // Something between here and the server answered in its own words.
  }
  return request.status >= 500 ? "interrupted" : "not_understood";
}

window.addEventListener("beforeunload", (event) => {
  const going = (item) => item.state === "sending" || item.state === "waiting";
  if ([...drops.values()].some((drop) => drop.items.some(going))) event.preventDefault();
});

// ---- Showing ----

function fill(text, values) {
  return text.replace(/\{(\w+)\}/g, (whole, name) => values[name] ?? whole);
}

function count(drop, text, n, values = {}) {
  return fill(drop.data.texts[text][n === 1 ? 0 : 1], { n: n.toLocaleString(drop.data.language), ...values });
}

function size(drop, bytes) {
  const units = ["byte", "kilobyte", "megabyte", "gigabyte"];
  let unit = 0;
  while (bytes >= 1024 && unit < units.length - 1) {
    bytes /= 1024;
    unit += 1;
  }
  const shape = {
    style: "unit",
    unit: units[unit],
    unitDisplay: unit ? "short" : "long",
    maximumFractionDigits: bytes < 10 && unit ? 1 : 0,
  };
  return new Intl.NumberFormat(drop.data.language, shape).format(bytes);
}

function percent(drop, part) {
  const shown = Math.floor(part * 100) / 100;
  return new Intl.NumberFormat(drop.data.language, { style: "percent" }).format(shown);
}

function sentence(drop, why) {
  return fill(drop.data.texts.refused[why], { size: size(drop, drop.data.largest) });
}

function say(drop, text) {
  drop.said = text;
  if (drop.root) drop.root.querySelector(".said").textContent = text;
}

function part(item) {
  if (item.state === "arrived") return 1;
  // What left the browser is not all there until the server says so.
  return item.state === "sending" && item.file.size ? Math.min(0.99, item.sent / item.file.size) : 0;
}

function draw(drop, only) {
  if (!drop.root) return;
  if (only) drawRow(drop, only);
  else drawAll(drop);
  drawWhole(drop);
}

function drawAll(drop) {
  const { texts } = drop.data;
  const find = (selector) => drop.root.querySelector(selector);
  find(".uploader").setAttribute("aria-label", texts.title);
  find(".uploader").setAttribute("role", "group");
  find(".title").textContent = texts.title;
  find(".hint").textContent = fill(texts.hint, { size: size(drop, drop.data.largest) });
  find(".browse").textContent = texts.browse;
  find("input").setAttribute("aria-label", texts.browse);
  find(".notice").textContent = drop.notice;
  find(".notice").hidden = !drop.notice;
  for (const [item, row] of drop.rows) {
    if (!drop.items.includes(item)) {
      row.remove();
      drop.rows.delete(item);
    }
  }
  for (const item of drop.items) {
    if (!drop.rows.has(item)) {
      drop.rows.set(item, newRow(drop, item));
      find(".files").append(drop.rows.get(item));
    }
    drawRow(drop, item);
  }
  const arrived = drop.items.filter((item) => item.state === "arrived").length;
  const stuck = drop.items.some((item) => item.state === "failed");
  const going = drop.items.some((item) => item.state === "sending" || item.state === "waiting");
  find(".without").hidden = !(arrived && stuck && !going);
  find(".without").textContent = count(drop, "without", arrived);
}

function drawWhole(drop) {
  const whole = drop.root.querySelector(".whole");
  const counted = drop.items.filter((item) => item.state !== "failed");
  whole.hidden = counted.length < 2;
  if (whole.hidden) return;
  const bytes = counted.reduce((sum, item) => sum + item.file.size, 0);
  const sent = counted.reduce((sum, item) => sum + part(item) * item.file.size, 0);
  const done = counted.filter((item) => item.state === "arrived").length;
  const share = done === counted.length ? 1 : bytes ? sent / bytes : 0;
  const words = { done: done.toLocaleString(drop.data.language), percent: percent(drop, share) };
  whole.querySelector(".told").textContent = count(drop, "whole", counted.length, words);
  whole.querySelector("progress").value = share;
  whole.querySelector("progress").setAttribute("aria-label", drop.data.texts.progress_whole);
}

function newRow(drop, item) {
  const row = document.createElement("li");
  row.innerHTML =
    '<span class="name"></span><span class="size"></span><span class="state"></span><span class="does">' +
    '<button type="button" class="again"></button><button type="button" class="cancel"></button></span>' +
    '<progress max="1"></progress><span class="why"></span>';
  row.querySelector(".again").onclick = () => again(drop, item);
  row.querySelector(".cancel").onclick = () => remove(drop, item);
  return row;
}

function drawRow(drop, item) {
  const row = drop.rows.get(item);
  if (!row) return;
  const { texts } = drop.data;
  const find = (selector) => row.querySelector(selector);
  const { name } = item.file;
  const button = (selector, text, hidden) => {
    find(selector).hidden = hidden;
    find(selector).textContent = texts[text];
    find(selector).setAttribute("aria-label", fill(texts[`${text}_named`], { name }));
  };
  row.dataset.state = item.state;
  find(".name").textContent = find(".name").title = name;
  find(".size").textContent = size(drop, item.file.size);
  const told = { waiting: texts.waiting, arrived: texts.arrived, sending: percent(drop, part(item)), failed: "" };
  find(".state").textContent = told[item.state];
  find("progress").hidden = item.state === "failed" || item.state === "waiting";
  find("progress").value = part(item);
  find("progress").setAttribute("aria-label", fill(texts.progress_named, { name }));
  find(".why").hidden = item.state !== "failed";
  find(".why").textContent = item.state === "failed" ? sentence(drop, item.why) : "";
  const closed = drop.settling || drop.settled;
  button(".again", "again", item.state !== "failed" || item.why === "too_large");
  button(".cancel", item.state === "sending" || item.state === "waiting" ? "cancel" : "remove", closed);
}
