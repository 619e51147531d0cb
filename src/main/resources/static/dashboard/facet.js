// A field of the events found: its kind, how many have it, and, opened, what is known of its values.

import { button, freshId, h, icon, setText } from './dom.js';
import { FacetValues } from './facet-values.js';
import { clipped, count, figure, percent, short, visible } from './format.js';
import * as query from './query.js';

const LONGEST_SHOWN = 100;
const LONGEST_TIP = 1_000;

/** From so many different values on, how many there are is an estimate. */
const COUNTED_EXACTLY = 1_000;

export class Facet {
  /**
   * `onTerm(term, exclude)` is told a condition, `onMeasure({fn, of, by})` what is to be charted,
   * `onOpen()` that its values are wanted.
   */
  constructor(field, { onTerm, onMeasure, onOpen }) {
    Object.assign(this, { field, onTerm, onMeasure, onOpen });
    this.kindIcon = h('span', { class: 'kind' });
    this.kind = h('span', { class: 'only-read' });
    this.share = h('span', { class: 'share' });
    this.head = h('button', { type: 'button', class: 'quiet facet-name', 'aria-expanded': 'false', on: { click: () => this.toggle() } },
      this.kindIcon, nameOf(field), this.kind, this.share, h('span', { class: 'opens' }, icon('down')));
    this.element = h('li', { class: 'facet' }, this.head);
  }

  get isOpen() {
    return this.head.getAttribute('aria-expanded') === 'true';
  }

  /** Shows what is known of it among that many events; of the envelope's only that there is one. */
  show(known, events) {
    if (this.known?.kind !== known.kind) {
      this.kindIcon.replaceChildren(icon(known.kind));
    }
    Object.assign(this, { known, isMissing: known.events < events });
    const isCounted = known.events !== undefined;
    setText(this.kind, `, ${known.kind}${isCounted ? ', in ' : ''}`);
    setText(this.share, isCounted ? percent(events === 0 ? 0 : known.events / events) : '');
    const share = isCounted ? `, in ${count(known.events)} of ${count(events)} events` : '';
    this.head.title = `${visible(clipped(this.field, LONGEST_TIP))}: ${known.kind}${share}`;
    this.showDetail();
  }

  /** Most fields are never opened: what is in one is made when it is. */
  makeDetail() {
    const id = freshId('facet');
    this.facts = h('p', { class: 'facet-note' });
    this.values = new FacetValues(this.field, this.onTerm);
    this.tools = h('div', { class: 'facet-tools' });
    this.detail = h('div', { class: 'facet-detail', id }, this.facts, this.values.element, this.tools);
    this.element.append(this.detail);
    this.head.setAttribute('aria-controls', id);
  }

  showDetail() {
    if (this.detail === undefined) {
      return;
    }
    setText(this.facts, factsOf(this.known));
    this.facts.hidden = this.facts.textContent === '';
    const wanted = `${this.known.kind} ${this.isMissing}`;
    if (this.shownTools !== wanted) {
      this.shownTools = wanted;
      this.tools.replaceChildren(...this.makeTools());
    }
  }

  makeTools() {
    const tool = (label, properties, onClick) => button(label, { quiet: true, tabindex: '-1', ...properties }, onClick);
    const exists = `${query.field(this.field)}: *`;
    const isNumber = ['number', 'mixed'].includes(this.known.kind);
    const charts = h('div', {},
      isNumber ? tool('p95', { icon: 'line', title: 'Its 95th percentile over time' }, () => this.onMeasure({ fn: 'p95', of: this.field, by: '' })) : null,
      tool('Chart', { icon: 'chart', title: 'Events over time by this field' }, () => this.onMeasure({ fn: '', of: '', by: this.field })));
    return this.isMissing
      ? [charts, h('div', {},
        tool('Has it', { title: 'Only events with this field' }, () => this.onTerm(exists, false)),
        tool('Hasn’t', { title: 'Only events without this field' }, () => this.onTerm(exists, true)))]
      : [charts];
  }

  toggle() {
    const open = !this.isOpen;
    this.head.setAttribute('aria-expanded', String(open));
    if (this.detail === undefined) {
      this.makeDetail();
      this.showDetail();
    }
    this.detail.hidden = !open;
    if (open) {
      this.onOpen();
    }
  }

  /** Asks for its values among the events found. */
  load(filter, signal) {
    return this.values.load(this.known, filter, signal);
  }
}

/** A path's last part is what tells it from its neighbours: it gives way last. */
function nameOf(field) {
  const shown = visible(clipped(field, LONGEST_SHOWN));
  const end = shown.lastIndexOf('.', shown.length - 2) + 1;
  return h('span', { class: 'text' },
    end > 0 ? h('span', { class: 'path', text: shown.slice(0, end) }) : null, h('span', { text: shown.slice(end) }));
}

/** `6 values · 200 – 503` */
function factsOf({ distinct, min, max, approximate }) {
  const about = approximate || distinct >= COUNTED_EXACTLY ? '≈ ' : '';
  const values = distinct === undefined ? [] : [`${about}${short(distinct)} ${distinct === 1 ? 'value' : 'values'}`];
  const range = min === undefined ? [] : [min === max ? figure(min) : `${figure(min)} – ${figure(max)}`];
  return [...values, ...range].join(' · ');
}
