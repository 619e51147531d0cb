// What a chart of events shows: how many there were or a number that is made of a field, divided by a
// field or not. Chosen in words that read as a sentence.

import { h } from './dom.js';
import { clipped, visible } from './format.js';

/** Functions as the API names them. */
export const FUNCTIONS = {
  avg: 'average', p50: 'median', p90: 'p90', p95: 'p95', p99: 'p99', min: 'least', max: 'most', sum: 'sum', unique: 'different',
};
const ALWAYS = ['level', 'topic', 'source'];
const WITH_MANY_VALUES = ['source', 'topic', 'id'];
const LONGEST_NAME = 40;
const MOST_OPTIONS = 300;

export class MeasureControl {
  /** `onChange({fn, of, by})` gets what was chosen; what is empty isn't used. */
  constructor(onChange) {
    this.onChange = onChange;
    this.fields = [];
    this.fn = this.select('What is shown', () => this.choose({ fn: this.fn.value }));
    this.of = this.select('Of which field', () => this.choose({ of: this.of.value }));
    this.by = this.select('Divided by', () => this.choose({ by: this.by.value }));
    this.word = h('span', { class: 'muted', 'aria-hidden': 'true', text: 'of' });
    this.element = h('div', { class: 'measure', role: 'group', 'aria-label': 'Chart' },
      this.fn, this.word, this.of, h('span', { class: 'muted', 'aria-hidden': 'true', text: 'by' }), this.by);
    this.fn.append(option('', 'events'), ...Object.entries(FUNCTIONS).map(([name, text]) => option(name, text)));
    this.show({});
  }

  select(label, onChange) {
    return h('select', { 'aria-label': label, title: label, on: { change: onChange } });
  }

  choose(change) {
    const next = { ...this.measure, ...change };
    if (next.fn && !this.measures(next.fn).includes(next.of)) {
      next.of = this.measures(next.fn)[0] ?? '';
    }
    this.onChange(next.fn === '' || next.of !== '' ? next : { ...next, fn: '' });
  }

  /** Fields that a function can be of. */
  measures(fn) {
    const names = this.fields.filter(({ kind }) => fn === 'unique' || kind === 'number' || kind === 'mixed').map(({ field }) => field);
    return fn === 'unique' ? [...WITH_MANY_VALUES, ...names] : names;
  }

  /** Shows what is chosen. */
  show({ fn = '', of = '', by = '' }) {
    this.measure = { fn, of, by };
    this.fill();
  }

  /** Offers these fields from now on. */
  offer(fields) {
    this.fields = fields.slice(0, MOST_OPTIONS);
    this.fill();
  }

  fill() {
    const { fn, of, by } = this.measure;
    const names = this.fields.map(({ field }) => field);
    this.fn.value = fn;
    this.word.hidden = fn === '';
    this.of.hidden = fn === '';
    fillSelect(this.of, this.measures(fn), of);
    fillSelect(this.by, [...(fn === '' ? [] : ['']), ...ALWAYS, ...names], by || (fn === '' ? 'level' : ''));
    [...this.fn.options].slice(1).forEach((one) => {
      one.disabled = this.measures(one.value).length === 0 && one.value !== fn;
    });
  }
}

/** Fills anew only where something else is to be offered: an open list must not close. */
function fillSelect(select, names, chosen) {
  const offered = names.includes(chosen) ? names : [chosen, ...names];
  if (JSON.stringify(offered) !== select.dataset.offered) {
    select.dataset.offered = JSON.stringify(offered);
    select.replaceChildren(...offered.map((name) => option(name, name === '' ? 'nothing' : visible(clipped(name, LONGEST_NAME)))));
  }
  select.value = chosen;
}

function option(value, text) {
  return h('option', { value, text });
}
