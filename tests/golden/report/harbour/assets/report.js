// The pages are complete without this script: it only sorts, filters and moves.
"use strict";

// "?" opens the list of keys, on every page.
(() => {
  const list = document.getElementById("keys");
  if (!list) return;
  list.querySelector("button").addEventListener("click", () => list.close());
  document.addEventListener("keydown", (event) => {
    if (event.key !== "?" || event.target.matches("input, select, textarea")) return;
    event.preventDefault();
    if (list.open) list.close();
    else list.showModal();
  });
})();

// A field of a table that no spreadsheet runs, as RFC 4180 has it.
const field = (value) => {
  const inert = /^\s*[=+\-@＝＋－＠]|^[\t\r\n]/.test(value) ? `'${value}` : value;
  return /[",\r\n]/.test(inert) ? `"${inert.replaceAll('"', '""')}"` : inert;
};
const download = (lines, name) => {
  const text = lines.map((line) => line.map(field).join(",")).join("\r\n");
  const a = document.createElement("a");
  a.href = URL.createObjectURL(new Blob([`\ufeff${text}\r\n`], { type: "text/csv" }));
  a.download = `${name}.csv`;
  a.click();
  setTimeout(() => URL.revokeObjectURL(a.href), 1000);
};

// Every table can be had as it stands.
for (const table of document.querySelectorAll("table:not(.grid)")) {
  const button = document.createElement("button");
  button.type = "button";
  button.textContent = document.body.dataset.csv;
  const line = document.createElement("p");
  line.className = "as-csv";
  line.append(button);
  (table.closest(".scroll") || table).after(line);
  button.addEventListener("click", () => {
    const held = [];
    const lines = [...table.rows].map((tr, y) => {
      const line = [];
      const cells = [...tr.cells].filter((cell) => !cell.matches(".line"));
      for (let x = 0; cells.length || held[x]?.until > y; x += 1) {
        if (held[x]?.until > y) { line.push(held[x].text); continue; }
        const cell = cells.shift();
        // What is said beside a cell is none of it: what it is called on a phone, how many more there are.
        const beside = [...cell.querySelectorAll(".label, .extra")].map((part) => part.innerText);
        const text = beside.reduce((all, part) => all.replace(part, " "), cell.innerText).trim().replace(/\s+/g, " ");
        if (cell.rowSpan > 1) held[x] = { text, until: y + cell.rowSpan };
        line.push(text);
      }
      return line;
    });
    download(lines, (table.closest("[aria-label]")?.getAttribute("aria-label") || "table").replace(/\W+/g, "-").toLowerCase());
  });
}

(() => {
  const grid = document.getElementById("grid");
  if (!grid) return;

  const body = grid.tBodies[0];
  const frame = grid.closest(".scroll");
  const form = document.querySelector(".controls");
  const compact = grid.classList.contains("compact");
  const headCells = compact
    ? [...grid.querySelectorAll("thead .z a")]
    : [...grid.tHead.rows[0].cells].slice(2);
  const names = headCells.map((cell) => cell.textContent.trim());
  const stated = new Set("ieck");
  let order = names.map((_, i) => i);
  let shown = new Set(order);

  const rows = [...body.rows].map((tr, rank) => {
    const [time, divergence, group, importance] = tr.dataset.o.split(",");
    const codes = compact ? tr.cells[2].textContent : tr.dataset.c;
    const consensus = -[...codes].filter((code) => stated.has(code)).length;
    return { tr, rank, time: +time, divergence: +divergence, consensus, group, importance, codes, text: null };
  });
  const rowOf = new Map(rows.map((row) => [row.tr, row]));

  // Cells of a compact matrix are drawn while their row is in view, and are letters again after.
  const words = new Map((grid.dataset.words || "").split(";").filter(Boolean).map((pair) => pair.split("=")));
  const keys = compact ? headCells.map((a) => a.dataset.key) : [];
  const cellAddress = (row, outlet) => {
    const address = row.tr.cells[0].firstElementChild.getAttribute("href");
    if (address.startsWith("#")) return `${address}-${keys[outlet]}`;
    return `${address}#d-${address.slice(address.lastIndexOf("/") + 1, -5)}-${keys[outlet]}`;
  };
  const draw = (row) => {
    const cells = order.filter((i) => shown.has(i)).map((i) => {
      const a = document.createElement("a");
      const code = row.codes[i];
      a.className = `st ${code}`;
      a.href = cellAddress(row, i);
      a.title = `${names[i]}: ${words.get(code) || code}`;
      a.tabIndex = -1;
      const who = document.createElement("span");
      who.className = "who";
      who.textContent = a.title;
      a.append(who);
      return a;
    });
    row.tr.cells[2].replaceChildren(...cells);
    row.drawn = true;
  };
  const undraw = (row) => {
    if (row.tr.contains(document.activeElement)) return;
    row.tr.cells[2].textContent = order.filter((i) => shown.has(i)).map((i) => row.codes[i]).join("");
    row.drawn = false;
  };
  const inView = new Set();
  if (compact) {
    const watcher = new IntersectionObserver((entries) => {
      for (const { target, isIntersecting } of entries) {
        const row = rowOf.get(target);
        if (isIntersecting) inView.add(row), draw(row);
        else if (inView.delete(row)) undraw(row);
      }
    }, { root: frame, rootMargin: "200px 0px" });
    rows.forEach((row) => watcher.observe(row.tr));
  }

  // On paper every row is letters, as in the file.
  addEventListener("beforeprint", () => { if (compact) inView.forEach(undraw); });
  addEventListener("afterprint", () => { if (compact) inView.forEach(draw); });

  // Filters. A row is shown when all of them let it through.
  const column = new CSSStyleSheet();
  document.adoptedStyleSheets = [...document.adoptedStyleSheets, column];
  const out = form.querySelector("output");
  const counts = document.querySelectorAll(".tally [data-code]");
  const none = form.querySelector(".none");
  const groups = [...form.querySelectorAll("select[data-outlets]")].map((select) => select.name);
  const passes = (row, wanted) => {
    const { group, importance, status, outlet, text } = wanted;
    if (group && row.group !== group) return false;
    if (importance && row.importance !== importance) return false;
    const meant = (i) => (status ? row.codes[i] === status : stated.has(row.codes[i]));
    for (const name of groups) if (wanted[name] && !wanted[name].split(" ").some(meant)) return false;
    if (status && !(outlet === "" ? row.codes.includes(status) : row.codes[outlet] === status)) return false;
    if (!status && outlet !== "" && !stated.has(row.codes[outlet])) return false;
    if (shown.size < names.length && ![...shown].some((i) => stated.has(row.codes[i]))) return false;
    if (!text) return true;
    row.text ??= row.tr.cells[0].textContent.toLowerCase();
    return row.text.includes(text);
  };
  const asked = () => {
    const wanted = Object.fromEntries(new FormData(form));
    wanted.text = wanted.text.trim().toLowerCase();
    return wanted;
  };
  const filter = () => {
    const wanted = asked();
    let count = 0;
    const tally = {};
    for (const row of rows) {
      const pass = passes(row, wanted);
      if (row.tr.hidden === pass) row.tr.hidden = !pass;
      if (!pass) continue;
      count += 1;
      for (const i of shown) tally[row.codes[i]] = (tally[row.codes[i]] || 0) + 1;
    }
    for (const number of counts) number.textContent = (tally[number.dataset.code] || 0).toLocaleString("en");
    out.textContent = out.dataset.shown.replace("%1", count.toLocaleString("en")).replace("%2", rows.length.toLocaleString("en"));
    loosen(count ? null : wanted);
    remember();
  };
  // Nothing passes: which filter alone, taken away, lets how many through.
  const loosen = (wanted) => {
    none.hidden = !wanted || !rows.length;
    if (none.hidden) return;
    const set = [...form.elements].filter((field) => field.name in wanted && field.type !== "checkbox" && wanted[field.name] && !["sort", "columns"].includes(field.name));
    none.replaceChildren(none.dataset.none, ...set.flatMap((field) => {
      const count = rows.filter((row) => passes(row, { ...wanted, [field.name]: "" })).length;
      if (!count) return [];
      const button = document.createElement("button");
      button.type = "button";
      const what = field.selectedOptions ? field.selectedOptions[0].textContent : field.value;
      button.textContent = none.dataset.loosen.replace("%1", () => what).replace("%2", count);
      button.addEventListener("click", () => { field.value = ""; filter(); field.focus(); });
      return [" ", button];
    }));
  };

  // What is chosen is in the address: links lead to it, and going back finds it again.
  const nameOf = (field) => (field.selectedOptions ? field.selectedOptions[0].dataset.name ?? field.value : field.value);
  const remember = () => {
    const address = new URL(location.href);
    address.search = "";
    for (const field of form.elements) {
      if (!field.name || field.type === "checkbox" || field.tagName === "BUTTON" || !field.value) continue;
      if (field.name === "sort" && field.selectedIndex === 0) continue;
      address.searchParams.set(field.name, nameOf(field));
    }
    const boxes = [...form.querySelectorAll("[name=shown]")];
    if (boxes.some((box) => !box.checked)) {
      address.searchParams.set("shown", boxes.filter((box) => box.checked).map((box) => box.dataset.name).join(" "));
    }
    form.querySelector("[type=reset]").hidden = !address.search;
    if (address.href !== location.href) history.replaceState(null, "", address);
  };
  const recall = () => {
    const wanted = new URLSearchParams(location.search);
    form.reset();
    for (const field of form.elements) {
      const value = wanted.get(field.name);
      if (value === null || field.type === "checkbox" || field.tagName === "BUTTON") continue;
      if (field.options) {
        const option = [...field.options].find((o) => (o.dataset.name ?? o.value) === value);
        if (option) option.selected = true;
      } else field.value = value;
    }
    const some = wanted.get("shown")?.split(" ");
    if (some) for (const box of form.querySelectorAll("[name=shown]")) box.checked = some.includes(box.dataset.name);
    form.querySelector(".more-filters").open = ["group", "importance", "columns", "shown", ...groups].some((name) => wanted.has(name));
    shown = new Set([...form.querySelectorAll("[name=shown]:checked")].map((box) => +box.value));
    if (form.elements.columns.value) arrange(form.elements.columns.value);
    else select();
    if (form.elements.sort.selectedIndex) sort(form.elements.sort.value);
    filter();
  };

  // A few hundred rows at a time, so that a page of thousands keeps answering; the first ones at once.
  let sorting = 0;
  const sort = (by) => {
    const sorted = [...rows].sort((a, b) => (by === "importance" ? a.rank - b.rank : a[by] - b[by] || a.rank - b.rank));
    grid.querySelector("th.n").setAttribute("aria-sort", by === "consensus" ? "descending" : "none");
    frame.scrollTop = 0;
    clearTimeout(sorting);
    let place = null;
    const move = (from) => {
      const some = sorted.slice(from, from + 400).map((row) => row.tr);
      if (place) place.after(...some);
      else body.prepend(...some);
      place = some.at(-1);
      if (from + 400 < sorted.length) sorting = setTimeout(move, 0, from + 400);
    };
    move(0);
  };

  // Columns: their order, and which of them are shown.
  const arrange = (wanted) => {
    const next = wanted ? wanted.split(" ").map(Number) : names.map((_, i) => i);
    if (compact) headCells[0].parentNode.append(...next.flatMap((i) => [headCells[i], " "]));
    else {
      grid.tHead.rows[0].append(...next.map((i) => headCells[i]));
      for (const row of rows) {
        row.cells ??= [...row.tr.cells].slice(2);
        row.tr.append(...next.map((i) => row.cells[i]));
      }
    }
    order = next;
    select();
  };
  const select = () => {
    if (compact) {
      headCells.forEach((cell, i) => { cell.hidden = !shown.has(i); });
      inView.forEach(draw);
    } else {
      const hidden = order.flatMap((i, place) => (shown.has(i) ? [] : [`#grid tr > :nth-child(${place + 3})`]));
      column.replaceSync(hidden.length ? `${hidden.join(",")} { display: none }` : "");
    }
  };

  form.addEventListener("submit", (event) => event.preventDefault());
  let waiting = 0;
  form.addEventListener("input", ({ target }) => {
    clearTimeout(waiting);
    if (target.name === "sort") sort(target.value), remember();
    else if (target.name === "columns") arrange(target.value), remember();
    else if (target.name === "shown") {
      shown = new Set([...form.querySelectorAll("[name=shown]:checked")].map((box) => +box.value));
      select();
      filter();
    } else waiting = setTimeout(filter, target.name === "text" ? 120 : 0);
  });

  form.addEventListener("reset", () => setTimeout(() => {
    shown = new Set(order.keys());
    arrange("");
    sort("importance");
    filter();
  }));

  // The rows and columns that are shown, as a table of its own.
  form.elements.table.addEventListener("click", () => {
    const columns = order.filter((i) => shown.has(i));
    const said = new Map([...form.elements.status.options].map((o) => [o.value, o.textContent]));
    const head = ["detail", "text", "stated_by", ...columns.map((i) => names[i])];
    const lines = [...body.rows].filter((tr) => !tr.hidden).map((tr) => {
      const { codes } = rowOf.get(tr);
      const link = tr.cells[0].firstElementChild;
      const address = link.getAttribute("href");
      const key = address.startsWith("#") ? address.slice(3) : address.slice(address.lastIndexOf("/") + 1, -5);
      return [key, link.textContent, tr.cells[1].textContent, ...columns.map((i) => said.get(codes[i]) ?? "")];
    });
    download([head, ...lines], "matrix-as-filtered");
  });

  // Keys: one stop in the tab order, arrows move between cells, "/" searches.
  const stops = (tr) => [...tr.querySelectorAll("a")].filter((a) => !a.hidden && getComputedStyle(a.closest("th, td")).display !== "none");
  const allRows = () => [grid.tHead.rows[0], ...[...body.rows].filter((tr) => !tr.hidden)];
  grid.querySelectorAll("a").forEach((a) => { a.tabIndex = -1; });
  let here = body.querySelector("a") || grid.querySelector("a");
  if (here) here.tabIndex = 0;
  const go = (a) => {
    if (!a) return;
    here.tabIndex = -1;
    here = a;
    a.tabIndex = 0;
    a.focus({ preventScroll: true });
    a.scrollIntoView({ block: "nearest", inline: "nearest" });
  };
  const neighbour = (tr, step) => {
    let next = tr;
    do next = step > 0 ? next.nextElementSibling : next.previousElementSibling;
    while (next && next.hidden);
    if (next) return next;
    if (step < 0 && tr.parentNode === body) return grid.tHead.rows[0];
    return step > 0 && tr.parentNode !== body ? allRows()[1] : null;
  };
  const vertical = (a, step) => {
    const tr = a.closest("tr");
    const next = neighbour(tr, step);
    if (!next) return null;
    if (compact && next.parentNode === body && !rowOf.get(next).drawn) draw(rowOf.get(next));
    // The head has no link over the words and the count, so places are counted from the end.
    const from = stops(tr);
    const to = stops(next);
    const place = from.indexOf(a) - from.length;
    return to[Math.max(0, to.length + place)];
  };
  grid.addEventListener("keydown", (event) => {
    const a = event.target.closest("a");
    if (!a || event.altKey || event.ctrlKey || event.metaKey) return;
    const line = stops(a.closest("tr"));
    const place = line.indexOf(a);
    const moves = {
      ArrowRight: () => line[place + 1],
      ArrowLeft: () => line[place - 1],
      ArrowDown: () => vertical(a, 1),
      ArrowUp: () => vertical(a, -1),
      Home: () => line[0],
      End: () => line[line.length - 1],
    };
    if (!moves[event.key]) return;
    event.preventDefault();
    go(moves[event.key]());
  });
  grid.addEventListener("focusin", ({ target }) => {
    if (target.matches("a") && target !== here) { here.tabIndex = -1; here = target; here.tabIndex = 0; }
  });
  document.addEventListener("keydown", (event) => {
    if (event.key !== "/" || event.target.matches("input, select, textarea")) return;
    event.preventDefault();
    form.elements.text.focus();
  });

  form.hidden = false;
  // Its cells take the focus, so the region around them need not.
  frame.removeAttribute("tabindex");
  document.querySelector(".keys").hidden = false;
  recall();
  addEventListener("pageshow", (event) => { if (event.persisted) recall(); });
})();
