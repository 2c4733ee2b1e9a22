/* Many points on one canvas: what lies close together is drawn as one ring with its number, whose
   arcs show the mix of kinds; what stands alone is drawn as itself. */
(function () {
  "use strict";

  var CELL = 64;
  var FINE = 26;
  var FEW = 250;
  var LISTED = 40;
  var value = netmap.columns.value;

  /* ---- symbols, from the same shapes that the legend shows ---- */

  function number(node, name) { return Number(node.getAttribute(name)); }

  function path(node) {
    if (node.tagName === "path") { return new Path2D(node.getAttribute("d")); }
    var made = new Path2D();
    if (node.tagName === "circle") { made.arc(number(node, "cx"), number(node, "cy"), number(node, "r"), 0, 2 * Math.PI); }
    else { made.rect(number(node, "x"), number(node, "y"), number(node, "width"), number(node, "height")); }
    return made;
  }

  function drawSymbol(ctx, look, x, y, size) {
    ctx.save();
    ctx.translate(x - size / 2, y - size / 2);
    ctx.scale(size / 24, size / 24);
    ctx.lineJoin = "round";
    var symbol = document.getElementById("nm-s-" + (look.symbol || "several"));
    Array.from(symbol.children).forEach(function (node) {
      var shape = path(node);
      var fill = node.getAttribute("fill");
      var stroke = node.getAttribute("stroke");
      if (!fill) {
        ctx.lineWidth = 3.4;
        ctx.strokeStyle = look.dashed ? "#1d2433" : "#ffffff";
        ctx.setLineDash(look.dashed ? [2.6, 1.8] : []);
        if (look.dashed) { ctx.lineWidth = 1.6; ctx.globalAlpha = 0.6; }
        if (!look.dashed) { ctx.stroke(shape); }
        ctx.fillStyle = look.colour;
        ctx.fill(shape);
        ctx.globalAlpha = 1;
        if (look.dashed) { ctx.stroke(shape); }
        ctx.setLineDash([]);
      } else if (fill !== "none") { ctx.fillStyle = fill; ctx.fill(shape); }
      if (stroke && stroke !== "none") {
        ctx.strokeStyle = stroke === "currentColor" ? look.colour : stroke;
        ctx.lineWidth = number(node, "stroke-width") || 1.5;
        ctx.lineCap = "round";
        ctx.setLineDash((node.getAttribute("stroke-dasharray") || "").split(" ").filter(Boolean).map(Number));
        ctx.stroke(shape);
        ctx.setLineDash([]);
      }
    });
    ctx.restore();
  }

  function sprite(look) {
    var ratio = Math.max(1, window.devicePixelRatio || 1);
    var made = document.createElement("canvas");
    made.width = made.height = Math.ceil((look.size + 4) * ratio);
    var ctx = made.getContext("2d");
    ctx.scale(ratio, ratio);
    ctx.beginPath();
    drawSymbol(ctx, look, look.size / 2 + 2, look.size / 2 + 2, look.size);
    return made;
  }

  /* ---- the layer ---- */

  netmap.clusters = function (map, api) {
    var blocks = [];
    var looks = [];
    var sprites = [];
    var items = [];
    var seen = null;

    function add(block) {
      block.firstLook = looks.length;
      block.looks.forEach(function (look) { looks.push(look); sprites.push(null); });
      blocks.push(block);
    }

    function lookOf(block, row) { return block.firstLook + value(block.look, row, 0); }

    /* All that is in view and not filtered out, with its pixel. */
    function look(bounds) {
      var scale = Math.pow(2, map.getZoom());
      var origin = map.getPixelOrigin();
      var on = blocks.filter(function (block) { return api.isOn(block.key); });
      var most = on.reduce(function (sum, block) { return sum + block.placed; }, 0);
      var found = {
        n: 0, x: new Float32Array(most), y: new Float32Array(most), row: new Uint32Array(most),
        block: new Uint8Array(most), cell: new Int32Array(most), origin: origin, scale: scale
      };
      on.forEach(function (block) {
        var b = blocks.indexOf(block);
        var left = (bounds.min.x + origin.x) / scale;
        var right = (bounds.max.x + origin.x) / scale;
        var top = (bounds.min.y + origin.y) / scale;
        var bottom = (bounds.max.y + origin.y) / scale;
        for (var i = 0; i < block.placed; i += 1) {
          var x = block.x[i];
          var y = block.y[i];
          if (block.fails[i] || x < left || x > right || y < top || y > bottom) { continue; }
          found.x[found.n] = x * scale - origin.x;
          found.y[found.n] = y * scale - origin.y;
          found.row[found.n] = i;
          found.block[found.n] = b;
          found.n += 1;
        }
      });
      return found;
    }

    /* Cells keep their place in the world, so that rings do not jump when the map is moved; every
       other row is shifted by half a cell, so that no lattice shows. */
    function gather(found, bounds) {
      var size = found.n <= FEW ? FINE : CELL;
      var kinds = looks.length;
      var shiftX = found.origin.x % (2 * size);
      var shiftY = found.origin.y % (2 * size);
      var firstX = Math.floor((bounds.min.x + shiftX) / size) - 1;
      var firstY = Math.floor((bounds.min.y + shiftY) / size);
      var wide = Math.ceil((bounds.max.x - bounds.min.x) / size) + 4;
      var tall = Math.ceil((bounds.max.y - bounds.min.y) / size) + 2;
      var cells = {
        size: size, n: new Uint32Array(wide * tall), x: new Float64Array(wide * tall), y: new Float64Array(wide * tall),
        first: new Uint32Array(wide * tall), mix: new Uint32Array(wide * tall * kinds), wide: wide,
        middle: function (cell) {
          var row = Math.floor(cell / wide) + firstY;
          var column = cell % wide + firstX;
          return [(column + 0.5 - (row & 1) / 2) * size - shiftX, (row + 0.5) * size - shiftY];
        }
      };
      for (var i = 0; i < found.n; i += 1) {
        var row = Math.floor((found.y[i] + shiftY) / size);
        var column = Math.floor((found.x[i] + shiftX) / size + (row & 1) / 2);
        var cell = (row - firstY) * wide + column - firstX;
        found.cell[i] = cell;
        if (!cells.n[cell]) { cells.first[cell] = i; }
        cells.n[cell] += 1;
        cells.x[cell] += found.x[i];
        cells.y[cell] += found.y[i];
        cells.mix[cell * kinds + lookOf(blocks[found.block[i]], found.row[i])] += 1;
      }
      return cells;
    }

    function paint(ctx, bounds) {
      seen = look(bounds);
      var cells = gather(seen, bounds);
      items = [];
      var most = cells.n.reduce(function (a, b) { return Math.max(a, b); }, 1);
      for (var cell = 0; cell < cells.n.length; cell += 1) {
        var much = cells.n[cell];
        if (much === 1) { items.push(one(cells.first[cell])); }
        else if (much) { items.push(ring(cells, cell, much, most)); }
      }
      items.forEach(function (item) { item.much === 1 ? drawOne(ctx, item) : drawRing(ctx, item); });
      if (blocks.length) { api.inView(seen.n); }
    }

    function one(i) {
      var kind = lookOf(blocks[seen.block[i]], seen.row[i]);
      return {
        much: 1, i: i, x: seen.x[i], y: seen.y[i], kind: kind, r: looks[kind].size / 2,
        block: blocks[seen.block[i]], row: seen.row[i]
      };
    }

    /* Larger for more, compared with the largest in view, yet never too small for its number. */
    function ring(cells, cell, much, most) {
      var least = 9 + 3 * short(much).length;
      var r = Math.min(cells.size / 2 - 1, Math.max(least, 12 + (cells.size / 2 - 13) * Math.pow(much / most, 0.4)));
      var middle = cells.middle(cell);
      var room = Math.max(0, cells.size / 2 - r);
      function inside(sum, centre) { return Math.max(centre - room, Math.min(centre + room, sum / much)); }
      return {
        much: much, cell: cell, x: inside(cells.x[cell], middle[0]), y: inside(cells.y[cell], middle[1]), r: r,
        mix: cells.mix.subarray(cell * looks.length, (cell + 1) * looks.length)
      };
    }

    function drawOne(ctx, item) {
      var shape = looks[item.kind];
      if (api.vectors()) { drawSymbol(ctx, shape, item.x, item.y, shape.size); }
      else {
        sprites[item.kind] = sprites[item.kind] || sprite(shape);
        ctx.drawImage(sprites[item.kind], item.x - shape.size / 2 - 2, item.y - shape.size / 2 - 2, shape.size + 4, shape.size + 4);
      }
      if (shape.ringed) {
        ctx.beginPath();
        ctx.arc(item.x, item.y, item.r + 3, 0, 2 * Math.PI);
        ctx.lineWidth = 2;
        ctx.strokeStyle = "#1d2433";
        ctx.stroke();
      }
      var text = value(item.block.texts, item.row, "");
      if (text) { label(ctx, text, item.x + item.r * 0.8, item.y - item.r * 0.7); }
    }

    function label(ctx, text, x, y) {
      ctx.font = "600 11px system-ui, sans-serif";
      var wide = Math.max(17, ctx.measureText(text).width + 8);
      ctx.fillStyle = "#1d2433";
      ctx.beginPath();
      ctx.roundRect(x - wide / 2, y - 8, wide, 16, 8);
      ctx.fill();
      ctx.fillStyle = "#ffffff";
      ctx.textAlign = "center";
      ctx.textBaseline = "middle";
      ctx.fillText(text, x, y + 0.5);
    }

    function short(much) {
      if (much < 1000) { return String(much); }
      return netmap.say("thousand", {
        number: netmap.number(much < 9950 ? (much / 1000).toFixed(1).replace(".0", "") : Math.round(much / 1000))
      });
    }

    function drawRing(ctx, item) {
      ctx.beginPath();
      ctx.arc(item.x, item.y, item.r, 0, 2 * Math.PI);
      ctx.fillStyle = "#ffffff";
      ctx.fill();
      ctx.lineWidth = 1;
      ctx.strokeStyle = "rgba(29,36,51,.75)";
      ctx.stroke();
      var width = Math.max(3, item.r * 0.2);
      var from = -Math.PI / 2;
      for (var kind = 0; kind < item.mix.length; kind += 1) {
        if (!item.mix[kind]) { continue; }
        var to = from + 2 * Math.PI * item.mix[kind] / item.much;
        ctx.beginPath();
        ctx.arc(item.x, item.y, item.r - 0.5 - width / 2, from, to);
        ctx.lineWidth = width;
        ctx.strokeStyle = looks[kind].colour;
        ctx.stroke();
        from = to;
      }
      ctx.fillStyle = "#1d2433";
      ctx.font = "600 " + (item.r > 18 ? 12 : 11) + "px system-ui, sans-serif";
      ctx.textAlign = "center";
      ctx.textBaseline = "middle";
      ctx.fillText(short(item.much), item.x, item.y + 0.5);
    }

    /* ---- what is under the pointer, and what becomes of it ---- */

    function hit(point, reach) {
      var best = null;
      var least = Infinity;
      items.forEach(function (item) {
        var far = Math.hypot(item.x - point.x, item.y - point.y) - item.r;
        if (far < (reach || 3) && far < least) { best = item; least = far; }
      });
      return best;
    }

    function members(item) {
      var found = [];
      for (var i = 0; i < seen.n; i += 1) { if (seen.cell[i] === item.cell) { found.push(one(i)); } }
      return found;
    }

    function kindsOf(item) {
      var found = new Map();
      members(item).slice(0, 5000).forEach(function (member) {
        var what = value(member.block.what, member.row, "");
        found.set(what, (found.get(what) || 0) + 1);
      });
      return Array.from(found).sort(function (a, b) { return b[1] - a[1]; });
    }

    function said(item) {
      if (item.much === 1) { return item.block.names[item.row]; }
      var kinds = kindsOf(item).slice(0, 4).map(function (kind) {
        return kind[0] ? netmap.say("of_kind", { count: netmap.number(kind[1]), kind: kind[0] }) : netmap.counted("others", kind[1]);
      });
      return netmap.counted("here", item.much, { kinds: kinds.join(", ") });
    }

    function open(item) {
      var at = map.layerPointToLatLng([item.x, item.y]);
      if (item.much === 1) { openRow(item.block, item.row, at, item.r); return; }
      var all = members(item);
      var box = L.latLngBounds(all.map(function (member) { return netmap.columns.place(member.block, member.row); }));
      var deep = map.project(box.getNorthWest(), map.getMaxZoom()).distanceTo(map.project(box.getSouthEast(), map.getMaxZoom()));
      if (deep > 40 && map.getZoom() < map.getMaxZoom()) {
        map.fitBounds(box, { padding: [50, 50], maxZoom: map.getMaxZoom(), animate: !api.calm });
        if (map.getBoundsZoom(box) <= map.getZoom() + 0.1 && !box.contains(map.getCenter())) { map.setView(at, map.getZoom() + 2); }
        return;
      }
      api.presentList(netmap.counted("at_place", all.length), all.slice(0, LISTED).map(function (member) {
        return {
          text: member.block.names[member.row], what: value(member.block.what, member.row, ""),
          open: function () { openRow(member.block, member.row, at, item.r); }
        };
      }), all.length - LISTED, at, item.r);
    }

    function openRow(block, row, at, rise) {
      api.present("col-" + block.key + "-" + row, netmap.columns.card(block, row), at || netmap.columns.place(block, row), rise || 8);
    }

    var sheet = new netmap.Sheet({ pane: api.pane("nm-points", 595), padding: 0.15, paint: paint });

    return {
      add: add, hit: hit, said: said, open: open, openRow: openRow,
      repaint: function () { if (blocks.length) { sheet.repaint(map); } },
      size: function () { return blocks.length; },
      items: function () { return items; },
      /* A fresh canvas prints as vectors; one that was cleared before does not. */
      paintOn: paint
    };
  };
}());
