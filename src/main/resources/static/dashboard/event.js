// What a row shows of an event, from the text of it.

import { clipped, visible } from './format.js';
import { parse, write } from './json.js';

const SAYING = ['message', 'msg', 'text', 'log', 'error', 'event', 'reason', 'description'];
const SUMMARY = 400;
const KEPT = 600;

export const LEVELS = ['FATAL', 'ERROR', 'WARN', 'INFO', 'DEBUG', 'TRACE'];

const read = new Map();

/** The event's members, its payload and attributes as trees, and a summary. */
export function eventOf(line) {
  let event = read.get(line);
  if (event === undefined) {
    event = understand(line);
    if (read.size >= KEPT) {
      read.delete(read.keys().next().value);
    }
    read.set(line, event);
  }
  return event;
}

/** The event's offset, without reading the rest. */
export function offsetOf(line) {
  return line.slice('{"offset":'.length, line.indexOf(','));
}

function understand(line) {
  const tree = parse(line);
  const event = { tree };
  for (const [name, value] of tree.members) {
    event[name] = value.type === 'object' || name === 'payload' ? value : (value.value ?? value.raw);
  }
  const [said, rest] = summary(event);
  return Object.assign(event, { said, rest });
}

/** What the event says, and what else is in it. */
function summary({ payload, attributes }) {
  if (payload?.type === 'string') {
    return [visible(clipped(payload.value, SUMMARY)), fields(attributes?.members ?? [])];
  }
  if (payload?.type !== 'object') {
    return ['', payload === undefined ? '' : visible(clipped(write(payload), SUMMARY))];
  }
  const told = SAYING.map((name) => payload.members.find((member) => says(member, name)))
    .find((member) => member !== undefined);
  const others = payload.members.filter((member) => member !== told);
  return [
    told === undefined ? '' : visible(clipped(told[1].value, SUMMARY)),
    fields([...others, ...(attributes?.members ?? [])]),
  ];
}

function says([key, value], name) {
  return key === name && value.type === 'string';
}

/** Members as `key=value`, those of nested objects by their path. */
function fields(members) {
  const texts = [];
  let length = 0;
  const add = (path, value) => {
    if (length > SUMMARY) {
      return;
    }
    if (value.type === 'object' && value.members.length > 0) {
      value.members.forEach(([key, child]) => add(`${path}.${key}`, child));
      return;
    }
    const plain = value.type === 'string' && /^[^\s"=]+$/.test(value.value);
    const text = `${clipped(path, 60)}=${clipped(plain ? value.value : write(value), 160)}`;
    texts.push(text);
    length += text.length;
  };
  members.forEach(([key, value]) => add(key, value));
  return visible(clipped(texts.join('  '), SUMMARY));
}
