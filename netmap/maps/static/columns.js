/* Reads what packing.py wrote: columns of numbers, steps and dictionaries. */
(function () {
  "use strict";

  function typed(numbers) {
    var most = 0;
    for (var i = 0; i < numbers.length; i += 1) { if (numbers[i] > most) { most = numbers[i]; } }
    return most < 256 ? Uint8Array.from(numbers) : most < 65536 ? Uint16Array.from(numbers) : Uint32Array.from(numbers);
  }

  function column(packed) {
    if (!packed) { return null; }
    return packed.all ? { of: packed.all, codes: null } : { of: packed.of, codes: typed(packed.codes) };
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

  function block(key, packed) {
    var tags = {};
    Object.keys(packed.tags).forEach(function (facet) { tags[facet] = column(packed.tags[facet]); });
    var made = {
      key: key, size: packed.names.length, placed: packed.placed, names: packed.names,
      x: worldX(packed.x, 1e-5), y: worldY(packed.y, 1e-5), looks: packed.looks, look: column(packed.look),
      what: column(packed.what), flags: column(packed.flags), texts: column(packed.texts), items: column(packed.items),
      links: column(packed.links), ids: column(packed.ids), opens: column(packed.opens), radius: column(packed.radius),
      fill: column(packed.fill), tags: tags, ground: ground(packed.ground), fails: new Uint8Array(packed.names.length),
      ends: packed.ends ? { x: worldX(packed.ends.x, 1e-5), y: worldY(packed.ends.y, 1e-5), turn: packed.ends.turn } : null,
      over: key === "gaps",
      facts: packed.facts.map(function (fact) { return [fact[0], column(fact[1])]; }),
      shown: packed.names.length
    };
    return made;
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

  function unpacked(text) {
    var letters = atob(text);
    var bytes = new Uint8Array(letters.length);
    for (var i = 0; i < letters.length; i += 1) { bytes[i] = letters.charCodeAt(i); }
    return new Response(new Blob([bytes]).stream().pipeThrough(new DecompressionStream("deflate"))).json();
  }

  netmap.columns = {
    value: value,
    card: card,
    place: function (of, row) {
      return L.CRS.EPSG3857.pointToLatLng(L.point(of.x[row], of.y[row]), 0);
    },
    read: function () {
      var node = document.getElementById("netmap-columns");
      var text = node.textContent;
      node.remove();
      return unpacked(text).then(function (layers) {
        var found = new Map();
        Object.keys(layers).forEach(function (key) {
          var layer = layers[key];
          found.set(key, {
            block: layer.block ? block(key, layer.block) : null,
            listed: layer.listed ? block(key, layer.listed) : null
          });
        });
        return found;
      });
    }
  };

  /* A canvas that is painted anew whenever the map has come to rest. */
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
    repaint: function () { if (this._map) { this._update(); } }
  });
}());
