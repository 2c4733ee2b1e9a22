/* Narrows the map and its tables down. Nothing ticked in a group is no condition; several ticked
   in one group are alternatives; all groups must be met by what they apply to. */
(function () {
  "use strict";

  netmap.filters = function (data, changed) {
    var facets = data.facets.map(function (facet, n) {
      return { key: facet.key, first: facet.first, end: facet.first + facet.terms, bit: 1 << n, chosen: new Set() };
    });
    var boxes = Array.from(document.querySelectorAll('input[name="term"]'));
    var rows = Array.from(document.querySelectorAll("tr[data-tags]")).map(function (node) {
      return { node: node, tags: node.getAttribute("data-tags").split(" ").map(Number) };
    });
    var ties = data.ties;
    var tie = document.querySelector("tr[data-tie]");
    var joined = tie ? Array.from(tie.parentNode.rows) : [];
    var untied = new Uint8Array(ties ? ties.line.length : 0);
    var blocks = [];
    var hidden = new Set();

    function of(facet, tags) {
      return tags.filter(function (tag) { return tag >= facet.first && tag < facet.end; });
    }

    /* The facets that something does not meet, one bit for each. */
    function fails(tags) {
      return facets.reduce(function (bits, facet) {
        var own = facet.chosen.size ? of(facet, tags) : [];
        var met = !own.length || own.some(function (tag) { return facet.chosen.has(tag); });
        return met ? bits : bits | facet.bit;
      }, 0);
    }

    /* A tie fails where one of its ends does. */
    function untie() {
      if (!ties) { return; }
      var failed = ties.of.map(function (tags) { return fails(tags) ? 1 : 0; });
      for (var n = 0; n < untied.length; n += 1) { untied[n] = failed[ties.from[n]] | failed[ties.to[n]]; }
    }

    /* A bundle stands for its ties that are met, and fails where none is. */
    function bundling(block) {
      block.much.fill(0);
      for (var n = 0; n < untied.length; n += 1) {
        if (!untied[n] && ties.line[n] >= 0) { block.much[block.rowOf[ties.line[n]]] += 1; }
      }
      for (var row = 0; row < block.size; row += 1) { block.fails[row] = block.much[row] ? 0 : 1; }
    }

    function failing(block) {
      var bits = block.fails;
      bits.fill(0);
      facets.forEach(function (facet) {
        var column = block.tags[facet.key];
        if (!column || !facet.chosen.size) { return; }
        var table = Uint8Array.from(column.of, function (tags) { return fails(tags) & facet.bit; });
        for (var i = 0; i < bits.length; i += 1) { bits[i] |= table[column.codes ? column.codes[i] : i]; }
      });
      if (block.ends) { bundling(block); }
      else if (block.key === "ties" && ties) { bits.set(untied); }
      block.shown = 0;
      for (var i = 0; i < bits.length; i += 1) { block.shown += bits[i] ? 0 : 1; }
    }

    function counts() {
      var found = new Map();
      function add(tag, much) { found.set(tag, (found.get(tag) || 0) + much); }
      rows.forEach(function (row) {
        facets.forEach(function (facet) {
          if (!(row.fails & ~facet.bit)) { of(facet, row.tags).forEach(function (tag) { add(tag, 1); }); }
        });
      });
      blocks.forEach(function (block) {
        facets.forEach(function (facet) {
          var column = block.tags[facet.key];
          if (!column || block.uncounted) { return; }
          var hits = new Uint32Array(column.of.length);
          for (var i = 0; i < block.fails.length; i += 1) {
            if (!(block.fails[i] & ~facet.bit)) { hits[column.codes ? column.codes[i] : i] += 1; }
          }
          hits.forEach(function (much, n) { if (much) { column.of[n].forEach(function (tag) { add(tag, much); }); } });
        });
      });
      return found;
    }

    function write() {
      if (!netmap.complete) { return; }
      var found = counts();
      boxes.forEach(function (box) {
        var much = found.get(Number(box.value)) || 0;
        var row = box.closest("li");
        row.querySelector(".nm-count").textContent = netmap.number(much);
        row.classList.toggle("nm-none", !much && !box.checked);
      });
      document.querySelectorAll(".nm-facet").forEach(function (group) {
        var much = group.querySelectorAll("input:checked").length;
        group.querySelector(".nm-chosen").textContent = much ? "· " + netmap.counted("chosen", much) : "";
      });
      document.querySelectorAll("details[data-table]").forEach(function (table) {
        var own = table.querySelectorAll("tbody tr");
        if (!own.length || table.hasAttribute("data-rows")) { return; }
        var shown = table.querySelectorAll("tbody tr:not([hidden])").length;
        said(table, shown, own.length);
      });
      blocks.forEach(function (block) {
        var table = document.querySelector('details[data-rows="' + block.key + '"]');
        if (table && !block.uncounted) { said(table, block.shown, block.fails.length); }
      });
      var clear = document.getElementById("nm-clear");
      if (clear) { clear.disabled = !active(); }
    }

    function said(table, shown, all) {
      table.querySelector("summary .nm-count").textContent = shown < all
        ? netmap.say("part", { count: netmap.number(shown), all: netmap.number(all) })
        : netmap.number(all);
    }

    function active() { return facets.some(function (facet) { return facet.chosen.size; }); }

    function apply(quiet) {
      facets.forEach(function (facet) { facet.chosen.clear(); });
      boxes.filter(function (box) { return box.checked; }).forEach(function (box) {
        var tag = Number(box.value);
        facets.find(function (facet) { return tag >= facet.first && tag < facet.end; }).chosen.add(tag);
      });
      hidden.clear();
      Object.keys(data.tags).forEach(function (card) { if (fails(data.tags[card])) { hidden.add(card); } });
      rows.forEach(function (row) {
        row.fails = fails(row.tags);
        row.node.hidden = row.fails !== 0;
      });
      untie();
      joined.forEach(function (row, n) { row.hidden = untied[n] !== 0; });
      untied.forEach(function (out, n) { if (out) { hidden.add("tie-" + n); } });
      blocks.forEach(failing);
      write();
      if (!quiet || active()) { changed(); }
      if (quiet) { return; }
      var shown = rows.filter(function (row) { return !row.fails; }).length;
      var all = rows.length;
      blocks.filter(function (block) { return !block.uncounted; }).forEach(function (block) {
        shown += block.shown;
        all += block.fails.length;
      });
      document.getElementById("nm-status").textContent = active()
        ? netmap.counted("matching", shown, { all: netmap.number(all) })
        : netmap.say("all_shown");
    }

    boxes.forEach(function (box) { box.addEventListener("change", function () { netmap.whole(apply); }); });
    var clear = document.getElementById("nm-clear");
    if (clear) {
      clear.addEventListener("click", function () {
        boxes.forEach(function (box) { box.checked = false; });
        netmap.whole(apply);
      });
    }

    /* Unticks what hides something: a card, its row in columns, or a row of a table. */
    function reveal(target, thing) {
      var own = rows.find(function (row) { return row.node === target.row; });
      var bits = data.tags[target.card] ? fails(data.tags[target.card])
        : thing && thing.block ? thing.block.fails[thing.row]
          : own ? own.fails : target.block ? target.block.fails[target.number] : 0;
      if (!bits) { return false; }
      facets.filter(function (facet) { return bits & facet.bit; }).forEach(function (facet) {
        boxes.filter(function (box) { return Number(box.value) >= facet.first && Number(box.value) < facet.end; })
          .forEach(function (box) { box.checked = false; });
      });
      apply(false);
      return true;
    }

    return {
      hidden: hidden,
      untied: untied,
      reveal: reveal,
      start: function () { apply(true); },
      /* Blocks come later than the rest of the page; each says which of its rows fail. */
      add: function (block) {
        if (block.ends) {
          block.much = new Uint32Array(block.size);
          block.rowOf = [];
          for (var row = 0; row < block.size; row += 1) {
            block.rowOf[Number(netmap.columns.value(block.ids, row).split("-")[1])] = row;
          }
          bundling(block);
        }
        blocks.push(block);
      }
    };
  };
}());
