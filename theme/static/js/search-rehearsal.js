/* The whole way of a query, gone some times before anyone waits for it: a browser compiles what runs for the first time, and compiles it well
   only when it has run often. What is asked is an index of two words in some hundred meetings, made here and handed over as scripts hand over
   theirs; nothing is loaded for it. */
(function (site) {
  "use strict";
  const search = site.search, { exact } = search.analysis, MARK = "0000", MEETINGS = 1500, ROUNDS = 8, QUERIES = ["hội nghị", "hoi nghi", "nghị", "hoi ngh"];

  /* The pieces by name, as plugins/search/pieces.py writes them: every other meeting has both words in its names and its title; their texts have the
     second, all other texts the first, told by those without it. */
  function pieces() {
    const often = "%&'".repeat(MEETINGS / 6), once = "#".repeat(MEETINGS / 2), lists = [often, often, often].join(" ");
    const segment = {
      id: "t", n: MEETINGS, o: MARK, dense: 0.01, size: 1, c: MARK, f: {}, years: [], w: { k: ["hoi"], i: MARK }, q: { k: ["hoi nghi"], i: MARK },
      h: { n: 0, k: [], i: "", h: "" },
    };
    return {
      "t-muc-luc": JSON.stringify({ segments: [segment], words: "t" }),
      "y0-t": '{"s":[],"r":[]}',
      "to0-0000": "",
      "tw0-0000": JSON.stringify({ t: exact("hội") + " " + exact("nghị"), d: "SSS$$$", s: 0, p: [[2, MARK]] }),
      "tp0-0000": lists + "|" + lists,
      "tk0-0000": JSON.stringify({ s: 0, k: ["hoi nghi"], i: MARK }),
      "tq0-0000": "!hoi_nghi " + [once, once, once].join(" "),
    };
  }

  /* Rehearses until it is no longer wanted; what the index of two words answers to both. */
  search.rehearse = async function (isWanted) {
    for (const [name, text] of Object.entries(pieces())) search.receive(name, text, search.coding.checksum(text));
    const engine = new search.Engine(await search.openIndex("", "t-muc-luc"));
    let answer = null;
    search.begin();
    for (let round = 0; round < ROUNDS && isWanted(); round++) {
      for (const query of QUERIES) {
        answer = await engine.run(query, false);
        if (search.late()) await search.rest();
      }
    }
    return answer;
  };
})(window.SoGiaoBan);
