// Suggestions in a box as one types: <input list="id" data-suggest="/address/">. Without this file it is a plain box.
(() => {
  "use strict";
  const WAIT = 200;
  document.querySelectorAll("input[data-suggest][list]").forEach((box) => {
    const list = document.getElementById(box.getAttribute("list"));
    const date = new URLSearchParams(location.search).get("datum");
    let timer = 0;
    let asked = "";

    const show = (suggestions) => {
      list.replaceChildren(...suggestions.map(({ text, what }) => {
        const option = document.createElement("option");
        option.value = text;
        option.label = `${text}, ${what}`;
        return option;
      }));
    };
    const ask = async () => {
      const text = box.value.trim();
      if (text.length < 2 || text === asked) return;
      asked = text;
      const query = new URLSearchParams({ q: text });
      if (date) query.set("datum", date);
      try {
        const answer = await fetch(`${box.dataset.suggest}?${query}`, { headers: { Accept: "application/json" } });
        if (answer.ok && box.value.trim() === text) show((await answer.json()).suggestions);
      } catch {
        list.replaceChildren(); // no network: the box works as it is
      }
    };
    box.addEventListener("input", () => {
      clearTimeout(timer);
      timer = setTimeout(ask, WAIT);
    });
  });
})();
