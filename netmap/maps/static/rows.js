/* The table of what is too much for a table in the page: made here, a page at a time, when it is
   opened, and searched. */
(function () {
  "use strict";

  var PAGE = 50;
  var value = netmap.columns.value;

  netmap.rows = function (box, layer, block, api) {
    var made = false;
    var order = null;
    var lower = null;
    var found = [];
    var page = 0;
    var parts = {};
    var columns = block.facts.filter(function (fact) { return fact[1]; });
    var notes = Boolean(block.flags || block.items);
    var details = box.closest("details");

    function el(tag, name, text) {
      var node = document.createElement(tag);
      if (name) { node.className = name; }
      if (text !== undefined) { node.textContent = text; }
      return node;
    }

    function build() {
      made = true;
      lower = block.names.map(function (name) { return name.toLowerCase(); });
      order = Uint32Array.from(lower.keys()).sort(function (a, b) { return lower[a] < lower[b] ? -1 : lower[a] > lower[b] ? 1 : a - b; });
      var tools = box.appendChild(el("div", "nm-tools"));
      var label = tools.appendChild(el("label", "", layer.search + " "));
      parts.search = label.appendChild(el("input"));
      parts.search.type = "search";
      parts.search.addEventListener("input", find);
      parts.before = tools.appendChild(el("button", "nm-button", netmap.say("previous")));
      parts.after = tools.appendChild(el("button", "nm-button", netmap.say("next")));
      [parts.before, parts.after].forEach(function (button, n) {
        button.type = "button";
        button.addEventListener("click", function () { page += n ? 1 : -1; write(); });
      });
      parts.where = tools.appendChild(el("p", "nm-where"));
      parts.where.setAttribute("role", "status");
      var scroll = box.appendChild(el("div", "nm-scroll"));
      scroll.tabIndex = 0;
      scroll.setAttribute("role", "region");
      scroll.setAttribute("aria-label", netmap.say("table", { layer: layer.label }));
      var table = scroll.appendChild(el("table"));
      table.appendChild(el("caption", "nm-unseen", layer.label));
      var headings = table.appendChild(el("thead")).appendChild(el("tr"));
      var names = [layer.headings[0] || netmap.say("name")].concat(columns.map(function (fact) { return fact[0]; }), notes ? [netmap.say("notes")] : []);
      names.forEach(function (name) { headings.appendChild(el("th", "", name)).scope = "col"; });
      parts.body = table.appendChild(el("tbody"));
      find();
    }

    function matches(row, wanted) {
      if (block.fails[row]) { return false; }
      if (!wanted || lower[row].indexOf(wanted) >= 0) { return true; }
      return columns.some(function (fact) { return String(value(fact[1], row, "")).toLowerCase().indexOf(wanted) >= 0; });
    }

    function find() {
      var wanted = parts.search.value.trim().toLowerCase();
      found = [];
      order.forEach(function (row) { if (matches(row, wanted)) { found.push(row); } });
      page = 0;
      write();
    }

    function write() {
      var last = Math.max(0, Math.ceil(found.length / PAGE) - 1);
      page = Math.min(page, last);
      var here = found.slice(page * PAGE, (page + 1) * PAGE);
      parts.body.replaceChildren.apply(parts.body, here.map(line));
      parts.before.disabled = page === 0;
      parts.after.disabled = page >= last;
      parts.where.textContent = found.length
        ? netmap.say("range", {
          first: netmap.number(page * PAGE + 1), last: netmap.number(page * PAGE + here.length), all: netmap.number(found.length)
        })
        : netmap.say("none_found");
    }

    function line(row) {
      var node = el("tr");
      var head = node.appendChild(el("th"));
      head.scope = "row";
      head.dir = "auto";
      var opens = value(block.opens, row, "");
      if (opens || (!block.opens && row < block.placed)) {
        var button = head.appendChild(el("button", "nm-open", block.names[row]));
        button.type = "button";
        button.addEventListener("click", function () { opens ? api.openCard(opens) : api.openRow(block, row); });
      } else { head.textContent = block.names[row]; }
      netmap.columns.card(block, row).links.forEach(function (link) {
        if (!api.allowed(link[1])) { return; }
        var anchor = head.appendChild(el("a", "nm-link", link[0]));
        anchor.href = link[1];
        anchor.rel = "noopener noreferrer";
      });
      columns.forEach(function (fact) { node.appendChild(el("td", "", value(fact[1], row, ""))).dir = "auto"; });
      if (notes) {
        var said = value(block.flags, row, []).map(function (flag) { return "(" + flag + ")"; });
        value(block.items, row, []).forEach(function (item) { said.push(netmap.say("headed", { heading: item[0], text: item[1].join("; ") })); });
        node.appendChild(el("td", "", said.join(" "))).dir = "auto";
      }
      return netmap.inLanguages(node);
    }

    function opened() { if (details.open && !made) { build(); } }

    details.addEventListener("toggle", opened);
    opened();

    return { refresh: function () { if (made) { find(); } } };
  };
}());
