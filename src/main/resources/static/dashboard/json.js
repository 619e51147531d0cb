// Reads JSON into a tree that keeps what was written: the spelling of numbers, the order of keys,
// keys that are repeated. JSON.parse keeps none of them, and a log has to show what was logged.

/**
 * A value as `{type, ...}`: `object` with `members` of `[key, value]`, `array` with `items`,
 * `string` with `value`, and `number` or `literal` with `raw`. The text is known to be valid.
 */
export function parse(text) {
  return new Reader(text).value();
}

class Reader {
  constructor(text) {
    this.text = text;
    this.at = 0;
  }

  value() {
    this.space();
    switch (this.text[this.at]) {
      case '{':
        return { type: 'object', members: this.list('}', () => this.member()) };
      case '[':
        return { type: 'array', items: this.list(']', () => this.value()) };
      case '"':
        return { type: 'string', value: JSON.parse(this.string()) };
      default:
        return this.scalar();
    }
  }

  list(end, item) {
    const items = [];
    this.at += 1;
    this.space();
    while (this.text[this.at] !== end) {
      items.push(item());
      this.space();
      if (this.text[this.at] === ',') {
        this.at += 1;
      } else if (this.text[this.at] !== end) {
        throw new SyntaxError(`No JSON at ${this.at}`);
      }
      this.space();
    }
    this.at += 1;
    return items;
  }

  member() {
    this.space();
    const key = JSON.parse(this.string());
    this.space();
    this.at += 1;
    return [key, this.value()];
  }

  string() {
    const start = this.at;
    const end = stringEnd(this.text, start);
    this.at = end;
    return this.text.slice(start, end);
  }

  scalar() {
    const start = this.at;
    SCALAR.lastIndex = start;
    const raw = SCALAR.exec(this.text)?.[0];
    if (raw === undefined) {
      throw new SyntaxError(`No JSON at ${start}`);
    }
    this.at += raw.length;
    return { type: /^[tfn]/.test(raw) ? 'literal' : 'number', raw };
  }

  space() {
    while (this.text.charCodeAt(this.at) <= 32) {
      this.at += 1;
    }
  }
}

const SCALAR = /[^\s,\]}]+/y;

/** The position after a string that starts there. */
function stringEnd(text, start) {
  let at = start;
  for (;;) {
    at = text.indexOf('"', at + 1);
    if (at < 0) {
      throw new SyntaxError('A string doesn’t end');
    }
    let backslashes = 0;
    while (text[at - 1 - backslashes] === '\\') {
      backslashes += 1;
    }
    if (backslashes % 2 === 0) {
      return at + 1;
    }
  }
}

/**
 * A page of `/events`, its events as the text of each: parsing ten thousand to show forty would be
 * a waste, and would lose how they were written.
 */
export function page(text) {
  const head = '{"events":[';
  if (!text.startsWith(head)) {
    throw new SyntaxError('Not a page of events');
  }
  const events = [];
  let at = head.length;
  while (text[at] !== ']') {
    const end = objectEnd(text, at);
    events.push(text.slice(at, end));
    at = text[end] === ',' ? end + 1 : end;
  }
  const rest = text.slice(at + 1).trimStart();
  return { ...JSON.parse(rest.startsWith(',') ? `{${rest.slice(1)}` : rest.startsWith('}') ? '{}' : ''), events };
}

const STRUCTURE = /["{}]/g;

function objectEnd(text, start) {
  let depth = 0;
  STRUCTURE.lastIndex = start;
  for (;;) {
    const found = STRUCTURE.exec(text);
    if (found === null) {
      throw new SyntaxError('An event doesn’t end');
    }
    if (found[0] === '"') {
      STRUCTURE.lastIndex = stringEnd(text, found.index);
    } else {
      depth += found[0] === '{' ? 1 : -1;
      if (depth === 0) {
        return found.index + 1;
      }
    }
  }
}

/** A value on one line, as it was written but for space. */
export function write(node) {
  switch (node.type) {
    case 'object':
      return `{${node.members.map(([key, value]) => `${JSON.stringify(key)}:${write(value)}`).join(',')}}`;
    case 'array':
      return `[${node.items.map(write).join(',')}]`;
    case 'string':
      return JSON.stringify(node.value);
    default:
      return node.raw;
  }
}

/** A value on several lines. */
export function writeLines(node, indent = '') {
  const inner = `${indent}  `;
  if (node.type === 'object' && node.members.length > 0) {
    const lines = node.members.map(
      ([key, value]) => `${inner}${JSON.stringify(key)}: ${writeLines(value, inner)}`,
    );
    return `{\n${lines.join(',\n')}\n${indent}}`;
  }
  if (node.type === 'array' && node.items.length > 0) {
    return `[\n${node.items.map((item) => inner + writeLines(item, inner)).join(',\n')}\n${indent}]`;
  }
  return write(node);
}
