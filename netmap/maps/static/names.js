/* Names of areas that are drawn on a canvas: where there is room, the largest first, more as one
   comes nearer. */
(function () {
  "use strict";

  var FONT = "600 12px system-ui, sans-serif";
  var TALL = 15;
  var LESSER = "500 11px system-ui, sans-serif";
  // Of areas smaller than this in any direction no name can be told to be theirs, pixels.
  var LEAST = 14;

  netmap.names = function (map, api) {
    var blocks = [];
    var written = [];
    var measured = new Map();

    /* The rows of a block by size, largest first, so that one can stop at the first too small. */
    function add(block) {
      block.across = new Float64Array(block.size);
      for (var row = 0; row < block.size; row += 1) {
        var box = block.box && block.box.subarray(row * 4, row * 4 + 4);
        block.across[row] = box && isFinite(box[0]) ? Math.sqrt((box[2] - box[0]) * (box[3] - box[1])) : 0;
      }
      block.bySize = Uint32Array.from(block.names.keys()).filter(function (row) { return row < block.placed; });
      block.bySize.sort(function (a, b) { return size(block, b) - size(block, a) || a - b; });
      blocks.push(block);
    }

    /* Outlines are measured in the world's pixels, circles in the screen's. */
    function size(block, row) { return block.across[row] || netmap.columns.value(block.radius, row, 0) * 1e-9; }

    function fits(block, row, wide, tall) {
      return wide <= (block.box[row * 4 + 2] - block.box[row * 4]) * 1.05 && tall <= block.box[row * 4 + 3] - block.box[row * 4 + 1];
    }

    function width(ctx, font, text) {
      var key = font + text;
      if (!measured.has(key)) {
        ctx.font = font;
        measured.set(key, ctx.measureText(text).width);
      }
      return measured.get(key);
    }

    function paint(ctx, bounds) {
      written = [];
      if (!blocks.length) { return; }
      var taken = new Taken(api.taken());
      blocks.filter(function (block) { return api.isOn(block.key); }).forEach(function (block) {
        write(ctx, bounds, block, taken);
      });
    }

    function write(ctx, bounds, block, taken) {
      var scale = Math.pow(2, map.getZoom());
      var origin = map.getPixelOrigin();
      for (var n = 0; n < block.bySize.length; n += 1) {
        var row = block.bySize[n];
        var across = block.across[row] * scale;
        if (block.across[row] && across < LEAST) { continue; }
        if (block.fails[row] || !netmap.columns.value(block.fill, row, "")) { continue; }
        var x = block.x[row] * scale - origin.x;
        var y = block.y[row] * scale - origin.y;
        if (x < bounds.min.x || x > bounds.max.x || y < bounds.min.y || y > bounds.max.y) { continue; }
        var font = across && across < 60 ? LESSER : FONT;
        var wide = width(ctx, font, block.names[row]);
        if (across && !fits(block, row, wide / scale, TALL / scale)) { continue; }
        var drop = across ? 0 : netmap.columns.value(block.radius, row, 4) + 2 + TALL / 2;
        var box = [x - wide / 2 - 2, y + drop - TALL / 2, x + wide / 2 + 2, y + drop + TALL / 2];
        if (taken.take(box)) {
          draw(ctx, font, block.names[row], x, y + drop);
          written.push({ block: block, row: row, box: box });
        }
      }
    }

    /* A pale edge keeps a name readable on dark classes and over lines. */
    function draw(ctx, font, text, x, y) {
      ctx.font = font;
      ctx.textAlign = "center";
      ctx.textBaseline = "middle";
      ctx.lineJoin = "round";
      ctx.lineWidth = 3.5;
      ctx.strokeStyle = "rgba(255,255,255,.92)";
      ctx.strokeText(text, x, y);
      ctx.fillStyle = "#1d2433";
      ctx.fillText(text, x, y);
    }

    var sheet = new netmap.Sheet({ pane: api.pane("nm-names", 590), padding: 0.1, paint: paint });

    return {
      add: add,
      size: function () { return blocks.length; },
      written: function () { return written; },
      repaint: function () { if (blocks.length) { sheet.repaint(map); } },
      paintOn: paint
    };
  };

  /* Boxes in which something stands, kept by squares so that few are compared. */
  function Taken(boxes) {
    this.cells = new Map();
    boxes.forEach(this.put, this);
  }

  Taken.prototype.each = function (box, call) {
    for (var x = Math.floor(box[0] / 64); x <= Math.floor(box[2] / 64); x += 1) {
      for (var y = Math.floor(box[1] / 64); y <= Math.floor(box[3] / 64); y += 1) {
        var key = x + ":" + y;
        if (call(key)) { return true; }
      }
    }
    return false;
  };

  Taken.prototype.put = function (box) {
    var cells = this.cells;
    this.each(box, function (key) {
      if (cells.has(key)) { cells.get(key).push(box); } else { cells.set(key, [box]); }
    });
  };

  Taken.prototype.take = function (box) {
    var cells = this.cells;
    var full = this.each(box, function (key) {
      return (cells.get(key) || []).some(function (one) {
        return box[0] < one[2] && one[0] < box[2] && box[1] < one[3] && one[1] < box[3];
      });
    });
    if (!full) { this.put(box); }
    return !full;
  };
}());
