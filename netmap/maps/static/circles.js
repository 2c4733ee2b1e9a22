/* Many circles on the ground as one: together they show what is within reach and what is not. */
(function () {
  "use strict";

  var COLOUR = "#0072B2";
  var EDGE = 1.5;
  var EARTH = 2 * Math.PI * L.CRS.Earth.R;

  netmap.circles = function (map, api) {
    var blocks = [];

    /* Metres become pixels of the whole world 256 pixels wide, which are larger towards the poles. */
    function add(block) {
      block.reach = Float64Array.from({ length: block.size }, function (none, row) {
        if (row >= block.placed) { return 0; }
        var shrunk = Math.cos(netmap.columns.place(block, row).lat * Math.PI / 180);
        return netmap.columns.value(block.radius, row, 0) * 256 / (EARTH * shrunk);
      });
      blocks.push(block);
    }

    function inView(block, bounds) {
      var scale = Math.pow(2, map.getZoom());
      var origin = map.getPixelOrigin();
      var found = [];
      for (var row = 0; row < block.placed; row += 1) {
        var x = block.x[row] * scale - origin.x;
        var y = block.y[row] * scale - origin.y;
        var r = block.reach[row] * scale;
        if (block.fails[row] || x + r < bounds.min.x || x - r > bounds.max.x || y + r < bounds.min.y || y - r > bounds.max.y) { continue; }
        found.push([x, y, r]);
      }
      return found;
    }

    function discs(ctx, found, wider) {
      found.forEach(function (one) {
        ctx.beginPath();
        ctx.arc(one[0], one[1], Math.max(0, one[2] + wider), 0, 2 * Math.PI);
        ctx.fill();
      });
    }

    /* Only the edge of all together is left of what is painted first. */
    function paint(ctx, bounds) {
      blocks.filter(function (block) { return api.isOn(block.key); }).forEach(function (block) {
        var found = inView(block, bounds);
        ctx.fillStyle = COLOUR;
        discs(ctx, found, EDGE / 2);
        ctx.globalCompositeOperation = "destination-out";
        discs(ctx, found, -EDGE / 2);
        ctx.globalCompositeOperation = "source-over";
        ctx.globalAlpha = 0.14;
        ctx.beginPath();
        found.forEach(function (one) {
          ctx.moveTo(one[0] + one[2], one[1]);
          ctx.arc(one[0], one[1], one[2], 0, 2 * Math.PI);
        });
        ctx.fill();
        ctx.globalAlpha = 1;
      });
    }

    var sheet = new netmap.Sheet({ pane: api.pane("nm-circles", 405), padding: 0.1, paint: paint });

    return {
      add: add,
      size: function () { return blocks.length; },
      openRow: function (block, row) {
        api.present("col-" + block.key + "-" + row, netmap.columns.card(block, row), netmap.columns.place(block, row), 0);
      },
      repaint: function () { if (blocks.length) { sheet.repaint(map); } },
      paintOn: paint
    };
  };
}());
