/* Makes alike what is typed and what is written: no capitals, no accents, one space between words. */
(function () {
  "use strict";

  var OTHERS = { ł: "l", ø: "o", đ: "d", ð: "d", þ: "th", ß: "ss", æ: "ae", œ: "oe", ı: "i" };
  var PLAIN = /^[a-z0-9]+(?: [a-z0-9]+)*$/;
  var APART = /[^a-z0-9]+/g;
  /* A browser too old for this finds Latin letters all the same. */
  try { APART = new RegExp("[^\\p{L}\\p{M}\\p{N}]+", "gu"); } catch (old) { /* as it is */ }

  self.netmapFold = function (text) {
    var low = text.toLowerCase();
    if (PLAIN.test(low)) { return low; }
    return low
      .normalize("NFKD")
      .replace(/[\u0300-\u036f\u064b-\u065f\u0670]/g, "")
      .toLowerCase()
      .replace(/[łøđðþßæœı]/g, function (letter) { return OTHERS[letter]; })
      .replace(/['’‘`]/g, "")
      .replace(APART, " ")
      .trim();
  };

  /* Best first: the name is what was typed, it begins so, a word of it does, it is in it, else beside it.
     Folded names begin with a space, so that every word has one before it. */
  self.netmapRank = function (name, words) {
    var typed = " " + words.join(" ");
    if (name === typed) { return 0; }
    if (name.startsWith(typed)) { return 1; }
    if (words.every(function (word) { return name.includes(" " + word); })) { return 2; }
    return words.every(function (word) { return name.includes(word); }) ? 3 : 4;
  };
}());
