// Filters lists that are already on the page. Without this script every item is simply shown.
(() => {
  "use strict";

  // In the language of the page.
  const said = document.querySelector("[data-shown]").dataset.shown;

  const matches = (item, wanted, words) =>
    wanted.every(([key, value]) => item.dataset[key] === value) &&
    words.every((word) => item.textContent.toLowerCase().includes(word));

  const setUp = (form) => {
    const items = [...document.querySelectorAll(`[data-item="${form.dataset.filters}"]`)];
    const found = form.querySelector("[data-found]");
    const search = form.querySelector("[data-words]");
    const choices = [...form.querySelectorAll("select[data-key]")];

    const apply = () => {
      const wanted = choices.filter((c) => c.value).map((c) => [c.dataset.key, c.value]);
      const words = search.value.toLowerCase().split(/\s+/).filter(Boolean);
      let shown = 0;
      for (const item of items) {
        item.hidden = !matches(item, wanted, words);
        shown += item.hidden ? 0 : 1;
      }
      for (const group of document.querySelectorAll("[data-group]")) {
        group.hidden = !group.querySelector("[data-item]:not([hidden])");
      }
      found.textContent = said
        .replaceAll("%(count)s", shown)
        .replaceAll("%(all)s", items.length);
    };

    form.addEventListener("input", apply);
    form.addEventListener("submit", (event) => event.preventDefault());
    form.addEventListener("reset", () => setTimeout(apply));
    form.hidden = false;
    // A browser may restore earlier choices when one comes back to the page.
    addEventListener("pageshow", apply);
    addEventListener("hashchange", () => {
      const target = document.getElementById(decodeURIComponent(location.hash.slice(1)));
      if (target && target.closest("[hidden]")) {
        form.reset();
        setTimeout(() => target.scrollIntoView());
      }
    });
  };

  document.querySelectorAll("form[data-filters]").forEach(setUp);

  // On paper nobody can open what is folded.
  let folded = [];
  addEventListener("beforeprint", () => {
    folded = [...document.querySelectorAll("details:not([open], .behind)")];
    folded.forEach((one) => { one.open = true; });
  });
  addEventListener("afterprint", () => folded.forEach((one) => { one.open = false; }));
})();
