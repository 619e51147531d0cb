// The filter language, as far as the page has to write it and complete it. The server reads it.

const BARE = /^[\p{L}\p{N}_.\-/@%+#=~]+$/u;
const KEYWORDS = new Set(['and', 'or', 'not']);
const TOKEN = /\s+|"(?:[^"\\]|\\.)*"?|[()]|:|[<>]=?|(?:[^\s()<>":\\]|\\.?)+/gsu;
const VALUE_TOKEN = /\s+|"(?:[^"\\]|\\.)*"?|[()]|[<>]=?|(?:[^\s()<>"\\]|\\.?)+/gsu;

/** A value as it may be written after `field:`. */
export function value(text) {
  if (BARE.test(text) && !KEYWORDS.has(text.toLowerCase())) {
    return text;
  }
  return `"${escaped(text, /["\\]/g)}"`;
}

/** The name of a field as it may be written before a colon. */
export function field(name) {
  return BARE.test(name) && !KEYWORDS.has(name.toLowerCase())
    ? name
    : `"${escaped(name, /["\\]/g)}"`;
}

/** The condition that a field has a value. */
export function term(name, text) {
  return `${field(name)}: ${value(text)}`;
}

/** The condition that a field's value starts with a text. */
export function startsWith(name, text) {
  return `${field(name)}: ${escaped(text, /[\s(){}:<>"\\*]/g)}*`;
}

function escaped(text, signs) {
  return text
    .replace(signs, '\\$&')
    .replaceAll('\n', '\\n')
    .replaceAll('\r', '\\r')
    .replaceAll('\t', '\\t');
}

/** Splits an expression into its words and signs, as `{text, from, to}`. */
export function tokens(text) {
  const found = [];
  let at = 0;
  let inValue = false;
  while (at < text.length) {
    const pattern = inValue ? VALUE_TOKEN : TOKEN;
    pattern.lastIndex = at;
    const match = pattern.exec(text);
    const word = match === null || match.index !== at ? text[at] : match[0];
    const end = at + word.length;
    if (word.trim() !== '') {
      found.push({ text: word, from: at, to: end });
      inValue = /^(:|[<>]=?)$/.test(word);
    }
    at = end;
  }
  return found;
}

function isComparison(token) {
  return token !== undefined && /^(:|[<>]=?)$/.test(token.text);
}

function hasOr(query) {
  let depth = 0;
  return tokens(query).some(({ text }) => {
    depth += text === '(' ? 1 : text === ')' ? -1 : 0;
    return depth === 0 && text.toLowerCase() === 'or';
  });
}

/** The query, further narrowed by a term; one that says the opposite of that term gives way. */
export function narrowed(query, term, exclude) {
  const wanted = exclude ? `not ${term}` : term;
  const parts = conjuncts(query);
  const opposite = exclude ? term : `not ${term}`;
  const kept = parts.filter((part) => part !== opposite && part !== wanted);
  return [...kept, wanted].join(' and ');
}

/** Whether the query demands that term, so that nothing without it is found. */
export function demands(query, term) {
  return conjuncts(query).includes(term);
}

/** The query without a term that it demands. */
export function widened(query, term) {
  return conjuncts(query).filter((part) => part !== term).join(' and ');
}

/** The parts that `and` joins at the top; the whole, in parentheses, where `or` does. */
function conjuncts(query) {
  const text = query.trim();
  if (text === '') {
    return [];
  }
  if (hasOr(text)) {
    return [`(${text})`];
  }
  const parts = [];
  let depth = 0;
  let from = 0;
  for (const token of tokens(text)) {
    depth += token.text === '(' ? 1 : token.text === ')' ? -1 : 0;
    if (depth === 0 && token.text.toLowerCase() === 'and') {
      parts.push(text.slice(from, token.from).trim());
      from = token.to;
    }
  }
  return [...parts, text.slice(from).trim()].filter((part) => part !== '');
}

/**
 * What is being written at the caret: `{kind, field, typed, from, to}`, where kind is `field` or
 * `value`, and from and to are what a completion replaces.
 */
export function atCaret(text, caret) {
  const all = tokens(text);
  const index = all.findIndex(({ from, to }) => from < caret && caret <= to);
  const token = all[index];
  const isWord = token !== undefined && !/^[():<>]/.test(token.text);
  const before = isWord ? index - 1 : all.findLastIndex(({ to }) => to <= caret);
  const place = isWord
    ? { typed: text.slice(token.from, caret), from: token.from, to: token.to }
    : { typed: '', from: caret, to: caret };
  const of = fieldBefore(all, before);
  return { kind: of === null ? 'field' : 'value', field: of, ...place };
}

/** The field that a value at that place is compared with; null if none is. */
function fieldBefore(all, index) {
  let at = index;
  if (isComparison(all[at])) {
    return name(all[at - 1]);
  }
  // Within parentheses after a field: skip back to what opens them.
  let depth = 0;
  for (; at >= 0; at -= 1) {
    if (all[at].text === ')') {
      depth += 1;
    } else if (all[at].text === '(') {
      if (depth === 0) {
        return isComparison(all[at - 1]) ? name(all[at - 2]) : fieldBefore(all, at - 1);
      }
      depth -= 1;
    } else if (isComparison(all[at]) && depth === 0) {
      return null;
    }
  }
  return null;
}

function name(token) {
  return token === undefined ? null : unquoted(token.text);
}

/** A word as it was meant. */
export function unquoted(text) {
  return text.startsWith('"')
    ? text.slice(1, text.length > 1 && text.endsWith('"') ? -1 : undefined).replace(/\\(.)/gs, '$1')
    : text;
}

/** The words that are searched for in the text, to be marked where they occur. */
export function searchedWords(query) {
  const all = tokens(query);
  return all
    .filter(({ text }, i) =>
      !/^[():<>]/.test(text) &&
      !KEYWORDS.has(text.toLowerCase()) &&
      !isComparison(all[i + 1]) &&
      !isComparison(all[i - 1]) &&
      all[i - 1]?.text.toLowerCase() !== 'not' &&
      fieldBefore(all, i - 1) === null)
    .map(({ text }) => unquoted(text))
    .filter((text) => text.length > 1 && !text.includes('*'));
}

/** Where the server says the fault is, as an index into the text; null if it doesn't. */
export function faultAt(text, detail) {
  const position = /at position (\d+)/.exec(detail ?? '')?.[1];
  if (position === undefined) {
    return null;
  }
  // The server counts characters from 1; those outside of the first plane are two here.
  return [...text].slice(0, Number(position) - 1).join('').length;
}
