// The names of fields, to complete with: as the server counted them last, and as those events have them
// that the page holds.

import { json } from './api.js';
import { fieldsOf } from './completion.js';
import { figure, short } from './format.js';

const REMEMBERED = 1_000;
const FRESH_MILLIS = 60_000;

export class FieldNames {
  /** `lines()` are events to learn from where the server has told nothing yet. */
  constructor(lines) {
    this.lines = lines;
    this.notes = new Map();
    /** When that was, or was asked for. */
    this.learntAt = -Infinity;
  }

  /** Takes an answer of `/stats/fields`; what was known before and isn't in it comes later. */
  learn(fields) {
    this.learntAt = performance.now();
    const later = this.notes;
    this.notes = new Map(fields.slice(0, REMEMBERED).map((known) => [known.field, noteOf(known)]));
    for (const [name, note] of later) {
      if (this.notes.size < REMEMBERED && !this.notes.has(name)) {
        this.notes.set(name, note);
      }
    }
  }

  /** Says that somebody asks just now, and will have it learnt. */
  expect() {
    this.learntAt = performance.now();
  }

  /** Asks the server where nobody has for a while. Until it answers, what is known has to do. */
  async refresh(filter) {
    if (performance.now() - this.learntAt < FRESH_MILLIS) {
      return;
    }
    this.expect();
    try {
      this.learn((await json('stats/fields', { parameters: { ...filter, limit: REMEMBERED } })).fields);
    } catch {
      // Completion does without; whoever shows the fields says what is wrong.
    }
  }

  /** `[name, note]` of each, the most frequent first. */
  all() {
    const names = new Map(this.notes);
    fieldsOf(this.lines()).forEach((name) => names.has(name) || names.set(name, ''));
    return [...names];
  }
}

/** `number, 200 – 503`, `text, 6 values` */
function noteOf({ kind, distinct, min, max }) {
  if (min !== undefined && max !== undefined) {
    return `${kind}, ${figure(min)} – ${figure(max)}`;
  }
  return distinct === undefined ? kind : `${kind}, ${short(distinct)} ${distinct === 1 ? 'value' : 'values'}`;
}
