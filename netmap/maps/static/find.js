/* Finds by name what is on the map or in its tables, and goes there. What there is to find is
   gathered when somebody first comes to the box. */
(function () {
  "use strict";

  var MOST = 12;

  netmap.find = function (data, api) {
    var box = document.querySelector(".nm-find");
    var input = box.querySelector("input");
    var list = box.querySelector("[role='listbox']");
    var said = box.querySelector("[role='status']");
    var index = null;
    var asked = false;
    var active = -1;
    var marked = null;
    var shown = [];

    /* ---- what there is to find ---- */

    function title(head) {
      return Array.from(head.childNodes).filter(function (node) { return node.className !== "nm-link"; })
        .map(function (node) { return node.textContent; }).join("").trim();
    }

    /* A gap is called what was found; of an event it is said when it is on. */
    function entry(wanted, target, name, cell) {
      var gap = wanted.key === "gaps";
      var what = gap ? name : wanted.key === "events" ? cell : api.what(target);
      var text = gap ? cell : name;
      return {
        key: wanted.key, kind: wanted.kind, title: text, what: what === wanted.kind ? "" : what, target: target,
        name: " " + self.netmapFold(text), beside: gap ? " " + self.netmapFold(name) : ""
      };
    }

    function written(wanted, rows, into) {
      rows.forEach(function (row) {
        var opens = row.querySelector("th .nm-open");
        var cell = row.querySelector("td");
        var target = { row: row, card: opens ? opens.getAttribute("data-to") : "" };
        into.push(entry(wanted, target, title(row.querySelector("th")), cell ? cell.textContent : ""));
      });
    }

    function packed(wanted, block, into) {
      var value = netmap.columns.value;
      for (var row = 0; row < block.size; row += 1) {
        var target = { block: block, number: row, card: value(block.opens, row, "") };
        into.push(entry(wanted, target, block.names[row], block.facts.length ? value(block.facts[0][1], row, "") : ""));
      }
    }

    function gather(columns) {
      index = [];
      data.find.forEach(function (wanted) {
        var rows = document.querySelectorAll('details[data-table="' + wanted.key + '"]:not([data-rows]) tbody tr');
        var own = columns.get(wanted.key);
        if (rows.length) { written(wanted, rows, index); } else if (own) { packed(wanted, own.listed || own.block, index); }
      });
    }

    function load() {
      if (asked) { return; }
      asked = true;
      api.ready(function (columns) {
        gather(columns);
        search();
      });
    }

    /* ---- the list ---- */

    function choose(n) {
      var options = Array.from(list.children);
      options.forEach(function (one, m) { one.setAttribute("aria-selected", String(m === n)); });
      active = n;
      if (n < 0) { input.removeAttribute("aria-activedescendant"); return; }
      input.setAttribute("aria-activedescendant", options[n].id);
      options[n].scrollIntoView({ block: "nearest" });
    }

    function open(wanted) {
      list.hidden = !wanted;
      input.setAttribute("aria-expanded", String(wanted));
      if (!wanted) { choose(-1); }
    }

    function option(one, n) {
      var node = document.createElement("div");
      node.id = "nm-found-" + n;
      node.setAttribute("role", "option");
      [["kind", one.kind], ["name", one.title], ["what", one.what]].forEach(function (part) {
        if (!part[1]) { return; }
        var made = document.createElement(part[0] === "kind" ? "span" : "bdi");
        made.className = "nm-found-" + part[0];
        made.textContent = part[1];
        node.append(made, " ");
      });
      return netmap.inLanguages(node);
    }

    function search() {
      var words = self.netmapFold(input.value).split(" ").filter(Boolean);
      said.textContent = "";
      box.classList.remove("nm-nothing");
      if (!words.length || !index) {
        list.replaceChildren();
        open(false);
        return;
      }
      var ranks = [[], [], [], [], []];
      var count = 0;
      index.forEach(function (one) {
        if (!words.every(function (word) { return one.name.includes(word) || one.beside.includes(word); })) { return; }
        count += 1;
        var rank = ranks[self.netmapRank(one.name, words)];
        if (rank.length < MOST) { rank.push(one); }
      });
      shown = ranks.flat().slice(0, MOST);
      list.replaceChildren.apply(list, shown.map(option));
      open(count > 0);
      choose(-1);
      said.textContent = !count ? netmap.say("find_nothing")
        : count > MOST ? netmap.say("find_more", { count: netmap.number(count), listed: MOST })
          : netmap.say("find_found", { count: count });
      box.classList.toggle("nm-nothing", !count);
    }

    /* ---- going there ---- */

    function mark(row) {
      if (marked) { marked.classList.remove("nm-marked"); }
      marked = row;
      row.classList.add("nm-marked");
      var head = row.querySelector("th");
      head.tabIndex = -1;
      head.focus({ preventScroll: true });
      row.scrollIntoView({ block: "center" });
    }

    function toRow(one) {
      var table = document.querySelector('details[data-table="' + one.key + '"]');
      var opened = table.open;
      table.open = true;
      if (one.target.row) { mark(one.target.row); return; }
      // The table makes itself when it is opened, and says so later.
      if (opened) { narrow(); } else { table.addEventListener("toggle", narrow, { once: true }); }
      function narrow() {
        var own = table.querySelector(".nm-tools input");
        var name = one.target.block.names[one.target.number];
        own.value = name;
        own.dispatchEvent(new Event("input"));
        var rows = Array.from(table.querySelectorAll("tbody tr"));
        mark(rows.find(function (row) {
          return title(row.querySelector("th")) === name && (one.title === name || row.querySelector("td").textContent === one.title);
        }) || rows[0]);
      }
    }

    function go(one) {
      open(false);
      said.textContent = "";
      var cleared = api.reveal(one.target);
      if (!api.go(one.target)) { toRow(one); }
      if (cleared) { api.status(netmap.say("find_cleared", { name: one.title })); }
    }

    var keys = {
      ArrowDown: function () { if (list.hidden) { search(); } if (!list.hidden) { choose((active + 1) % shown.length); } },
      ArrowUp: function () { if (!list.hidden) { choose((active < 1 ? shown.length : active) - 1); } },
      Enter: function () { if (!list.hidden) { go(shown[Math.max(active, 0)]); } },
      Escape: function () {
        if (list.hidden) { input.value = ""; }
        open(false);
        said.textContent = "";
        box.classList.remove("nm-nothing");
      }
    };

    input.addEventListener("focus", load);
    input.addEventListener("input", function () { load(); search(); });
    input.addEventListener("keydown", function (event) {
      if (!keys[event.key] || event.isComposing) { return; }
      event.preventDefault();
      keys[event.key]();
    });
    input.addEventListener("blur", function () { open(false); });
    // A press on the list leaves the focus in the box.
    list.addEventListener("mousedown", function (event) { event.preventDefault(); });
    list.addEventListener("click", function (event) {
      var node = event.target.closest("[role='option']");
      if (node) { go(shown[Array.from(list.children).indexOf(node)]); }
    });
  };
}());
