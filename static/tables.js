// Tables that sort, copy and print. Without this file they are plain tables.
//   <table data-sortable>          every head cell gets a sort button, but for <th data-nosort>
//   <td data-sort="2024-03-01">    sorts by that instead of the text
//   <th data-nocopy>               the column (verbs) is left out when the table is copied
//   <p data-copy-from="id" hidden> a button that copies what stands in the field
(() => {
  "use strict";
  const collator = new Intl.Collator("sv", { numeric: true, sensitivity: "base" });

  const textOf = (cell) => {
    const whole = cell.cloneNode(true);
    whole.querySelectorAll(".visually-hidden, details > :not(summary), svg").forEach((part) => part.remove());
    whole.querySelectorAll("br, li, p, div").forEach((part) => part.after(" "));
    return whole.textContent.replace(/\s+/g, " ").trim();
  };
  const keyOf = (row, column) => {
    const cell = row.cells[column];
    // A space between thousands is no part of the number.
    return cell ? (cell.dataset.sort ?? textOf(cell).replace(/(?<=\d) (?=\d{3}\b)/g, "")) : "";
  };
  const compare = (a, b) => {
    if (a === "" || b === "") return a === b ? 0 : null;
    return collator.compare(a, b);
  };

  function sort(table, column, direction) {
    for (const body of table.tBodies) {
      const rows = Array.from(body.rows, (row) => ({ row, key: keyOf(row, column) }));
      rows.sort((a, b) => {
        const order = compare(a.key, b.key);
        return order === null ? (a.key === "" ? 1 : -1) : order * direction; // empty cells last, both ways
      });
      body.append(...rows.map(({ row }) => row));
    }
  }

  function makeSortable(table) {
    const heads = Array.from(table.tHead?.rows[0]?.cells ?? []);
    heads.forEach((head, column) => {
      if ("nosort" in head.dataset || head.colSpan > 1 || !textOf(head)) return;
      const button = document.createElement("button");
      button.type = "button";
      button.className = "sort";
      button.append(...head.childNodes);
      head.append(button);
      button.addEventListener("click", () => {
        const ascending = head.getAttribute("aria-sort") !== "ascending";
        heads.forEach((other) => other.removeAttribute("aria-sort"));
        head.setAttribute("aria-sort", ascending ? "ascending" : "descending");
        sort(table, column, ascending ? 1 : -1);
      });
    });
  }

  function asText(table) {
    const heads = Array.from(table.tHead?.rows[0]?.cells ?? []);
    const left = new Set(heads.flatMap((head, column) => ("nocopy" in head.dataset ? [column] : [])));
    return Array.from(table.rows, (row) =>
      Array.from(row.cells).filter((_, column) => !left.has(column)).map(textOf).join("\t"),
    ).join("\n");
  }

  async function copy(text) {
    if (navigator.clipboard && window.isSecureContext) return navigator.clipboard.writeText(text);
    const area = document.createElement("textarea");
    area.value = text;
    area.className = "visually-hidden";
    document.body.append(area);
    area.select();
    const done = document.execCommand("copy");
    area.remove();
    if (!done) throw new Error("copy refused");
    return undefined;
  }

  function setUpTools(tools) {
    const table = document.getElementById(tools.dataset.tableTools);
    const status = tools.querySelector("[role=status]");
    if (!table) return;
    tools.hidden = false;
    tools.querySelector("[data-print]")?.addEventListener("click", () => window.print());
    tools.querySelector("[data-copy]")?.addEventListener("click", async () => {
      const rows = table.querySelectorAll("tbody tr").length;
      try {
        await copy(asText(table));
        status.textContent = `${rows} ${rows === 1 ? "rad" : "rader"} kopierades. Klistra in i ett kalkylblad.`;
      } catch {
        status.textContent = "Det gick inte att kopiera. Markera tabellen och kopiera den själv.";
      }
    });
  }

  function setUpCopying(tools) {
    const field = document.getElementById(tools.dataset.copyFrom);
    const status = tools.querySelector("[role=status]");
    tools.hidden = false;
    tools.querySelector("button").addEventListener("click", async () => {
      try {
        await copy(field.value);
        status.textContent = tools.dataset.copied || "Kopierat. Klistra in i e-postprogrammet.";
      } catch {
        field.select();
        status.textContent = "Det gick inte att kopiera. Texten är markerad: kopiera den själv.";
      }
    });
  }

  document.querySelectorAll("table[data-sortable]").forEach(makeSortable);
  document.querySelectorAll("[data-table-tools]").forEach(setUpTools);
  document.querySelectorAll("[data-copy-from]").forEach(setUpCopying);
})();
