// What may come next in a query: fields, topics and values, as the log has them.

import { json } from './api.js';
import { eventOf, LEVELS } from './event.js';
import { short } from './format.js';
import * as query from './query.js';

const MOST = 12;
const VALUES = 200;
const ENVELOPE = [
  ['level', 'how severe'],
  ['topic', 'where it was published'],
  ['source', 'who published it'],
  ['id', 'what names it within its topic'],
  ['timestamp', 'when it happened'],
  ['receivedAt', 'when it was accepted'],
  ['offset', 'its place in the log'],
];
const JOINING = [['and', 'both'], ['or', 'either'], ['not', 'the opposite']];

/** The fields of some events, envelope first, the most frequent of the payload next. */
export function fieldsOf(lines) {
  const found = new Map();
  for (const line of lines.slice(0, 200)) {
    const { payload, attributes } = eventOf(line);
    collect(payload, '', found, 0);
    attributes?.members.forEach(([key]) => found.set(key, (found.get(key) ?? 0) + 1));
  }
  return [...found.entries()].sort(([, a], [, b]) => b - a).map(([name]) => name).slice(0, 300);
}

function collect(node, path, found, depth) {
  if (node?.type === 'object' && depth < 6) {
    for (const [key, value] of node.members.slice(0, 100)) {
      const name = path === '' ? key : `${path}.${key}`;
      if (value.type !== 'object') {
        found.set(name, (found.get(name) ?? 0) + 1);
      }
      collect(value, name, found, depth + 1);
    }
  } else if (node?.type === 'array' && depth < 6) {
    node.items.slice(0, 5).forEach((item) => collect(item, path, found, depth + 1));
  }
}

/**
 * Completions at the caret as `{text, note, replaces: {from, to}}`. `fields` are `[name, note]` of those
 * known beside the envelope's, `filter` the parameters that values are to be looked for in.
 */
export async function completions(text, caret, { fields, filter, signal }) {
  const place = query.atCaret(text, caret);
  const replaces = { from: place.from, to: place.to };
  const typed = query.unquoted(place.typed).toLowerCase();
  const entries = place.kind === 'field'
    ? fieldEntries(typed, fields, place.from > 0)
    : await valueEntries(place.field, query.unquoted(place.typed), filter, signal);
  return entries
    .filter(({ match }) => match.toLowerCase().includes(typed))
    .sort((a, b) => starts(b, typed) - starts(a, typed))
    .filter(({ match }) => match !== place.typed)
    .slice(0, MOST)
    .map(({ text: completed, note }) => ({ text: completed, note, replaces }));
}

function starts({ match }, typed) {
  return match.toLowerCase().startsWith(typed) ? 1 : 0;
}

function fieldEntries(typed, fields, joins) {
  const own = new Set(ENVELOPE.map(([name]) => name));
  const names = [...ENVELOPE, ...fields.filter(([name]) => !own.has(name))];
  const entries = names.map(([name, note]) => ({ match: name, text: `${query.field(name)}: `, note }));
  const words = joins && typed !== '' ? JOINING.map(([word, note]) => ({ match: word, text: `${word} `, note })) : [];
  return [...entries, ...words];
}

/** The most frequent values; where there are more than those, also such as begin with what was typed. */
async function valueEntries(field, typed, filter, signal) {
  const frequent = await valuesOf({ ...filter, field, limit: VALUES }, signal);
  const beginning = frequent.length < VALUES || typed === '' || typed.includes('*') ? []
    : await valuesOf({ ...filter, field, limit: MOST, q: query.startsWith(field, typed) }, signal);
  const values = new Map([...beginning, ...frequent].map(({ value, count }) => [value, count]));
  const entries = [...values].map(([value, count]) => ({ match: value, text: `${query.value(value)} `, note: short(count) }));
  if (field === 'level') {
    LEVELS.filter((level) => !values.has(level))
      .forEach((level) => entries.push({ match: level, text: `${level} `, note: '' }));
  }
  return entries;
}

async function valuesOf(parameters, signal) {
  try {
    return (await json('stats/values', { parameters, signal })).values;
  } catch (problem) {
    if (problem.name === 'AbortError') {
      throw problem;
    }
    return [];
  }
}
