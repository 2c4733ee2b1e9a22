// The search box of every page. Without this script a link to the organisations stands there.
// The index is data that was made with the site; it is fetched from beside the page when somebody
// first comes to the box, and everything in it is shown as text.
// What the box says itself stands in its attributes, in the language of the page.
(() => {
  "use strict";

  const MOST = 12;
  const box = document.querySelector("[data-site-search]");
  if (!box) return;
  const form = box.querySelector("form");
  const input = box.querySelector("input");
  const list = box.querySelector("[role='listbox']");
  const said = box.querySelector("[role='status']");
  const fold = self.netmapFold;

  let index = null;
  let asked = false;
  let spoken = null;
  let active = -1;

  const take = (made) => {
    spoken = made.spoken ? [made.spoken, made.script] : null;
    index = made.rows.map(([kind, title, detail, also, target]) => {
      const name = ` ${fold(title)}`;
      const all = `${name} ${fold(made.details[detail])} ${fold(also)} ${fold(made.kinds[kind])}`;
      return { kind: made.kinds[kind], title, detail: made.details[detail], target, name, all };
    });
  };

  const load = () => {
    if (asked) return;
    asked = true;
    const script = document.createElement("script");
    script.src = box.dataset.index;
    script.addEventListener("load", () => { take(self.netmapIndex); search(); });
    script.addEventListener("error", () => {
      asked = false;
      said.textContent = box.dataset.failed;
    });
    document.head.append(script);
  };

  const choose = (n) => {
    const options = [...list.children];
    options.forEach((one, m) => one.setAttribute("aria-selected", String(m === n)));
    active = n;
    if (n < 0) {
      input.removeAttribute("aria-activedescendant");
      return;
    }
    input.setAttribute("aria-activedescendant", options[n].id);
    options[n].scrollIntoView({ block: "nearest" });
  };

  const open = (shown) => {
    list.hidden = !shown;
    input.setAttribute("aria-expanded", String(shown));
    if (!shown) choose(-1);
  };

  const option = (row, n) => {
    const link = document.createElement("a");
    link.id = `site-search-${n}`;
    link.href = box.dataset.root + row.target;
    link.tabIndex = -1;
    link.setAttribute("role", "option");
    for (const [name, text] of [["kind", row.kind], ["what", row.title], ["detail", row.detail]]) {
      const part = document.createElement(name === "what" ? "bdi" : "span");
      part.className = `found-${name}`;
      part.textContent = text;
      link.append(part, " ");
    }
    if (spoken && self.netmapLanguages) self.netmapLanguages(link, spoken[0], spoken[1]);
    return link;
  };

  const howMany = (count) => {
    if (!count) return box.dataset.nothing;
    const text = count > MOST ? box.dataset.foundMore : box.dataset.found;
    return text.replaceAll("%(count)s", count).replaceAll("%(listed)s", MOST);
  };

  const search = () => {
    const words = fold(input.value).split(" ").filter(Boolean);
    if (!words.length || !index) {
      list.replaceChildren();
      open(false);
      said.textContent = "";
      return;
    }
    const found = [];
    for (const row of index) {
      if (words.every((word) => row.all.includes(word))) found.push([self.netmapRank(row.name, words), row]);
    }
    found.sort((one, other) => one[0] - other[0]);
    list.replaceChildren(...found.slice(0, MOST).map(([, row], n) => option(row, n)));
    open(found.length > 0);
    choose(-1);
    said.textContent = howMany(found.length);
    box.classList.toggle("nothing", found.length === 0);
  };

  const keys = {
    ArrowDown: () => { if (list.hidden) search(); if (!list.hidden) choose((active + 1) % list.children.length); },
    ArrowUp: () => { if (!list.hidden) choose((active < 1 ? list.children.length : active) - 1); },
    Enter: () => { if (!list.hidden) list.children[Math.max(active, 0)].click(); },
    Escape: () => {
      if (list.hidden) input.value = "";
      open(false);
      said.textContent = "";
      box.classList.remove("nothing");
    },
  };

  input.addEventListener("focus", load);
  input.addEventListener("input", () => { load(); search(); });
  input.addEventListener("keydown", (event) => {
    if (!keys[event.key] || event.isComposing) return;
    event.preventDefault();
    keys[event.key]();
  });
  input.addEventListener("blur", () => open(false));
  // A press on the list leaves the focus in the box; the click that follows goes to the link.
  list.addEventListener("mousedown", (event) => event.preventDefault());
  list.addEventListener("click", () => open(false));
  form.addEventListener("submit", (event) => event.preventDefault());
  form.hidden = false;
  box.querySelector("[data-instead]").hidden = true;
})();
