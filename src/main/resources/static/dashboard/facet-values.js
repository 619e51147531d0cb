// The most frequent values of a field, each with its share; a click narrows by one or leaves it out.

import { json } from './api.js';
import { button, h, icon } from './dom.js';
import { clipped, count, percent, short, visible } from './format.js';
import * as query from './query.js';

const AT_FIRST = 8;

/** Of many numbers, each hardly more frequent than the next, a few are enough. */
const MANY = 100;
const FEW = 4;
const AT_MOST = 50;
const LONGEST_SHOWN = 120;
const LONGEST_TIP = 1_000;
const LEVEL_FILL = { FATAL: '--fatal-fill', ERROR: '--error-fill', WARN: '--warning-fill', INFO: '--info-fill', DEBUG: '--debug-fill', TRACE: '--trace-fill' };

export class FacetValues {
  /** `onTerm(term, exclude)` is told a condition; one that is demanded already is to be taken back. */
  constructor(field, onTerm) {
    Object.assign(this, { field, onTerm });
    this.wantsAll = false;
    this.rows = new Map();
    this.list = h('ul', { class: 'values', 'aria-label': `Values of ${visible(clipped(field, LONGEST_SHOWN))}` });
    this.more = button('', { quiet: true, class: 'more-values', tabindex: '-1', hidden: true }, () => this.showMore());
    this.message = h('p', { class: 'facet-note', hidden: true });
    this.element = h('div', {}, this.message, this.list, this.more);
  }

  /** Asks for them among the events that the filter takes; `known` is what is known of the field. */
  async load(known, filter, signal) {
    Object.assign(this, { known, filter, signal });
    const parameters = { ...filter, field: this.field, limit: this.limit };
    try {
      this.show(await json('stats/values', { parameters, signal }));
    } catch (problem) {
      if (problem.name !== 'AbortError') {
        this.say(problem.message);
      }
    }
  }

  get limit() {
    const { kind, distinct } = this.known;
    return this.wantsAll ? AT_MOST : kind === 'number' && distinct > MANY ? FEW : AT_FIRST;
  }

  say(text) {
    this.message.textContent = text;
    this.message.hidden = text === '';
  }

  show({ values, other, total, truncated = false }) {
    const rows = values.map(({ value, count: number }) => this.row(value, number, total, truncated));
    const focused = this.element.contains(document.activeElement) ? document.activeElement : null;
    this.list.replaceChildren(...rows);
    this.rows = new Map(values.map(({ value }, i) => [value, rows[i]]));
    focused?.focus({ preventScroll: true });
    this.say(values.length === 0 ? 'No values.' : '');
    this.more.hidden = other === 0 || values.length === 0;
    this.more.disabled = this.wantsAll;
    this.more.firstChild.textContent = this.wantsAll
      ? `${short(other)} events with other values` : `More, in ${short(other)} ${other === 1 ? 'event' : 'events'}`;
  }

  showMore() {
    this.wantsAll = true;
    this.load(this.known, this.filter, this.signal);
  }

  /** A row for a value: the one it had, so that what has the focus keeps it. */
  row(value, number, total, estimated) {
    const row = this.rows.get(value) ?? this.create(value);
    const term = query.term(this.field, value);
    const demanded = query.demands(this.filter.q ?? '', term);
    const [main] = row.children;
    const [bar, , figure] = main.children;
    const share = total === 0 ? 0 : number / total;
    bar.style.width = `${Math.max(share * 100, 0.5)}%`;
    figure.textContent = `${estimated ? '≈ ' : ''}${short(number)}`;
    main.setAttribute('aria-pressed', String(demanded));
    main.title = `${visible(clipped(value, LONGEST_TIP))}\n${estimated ? 'about ' : ''}${count(number)}, ${percent(share)}${demanded ? '\nClick to take it back' : ''}`;
    return row;
  }

  create(value) {
    const shown = visible(clipped(value, LONGEST_SHOWN));
    const term = query.term(this.field, value);
    const bar = h('span', { class: 'share-bar' });
    if (this.field === 'level' && Object.hasOwn(LEVEL_FILL, value)) {
      bar.style.setProperty('--fill', `var(${LEVEL_FILL[value]})`);
    }
    return h('li', { class: 'facet-value' },
      h('button', { type: 'button', class: 'quiet narrow', tabindex: '-1', on: { click: () => this.onTerm(term, false) } },
        bar, h('span', { class: shown === '' ? 'text muted' : 'text mono', text: shown === '' ? '(empty)' : shown }), h('span', { class: 'figure' })),
      h('button', {
        type: 'button', class: 'exclude', tabindex: '-1', title: `No events with ${clipped(term, LONGEST_SHOWN)}`,
        'aria-label': `Exclude ${clipped(term, LONGEST_SHOWN)}`, on: { click: () => this.onTerm(term, true) },
      }, icon('close')));
  }
}
