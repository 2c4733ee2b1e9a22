/* Draws what the page's data block holds. Text reaches the page as text, never as markup. */
(function () {
  "use strict";

  var SVG = "http://www.w3.org/2000/svg";
  var FAN_PX = 13;
  var TAB_STOPS = 120;
  // Names come last: they keep clear of points.
  var SHEETS = ["grounds", "circles", "bundles", "points", "names"];
  var calm = window.matchMedia("(prefers-reduced-motion: reduce)").matches;

  /* Where Leaflet did not come, the page is as it is without any script: the tables, and why. */
  if (typeof L === "undefined") { return; }
  document.documentElement.classList.add("js");
  L.Map.mergeOptions({
    zoomAnimation: !calm, fadeAnimation: !calm, markerZoomAnimation: !calm, inertia: !calm
  });

  /* A popup moves the map into view; for who wants no motion, at once. */
  if (calm) {
    var panBy = L.Map.prototype.panBy;
    L.Map.include({
      panBy: function (offset, options) { return panBy.call(this, offset, Object.assign({ animate: false }, options)); }
    });
  }

  /* ---- words: all that is written comes from the page's data ---- */

  var words = {};
  var spoken = null;

  /* ---- what is asked for before all of the page's data was read waits for it ---- */

  var waiting = [];

  function whole(then) { if (netmap.complete) { then(); } else { waiting.push(then); } }

  function completed() {
    netmap.complete = true;
    waiting.splice(0).forEach(function (then) { then(); });
  }

  function number(value) {
    var parts = String(value).split(".");
    parts[0] = parts[0].replace(/\B(?=(\d{3})+$)/g, words.thousands);
    return parts.join(words.decimals);
  }

  function put(text, values) {
    return text.replace(/%\((\w+)\)s/g, function (place, name) { return name in values ? values[name] : place; });
  }

  function say(name, values) { return values ? put(words[name], values) : words[name]; }

  function counted(name, count, values) {
    return put(words[name][count === 1 ? 0 : 1], Object.assign({ count: number(count) }, values));
  }

  function el(tag, name, text) {
    var made = document.createElement(tag);
    if (name) { made.className = name; }
    if (text !== undefined) { made.textContent = text; }
    return made;
  }

  /* Names in other letters say in which language they are. */
  function inLanguages(node) {
    if (spoken) { self.netmapLanguages(node, spoken[0], spoken[1]); }
    return node;
  }

  function allowed(address) {
    return /^(https?:\/\/|mailto:)/i.test(address);
  }

  /* ---- what a popup says ---- */

  function cardNode(id, card) {
    var box = el("div", "nm-card");
    var title = el("h3", "", card.title);
    title.id = "nm-title-" + id;
    title.tabIndex = -1;
    title.dir = "auto";
    box.appendChild(title);
    box.appendChild(el("p", "nm-what", card.what));
    card.flags.forEach(function (flag) { box.appendChild(el("span", "nm-flag", "(" + flag + ")")); });
    if (card.facts.length) {
      var list = el("dl");
      card.facts.forEach(function (fact) {
        list.appendChild(el("dt", "", fact[0]));
        list.appendChild(el("dd", "", fact[1])).dir = "auto";
      });
      box.appendChild(list);
    }
    card.items.forEach(function (item) {
      box.appendChild(el("h4", "", item[0]));
      var lines = box.appendChild(el("ul"));
      item[1].forEach(function (line) { lines.appendChild(el("li", "", line)).dir = "auto"; });
    });
    card.links.filter(function (link) { return allowed(link[1]); }).forEach(function (link) {
      var anchor = el("a", "", link[0]);
      anchor.href = link[1];
      anchor.rel = "noopener noreferrer";
      box.appendChild(el("p")).appendChild(anchor);
    });
    return box;
  }

  /* ---- markers ---- */

  function inkOn(colour) {
    var parts = [1, 3, 5].map(function (i) { return parseInt(colour.substr(i, 2), 16) / 255; })
      .map(function (c) { return c <= 0.04045 ? c / 12.92 : Math.pow((c + 0.055) / 1.055, 2.4); });
    return 0.2126 * parts[0] + 0.7152 * parts[1] + 0.0722 * parts[2] > 0.18 ? "#1d2433" : "#ffffff";
  }

  function markNode(mark) {
    if (!mark.symbol) {
      var badge = el("span", "nm-badge" + (mark.dashed ? " nm-dashed" : ""), mark.text);
      badge.style.backgroundColor = mark.colour;
      badge.style.color = inkOn(mark.colour);
      return badge;
    }
    var box = el("span");
    var svg = document.createElementNS(SVG, "svg");
    svg.setAttribute("viewBox", "0 0 24 24");
    svg.setAttribute("class", "nm-symbol" + (mark.dashed ? " nm-dashed" : "") + (mark.ringed ? " nm-ringed" : ""));
    svg.setAttribute("color", mark.colour);
    svg.setAttribute("aria-hidden", "true");
    var use = svg.appendChild(document.createElementNS(SVG, "use"));
    use.setAttribute("href", "#nm-s-" + mark.symbol);
    box.appendChild(svg);
    if (mark.text) { box.appendChild(el("span", "nm-text", mark.text)); }
    return box;
  }

  function named(button, text) {
    button.title = text;
    button.setAttribute("aria-label", text);
  }

  function tip(layer, text, options) {
    var said = el("span", "", text);
    said.dir = "auto";
    layer.bindTooltip(inLanguages(said), Object.assign({ className: "nm-tip" }, options));
  }

  /* ---- ties: a bent line in pixels, shortened so that it ends at the markers' rims ---- */

  function bent(from, to, turn, least) {
    var middle = from.add(to).divideBy(2);
    var across = L.point(from.y - to.y, to.x - from.x);
    var bend = least + 0.13 * turn;
    return middle.add(across.multiplyBy(bend));
  }

  function along(from, via, to, t) {
    var s = 1 - t;
    return from.multiplyBy(s * s).add(via.multiplyBy(2 * s * t)).add(to.multiplyBy(t * t));
  }

  function curve(from, to, turn, rims, least) {
    if (from.distanceTo(to) < 2) { return loop(from, turn, rims[0]); }
    var via = bent(from, to, turn, least);
    var start = from.add(unit(from, via).multiplyBy(rims[0]));
    var end = to.subtract(unit(via, to).multiplyBy(rims[1] + 2));
    var points = [];
    for (var i = 0; i <= 20; i += 1) { points.push(along(start, via, end, i / 20)); }
    return points;
  }

  /* From the rim of a marker round and back to it, a circle that cuts the rim. */
  function loop(at, turn, rim) {
    var radius = rim * 0.75 + 4 * turn;
    var far = rim * 0.75 + radius * 0.7;
    var cut = Math.acos((radius * radius + far * far - rim * rim) / (2 * radius * far));
    var centre = at.add([far * Math.SQRT1_2, -far * Math.SQRT1_2]);
    var start = 0.75 * Math.PI + cut;
    var sweep = 2 * (Math.PI - cut);
    var points = [];
    for (var i = 0; i <= 24; i += 1) {
      var angle = start + sweep * i / 24;
      points.push(centre.add([radius * Math.cos(angle), radius * Math.sin(angle)]));
    }
    return points;
  }

  /* Leaflet rounds to whole pixels, which makes a gentle bend wobble. */
  var Curve = L.Polyline.extend({
    _updatePath: function () {
      var map = this._map;
      var origin = map.getPixelOrigin();
      var path = this._parts.length ? this.getLatLngs().map(function (place, i) {
        var at = map.project(place).subtract(origin);
        return (i ? "L" : "M") + at.x.toFixed(1) + " " + at.y.toFixed(1);
      }).join("") : "M0 0";
      this._renderer._setPath(this, path);
    }
  });

  /* Leaflet hands over a number and a unit. */
  var Scale = L.Control.Scale.extend({
    _updateScale: function (scale, text, ratio) {
      var parts = text.split(" ");
      L.Control.Scale.prototype._updateScale.call(this, scale, "", ratio);
      scale.textContent = say(parts[1], { number: number(parts[0]) });
    }
  });

  function unit(from, to) {
    var step = to.subtract(from);
    var length = Math.sqrt(step.x * step.x + step.y * step.y) || 1;
    return step.divideBy(length);
  }

  function head(points, kind) {
    var tipAt = points[points.length - 1];
    var ahead = unit(points[points.length - 2], tipAt);
    var side = L.point(-ahead.y, ahead.x);
    function at(back, out) { return tipAt.subtract(ahead.multiplyBy(back)).add(side.multiplyBy(out)); }
    if (kind === "diamond") { return [at(0, 0), at(6, 4), at(12, 0), at(6, -4)]; }
    if (kind === "dot") {
      return [0, 1, 2, 3, 4, 5, 6, 7].map(function (i) {
        return at(4 + 4 * Math.cos(i * Math.PI / 4), 4 * Math.sin(i * Math.PI / 4));
      });
    }
    if (kind === "bar") { return [at(0, 6), at(3, 6), at(3, -6), at(0, -6)]; }
    if (kind === "open-arrow") { return [at(10, 6), at(0, 0), at(10, -6), at(0, 0)]; }
    return [at(0, 0), at(11, 5), at(11, -5)];
  }

  /* ---- one map ---- */

  function draw(map) {
    var data = JSON.parse(document.getElementById("netmap-data").textContent);
    words = data.words;
    spoken = data.spoken && self.netmapLanguages ? [data.spoken, data.script] : null;
    var things = new Map();
    var groups = new Map();
    var marks = [];
    var lines = [];
    var labels = [];
    var opener = null;
    var shown = null;
    var lesserFrom = 0;
    var tray = null;
    var trayKey = "";
    var large = null;
    var tables = [];
    var printing = false;
    var before = null;
    var fitted = null;
    var filters = netmap.filters(data, changed);

    [["nm-spokes", 405], ["nm-areas", 410], ["nm-ties", 430], ["nm-labels", 590]].forEach(function (pane) {
      map.createPane(pane[0]).style.zIndex = pane[1];
    });
    ["nm-spokes", "nm-areas", "nm-ties", "nm-labels"].forEach(function (name) {
      map.getPane(name).setAttribute("aria-hidden", "true");
    });
    map.getPane("nm-labels").style.pointerEvents = "none";
    var renderers = {};
    ["nm-spokes", "nm-areas", "nm-ties"].forEach(function (name) {
      renderers[name] = L.svg({ pane: name, padding: 0.5 });
    });

    var container = map.getContainer();
    container.setAttribute("role", "group");
    container.setAttribute("aria-label", say("map"));
    if (map.attributionControl) { map.attributionControl.setPrefix(false); }
    new Scale({ imperial: true, maxWidth: 140 }).addTo(map);
    [["in", "zoom_in"], ["out", "zoom_out"]].forEach(function (one) {
      var button = container.querySelector(".leaflet-control-zoom-" + one[0]);
      if (button) { named(button, say(one[1])); }
    });
    everything().addTo(map);

    function everything() {
      var control = L.control({ position: "topleft" });
      control.onAdd = function () {
        var bar = el("div", "leaflet-bar");
        var button = bar.appendChild(el("button", "nm-all"));
        button.type = "button";
        named(button, say("everything"));
        var svg = button.appendChild(document.createElementNS(SVG, "svg"));
        svg.setAttribute("width", "16");
        svg.setAttribute("height", "16");
        svg.setAttribute("aria-hidden", "true");
        var path = svg.appendChild(document.createElementNS(SVG, "path"));
        path.setAttribute("d", "M1 6V1h5M10 1h5v5M15 10v5h-5M6 15H1v-5");
        path.setAttribute("fill", "none");
        path.setAttribute("stroke", "currentColor");
        path.setAttribute("stroke-width", "2");
        L.DomEvent.disableClickPropagation(bar);
        button.addEventListener("click", function () { fit(true); });
        return bar;
      };
      return control;
    }

    function fit(moving) {
      if (!data.bounds) { return; }
      var small = container.clientWidth < 500;
      map.fitBounds(data.bounds, {
        paddingTopLeft: [small ? 48 : 70, small ? (tray ? tray.offsetHeight + 24 : 40) : 60],
        paddingBottomRight: small ? [40, 70] : [tray ? tray.offsetWidth + 60 : 70, 70],
        maxZoom: 12, animate: Boolean(moving) && !calm
      });
    }

    function addShape(group, shape, key) {
      var card = data.cards[shape.id];
      var patterned = shape.fill.charAt(0) !== "#";
      var options = {
        pane: "nm-areas", renderer: renderers["nm-areas"], radius: shape.radius,
        color: shape.lesser ? "#6b7386" : "#3d4658", weight: shape.lesser ? 1.5 : 1.2,
        dashArray: shape.dashed ? "5 4" : null, fillRule: "evenodd",
        fillColor: patterned ? "url(#" + shape.fill + ")" : shape.fill,
        fillOpacity: shape.rings.length && shape.lesser ? 0.05 : 0.92
      };
      if (shape.lesser && shape.rings.length) { options.color = "#1d2433"; options.opacity = 0.45; options.weight = 1; }
      if (shape.above && !shape.rings.length) {
        group.addLayer(L.polyline([shape.at, shape.above], {
          pane: "nm-spokes", renderer: renderers["nm-spokes"], color: "#9aa2b1", weight: 1,
          dashArray: "1 4", interactive: false
        }));
      }
      if (shape.metres) { addCatchment(group, shape, key); return; }
      var layer = shape.rings.length ? L.polygon(shape.rings, options) : L.circleMarker(shape.at, options);
      tip(layer, card.title, { sticky: true });
      layer.on("click", function (event) {
        L.DomEvent.stop(event);
        if (!press(event.layerPoint, true)) { open(shape.id); }
      });
      group.addLayer(layer);
      things.set(shape.id, { at: L.latLng(shape.at), key: key, rise: shape.rings.length ? 0 : shape.radius / 2 });
      labels.push(addLabel(group, shape));
    }

    /* Circles on the ground lie over whole areas, so what is below stays within reach. */
    function addCatchment(group, shape, key) {
      group.addLayer(L.circle(shape.at, {
        pane: "nm-spokes", renderer: renderers["nm-spokes"], radius: shape.metres, color: "#0072B2", weight: 1.5,
        dashArray: "6 4", fillColor: "#0072B2", fillOpacity: 0.1, interactive: false
      }));
      things.set(shape.id, { at: L.latLng(shape.at), key: key, rise: 0 });
    }

    function addLabel(group, shape) {
      var icon = L.divIcon({
        className: "nm-label" + (shape.lesser ? " nm-lesser" : ""), html: el("span", "", shape.name), iconSize: [0, 0]
      });
      var marker = L.marker(shape.at, { pane: "nm-labels", icon: icon, interactive: false, keyboard: false });
      group.addLayer(marker);
      return { marker: marker, shape: shape };
    }

    function addMark(group, mark, key, number) {
      var card = data.cards[mark.id];
      var icon = L.divIcon({
        className: "nm-marker", html: markNode(mark), iconSize: [mark.size, mark.size]
      });
      var marker = L.marker(mark.at, { icon: icon, keyboard: number < TAB_STOPS, riseOnHover: true });
      var thing = {
        id: mark.id, at: L.latLng(mark.at), key: key, marker: marker, size: mark.size,
        wide: mark.symbol ? mark.size : Math.max(mark.size, 18 + 7.5 * mark.text.length), shift: L.point(0, 0), badge: !mark.symbol
      };
      tip(marker, card.title, { direction: "top" });
      marker.on("click", function () { open(mark.id); });
      marker.on("add", function () { dress(marker, mark, card); });
      group.addLayer(marker);
      things.set(mark.id, thing);
      marks.push(thing);
    }

    /* What has no place stands at the side, so that ties to it can be drawn. */
    function addAsides(asides, key) {
      if (!asides.length) { return; }
      var control = L.control({ position: "topright" });
      control.onAdd = function () {
        var box = el("div", "nm-asides");
        box.setAttribute("role", "group");
        box.setAttribute("aria-label", say("no_place"));
        box.appendChild(el("p", "", say("no_place")));
        asides.forEach(function (aside) {
          var button = box.appendChild(el("button", "nm-aside"));
          button.type = "button";
          button.appendChild(markNode(aside));
          button.appendChild(el("span", "", aside.name)).dir = "auto";
          inLanguages(button);
          button.addEventListener("click", function () { open(aside.id); });
          things.set(aside.id, { key: key, node: button });
        });
        L.DomEvent.disableClickPropagation(box);
        L.DomEvent.disableScrollPropagation(box);
        return box;
      };
      control.addTo(map);
      tray = control.getContainer();
      trayKey = key;
    }

    function dress(marker, mark, card) {
      var node = marker.getElement();
      var text = say(mark.symbol ? "marker" : "badge", { kind: card.what, name: card.title, text: mark.text });
      var flags = card.flags.join(", ");
      node.setAttribute("aria-label", flags ? say("flagged", { text: text, flags: flags }) : text);
      node.setAttribute("data-card", mark.id);
      node.setAttribute("role", "button");
      if (node.getAttribute("data-keys")) { return; }
      node.setAttribute("data-keys", "1");
      node.addEventListener("keydown", function (event) {
        if (event.key !== "Enter" && event.key !== " ") { return; }
        event.preventDefault();
        event.stopPropagation();
        open(mark.id);
      });
    }

    function addLine(group, line, key) {
      var card = data.cards[line.id];
      var base = { pane: "nm-ties", renderer: renderers["nm-ties"], color: line.colour };
      var dash = { solid: null, dashed: "7 5", dotted: "1 5" }[line.stroke];
      var drawn = {
        line: new Curve([], Object.assign({}, base, { weight: 2, opacity: beside({ tie: line }) ? 0.65 : 0.9, dashArray: dash, interactive: false })),
        head: L.polygon([], Object.assign({}, base, {
          weight: line.head === "open-arrow" ? 2 : 1, fillColor: line.colour, interactive: false,
          fillOpacity: line.head === "open-arrow" ? 0 : 1
        })),
        wide: L.polyline([], Object.assign({}, base, { weight: 16, opacity: 0 })),
        tie: line, key: key, at: null
      };
      if (line.bridge) {
        drawn.edge = new Curve([], Object.assign({}, base, { color: "#1d2433", weight: 6, opacity: 0.85, interactive: false }));
        group.addLayer(drawn.edge);
        drawn.line.setStyle({ weight: 3.5, opacity: 1 });
      }
      tip(drawn.wide, card.title, { sticky: true });
      drawn.wide.on("click", function (event) {
        L.DomEvent.stop(event);
        if (!press(event.layerPoint, true)) { open(line.id); }
      });
      [drawn.line, drawn.head, drawn.wide].forEach(function (part) { group.addLayer(part); });
      things.set(line.id, drawn);
      lines.push(drawn);
    }

    data.layers.forEach(function (layer) {
      var group = L.layerGroup();
      groups.set(layer.key, group);
      if (layer.on) { group.addTo(map); }
      layer.shapes.forEach(function (shape) { addShape(group, shape, layer.key); });
      layer.marks.forEach(function (mark) { addMark(group, mark, layer.key, marks.length); });
      addAsides(layer.asides, layer.key);
    });
    // Ties come last: both their ends must be there.
    data.layers.forEach(function (layer) {
      layer.lines.forEach(function (line) { addLine(groups.get(layer.key), line, layer.key); });
    });

    function isOn(key) { return map.hasLayer(groups.get(key)); }

    /* ---- where things stand at this zoom ---- */

    function arrange() {
      var zoom = map.getZoom();
      if (tray) { tray.hidden = !isOn(trayKey); }
      var visible = visibleMarks();
      var spots = gather(visible);
      spots.forEach(function (spot) { fan(spot); });
      settle(visible);
      marks.forEach(function (mark) { place(mark); });
      lines.forEach(function (line) { bend(line); });
      write(zoom, visible);
    }

    function visibleMarks() {
      return marks.filter(function (mark) { return isOn(mark.key) && !filters.hidden.has(mark.id); });
    }

    /* Markers that would lie on one another stand side by side instead. */
    function gather(visible) {
      var spots = [];
      var near = visible.length > 600 ? 1 : FAN_PX;
      var grid = new Map();
      visible.forEach(function (mark) {
        var point = map.latLngToLayerPoint(mark.at);
        var found = null;
        var gx = Math.floor(point.x / near);
        var gy = Math.floor(point.y / near);
        for (var x = gx - 1; x <= gx + 1 && !found; x += 1) {
          for (var y = gy - 1; y <= gy + 1 && !found; y += 1) {
            (grid.get(x + ":" + y) || []).some(function (spot) {
              if (spot.point.distanceTo(point) < near) { found = spot; }
              return found;
            });
          }
        }
        if (!found) {
          found = { point: point, marks: [] };
          spots.push(found);
          var cell = gx + ":" + gy;
          grid.set(cell, (grid.get(cell) || []).concat(found));
        }
        found.marks.push(mark);
      });
      return spots;
    }

    function fan(spot) {
      var many = spot.marks.length;
      if (many === 1) { spot.marks[0].shift = L.point(0, 0); return; }
      if (many === 2) {
        spot.marks[0].shift = L.point(-spot.marks[1].wide / 2 - 1, 0).round();
        spot.marks[1].shift = L.point(spot.marks[0].wide / 2 + 1, 0).round();
        return;
      }
      var widest = Math.max.apply(null, spot.marks.map(function (mark) { return mark.wide; }));
      var done = 0;
      var ring = 0;
      while (done < many) {
        var radius = Math.max(widest * 0.72, 14) + ring * (widest + 2);
        var room = Math.max(3, Math.floor(2 * Math.PI * radius / (widest + 1)));
        var here = Math.min(room, many - done);
        if (many - done > here && many <= 8) {
          here = many;
          radius = (widest + 1) * many / (2 * Math.PI);
        }
        for (var i = 0; i < here; i += 1) {
          var angle = 2 * Math.PI * i / here - Math.PI / 2 + ring * 0.3;
          spot.marks[done + i].shift = L.point(radius * Math.cos(angle), radius * Math.sin(angle)).round();
        }
        done += here;
        ring += 1;
      }
    }

    /* Badges are wide: one that would cover another moves up or down. */
    function settle(visible) {
      var taken = [];
      visible.filter(function (mark) { return mark.badge; }).forEach(function (mark) {
        var at = map.latLngToLayerPoint(mark.at).add(mark.shift);
        var step = [0, 1, -1, 2, -2, 0].find(function (one, last) {
          return last === 5 || !hits(box(at.x, at.y + one * mark.size, mark.wide, mark.size), taken);
        });
        mark.shift = mark.shift.add([0, step * mark.size]);
        taken.push(box(at.x, at.y + step * mark.size, mark.wide, mark.size));
      });
    }

    function place(mark) {
      var node = mark.marker.getElement();
      if (!node) { return; }
      node.hidden = filters.hidden.has(mark.id);
      node.style.marginLeft = (mark.shift.x - mark.wide / 2) + "px";
      node.style.marginTop = (mark.shift.y - mark.size / 2) + "px";
      node.style.width = mark.wide + "px";
      mark.marker.getTooltip().options.offset = mark.shift.subtract([0, mark.size / 2]);
    }

    function standing(id, place) {
      var thing = things.get(id);
      if (!thing) { return map.latLngToLayerPoint(place); }
      if (thing.node) { return atSide(thing.node); }
      var point = map.latLngToLayerPoint(thing.at);
      return isOn(thing.key) ? point.add(thing.shift) : point;
    }

    /* The end of a tie to something at the side, in the moving map's pixels. */
    function atSide(node) {
      var outer = container.getBoundingClientRect();
      var inner = node.getBoundingClientRect();
      return map.containerPointToLayerPoint([inner.left - outer.left - 12, inner.top - outer.top + inner.height / 2]);
    }

    function stands(id) { return Boolean(things.get(id) && things.get(id).node); }

    function beside(line) { return stands(line.tie.from) || stands(line.tie.to); }

    function bend(line) {
      if ((beside(line) && !isOn(trayKey)) || filters.hidden.has(line.tie.id)) {
        [line.edge, line.line, line.wide, line.head].filter(Boolean).forEach(function (part) { part.setLatLngs([]); });
        return;
      }
      var points = curve(standing(line.tie.from, line.tie.start), standing(line.tie.to, line.tie.end), line.tie.turn,
        [line.tie.from, line.tie.to].map(function (id) { return stands(id) ? 0 : 15; }), beside(line) ? 0.05 : 0.14);
      var places = points.map(function (point) { return map.layerPointToLatLng(point); });
      line.line.setLatLngs(places);
      line.wide.setLatLngs(places);
      if (line.edge) { line.edge.setLatLngs(places); }
      line.head.setLatLngs(head(points, line.tie.head).map(function (p) { return map.layerPointToLatLng(p); }));
      line.at = places[Math.floor(places.length / 2)];
    }

    /* Where markers and buttons stand, which names keep clear of: boxes in the moving map's pixels. */
    function stood() {
      var corner = map.containerPointToLayerPoint([0, 0]);
      var taken = visibleMarks().map(function (mark) {
        var at = map.latLngToLayerPoint(mark.at).add(mark.shift);
        return box(at.x, at.y, mark.wide, mark.size);
      });
      var outer = container.getBoundingClientRect();
      container.querySelectorAll(".leaflet-control").forEach(function (control) {
        var inner = control.getBoundingClientRect();
        var x = corner.x + inner.left - outer.left;
        var y = corner.y + inner.top - outer.top;
        taken.push([x, y, x + inner.width, y + inner.height]);
      });
      return taken;
    }

    /* Names are written where there is room, the larger places first. */
    function write(zoom, visible) {
      var size = map.getSize();
      var corner = map.containerPointToLayerPoint([0, 0]);
      var view = [corner.x + 2, corner.y + 2, corner.x + size.x - 2, corner.y + size.y - 2];
      var marked = new Set(visible.map(function (mark) { return String(mark.at); }));
      var taken = stood();
      // All are measured before any is moved, or each move would cost a layout.
      labels.forEach(function (label) {
        var span = label.marker.getElement() && label.marker.getElement().firstChild;
        if (span && !label.size) { label.size = [span.offsetWidth, span.offsetHeight]; }
      });
      labels.slice().sort(function (a, b) {
        return (a.shape.lesser - b.shape.lesser) || (b.shape.radius - a.shape.radius);
      }).forEach(function (label) {
        var node = label.marker.getElement();
        if (!node) { return; }
        var span = node.firstChild;
        var needs = label.size;
        var at = map.latLngToLayerPoint(label.shape.at);
        var rim = label.shape.rings.length ? 0 : label.shape.radius;
        var spots = around(at, rim, needs);
        var free = spots.find(function (spot) { return within(spot, view) && !hits(spot, taken); })
          || spots.find(function (spot) { return !hits(spot, taken); });
        var apart = !label.shape.above || String(label.shape.above) !== String(label.shape.at);
        var worth = zoom >= lesserFrom || (apart && marked.has(String(L.latLng(label.shape.at))));
        var wanted = label.shape.lesser ? worth && free : free || spots[0];
        node.style.visibility = wanted ? "visible" : "hidden";
        if (!wanted) { return; }
        taken.push(wanted);
        span.style.transform = "translate(" + Math.round(wanted[0] - at.x) + "px," + Math.round(wanted[1] - at.y) + "px)";
      });
    }

    function around(at, rim, size) {
      var tall = size[1] / 2;
      var wide = size[0] / 2;
      var spots = [];
      [3, 14, 26, 40, 56].map(function (far) { return rim + far; }).forEach(function (far) {
        spots.push(
          box(at.x, at.y + far + tall, size[0], size[1]), box(at.x, at.y - far - tall, size[0], size[1]),
          box(at.x + far + wide + 2, at.y, size[0], size[1]), box(at.x - far - wide - 2, at.y, size[0], size[1])
        );
      });
      return spots;
    }

    function box(x, y, wide, tall) { return [x - wide / 2, y - tall / 2, x + wide / 2, y + tall / 2]; }

    function within(one, view) {
      return one[0] >= view[0] && one[1] >= view[1] && one[2] <= view[2] && one[3] <= view[3];
    }

    function hits(one, others) {
      return others.some(function (o) { return one[0] < o[2] && o[0] < one[2] && one[1] < o[3] && o[1] < one[3]; });
    }

    /* ---- popups ---- */

    function sideOf(thing) {
      return map.layerPointToLatLng(atSide(thing.node).subtract([20, 0]));
    }

    function open(id) {
      var thing = things.get(id);
      if (!thing) { return; }
      if (thing.block) { openRow(thing.block, thing.row); return; }
      opener = document.activeElement;
      if (!isOn(thing.key)) { toggle(thing.key, true); }
      var place = thing.at || sideOf(thing);
      if (!thing.node && !map.getBounds().pad(-0.05).contains(place)) { map.setView(place, map.getZoom(), { animate: false }); }
      var shift = thing.shift || L.point(0, 0);
      if (thing.node) { opener = thing.node; }
      var rise = thing.size ? thing.size / 2 - 2 : thing.rise || 0;
      popup("nm-title-" + id, cardNode(id, data.cards[id]), place, shift.subtract([0, rise - 7]));
    }

    function popup(title, content, place, offset) {
      shown = L.popup({
        maxWidth: Math.min(330, container.clientWidth - 50), minWidth: 180,
        maxHeight: Math.max(150, Math.min(360, container.clientHeight - 90)),
        offset: offset, autoPanPadding: [12, 12], className: "nm-popup"
      }).setLatLng(place).setContent(inLanguages(content)).openOn(map);
      var node = shown.getElement();
      node.setAttribute("role", "dialog");
      node.querySelector(".leaflet-popup-close-button").setAttribute("aria-label", say("close"));
      node.setAttribute("aria-labelledby", title);
      node.addEventListener("keydown", function (event) {
        if (event.key === "Escape") { event.stopPropagation(); map.closePopup(); }
      });
      document.getElementById(title).focus({ preventScroll: true });
    }

    /* ---- what is drawn on canvases ---- */

    function showMap() {
      container.scrollIntoView({ block: "center", behavior: calm ? "auto" : "smooth" });
    }

    function present(id, card, place, rise) {
      if (!shown || !shown.getElement().contains(document.activeElement)) { opener = document.activeElement; }
      if (!map.getBounds().pad(-0.05).contains(place)) { map.setView(place, Math.max(map.getZoom(), 13), { animate: false }); }
      popup("nm-title-" + id, cardNode(id, card), place, L.point(0, 7 - rise));
    }

    function presentList(title, entries, more, place, rise) {
      opener = document.activeElement;
      var box = el("div", "nm-card");
      var heading = box.appendChild(el("h3", "", title));
      heading.id = "nm-title-list";
      heading.tabIndex = -1;
      var list = box.appendChild(el("ul", "nm-list"));
      entries.forEach(function (entry) {
        var item = list.appendChild(el("li"));
        var button = item.appendChild(el("button", "nm-open", entry.text));
        button.type = "button";
        button.dir = "auto";
        button.addEventListener("click", entry.open);
        item.appendChild(el("span", "nm-what", entry.what));
      });
      if (more > 0) { box.appendChild(el("p", "nm-what", counted("more", more))); }
      popup("nm-title-list", box, place, L.point(0, 7 - rise));
    }

    /* Points lie over ties, ties over areas; what is an element of its own lies over areas only. */
    function under(point, aboveElements) {
      if (!large) { return null; }
      var kinds = aboveElements ? ["points", "bundles"] : ["points", "bundles", "grounds"];
      for (var i = 0; i < kinds.length; i += 1) {
        var found = large[kinds[i]].hit(point);
        if (found) { return { of: large[kinds[i]], what: found }; }
      }
      return null;
    }

    function press(point, aboveElements) {
      var some = Boolean(under(point, aboveElements));
      if (some) { whole(function () { openUnder(point, aboveElements); }); }
      return some;
    }

    function openUnder(point, aboveElements) {
      var found = under(point, aboveElements);
      if (found) { found.of.open(found.what, map.layerPointToLatLng(point)); }
    }

    function begin(columns) {
      var api = {
        isOn: isOn, calm: calm, present: present, presentList: presentList, allowed: allowed, openCard: function (id) { showMap(); open(id); },
        vectors: function () { return printing; },
        pane: function (name, height) {
          map.createPane(name).style.zIndex = height;
          map.getPane(name).style.pointerEvents = "none";
          return name;
        },
        ties: data.ties, untied: filters.untied, ends: ends,
        taken: function () {
          return stood().concat(large.points.items().map(function (item) { return box(item.x, item.y, 2 * item.r, 2 * item.r); }));
        },
        drawnTies: function (much, all) {
          var said = document.getElementById("nm-drawn-ties");
          if (said) { said.textContent = say("drawn_ties", { count: number(much), all: number(all) }); }
        },
        inView: function (much) {
          var said = document.getElementById("nm-in-view");
          if (said) { said.textContent = counted("in_view", much); }
        },
        openRow: openRow
      };
      large = {
        columns: columns, grounds: netmap.grounds(map, api), circles: netmap.circles(map, api), bundles: netmap.bundles(map, api),
        points: netmap.clusters(map, api), names: netmap.names(map, api)
      };
      columns.forEach(function (layer, key) {
        if (layer.block) {
          filters.add(layer.block);
          partOf(layer.block).add(layer.block);
          if (partOf(layer.block) === large.grounds && !layer.block.over) { large.names.add(layer.block); }
        }
        if (layer.listed) { filters.add(layer.listed); }
      });
      map.on("click", function (event) { press(event.layerPoint, false); });
      hover();
      container.addEventListener("keydown", function (event) {
        if (event.key === "Enter" && event.target === container) { whole(nearest); }
      });
      return api;
    }

    /* What is said of each thing has come: names lead to it, and tables can be opened. */
    function complete(api) {
      large.columns.forEach(function (layer, key) {
        if (layer.block && layer.block.ids) {
          for (var row = 0; row < layer.block.size; row += 1) {
            things.set(netmap.columns.value(layer.block.ids, row), { block: layer.block, row: row, key: key });
          }
        }
        if (layer.block) { layer.block.uncounted = Boolean(layer.block.ids || layer.listed); }
        var box = document.querySelector('details[data-rows="' + key + '"] .nm-made');
        var own = data.layers.find(function (one) { return one.key === key; });
        if (box) { tables.push(netmap.rows(box, own, layer.listed || layer.block, api)); }
      });
      completed();
      filters.start();
    }

    function partOf(block) {
      if (block.key === "catchments") { return large.circles; }
      return block.fill ? large.grounds : block.ends ? large.bundles : large.points;
    }

    function openRow(block, row) {
      showMap();
      if (!isOn(block.key)) { toggle(block.key, true); }
      partOf(block).openRow(block, row);
    }

    /* Names the two ends of a tie, from its row. */
    function ends(n) {
      var listed = large.columns.get("ties").listed;
      if (listed) { return [listed.names[n], netmap.columns.value(listed.facts[1][1], n, "")]; }
      var row = document.querySelector("tr[data-tie]").parentNode.rows[n];
      return [row.querySelector(".nm-open") || row.cells[0], row.cells[2]].map(function (node) { return node.textContent.trim(); });
    }

    function repaint() {
      if (large) { SHEETS.forEach(function (part) { large[part].repaint(); }); }
    }

    /* With the keyboard: Enter opens what is nearest to the middle of the map. */
    function nearest() {
      var size = map.getSize();
      var middle = map.containerPointToLayerPoint(size.divideBy(2));
      var found = large.points.hit(middle, Math.max(size.x, size.y));
      if (found) { large.points.open(found); } else { press(middle, false); }
    }

    function hover() {
      var said = L.tooltip({ className: "nm-tip", direction: "top", offset: [0, -6] });
      map.on("mousemove", function (event) {
        var found = event.originalEvent.buttons ? null : under(event.layerPoint, false);
        container.classList.toggle("nm-pointing", Boolean(found));
        if (!found || !netmap.complete) { said.remove(); return; }
        var text = el("span", "", found.of.said(found.what));
        text.dir = "auto";
        said.setLatLng(event.latlng).setContent(inLanguages(text));
        if (!map.hasLayer(said)) { said.addTo(map); }
      });
      map.on("mouseout movestart", function () { said.remove(); });
    }

    /* On paper the map has a size of its own, and shows what was in view. */
    function paper(on) {
      if (printing === on) { return; }
      printing = on;
      if (on) { before = { bounds: map.getBounds(), centre: map.getCenter(), zoom: map.getZoom() }; }
      document.documentElement.classList.toggle("nm-on-paper", on);
      map.invalidateSize({ animate: false });
      if (on && before.zoom === fitted.zoom && before.centre.equals(fitted.centre)) { fit(false); }
      else if (on) { map.fitBounds(before.bounds, { animate: false }); }
      else { map.setView(before.centre, before.zoom, { animate: false }); }
      if (large) { vectors(on); }
    }

    /* A canvas that nothing was ever cleared on is printed as vectors. */
    function vectors(on) {
      document.querySelectorAll(".nm-print").forEach(function (node) { node.remove(); });
      if (!on) { return; }
      var size = map.getSize();
      var corner = map.containerPointToLayerPoint([0, 0]);
      var bounds = L.bounds(corner, corner.add(size));
      SHEETS.filter(function (part) { return large[part].size(); }).forEach(function (part) {
        var canvas = el("canvas", "nm-print nm-print-" + part);
        canvas.width = size.x;
        canvas.height = size.y;
        container.appendChild(canvas);
        var ctx = canvas.getContext("2d");
        ctx.translate(-corner.x, -corner.y);
        large[part].paintOn(ctx, bounds);
      });
    }

    function changed() {
      arrange();
      repaint();
      tables.forEach(function (table) { table.refresh(); });
    }

    /* Without motion a popup is gone from the page, and the focus with it, before it is said to close. */
    var focused = null;
    document.addEventListener("focusin", function (event) { focused = event.target; });
    map.on("popupclose", function (event) {
      var node = event.popup.getElement();
      var inside = node && node.contains(focused);
      if (inside && opener && opener.isConnected && opener !== document.body) { opener.focus(); }
      else if (inside) { container.focus({ preventScroll: true }); }
      shown = null;
    });
    container.addEventListener("keydown", function (event) {
      if (event.key === "Escape" && shown) { map.closePopup(); }
    });

    /* ---- layers ---- */

    function toggle(key, on) {
      var group = groups.get(key);
      if (on) { group.addTo(map); } else { group.remove(); }
      var input = document.querySelector('input[name="layer"][value="' + key + '"]');
      input.checked = on;
      input.closest(".nm-layer").classList.toggle("off", !on);
      arrange();
      repaint();
      var layer = data.layers.find(function (one) { return one.key === key; });
      document.getElementById("nm-status").textContent = say(on ? "shown" : "hidden", { layer: layer.label });
    }

    document.querySelectorAll('input[name="layer"]').forEach(function (input) {
      input.disabled = input.hasAttribute("data-empty");
      input.closest(".nm-layer").classList.toggle("off", !input.checked && !input.disabled);
      input.addEventListener("change", function () {
        map.closePopup();
        toggle(input.value, input.checked);
      });
    });

    document.querySelectorAll("[data-open]").forEach(function (name) {
      var button = el("button", "nm-open", name.textContent);
      button.type = "button";
      button.setAttribute("data-to", name.getAttribute("data-open"));
      button.addEventListener("click", function () {
        container.scrollIntoView({ block: "center", behavior: calm ? "auto" : "smooth" });
        whole(function () { open(name.getAttribute("data-open")); });
      });
      name.replaceWith(inLanguages(button));
    });

    /* ---- what the search box leads to ---- */

    function what(target) {
      var thing = things.get(target.card);
      var of = thing && thing.block ? [thing.block, thing.row] : [target.block, target.number];
      if (data.cards[target.card]) { return data.cards[target.card].what; }
      return of[0] ? netmap.columns.value(of[0].what, of[1], "") : "";
    }

    /* Comes so near that an area can be made out, or a point stands alone. */
    function approach(block, row) {
      var zoom = block.fill ? 0 : 13;
      if (block.box && isFinite(block.box[row * 4])) {
        var wide = Math.max(block.box[row * 4 + 2] - block.box[row * 4], block.box[row * 4 + 3] - block.box[row * 4 + 1]);
        zoom = Math.min(13, Math.log2(map.getSize().x / 4 / wide));
      }
      if (zoom > map.getZoom()) { map.setView(netmap.columns.place(block, row), zoom, { animate: false }); }
    }

    function goTo(target) {
      var thing = things.get(target.card);
      var at = thing && thing.block ? [thing.block, thing.row] : [target.block, target.number];
      var placed = at[0] && at[1] < at[0].placed;
      if (!(thing && !thing.block) && !placed) { return false; }
      if (placed) {
        approach(at[0], at[1]);
        openRow(at[0], at[1]);
      } else {
        showMap();
        open(target.card);
      }
      return true;
    }

    netmap.find(data, {
      ready: function (then) { whole(function () { then(large ? large.columns : new Map()); }); },
      what: what, go: goTo,
      reveal: function (target) { return filters.reveal(target, things.get(target.card)); },
      status: function (text) { document.getElementById("nm-status").textContent = text; }
    });

    /* ---- start ---- */

    fit(false);
    fitted = { zoom: map.getZoom(), centre: map.getCenter() };
    lesserFrom = data.bounds ? map.getZoom() + 1 : 0;
    map.on("zoomend viewreset resize", arrange);
    window.addEventListener("beforeprint", function () { paper(true); });
    window.addEventListener("afterprint", function () { paper(false); });
    map.on("move", function () { lines.filter(beside).forEach(bend); });
    window.netmap.map = map;
    if (!netmap.columns) {
      completed();
      filters.start();
      arrange();
      window.netmap.ready = true;
      return;
    }
    filters.start();
    arrange();
    netmap.columns.read().then(function (columns) {
      var api = begin(columns);
      window.netmap.large = large;
      repaint();
      window.netmap.ready = true;
      return painted().then(function () { return netmap.columns.readRest(columns); }).then(function () { complete(api); }, unread);
    }, function () {
      unread();
      completed();
      filters.start();
    });
  }

  function unread() {
    document.getElementById("nm-status").textContent = say("too_old");
    document.querySelectorAll(".nm-too-old").forEach(function (node) { node.hidden = false; });
  }

  /* Two frames on, the picture is seen. A page in the background has no frames, and not all browsers
     tell when they are idle. */
  function painted() {
    return new Promise(function (done) {
      setTimeout(done, 250);
      requestAnimationFrame(function () {
        requestAnimationFrame(function () { (window.requestIdleCallback || setTimeout)(function () { done(); }); });
      });
    });
  }

  window.netmap = {
    draw: draw, say: say, counted: counted, number: number, inLanguages: inLanguages, whole: whole, ready: false, complete: false
  };
}());
