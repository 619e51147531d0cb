// The fields that the events found have, beside them: asked for at the same time, and never waited for.

import { json } from './api.js';
import { button, h, icon, setText } from './dom.js';
import { Facet } from './facet.js';
import { moveThrough } from './facet-keys.js';
import { count } from './format.js';

/** The envelope's that are worth counting, which the route doesn't name: nearly all events have them. */
const ENVELOPE = ['level', 'topic', 'source'].map((field) => ({ field, kind: 'text' }));
const MOST_ASKED = 1_000;
const MOST_SHOWN = 200;

export class FieldsPanel {
  /**
   * `onTerm(term, exclude)` is told a condition, `onMeasure({fn, of, by})` what is to be charted,
   * `onFields(fields)` which fields there are, the most frequent first.
   */
  constructor({ id, onTerm, onMeasure, onFields }) {
    Object.assign(this, { onTerm, onMeasure, onFields });
    this.facets = new Map();
    this.known = [];
    this.events = 0;
    this.unknown = 0;
    this.partly = '';
    this.number = h('span', { class: 'muted small', role: 'status' });
    this.search = h('input', {
      type: 'search', 'aria-label': 'Find a field', placeholder: 'Find a field', autocomplete: 'off', spellcheck: 'false',
      on: { input: () => this.draw() },
    });
    this.message = h('div', { class: 'problem', role: 'alert', hidden: true });
    this.note = h('p', { class: 'facet-note', hidden: true });
    this.list = h('ul', { class: 'facets', 'aria-label': 'Fields', on: { keydown: (event) => moveThrough(this.list, event) } });
    this.element = h('section', { class: 'panel fields', id, 'aria-label': 'Fields' },
      h('header', {}, h('h2', { text: 'Fields' }), this.number),
      h('div', { class: 'find-field' }, icon('search'), this.search),
      this.message,
      h('div', { class: 'facet-scroll' }, this.list, this.note));
  }

  /** Asks for the fields of the events found; what was asked for before is no longer wanted. */
  async load(filter) {
    this.close();
    this.request = new AbortController();
    this.filter = filter;
    const { signal } = this.request;
    this.element.setAttribute('aria-busy', 'true');
    try {
      this.take(await json('stats/fields', { parameters: { ...filter, limit: MOST_ASKED }, signal }));
      this.element.removeAttribute('aria-busy');
      await this.loadValues(signal);
    } catch (problem) {
      if (problem.name !== 'AbortError') {
        this.element.removeAttribute('aria-busy');
        this.fail(problem);
      }
    }
  }

  take({ events, fields, otherFields = 0, truncated, incomplete }) {
    this.events = events;
    this.known = [...ENVELOPE, ...fields];
    this.unknown = otherFields;
    this.partly = incomplete ? 'Time was over before all events were counted.'
      : truncated ? 'There are more fields or values than can be counted apart.' : '';
    this.message.hidden = true;
    this.onFields(fields);
    this.draw();
  }

  /** A query that can't be read is shown where it was written. */
  fail(problem) {
    if (problem.field === 'q') {
      return;
    }
    this.message.replaceChildren(h('p', { text: `No fields: ${problem.message}` }), button('Try again', {}, () => this.load(this.filter)));
    this.message.hidden = false;
  }

  /** Those of open fields, one after another: they are to take no connection that a search needs. */
  async loadValues(signal) {
    for (const facet of [...this.facets.values()].filter((one) => one.isOpen && one.element.isConnected)) {
      await facet.load(this.filter, signal);
    }
  }

  draw() {
    const wanted = this.search.value.trim().toLowerCase();
    const found = this.known.filter(({ field }) => field.toLowerCase().includes(wanted));
    const shown = found.slice(0, MOST_SHOWN);
    this.forget(new Set(shown.map(({ field }) => field)));
    const rows = shown.map((field) => this.facet(field));
    const focused = this.list.contains(document.activeElement) ? document.activeElement : null;
    if (rows.length !== this.list.children.length || rows.some((row, i) => row !== this.list.children[i])) {
      this.list.replaceChildren(...rows);
      focused?.focus({ preventScroll: true });
    }
    moveThrough(this.list);
    setText(this.number, this.known.length === 0 ? '' : count(this.known.length + this.unknown));
    this.tell(found.length - shown.length, wanted !== '' && found.length === 0);
  }

  tell(left, none) {
    const parts = [
      left > 0 ? `${count(left)} more: find them by name.` : '',
      none ? 'No field has that in its name.' : '',
      this.unknown > 0 ? `${count(this.unknown)} less frequent ones are not listed: narrow the query.` : '',
      this.partly,
    ].filter((part) => part !== '');
    setText(this.note, parts.join(' '));
    this.note.hidden = parts.length === 0;
  }

  facet(known) {
    let facet = this.facets.get(known.field);
    if (facet === undefined) {
      facet = new Facet(known.field, {
        onTerm: this.onTerm,
        onMeasure: this.onMeasure,
        onOpen: () => facet.load(this.filter, this.request.signal),
      });
      this.facets.set(known.field, facet);
    }
    facet.show(known, this.events);
    return facet.element;
  }

  /** Only open ones are remembered when they aren't shown: strangers name fields, as many as they like. */
  forget(shown) {
    for (const [name, facet] of this.facets) {
      if (!shown.has(name) && (!facet.isOpen || this.facets.size > 2 * MOST_SHOWN)) {
        this.facets.delete(name);
      }
    }
  }

  focus() {
    this.search.focus();
  }

  close() {
    this.request?.abort();
  }
}
