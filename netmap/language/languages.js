/* Marks what a script has written in other letters than the page's with the language it is in. */
(function () {
  "use strict";

  var OTHER = /[\u0370-\u1dff\u2c80-\udfff\uf900-\ufaff\ufb13-\ufdff\ufe70-\ufefe]/;
  /* A browser too old for this shows the text all the same, unmarked. */
  var SCRIPTS = [];
  try {
    SCRIPTS = [
      "Arab Arabic", "Armn Armenian", "Beng Bengali", "Cyrl Cyrillic", "Deva Devanagari", "Ethi Ethiopic",
      "Geor Georgian", "Grek Greek", "Gujr Gujarati", "Guru Gurmukhi", "Hani Han", "Hebr Hebrew", "Jpan Hiragana",
      "Jpan Katakana", "Khmr Khmer", "Knda Kannada", "Kore Hangul", "Laoo Lao", "Mlym Malayalam", "Mong Mongolian",
      "Mymr Myanmar", "Nkoo Nko", "Orya Oriya", "Sinh Sinhala", "Syrc Syriac", "Taml Tamil", "Telu Telugu",
      "Tfng Tifinagh", "Thaa Thaana", "Thai Thai", "Tibt Tibetan"
    ].map(function (pair) {
      var names = pair.split(" ");
      var letter = "\\p{Script=" + names[1] + "}";
      return [names[0], new RegExp(letter + "(?:[^\\p{L}]*(?:" + letter + "|\\p{M}))*", "gu")];
    });
  } catch (old) { SCRIPTS = []; }

  function runs(text) {
    var found = [];
    SCRIPTS.forEach(function (script) {
      Array.from(text.matchAll(script[1])).forEach(function (match) {
        found.push({ at: match.index, text: match[0], tag: "und-" + script[0] });
      });
    });
    return found.sort(function (a, b) { return a.at - b.at; });
  }

  function mark(node, known) {
    var text = node.nodeValue;
    var at = 0;
    var parts = document.createDocumentFragment();
    runs(text).forEach(function (run) {
      var part = document.createElement("bdi");
      part.lang = known[run.text] || run.tag;
      part.textContent = run.text;
      parts.append(text.slice(at, run.at), part);
      at = run.at + run.text.length;
    });
    if (!at) { return; }
    parts.append(text.slice(at));
    node.parentNode.replaceChild(parts, node);
  }

  /* `known` has the language of a name where the page's data tells it; `own` is the page's script. */
  self.netmapLanguages = function (root, known, own) {
    if (!OTHER.test(root.textContent)) { return; }
    var walker = document.createTreeWalker(root, NodeFilter.SHOW_TEXT);
    var found = [];
    while (walker.nextNode()) {
      if (OTHER.test(walker.currentNode.nodeValue) && !/^(?:OPTION|text)$/.test(walker.currentNode.parentNode.nodeName)) {
        found.push(walker.currentNode);
      }
    }
    SCRIPTS = SCRIPTS.filter(function (script) { return script[0] !== own; });
    found.forEach(function (node) { mark(node, known || {}); });
  };
})();
