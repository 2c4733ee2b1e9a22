/* Reads what packing.py wrote: columns of numbers, steps and dictionaries. What the first picture needs
   comes first; what is said of each thing, and by what it is found, follows once that is drawn. */
(function () {
  "use strict";

  function typed(numbers) {
    var most = 0;
    for (var i = 0; i < numbers.length; i += 1) { if (numbers[i] > most) { most = numbers[i]; } }
    return most < 256 ? Uint8Array.from(numbers) : most < 65536 ? Uint16Array.from(numbers) : Uint32Array.from(numbers);
  }

  function column(packed) {
    if (!packed) { return null; }
    if (packed.all) { return { of: packed.all, codes: null }; }
    return { of: packed.of, codes: packed.codes ? typed(packed.codes) : new Uint8Array(packed.times) };
  }

  function value(col, row, otherwise) {
    return col ? col.of[col.codes ? col.codes[row] : row] : otherwise;
  }

  /* Sums steps up and turns degrees into Mercator pixels of the whole world 256 pixels wide. */
  function worldX(steps, quantum) {
    var made = new Float64Array(steps.length);
    var sum = 0;
    for (var i = 0; i < steps.length; i += 1) {
      sum += steps[i];
      made[i] = (sum * quantum + 180) * 256 / 360;
    }
    return made;
  }

  function worldY(steps, quantum) {
    var made = new Float64Array(steps.length);
    var sum = 0;
    for (var i = 0; i < steps.length; i += 1) {
      sum += steps[i];
      var sine = Math.sin(sum * quantum * Math.PI / 180);
      made[i] = 128 - 128 * Math.log((1 + sine) / (1 - sine)) / (2 * Math.PI);
    }
    return made;
  }

  function starts(lengths) {
    var made = new Uint32Array(lengths.length + 1);
    for (var i = 0; i < lengths.length; i += 1) { made[i + 1] = made[i] + lengths[i]; }
    return made;
  }

  function ground(packed) {
    if (!packed) { return null; }
    return {
      x: worldX(packed.x, packed.quantum), y: worldY(packed.y, packed.quantum), arcAt: starts(packed.lengths),
      ringAt: starts(packed.rings), walkAt: starts(packed.walks), arcs: Int32Array.from(packed.arcs)
    };
  }

  /* What is drawn of each thing. */
  function block(key, packed) {
    var size = packed.size;
    return {
      key: key, size: size, placed: packed.placed, x: worldX(packed.x, 1e-5), y: worldY(packed.y, 1e-5),
      looks: packed.looks, look: column(packed.look), texts: column(packed.texts),
      radius: column(packed.radius), fill: column(packed.fill), ground: ground(packed.ground),
      ends: packed.ends ? { x: worldX(packed.ends.x, 1e-5), y: worldY(packed.ends.y, 1e-5), turn: packed.ends.turn } : null,
      over: key === "gaps", fails: new Uint8Array(size), shown: size, names: packed.names, ids: column(packed.ids), tags: {}, facts: []
    };
  }

  /* What is said of each thing, and by what it is found. */
  function complete(of, packed) {
    of.names = of.names || packed.names;
    of.ids = of.ids || column(packed.ids);
    ["what", "flags", "items", "links", "opens"].forEach(function (name) { of[name] = column(packed[name]); });
    of.facts = packed.facts.map(function (fact) { return [fact[0], column(fact[1])]; });
    Object.keys(packed.tags).forEach(function (facet) { of.tags[facet] = column(packed.tags[facet]); });
  }

  function card(of, row) {
    var what = value(of.what, row, "");
    return {
      title: of.names[row], what: what, flags: value(of.flags, row, []), items: value(of.items, row, []),
      facts: of.facts.map(function (fact) { return [fact[0], value(fact[1], row, "")]; })
        .filter(function (fact) { return fact[1] !== "" && fact[1] !== what; }),
      links: value(of.links, row, []).map(function (address) {
        return [address.replace(/^(https?:\/\/|mailto:)/i, ""), address];
      })
    };
  }

  function unpacked(name) {
    var node = document.getElementById(name);
    var letters = atob(node.textContent);
    node.remove();
    var bytes = new Uint8Array(letters.length);
    for (var i = 0; i < letters.length; i += 1) { bytes[i] = letters.charCodeAt(i); }
    return new Response(new Response(bytes).body.pipeThrough(new DecompressionStream("deflate"))).json();
  }

  /* The rest of the page is still on its way while the first picture is drawn. */
  function loaded() {
    return new Promise(function (done) {
      if (document.readyState !== "loading") { done(); } else { document.addEventListener("DOMContentLoaded", done); }
    });
  }

  function parts(layer, each) { ["block", "listed"].forEach(function (part) { if (layer[part]) { each(part); } }); }

  netmap.columns = {
    value: value,
    card: card,
    place: function (of, row) {
      return L.CRS.EPSG3857.pointToLatLng(L.point(of.x[row], of.y[row]), 0);
    },
    read: function () {
      return Promise.resolve("netmap-columns").then(unpacked).then(function (layers) {
        return new Map(Object.keys(layers).map(function (key) {
          var made = { block: null, listed: null };
          parts(layers[key], function (part) { made[part] = block(key, layers[key][part]); });
          return [key, made];
        }));
      });
    },
    readRest: function (columns) {
      return loaded().then(function () { return unpacked("netmap-rest"); }).then(function (layers) {
        columns.forEach(function (layer, key) {
          parts(layer, function (part) { complete(layer[part], layers[key][part]); });
        });
      });
    }
  };

  /* A canvas that is painted anew whenever the map has come to rest; there once it is first painted. */
  netmap.Sheet = L.Canvas.extend({
    _initContainer: function () {
      L.Canvas.prototype._initContainer.call(this);
      this._container.style.pointerEvents = "none";
      this._container.setAttribute("aria-hidden", "true");
    },
    _update: function () {
      if (this._map._animatingZoom && this._bounds) { return; }
      L.Canvas.prototype._update.call(this);
      this.options.paint(this._ctx, this._bounds);
    },
    // Leaflet would clear the canvas to draw paths on it, and there are none.
    _updatePaths: function () {},
    repaint: function (map) { if (this._map) { this._update(); } else { this.addTo(map); } }
  });
}());
