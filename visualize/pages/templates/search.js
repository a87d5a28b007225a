// The search of the site: finds what holds every word typed, beginnings of words first. Works from a folder too.
(() => {
  "use strict";
  const index = globalThis.praxeIndex || [];
  const box = document.getElementById("search");
  const query = document.getElementById("query");
  const count = document.getElementById("found-count");
  const list = document.getElementById("found");
  const plain = (text) => text.normalize("NFKD").replace(/[\u0300-\u036f]/g, "").toLowerCase();
  const entries = index.map(([title, kind, target, text]) => {
    const head = plain(title);
    return { title, kind, target, head, all: `${head} ${plain(text)}` };
  });
  const MOST = 30;

  const weight = (entry, words) => {
    let sum = 0;
    for (const word of words) {
      const at = entry.all.indexOf(word);
      if (at < 0) return 0;
      const begins = at === 0 || /\W/.test(entry.all[at - 1]);
      sum += (entry.head.includes(word) ? 4 : 1) + (begins ? 2 : 0);
    }
    return sum;
  };

  const show = () => {
    const words = plain(query.value).split(/\s+/).filter(Boolean);
    const found = words.length
      ? entries
          .map((entry, place) => ({ entry, place, sum: weight(entry, words) }))
          .filter((each) => each.sum)
          .sort((one, other) => other.sum - one.sum || one.place - other.place)
      : [];
    list.replaceChildren(
      ...found.slice(0, MOST).map(({ entry }) => {
        const item = document.createElement("li");
        const link = document.createElement("a");
        const kind = document.createElement("small");
        link.href = entry.target;
        link.textContent = entry.title;
        kind.textContent = entry.kind;
        item.append(link, " ", kind);
        return item;
      }),
    );
    const { none, found: some } = count.dataset;
    count.textContent = !words.length ? "" : found.length ? some.replace("#", found.length) : none;
  };

  box.hidden = false;
  query.addEventListener("input", show);
  query.addEventListener("keydown", (event) => {
    if (event.key === "Escape") {
      query.value = "";
      show();
    }
  });
  list.addEventListener("click", (event) => {
    if (event.target.closest("a")) {
      query.value = "";
      show();
    }
  });
})();
