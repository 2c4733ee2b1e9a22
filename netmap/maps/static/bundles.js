/* Many ties: one line for each pair of areas and kind, as wide as there are many, on one canvas. */
(function () {
  "use strict";

  netmap.bundles = function (map, api) {
    var blocks = [];
    var lines = [];

    function middle(from, to, turn) {
      var bend = 0.1 + 0.07 * turn;
      return L.point((from.x + to.x) / 2 + (from.y - to.y) * bend, (from.y + to.y) / 2 + (to.x - from.x) * bend);
    }

    function paint(ctx, bounds) {
      var scale = Math.pow(2, map.getZoom());
      var origin = map.getPixelOrigin();
      lines = [];
      blocks.filter(function (block) { return api.isOn(block.key); }).forEach(function (block) {
        for (var row = 0; row < block.size; row += 1) {
          if (block.fails[row] || row >= block.placed) { continue; }
          var from = L.point(block.x[row] * scale - origin.x, block.y[row] * scale - origin.y);
          var to = L.point(block.ends.x[row] * scale - origin.x, block.ends.y[row] * scale - origin.y);
          var look = block.looks[netmap.columns.value(block.look, row, 0)];
          var line = {
            block: block, row: row, from: from, to: to, via: middle(from, to, block.ends.turn[row]),
            width: netmap.columns.value(block.radius, row, 1), colour: look.colour, symbol: look.symbol, dashed: look.dashed
          };
          // Lines that only pass through, far from both their ends, say nothing about what is here.
          if (!bounds.contains(from) && !bounds.contains(to)) { continue; }
          lines.push(line);
        }
      });
      // Thin ones last, or they would lie hidden beneath wide ones.
      lines.slice().sort(function (a, b) { return b.width - a.width; }).forEach(function (line) { draw(ctx, line); });
    }

    function draw(ctx, line) {
      ctx.strokeStyle = ctx.fillStyle = line.colour;
      ctx.lineCap = "round";
      ctx.globalAlpha = 0.72;
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
    sheet.addTo(map);

    function openRow(block, row, at) {
      api.present("col-" + block.key + "-" + row, netmap.columns.card(block, row), at || netmap.columns.place(block, row), 0);
    }

    return {
      add: function (block) { blocks.push(block); },
      size: function () { return blocks.length; },
      hit: hit, openRow: openRow,
      said: function (line) { return line.block.names[line.row]; },
      open: function (line, at) { openRow(line.block, line.row, at); },
      lines: function () { return lines; },
      repaint: function () { sheet.repaint(); },
      paintOn: paint
    };
  };
}());
