/* Many ties: one line for each pair of areas and kind, as wide as there are many, on one canvas. */
(function () {
  "use strict";

  /* The share of where they lie that lines may cover, and how many are drawn all the same. */
  var INK = 0.15;
  var FEWEST = 12;
  var NAMED = 12;

  netmap.bundles = function (map, api) {
    var blocks = [];
    var lines = [];
    var chosen = {};

    function middle(from, to, turn) {
      var bend = 0.1 + 0.07 * turn;
      return L.point((from.x + to.x) / 2 + (from.y - to.y) * bend, (from.y + to.y) / 2 + (to.x - from.x) * bend);
    }

    function width(much) { return Math.min(8, 1.2 + 0.8 * (Math.sqrt(much) - 1)); }

    /* All with an end in view: lines that only pass through say nothing about what is here. */
    function candidates(block, bounds) {
      var scale = Math.pow(2, map.getZoom());
      var origin = map.getPixelOrigin();
      var found = [];
      for (var row = 0; row < block.placed; row += 1) {
        if (block.fails[row]) { continue; }
        var from = L.point(block.x[row] * scale - origin.x, block.y[row] * scale - origin.y);
        var to = L.point(block.ends.x[row] * scale - origin.x, block.ends.y[row] * scale - origin.y);
        if (!bounds.contains(from) && !bounds.contains(to)) { continue; }
        var look = block.looks[netmap.columns.value(block.look, row, 0)];
        found.push({
          block: block, row: row, from: from, to: to, via: middle(from, to, block.ends.turn[row]), much: block.much[row],
          width: width(block.much[row]), colour: look.colour, symbol: look.symbol, dashed: look.dashed
        });
      }
      return found;
    }

    /* The strongest first, as long as the map is not covered with ink; what is open is always drawn. */
    function readable(found) {
      if (!found.length) { return found; }
      var size = map.getSize();
      var room = L.bounds(found.flatMap(function (line) { return [line.from, line.to]; })).getSize();
      var most = Math.max(Math.min(room.x, size.x) * Math.min(room.y, size.y), size.x * size.y / 4) * INK;
      var longest = Math.hypot(size.x, size.y);
      var ink = 0;
      found.sort(function (a, b) { return isChosen(b) - isChosen(a) || b.much - a.much || a.row - b.row; });
      return found.filter(function (line, n) {
        ink += line.width * Math.min(longest, Math.max(line.from.distanceTo(line.to), 57));
        return ink <= most || n < FEWEST;
      });
    }

    function isChosen(line) { return Number(line.block === chosen.block && line.row === chosen.row); }

    function paint(ctx, bounds) {
      lines = [];
      blocks.filter(function (block) { return api.isOn(block.key); }).forEach(function (block) {
        var drawn = readable(candidates(block, bounds));
        var most = drawn.reduce(function (much, line) { return Math.max(much, line.much); }, 1);
        drawn.forEach(function (line) { line.alpha = isChosen(line) ? 1 : 0.35 + 0.5 * line.much / most; });
        lines = lines.concat(drawn);
        api.drawnTies(drawn.reduce(function (sum, line) { return sum + line.much; }, 0),
          api.untied.reduce(function (sum, out) { return sum + 1 - out; }, 0));
      });
      // Thin ones last, or they would lie hidden beneath wide ones.
      lines.slice().sort(function (a, b) { return b.width - a.width; }).forEach(function (line) { draw(ctx, line); });
    }

    function draw(ctx, line) {
      ctx.strokeStyle = ctx.fillStyle = line.colour;
      ctx.lineCap = "round";
      ctx.globalAlpha = line.alpha;
      ctx.lineWidth = line.width;
      if (line.from.distanceTo(line.to) < 4) {
        ctx.beginPath();
        ctx.arc(line.from.x + 9, line.from.y - 9, 9, 0, 2 * Math.PI);
        ctx.stroke();
        ctx.globalAlpha = 1;
        return;
      }
      ctx.setLineDash(line.dashed ? [7, 5] : []);
      ctx.beginPath();
      ctx.moveTo(line.from.x, line.from.y);
      ctx.quadraticCurveTo(line.via.x, line.via.y, line.to.x, line.to.y);
      ctx.stroke();
      ctx.setLineDash([]);
      head(ctx, line);
      ctx.globalAlpha = 1;
    }

    function head(ctx, line) {
      var long = line.from.distanceTo(line.to);
      var size = Math.min(6 + line.width, long / 3);
      var angle = Math.atan2(line.to.y - line.via.y, line.to.x - line.via.x);
      ctx.save();
      ctx.translate(line.to.x, line.to.y);
      ctx.rotate(angle);
      ctx.beginPath();
      ctx.moveTo(0, 0);
      ctx.lineTo(-size * 1.5, size * 0.7);
      ctx.lineTo(-size * 1.5, -size * 0.7);
      ctx.closePath();
      ctx.fill();
      ctx.restore();
    }

    function far(point, line) {
      if (line.from.distanceTo(line.to) < 4) {
        return Math.abs(Math.hypot(line.from.x + 9 - point.x, line.from.y - 9 - point.y) - 9);
      }
      var least = Infinity;
      for (var t = 0; t <= 1; t += 0.04) {
        var s = 1 - t;
        var x = s * s * line.from.x + 2 * s * t * line.via.x + t * t * line.to.x;
        var y = s * s * line.from.y + 2 * s * t * line.via.y + t * t * line.to.y;
        var next = Math.hypot(x - point.x, y - point.y);
        if (next < least) { least = next; }
      }
      return least;
    }

    function hit(point) {
      var best = null;
      var least = Infinity;
      lines.forEach(function (line) {
        var box = L.bounds([line.from, line.to, line.via]);
        if (point.x < box.min.x - 24 || point.x > box.max.x + 24 || point.y < box.min.y - 24 || point.y > box.max.y + 24) { return; }
        var apart = far(point, line) - line.width / 2;
        if (apart < 6 && apart < least) { best = line; least = apart; }
      });
      return best;
    }

    var sheet = new netmap.Sheet({ pane: api.pane("nm-bundles", 430), padding: 0.15, paint: paint });

    function members(block, row) {
      var id = Number(netmap.columns.value(block.ids, row).split("-")[1]);
      var found = [];
      api.ties.line.forEach(function (line, n) { if (line === id && !api.untied[n]) { found.push(n); } });
      return found;
    }

    function part(block, row) {
      return block.much[row] === block.total[row] ? "" : netmap.say("part", {
        count: netmap.number(block.much[row]), all: netmap.number(block.total[row])
      });
    }

    /* What is filtered out is counted, and not named. */
    function name(block, row) {
      if (!part(block, row)) { return block.names[row]; }
      return netmap.say("bundle_part", {
        source: netmap.columns.value(block.facts[0][1], row), target: netmap.columns.value(block.facts[1][1], row),
        count: netmap.number(block.much[row]), all: netmap.number(block.total[row])
      });
    }

    function card(block, row) {
      var made = netmap.columns.card(block, row);
      var ties = members(block, row);
      var said = ties.slice(0, NAMED).map(function (n) { return api.ends(n).join(" → "); });
      if (ties.length > NAMED) { said.push(netmap.counted("more_ties", ties.length - NAMED)); }
      made.title = name(block, row);
      made.facts = made.facts.map(function (fact) {
        return fact[0] === block.facts[2][0] && part(block, row) ? [fact[0], part(block, row)] : fact;
      });
      made.items = said.length ? [[netmap.say("between"), said]] : [];
      return made;
    }

    function openRow(block, row, at) {
      chosen = { block: block, row: row };
      api.present("col-" + block.key + "-" + row, card(block, row), at || netmap.columns.place(block, row), 0);
      sheet.repaint(map);
    }

    function add(block) {
      block.total = new Uint32Array(block.size);
      api.ties.line.forEach(function (line) { if (line >= 0) { block.total[block.rowOf[line]] += 1; } });
      blocks.push(block);
    }

    return {
      add: add,
      size: function () { return blocks.length; },
      hit: hit, openRow: openRow,
      said: function (line) { return name(line.block, line.row); },
      open: function (line, at) { openRow(line.block, line.row, at); },
      lines: function () { return lines; },
      repaint: function () { if (blocks.length) { sheet.repaint(map); } },
      paintOn: paint
    };
  };
}());
