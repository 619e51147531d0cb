// All of an event: its fields, and its payload as a tree whose values filter at a click.

import { button, h, icon } from './dom.js';
import { eventOf } from './event.js';
import { clipped, visible } from './format.js';
import { writeLines } from './json.js';
import { copy } from './notice.js';
import * as query from './query.js';
import { link } from './state.js';

const LONGEST = 10_000;
const MOST_LINES = 2_000;

/** `onFilter(term, exclude)` narrows the query. */
export function eventDetail(line, onFilter) {
  const event = eventOf(line);
  const lines = { left: MOST_LINES };
  const filter = (field, value) => filters(`${query.field(field)}: ${query.value(value)}`, onFilter);
  const envelope = ['topic', 'level', 'source', 'id', 'timestamp', 'receivedAt', 'offset']
    .filter((name) => event[name] !== undefined)
    .map((name) => property(name, scalar('plain', event[name], filter(name, event[name]))));
  const attributes = (event.attributes?.members ?? []).map(([name, { value }]) =>
    property(name, scalar('plain', value, filter(name, value))));
  const payload = h('div', { class: 'json', 'aria-label': 'Payload', role: 'group' });
  if (event.payload !== undefined) {
    payload.append(...node(event.payload, { path: '', filter, lines, depth: 0 }));
  }
  return h('div', { class: 'inside' },
    h('div', { class: 'properties' }, envelope,
      attributes.length > 0 ? h('p', { class: 'muted small title', text: 'Attributes' }) : null, attributes),
    payload,
    h('div', { class: 'copies' },
      button('Link to it', { icon: 'link', quiet: true }, () =>
        copy(new URL(link('explore', { q: `offset: ${event.offset}`, topic: systemTopic(event), since: 'all' }), document.baseURI).href, 'The link is copied.')),
      button('Copy event', { icon: 'copy', quiet: true }, () => copy(line, 'The event is copied.')),
      button('Copy payload', { icon: 'copy', quiet: true }, () =>
        copy(event.payload.type === 'string' ? event.payload.value : writeLines(event.payload), 'The payload is copied.'))));
}

/** Topics of the system are only read when they are named. */
function systemTopic({ topic }) {
  return topic.startsWith('_') ? topic : '';
}

function property(name, content) {
  return h('div', { class: 'property' }, h('span', { class: 'name', text: name }), content);
}

function filters(term, onFilter) {
  return { term, include: () => onFilter(term, false), exclude: () => onFilter(term, true) };
}

/** A value that filters by itself, or excludes itself. */
function scalar(type, text, { term, include, exclude }) {
  const shown = visible(clipped(text, LONGEST));
  return h('span', { class: 'leaf' },
    h('button', {
      type: 'button', class: `value ${type}`, text: type === 'string' ? `"${shown}"` : shown,
      title: `Only events with ${clipped(term, 100)}`, 'aria-label': `Filter by ${clipped(term, 100)}`,
      on: { click: include },
    }),
    h('button', {
      type: 'button', class: 'exclude', title: `No events with ${clipped(term, 100)}`,
      'aria-label': `Exclude ${clipped(term, 100)}`, on: { click: exclude },
    }, icon('close')));
}

/** The lines of a value; the first one continues what stands before it. */
function node(value, context) {
  switch (value.type) {
    case 'object':
      return branch('{', '}', value.members.map(([key, child]) => [key, child, joined(context.path, key)]), context);
    case 'array':
      return branch('[', ']', value.items.map((child) => [null, child, context.path]), context);
    case 'string':
      return [leaf('string', value.value, context)];
    default:
      return [leaf(value.type, value.raw, context)];
  }
}

function leaf(type, text, { path, filter }) {
  const field = path === '' ? 'payload' : path;
  if (text === 'null' && type === 'literal') {
    return h('span', { class: 'value literal', text });
  }
  return scalar(type, text, filter(field, text));
}

function joined(path, key) {
  return path === '' ? key : `${path}.${key}`;
}

function branch(open, close, children, context) {
  if (children.length === 0) {
    return [h('span', { class: 'sign', text: open + close })];
  }
  const body = h('div', { class: 'branch' });
  const folded = h('button', { type: 'button', class: 'sign fold', text: open, 'aria-expanded': 'true' });
  const end = h('span', { class: 'sign', text: close });
  folded.setAttribute('aria-label', `${children.length} ${close === '}' ? 'members' : 'elements'}`);
  folded.addEventListener('click', () => {
    body.hidden = !body.hidden;
    folded.setAttribute('aria-expanded', String(!body.hidden));
    folded.textContent = body.hidden ? `${open} … ${children.length}` : open;
  });
  for (const [key, child, path] of children) {
    context.lines.left -= 1;
    if (context.lines.left < 0) {
      body.append(h('div', { class: 'line muted', text: '… more; copy the payload to see all of it' }));
      break;
    }
    const name = key === null ? [] : [h('span', { class: 'key', text: visible(clipped(key, 200)) }), h('span', { class: 'sign', text: ': ' })];
    body.append(h('div', { class: 'line' }, ...name, ...node(child, { ...context, path })));
  }
  return [folded, body, end];
}
