/* Many areas on one canvas: each class is filled in one go, each border is drawn once. */
(function () {
  "use strict";

  var value = netmap.columns.value;
  // A path of very many corners is filled far more slowly than as many short ones.
  var TOGETHER = 400;
  var SHORT = 6;
  var PATTERNS = {
    "nm-no-data": function (ctx) { stripes(ctx, "#f4f4f4", "#8a8f99", [[0, 8, 8, 0], [-2, 2, 2, -2], [6, 10, 10, 6]]); },
    "nm-not-shown": function (ctx) { dots(ctx, "#f4f4f4", "#6b7280"); },
    "nm-none-found": function (ctx) { stripes(ctx, "", "#a64500", [[0, 8, 8, 0], [-2, 2, 2, -2], [6, 10, 10, 6], [0, 0, 8, 8], [-2, 6, 2, 10], [6, -2, 10, 2]]); },
    "nm-open-only": function (ctx) { stripes(ctx, "", "#a64500", [[0, 0, 8, 8], [-2, 6, 2, 10], [6, -2, 10, 2]]); },
    "nm-out-of-date": function (ctx) { stripes(ctx, "", "#4a5366", [[4, 0, 4, 8]]); },
    "nm-not-asked": function (ctx) { dots(ctx, "", "#4a5366"); },
    "nm-other-gap": function (ctx) { stripes(ctx, "", "#a64500", [[1, 4, 4, 4]]); }
  };

  function stripes(ctx, ground, ink, lines) {
    if (ground) { ctx.fillStyle = ground; ctx.fillRect(0, 0, 8, 8); }
    // A pale edge, or lines over a dark class could not be seen.
    (ground ? [[ink, 1.6]] : [["rgba(255,255,255,.85)", 3.4], [ink, 1.6]]).forEach(function (pen) {
      ctx.strokeStyle = pen[0];
      ctx.lineWidth = pen[1];
      ctx.beginPath();
      lines.forEach(function (line) { ctx.moveTo(line[0], line[1]); ctx.lineTo(line[2], line[3]); });
      ctx.stroke();
    });
  }

  function dots(ctx, ground, ink) {
    if (ground) { ctx.fillStyle = ground; ctx.fillRect(0, 0, 8, 8); }
    (ground ? [[ink, 1.3]] : [["rgba(255,255,255,.85)", 2.1], [ink, 1.3]]).forEach(function (pen) {
      ctx.fillStyle = pen[0];
      [[2, 2], [6, 6]].forEach(function (at) {
        ctx.beginPath();
        ctx.arc(at[0], at[1], pen[1], 0, 2 * Math.PI);
        ctx.fill();
      });
    });
  }

  function pattern(ctx, name) {
    var tile = document.createElement("canvas");
    tile.width = tile.height = 8;
    PATTERNS[name](tile.getContext("2d"));
    return ctx.createPattern(tile, "repeat");
  }

  /* The box of every arc, then of every area. */
  function measure(block) {
    var ground = block.ground;
    var arcs = ground.arcAt.length - 1;
    ground.arcBox = new Float64Array(arcs * 4);
    for (var a = 0; a < arcs; a += 1) {
      var box = [Infinity, Infinity, -Infinity, -Infinity];
      for (var i = ground.arcAt[a]; i < ground.arcAt[a + 1]; i += 1) { widen(box, ground.x[i], ground.y[i], ground.x[i], ground.y[i]); }
      ground.arcBox.set(box, a * 4);
    }
    block.box = new Float64Array(block.size * 4);
    for (var row = 0; row < block.size; row += 1) {
      var whole = [Infinity, Infinity, -Infinity, -Infinity];
      for (var w = ground.walkAt[ground.ringAt[row]]; w < ground.walkAt[ground.ringAt[row + 1]]; w += 1) {
        var arc = ground.arcs[w] < 0 ? ~ground.arcs[w] : ground.arcs[w];
        widen(whole, ground.arcBox[arc * 4], ground.arcBox[arc * 4 + 1], ground.arcBox[arc * 4 + 2], ground.arcBox[arc * 4 + 3]);
      }
      block.box.set(whole, row * 4);
    }
  }

  function widen(box, left, top, right, bottom) {
    if (left < box[0]) { box[0] = left; }
    if (top < box[1]) { box[1] = top; }
    if (right > box[2]) { box[2] = right; }
    if (bottom > box[3]) { box[3] = bottom; }
  }

  /* Calls back with every corner of a ring, each once, in order. */
  function walk(ground, ring, corner) {
    for (var w = ground.walkAt[ring]; w < ground.walkAt[ring + 1]; w += 1) {
      var arc = ground.arcs[w];
      var i;
      if (arc >= 0) { for (i = ground.arcAt[arc]; i < ground.arcAt[arc + 1] - 1; i += 1) { corner(ground.x[i], ground.y[i]); } }
      else { for (i = ground.arcAt[~arc + 1] - 1; i > ground.arcAt[~arc]; i -= 1) { corner(ground.x[i], ground.y[i]); } }
    }
  }

  netmap.grounds = function (map, api) {
    var blocks = [];
    var view = null;

    function add(block) {
      if (block.ground) { measure(block); }
      blocks.push(block);
    }

    function outlined(block, row) { return block.ground && block.ground.ringAt[row + 1] > block.ground.ringAt[row]; }

    function inView(block, row) {
      return block.box[row * 4] <= view.right && block.box[row * 4 + 2] >= view.left
        && block.box[row * 4 + 1] <= view.bottom && block.box[row * 4 + 3] >= view.top;
    }

    function paint(ctx, bounds) {
      var scale = Math.pow(2, map.getZoom());
      var origin = map.getPixelOrigin();
      view = {
        scale: scale, x: origin.x, y: origin.y, left: (bounds.min.x + origin.x) / scale, right: (bounds.max.x + origin.x) / scale,
        top: (bounds.min.y + origin.y) / scale, bottom: (bounds.max.y + origin.y) / scale
      };
      blocks.filter(function (block) { return api.isOn(block.key); }).forEach(function (block) { paintBlock(ctx, block); });
    }

    function paintBlock(ctx, block) {
      block.fill.of.forEach(function (fill, n) {
        if (!fill) { return; }
        ctx.fillStyle = fill.charAt(0) === "#" ? fill : pattern(ctx, fill);
        var some = 0;
        function flush() {
          if (!some) { return; }
          ctx.fill("evenodd");
          if (!block.ground) {
            ctx.strokeStyle = "#3d4658";
            ctx.lineWidth = 1;
            ctx.stroke();
          }
          some = 0;
        }
        for (var row = 0; row < block.size; row += 1) {
          if ((block.fill.codes ? block.fill.codes[row] : row) !== n || block.fails[row]) { continue; }
          if (!some) { ctx.beginPath(); }
          some += trace(ctx, block, row);
          if (some > TOGETHER) { flush(); }
        }
        flush();
      });
      if (block.ground && !block.over) { borders(ctx, block.ground); }
    }

    function trace(ctx, block, row) {
      if (!outlined(block, row)) {
        if (row >= block.placed || block.ground) { return 0; }
        var r = value(block.radius, row, 4);
        var x = block.x[row] * view.scale - view.x;
        var y = block.y[row] * view.scale - view.y;
        ctx.moveTo(x + r, y);
        ctx.arc(x, y, r, 0, 2 * Math.PI);
        return 1;
      }
      if (!inView(block, row)) { return 0; }
      var left = block.box[row * 4];
      var top = block.box[row * 4 + 1];
      var wide = (block.box[row * 4 + 2] - left) * view.scale;
      var tall = (block.box[row * 4 + 3] - top) * view.scale;
      if (wide < 1.5 && tall < 1.5) {
        ctx.rect(left * view.scale - view.x, top * view.scale - view.y, Math.max(wide, 0.7), Math.max(tall, 0.7));
        return 1;
      }
      for (var ring = block.ground.ringAt[row]; ring < block.ground.ringAt[row + 1]; ring += 1) { traceRing(ctx, block.ground, ring); }
      return 1;
    }

    /* Corners less than a pixel from the last one drawn are not seen, so they are left out; the ends
       of arcs are kept, so that neighbours leave out the same ones. */
    function traceRing(ctx, ground, ring) {
      var begun = false;
      var end = ground.walkAt[ring + 1];
      for (var w = ground.walkAt[ring]; w < end; w += 1) {
        var arc = ground.arcs[w];
        var back = arc < 0;
        if (back) { arc = ~arc; }
        var i = back ? ground.arcAt[arc + 1] - 1 : ground.arcAt[arc];
        var last = back ? ground.arcAt[arc] : ground.arcAt[arc + 1] - 1;
        var step = back ? -1 : 1;
        var px = ground.x[i] * view.scale - view.x;
        var py = ground.y[i] * view.scale - view.y;
        if (begun) { ctx.lineTo(px, py); } else { ctx.moveTo(px, py); begun = true; }
        var small = (ground.arcBox[arc * 4 + 2] - ground.arcBox[arc * 4]) * view.scale < 4
          && (ground.arcBox[arc * 4 + 3] - ground.arcBox[arc * 4 + 1]) * view.scale < 4;
        if (small) { continue; }
        for (i += step; i !== last; i += step) {
          var nx = ground.x[i] * view.scale - view.x;
          var ny = ground.y[i] * view.scale - view.y;
          if (Math.abs(nx - px) + Math.abs(ny - py) < 1.5) { continue; }
          ctx.lineTo(nx, ny);
          px = nx;
          py = ny;
        }
      }
      ctx.closePath();
    }

    function borders(ctx, ground) {
      var many = ground.ringAt.length > 1000;
      ctx.lineWidth = many && map.getZoom() < 9 ? 0.35 : 0.8;
      ctx.strokeStyle = many ? "rgba(255,255,255,.75)" : "#5a6376";
      var some = 0;
      ctx.beginPath();
      for (var a = 0; a < ground.arcAt.length - 1; a += 1) {
        if (ground.arcBox[a * 4] > view.right || ground.arcBox[a * 4 + 2] < view.left
          || ground.arcBox[a * 4 + 1] > view.bottom || ground.arcBox[a * 4 + 3] < view.top) { continue; }
        // A border shorter than this would only blacken the map.
        if ((ground.arcBox[a * 4 + 2] - ground.arcBox[a * 4]) * view.scale < SHORT
          && (ground.arcBox[a * 4 + 3] - ground.arcBox[a * 4 + 1]) * view.scale < SHORT) { continue; }
        some += 1;
        if (some > TOGETHER) {
          ctx.stroke();
          ctx.beginPath();
          some = 1;
        }
        var last = ground.arcAt[a + 1] - 1;
        var lastX = NaN;
        var lastY = NaN;
        for (var i = ground.arcAt[a]; i <= last; i += 1) {
          var px = ground.x[i] * view.scale - view.x;
          var py = ground.y[i] * view.scale - view.y;
          if (i === ground.arcAt[a]) { ctx.moveTo(px, py); }
          else if (i < last && Math.abs(px - lastX) + Math.abs(py - lastY) < 1.5) { continue; }
          else { ctx.lineTo(px, py); }
          lastX = px;
          lastY = py;
        }
      }
      ctx.stroke();
    }

    /* ---- what is under the pointer ---- */

    function hit(point) {
      var scale = Math.pow(2, map.getZoom());
      var origin = map.getPixelOrigin();
      var x = (point.x + origin.x) / scale;
      var y = (point.y + origin.y) / scale;
      for (var b = blocks.length - 1; b >= 0; b -= 1) {
        var row = api.isOn(blocks[b].key) ? within(blocks[b], x, y, scale) : -1;
        if (row >= 0) { return { block: blocks[b], row: row }; }
      }
      return null;
    }

    function within(block, x, y, scale) {
      for (var row = 0; row < block.size; row += 1) {
        if (block.fails[row] || !value(block.fill, row, "")) { continue; }
        if (!outlined(block, row)) {
          if (!block.ground && row < block.placed && Math.hypot(block.x[row] - x, block.y[row] - y) * scale < value(block.radius, row, 4)) { return row; }
        } else if (x >= block.box[row * 4] && x <= block.box[row * 4 + 2] && y >= block.box[row * 4 + 1]
          && y <= block.box[row * 4 + 3] && inside(block, row, x, y)) { return row; }
      }
      return -1;
    }

    function inside(block, row, x, y) {
      var odd = false;
      for (var ring = block.ground.ringAt[row]; ring < block.ground.ringAt[row + 1]; ring += 1) {
        var corners = [];
        walk(block.ground, ring, function (cx, cy) { corners.push([cx, cy]); });
        for (var i = 0, j = corners.length - 1; i < corners.length; j = i, i += 1) {
          var a = corners[i];
          var b = corners[j];
          if ((a[1] > y) !== (b[1] > y) && x < (b[0] - a[0]) * (y - a[1]) / (b[1] - a[1]) + a[0]) { odd = !odd; }
        }
      }
      return odd;
    }

    var sheet = new netmap.Sheet({ pane: api.pane("nm-grounds", 402), padding: 0.05, paint: paint });

    return {
      add: add, hit: hit,
      size: function () { return blocks.length; },
      said: function (found) { return found.block.names[found.row]; },
      open: function (found, at) {
        api.present("col-" + found.block.key + "-" + found.row, netmap.columns.card(found.block, found.row), at, 0);
      },
      openRow: function (block, row) {
        var at = netmap.columns.place(block, row);
        api.present("col-" + block.key + "-" + row, netmap.columns.card(block, row), at, 0);
      },
      rings: function (block, row) {
        var found = [];
        for (var ring = block.ground.ringAt[row]; ring < block.ground.ringAt[row + 1]; ring += 1) {
          var corners = [];
          walk(block.ground, ring, function (x, y) { corners.push([x, y]); });
          found.push(corners);
        }
        return found;
      },
      repaint: function () { if (blocks.length) { sheet.repaint(map); } },
      paintOn: paint
    };
  };
}());
