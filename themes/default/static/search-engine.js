/* The search: which pages answer a query, and in which order.
 *
 * In: the scripts of the index below `search/`, each a call of one of the functions in "What the index calls"; `throughlineSearch.load(address)` fetches one
 * (search.js does it with script elements, since file:// allows nothing else). Out: `throughlineSearch.ask(query, options)`. Touches no page.
 * How much a word says about a page was worked out when the site was built: src/stages/plan/search/postings.rs. */
(function (global) {
  "use strict";

  const SAME_STEM = 0.6; // another form of a word, where the word itself is there as well
  const STEM_ALONE = 0.9; // and where it is not
  const BEGINNING = 0.3; // a word that goes on, while the last one is being typed
  const BEGINNING_ALONE = 0.8;
  const MISSPELT = { 1: 0.8, 2: 0.6 }; // by the number of letters that differ
  const SECTION = 0.5; // what the best section adds to its page
  const LEAST = 0.4; // pages with less of the query than this part of what the best page has are left out
  const WHOLE = 0.25; // how much it counts that all of a query is there: the power of the part that is
  const TOPIC = 0.65; // how well a topic has to fit to stand above the pages
  const ANSWER = 0.6; // and an answer
  const QUIET = 0.5; // an ignored word, where phrases are compared

  let index = null;
  const shards = new Map(); // number to (word to postings)
  const groups = new Map(); // number of a file to its pages
  const texts = new Map(); // page to the texts of its sections
  let spellings = null;

  /* What the index calls --------------------------------------------------- */

  const search = (global.throughlineSearch = {
    index(value) {
      const pattern = (source) => new RegExp(source);
      index = {
        ...value,
        ignored: new Set(value.ignored.split(" ")),
        endings: value.endings.split(" ").filter(Boolean),
        joined: value.joined.map(([source, replacement]) => [new RegExp(source, "g"), replacement]),
        crisis: value.crisis.map(pattern),
        danger: value.danger.map(pattern),
      };
      index.topics = value.topics.map((topic) => ({ ...topic, phrases: [topic.name, ...topic.aliases, ...(topic.said || [])].map(phrase), named: [topic.name, ...topic.aliases].map((name) => phrase(name).join(" ")) }));
      index.answers = (value.answers || []).map((answer) => ({ ...answer, phrases: answer.words.map(phrase) }));
    },
    terms(number, lines) {
      const words = new Map();
      for (const line of lines.split("\n")) {
        const space = line.indexOf(" ");
        if (space > 0) words.set(line.slice(0, space), line.slice(space + 1));
      }
      shards.set(number, words);
    },
    pages: (number, list) => groups.set(number, list),
    texts: (_, list) => list.forEach(([page, ...sections]) => texts.set(page, sections)),
    words: (list) => (spellings = list.split(" ")),
  });

  const pending = new Map();
  /** Loads a file of the index once; what failed is tried again when it is asked for again. */
  function load(address) {
    if (!pending.has(address)) pending.set(address, search.load(address).catch((error) => (pending.delete(address), Promise.reject(error))));
    return pending.get(address);
  }

  /* Words ------------------------------------------------------------------ */

  const PART = /[\p{Alphabetic}\p{N}\p{M}]/u;
  const CONTINUOUS = /[\p{Script=Thai}\p{Script=Lao}\p{Script=Myanmar}\p{Script=Khmer}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Bopomofo}\p{Script=Han}]/u;
  const NUMERIC = /\p{N}/u;
  const LETTER = /[a-z0-9]/i;
  const isPart = (c) => c !== undefined && (LETTER.test(c) || (c > "\u007f" && c !== "ʼ" && PART.test(c)));
  const LONGEST = 48; // bytes, as the program counts them
  const ASCII = /^[\x00-\x7f]*$/; // most words: no other pattern, which a browser would first have to make, is needed for them
  const bytes = (word) => Array.from(word).reduce((sum, c) => sum + (c < "\u0080" ? 1 : c < "\u0800" ? 2 : c.length === 1 ? 3 : 4), 0);

  function fold(word) {
    if (ASCII.test(word)) return word.toLowerCase();
    return word.toLowerCase().normalize("NFKD").replace(/[\u0300-\u036f]/g, "").normalize("NFC");
  }

  /** Calls `found(word, start, end, compound)` with each word of a text: what src/stages/plan/search/fold.rs does. */
  function foldWords(text, found, numbers = (index && index.numbers) || {}) {
    const characters = Array.from(text);
    let at = 0;
    let word = "";
    let parts = [];
    let start = 0; // of the part
    let first = 0; // of the compound
    const give = (folded, from, to, compound) => {
      if (ASCII.test(folded)) {
        if (folded && folded.length <= LONGEST) found(folded, from, to, compound);
      } else if (CONTINUOUS.test(folded)) {
        const letters = Array.from(folded);
        if (letters.length === 1) found(folded, from, to, compound);
        for (let i = 0; i + 1 < letters.length; i += 1) found(letters[i] + letters[i + 1], from, to, compound);
      } else if (bytes(folded) <= LONGEST) found(folded, from, to, compound);
    };
    const part = (end) => {
      const folded = fold(word);
      const number = Object.hasOwn(numbers, folded) ? numbers[folded] : folded;
      parts.push(number);
      give(number, start, end, false);
      word = "";
    };
    const finish = (end) => {
      if (word) part(end);
      if (parts.length > 1) give(parts.join(""), first, end, true);
      parts = [];
    };
    for (let i = 0; i < characters.length; i += 1) {
      const c = characters[i];
      const here = at;
      at += c.length;
      if (isPart(c)) {
        if (!word) {
          start = here;
          if (!parts.length) first = here;
        }
        word += c;
        continue;
      }
      if (!word) continue;
      const next = characters[i + 1];
      const digits = isPart(next) && NUMERIC.test(next) && NUMERIC.test(Array.from(word).pop());
      if (!isPart(next)) finish(here);
      else if ("'’‘\u00ad".includes(c) || (c === "," && digits)) continue;
      else if (c === "." && digits) word += c;
      else if ("-\u2010\u2011".includes(c)) part(here);
      else finish(here);
    }
    finish(at);
  }

  /** Returns the words of a query or of a register's phrase, ignored ones too, compounds in their parts alone. */
  function phrase(text) {
    const words = [];
    foldWords(text, (word, start, end, compound) => compound || words.push(word));
    return words;
  }

  const stems = new Map();
  /** Returns what a word shares with its other forms. */
  function stem(word) {
    let known = stems.get(word);
    if (known !== undefined) return known;
    known = word;
    for (let pass = 0; pass < 2; pass += 1) {
      const ending = index.endings.find((one) => known.endsWith(one) && known.length - one.length >= 3 && !(one === "s" && known.endsWith("ss")));
      if (!ending) break;
      known = known.slice(0, -ending.length);
    }
    if (known.length > 3 && /(\p{L})\1$/u.test(known) && index.endings.length) known = known.slice(0, -1);
    stems.set(word, known);
    return known;
  }

  const alike = (a, b) => a === b || stem(a) === stem(b);

  /* Postings --------------------------------------------------------------- */

  const DIGITS = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
  const VALUES = new Uint8Array(128);
  Array.from(DIGITS).forEach((digit, value) => (VALUES[digit.charCodeAt(0)] = value));

  function shardOf(word) {
    let hash = 0x811c9dc5;
    for (const unit of Array.from(word).slice(0, 3).join("").split("")) hash = Math.imul(hash ^ unit.charCodeAt(0), 0x01000193) >>> 0;
    return ((hash ^ (hash >>> 15)) >>> 0) & (index.shards - 1);
  }

  let partial = false; // whether a file of words could not be loaded
  /** Loads the file that a word stands in; where that fails, the other words' results stand. */
  async function loadShard(word) {
    const number = shardOf(word);
    if (!shards.has(number)) await load("search/t-" + number + ".js").catch(() => (partial = true));
  }
  const line = (word) => (shards.get(shardOf(word)) || new Map()).get(word);

  /** Returns `{df, list}` of a word, its pages as [page, impact, section]. */
  function postings(word) {
    let text = line(word);
    let df = 0;
    const space = text.indexOf(" ");
    if (space > 0) {
      df = Number(text.slice(0, space));
      text = text.slice(space + 1);
    }
    const list = [];
    let at = 0;
    const number = () => {
      let value = 0;
      for (let shift = 0; ; shift += 5) {
        const digit = VALUES[text.charCodeAt(at)];
        at += 1;
        value |= (digit & 31) << shift;
        if (digit < 32) return value;
      }
    };
    let page = 0;
    while (at < text.length) {
      page += number();
      const impact = VALUES[text.charCodeAt(at)] / 63;
      at += 1;
      list.push([page, impact, number()]);
    }
    return { df: df || list.length, list };
  }

  /* What a query means ----------------------------------------------------- */

  /** Returns how many letters differ between two words, at most `most` + 1: letters that are left out, put in, wrong or swapped. */
  function distance(a, b, most) {
    if (Math.abs(a.length - b.length) > most) return most + 1;
    let before = [];
    let last = Array.from({ length: b.length + 1 }, (_, i) => i);
    for (let i = 1; i <= a.length; i += 1) {
      const row = [i];
      for (let j = 1; j <= b.length; j += 1) {
        row[j] = Math.min(last[j] + 1, row[j - 1] + 1, last[j - 1] + (a[i - 1] === b[j - 1] ? 0 : 1));
        if (i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1]) row[j] = Math.min(row[j], before[j - 2] + 1);
      }
      if (Math.min(...row) > most) return most + 1;
      [before, last] = [last, row];
    }
    return last[b.length];
  }

  /** Returns [word, weight] of what a word that is nowhere may have been meant to be. */
  function respelt(word) {
    const most = word.length >= 7 ? 2 : word.length >= 5 ? 1 : 0;
    if (!most) return [];
    const near = [];
    for (const known of spellings) {
      if (known[0] !== word[0]) continue;
      const far = distance(word, known, known.slice(0, 3) === word.slice(0, 3) ? most : 1);
      if (far <= most && (far < 2 || known.slice(0, 3) === word.slice(0, 3))) near.push([known, far]);
    }
    const least = Math.min(...near.map(([, far]) => far));
    return near.filter(([, far]) => far === least).slice(0, 4).map(([known, far]) => [known, MISSPELT[far]]);
  }

  /** Returns the two words that were written as one, or nothing. */
  function parted(word) {
    const known = new Set(spellings);
    const number = (part) => (Object.hasOwn(index.numbers, part) ? index.numbers[part] : null);
    for (let at = 3; at <= word.length - 3; at += 1) {
      const [a, b] = [word.slice(0, at), word.slice(at)];
      if ((known.has(a) || number(a)) && (known.has(b) || number(b))) return [number(a) || a, number(b) || b];
    }
    return null;
  }

  /** Returns the variants of a word that the index has, as [word, weight]. */
  function variants(word, typing) {
    const found = [];
    const own = line(word) !== undefined;
    if (own) found.push([word, 1]);
    const root = stem(word);
    const first = word.slice(0, 3);
    for (const other of (shards.get(shardOf(word)) || new Map()).keys()) {
      if (other === word || !other.startsWith(first)) continue;
      if (stem(other) === root) found.push([other, own ? SAME_STEM : STEM_ALONE]);
      else if (typing && word.length > 2 && other.startsWith(word)) found.push([other, own ? BEGINNING : BEGINNING_ALONE]);
    }
    return found;
  }

  /** Returns whether a register has a word. */
  const inRegisters = (word) => [...index.topics, ...index.answers].some((entry) => entry.phrases.some((words) => words.some((one) => alike(one, word))));

  /** Returns for each word that counts its variants: [{variants, asked}]; `asked` is false for what only adds. Mends the spelling in `words`, and adds what was written apart. */
  async function meant(words, typing) {
    const last = words[words.length - 1];
    let counting = words.filter((word) => !index.ignored.has(word));
    if (!counting.length) counting = words;
    counting = counting.slice(0, 24);
    const joined = words.slice(1).map((word, i) => words[i] + word).filter((word) => word.length > 5).slice(0, 24);
    await Promise.all([...counting, ...joined.filter((word) => shards.has(shardOf(word)) || word.length > 7)].map(loadShard));
    const groups = [];
    for (const [position, word] of counting.entries()) {
      let found = variants(word, typing && position === counting.length - 1 && word === last);
      if (!found.length) found = joined.filter((pair) => pair.includes(word) && line(pair) !== undefined).map((pair) => [pair, STEM_ALONE]);
      if (!found.length && !inRegisters(word)) {
        if (!spellings) await load("search/words.js").catch(() => (partial = true));
        const pair = spellings && parted(word);
        if (pair) {
          words.splice(words.indexOf(word), 1, ...pair);
          await Promise.all(pair.map(loadShard));
          groups.push(...pair.map((part) => ({ variants: variants(part, false), asked: true })));
          continue;
        }
        found = spellings ? respelt(word) : [];
        if (found.length) words[words.indexOf(word)] = found[0][0]; // for the registers too
        await Promise.all(found.map(([other]) => loadShard(other)));
        found = found.filter(([other]) => line(other) !== undefined);
      }
      groups.push({ variants: found, asked: true });
    }
    for (const pair of joined) if (line(pair) !== undefined) groups.push({ variants: [[pair, 1]], asked: false });
    words.push(...joined.filter(inRegisters));
    return groups;
  }

  /* Ranking ---------------------------------------------------------------- */

  /** Returns pages as {page, section, score, words}, best first. */
  function rank(groups, module) {
    const pages = new Map(); // page to {share, sum, sections}
    const rare = (df) => Math.log(1 + (index.pages - df + 0.5) / (df + 0.5));
    const span = module ? index.modules.find((one) => one.id === module) : null;
    let whole = 0;
    for (const { variants: list, asked } of groups) {
      const best = new Map(); // page to [value, section, word]
      let weight = 0;
      for (const [word, factor] of list) {
        const { df, list: places } = postings(word);
        if (!weight || factor === 1) weight = rare(df);
        for (const [page, impact, section] of places) {
          if (span && (page < span.from || page >= span.to)) continue;
          const value = impact * factor;
          const known = best.get(page);
          if (!known || known[0] < value) best.set(page, [value, section]);
        }
      }
      // A word that is nowhere was asked for as well.
      if (asked) whole += weight || rare(0) / 2;
      for (const [page, [value, section]] of best) {
        let entry = pages.get(page);
        if (!entry) pages.set(page, (entry = { share: 0, sum: 0, sections: new Map() }));
        const part = entry.sections.get(section) || [0, 0];
        entry.sections.set(section, [part[0] + weight * value, part[1] + (asked ? weight : 0)]);
        entry.sum += weight * value;
        if (asked) entry.share += weight;
      }
    }
    const fullness = (share) => Math.min(1, share / (whole || 1)) ** WHOLE;
    const ranked = [];
    for (const [page, entry] of pages) {
      let section = 0;
      let top = -1;
      for (const [number, [sum, share]] of entry.sections) {
        const value = sum * fullness(share);
        if (value > top || (value === top && number < section)) [top, section] = [value, number];
      }
      ranked.push({ page, section, share: entry.share, score: entry.sum * fullness(entry.share) + SECTION * top });
    }
    const most = Math.max(0, ...ranked.map(({ share }) => share));
    return ranked.filter(({ share }) => share >= LEAST * most).sort((a, b) => b.score - a.score || a.page - b.page);
  }

  /* Registers -------------------------------------------------------------- */

  const quiet = (word) => (index.ignored.has(word) ? QUIET : 1);
  const sum = (words) => words.reduce((total, word) => total + quiet(word), 0);

  /** Returns the topics that a query names or speaks of, the best first, two at most. */
  function topicsFor(words, typing) {
    const asked = sum(words);
    const text = words.join(" ");
    const fits = (topic) => {
      let best = 0;
      for (const said of topic.phrases) if (said.every((word) => words.some((one) => alike(one, word)))) best = Math.max(best, (1 + Math.min(1, sum(said) / asked)) / 2);
      if (typing && text.length > 2 && topic.named.some((name) => name.startsWith(text))) best = Math.max(best, 0.9);
      return best;
    };
    const found = index.topics.map((topic) => ({ topic, fit: fits(topic) })).filter(({ fit }) => fit >= TOPIC);
    return found.sort((a, b) => b.fit - a.fit).slice(0, 2).map(({ topic }) => topic);
  }

  /** Returns [answer, how well it fits], or nothing; `kind` narrows. */
  function answerFor(words) {
    const asked = sum(words);
    let best = null;
    for (const answer of index.answers) {
      for (const said of answer.phrases) {
        const same = said.filter((word) => words.some((one) => alike(one, word)));
        const strong = (word) => !index.ignored.has(word) && !NUMERIC.test(word);
        if (!same.some(strong) && (same.length < 3 || said.some(strong))) continue;
        const part = sum(same) / sum(said);
        // A false alarm teaches to overlook the true one: of a crisis every word is there.
        if (answer.kind === "crisis" && part < 1) continue;
        const fit = (0.6 * part + 0.4 * Math.min(1, sum(same) / asked)) * (part < 0.55 ? 0.5 : 1);
        if (fit >= ANSWER && (!best || fit > best[1])) best = [answer, fit];
      }
    }
    return best && best[0];
  }

  /** Returns the answer of the crisis that a query speaks of, or nothing. */
  function crisisFor(query) {
    const text = index.joined.reduce((words, [pattern, replacement]) => words.replace(pattern, replacement), spoken(query));
    const answers = index.answers.filter((answer) => answer.kind === "crisis");
    const [first] = answers;
    if (!first) return null;
    if (index.crisis.some((pattern) => pattern.test(text))) return first;
    if (index.danger.some((pattern) => pattern.test(text))) return answers.find((answer) => answer.id === "danger") || first;
    return null;
  }

  /** Returns the words of a query as they are spoken, one space between them. */
  function spoken(query) {
    const words = [];
    foldWords(query, (word, start, end, compound) => compound || words.push(word), {});
    return words.join(" ");
  }

  /* What search.js asks ---------------------------------------------------- */

  search.start = async () => {
    if (!index) await load("search/index.js");
    return index;
  };

  /** Answers a query: {crisis, answer, topics, pages}; `pages` are ranked and hold numbers alone, which `show` turns into titles. */
  search.ask = async (query, { module = "", typing = false } = {}) => {
    await search.start();
    const words = phrase(query);
    if (!words.length) return { crisis: null, answer: null, topics: [], pages: [], marked: new Set() };
    partial = false;
    const crisis = crisisFor(query);
    const groups = await meant(words, typing);
    const found = answerFor(words);
    const answer = crisis && found && found.kind === "answer" ? null : found;
    const known = groups.filter((group) => group.variants.length);
    return {
      crisis: crisis || (answer && answer.kind === "crisis" ? answer : null),
      answer: answer && answer.kind !== "crisis" ? answer : null,
      topics: topicsFor(words, typing),
      pages: rank(known.length ? groups : [], module),
      marked: new Set(groups.flatMap((group) => group.variants.map(([word]) => word))),
    };
  };

  /** Returns titles and sections of pages: [{href, title, module, heading, anchor, text, deep}]; `deep` gives the section's whole text. */
  search.show = (pages) => Promise.all(pages.map(async ({ page, section }) => {
    const number = Math.floor(page / index.group);
    if (!groups.has(number)) await load("search/d-" + number + ".js");
    const [href, title, file, sections] = groups.get(number)[page % index.group];
    const [anchor, heading, text] = sections[section] || ["", "", ""];
    return {
      href: href + (anchor ? "#" + encodeURIComponent(anchor) : ""),
      title,
      heading,
      text,
      module: index.modules.find((one) => page >= one.from && page < one.to),
      deep: async () => {
        if (!texts.has(page)) await load("search/x-" + file + ".js");
        return texts.get(page)[section] || "";
      },
    };
  }));

  search.foldWords = foldWords;
  /** Returns whether a query is the whole name of a topic, however short. */
  search.isName = (query) => index.topics.some((topic) => topic.named.includes(phrase(query).join(" ")));
  /** Returns whether a part of the index could not be loaded for the last query. */
  search.isPartial = () => partial;
})(typeof window === "undefined" ? globalThis : window);
