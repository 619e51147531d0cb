// One line for an event: when, how severe, where from, what it says.

import { h, setText } from './dom.js';
import { eventOf } from './event.js';
import { eventTime } from './format.js';
import { setting } from './settings.js';

/** Characters of `07:00:00.123`. */
const TIME_OF_DAY = 12;

/** The names of the columns. */
export function eventHeader() {
  const names = { time: 'Time', level: 'Level', topic: 'Topic', source: 'Source', message: 'Event' };
  return h('div', { class: 'head', role: 'rowgroup' },
    h('div', { class: 'event names', role: 'row' },
      Object.entries(names).map(([name, text]) => h('span', { role: 'columnheader', class: name, text }))));
}

/** An empty row of a grid, or of a table with cells of role `cell`. */
export function createRow(role = 'gridcell') {
  const cell = (name) => h('span', { class: name, role });
  const said = h('span', { class: 'said' });
  const rest = h('span', { class: 'rest' });
  const message = h('span', { class: 'message', role }, said, ' ', rest);
  const row = h('div', { class: 'event', role: 'row' },
    cell('time'), cell('level'), cell('topic'), cell('source'), message);
  row.parts = [...row.children, said, rest];
  return row;
}

/** Shows an event in a row, with the words that were searched for marked. */
export function fillRow(row, line, words = []) {
  const event = eventOf(line);
  const [time, level, topic, source, , said, rest] = row.parts;
  row.classList.remove('gap');
  setText(time, eventTime(event.timestamp));
  time.title = setting('zone') === 'utc' ? event.timestamp : `${event.timestamp} (UTC)`;
  setText(level, event.level ?? '');
  level.className = `level ${event.level ?? ''}`;
  row.dataset.level = event.level ?? '';
  setText(topic, event.topic);
  setText(source, event.source ?? '');
  marked(said, event.said, words);
  marked(rest, event.rest, words);
}

/** Makes room in a list for days, if one of a few of its events isn't of today. */
export function makeRoom(list, lines) {
  const some = [lines[0], lines[lines.length >> 1], lines.at(-1)].filter((line) => typeof line === 'string');
  if (some.some((line) => eventTime(eventOf(line).timestamp).length > TIME_OF_DAY)) {
    list.classList.add('dated');
  }
}

/** Shows something that is no event in a row. */
export function fillNote(row, text) {
  const [time, level, topic, source, , said, rest] = row.parts;
  row.classList.add('gap');
  row.dataset.level = '';
  [time, level, topic, source, rest].forEach((part) => setText(part, ''));
  setText(said, text);
}

function marked(element, text, words) {
  if (words.length === 0) {
    setText(element, text);
    return;
  }
  const parts = [];
  const lower = text.toLowerCase();
  let at = 0;
  while (at < text.length) {
    const next = firstOf(lower, words, at);
    if (next === null) {
      break;
    }
    parts.push(text.slice(at, next.from), h('mark', { text: text.slice(next.from, next.to) }));
    at = next.to;
  }
  element.replaceChildren(...parts, text.slice(at));
}

function firstOf(text, words, from) {
  let found = null;
  for (const word of words) {
    const at = text.indexOf(word.toLowerCase(), from);
    if (at >= 0 && (found === null || at < found.from)) {
      found = { from: at, to: at + word.length };
    }
  }
  return found;
}
