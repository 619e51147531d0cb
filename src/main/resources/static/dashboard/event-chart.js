// Events over time in Explore: how many there were, or a number of them, by level or any other field. A
// click on what is beside the chart narrows to it.

import { json } from './api.js';
import { TimeChart } from './chart.js';
import { button, h, setText } from './dom.js';
import { feed } from './feed.js';
import { clipped, count, figure, short, visible } from './format.js';
import { byField, byLevel, LEVEL_SERIES, undivided } from './histogram.js';
import { FUNCTIONS, MeasureControl } from './measure-control.js';
import { bounds, millis } from './time-range.js';

const LONGEST_LABEL = 60;

export class EventChart {
  /** `onSelect(from, to)` gets a time, `onNarrow(term, exclude)` a condition, `onMeasure({fn, of, by})` what to show. */
  constructor({ onSelect, onNarrow, onMeasure }) {
    this.onNarrow = onNarrow;
    this.chart = new TimeChart('Events over time', { height: 132, onSelect });
    this.control = new MeasureControl(onMeasure);
    this.total = h('p', { class: 'total', role: 'status' });
    this.estimate = h('span', { class: 'muted small', hidden: true, text: '≈ estimated', title: 'Quantiles are within 1 % of rank, numbers of different values within 2 %' });
    this.legend = h('ul', { class: 'legend', 'aria-label': 'Only events with one of these' });
    this.message = h('div', { class: 'chart-message', role: 'status', hidden: true });
    this.element = h('section', { class: 'panel event-chart', 'aria-label': 'Histogram' },
      h('header', {}, this.total, this.estimate, this.control.element),
      this.message,
      h('div', { class: 'chart-line' }, this.chart.element, this.legend));
    this.colours = new Map();
  }

  /** Asks and shows; what goes wrong is shown here, but for a query that can't be read. */
  async load({ filter, range, measure }, signal) {
    this.control.show(measure);
    const { fn, of } = measure;
    const by = measure.by || (fn ? '' : 'level');
    try {
      const answer = await json('stats/histogram', { parameters: { ...filter, by, of: fn ? of : '', fn }, signal });
      this.show(answer, { fn, of, by }, range);
      this.say(fn && this.chart.isEmpty ? 'There are no numbers in this field.' : '');
    } catch (problem) {
      if (problem.name === 'AbortError' || problem.field === 'q') {
        throw problem;
      }
      this.say(problem.message, button('Try again', {}, () => this.load({ filter, range, measure }, signal).catch(() => {})));
    }
  }

  say(text, ...further) {
    this.message.classList.toggle('problem', further.length > 0);
    this.message.replaceChildren(h('p', { text }), ...further);
    this.message.hidden = text === '';
  }

  show(answer, { fn, of, by }, range) {
    const { series, buckets } = this.understand(answer, { fn, of, by });
    const width = millis(answer.interval);
    this.chart.label = fn ? `${FUNCTIONS[fn]} of ${visible(clipped(of, LONGEST_LABEL))} over time` : `Events by ${visible(clipped(by, LONGEST_LABEL))} over time`;
    this.chart.show({
      buckets, series, width, ...bounds(range, buckets, width, feed.now()), lines: Boolean(fn), value: fn ? figure : short,
    });
    const total = buckets.reduce((sum, bucket) => sum + bucket.count, 0);
    setText(this.total, `${answer.incomplete ? 'At least ' : ''}${count(total)} ${total === 1 ? 'event' : 'events'}`);
    this.estimate.hidden = !answer.truncated && !answer.buckets.some(({ approximate }) => approximate);
    this.showLegend(series, buckets, Boolean(fn));
  }

  understand(answer, { fn, of, by }) {
    if (by === 'level') {
      return { series: LEVEL_SERIES, buckets: byLevel(answer) };
    }
    if (by === '') {
      return undivided(answer, `${FUNCTIONS[fn]} of ${of}`);
    }
    const kept = by === this.dividedBy ? this.colours : new Map();
    const { colours, ...shown } = byField(answer, by, kept);
    Object.assign(this, { colours, dividedBy: by });
    return shown;
  }

  showLegend(series, buckets, lines) {
    const shown = series
      .map((one, i) => ({ ...one, parts: buckets.map(({ parts }) => parts[i]).filter((part) => part !== undefined && part !== null) }))
      .filter(({ parts }) => parts.some((part) => lines || part > 0));
    this.legend.hidden = lines && series.length === 1;
    this.legend.replaceChildren(...shown.map(({ label, fill, narrow, parts, rest }) => {
      const text = visible(clipped(label, LONGEST_LABEL));
      const content = [
        h('span', { class: 'swatch', style: { background: `var(${fill})` } }),
        h('span', { class: rest ? 'text muted' : 'text', text: text === '' ? '(empty)' : text }),
        lines ? null : h('span', { class: 'muted', text: short(parts.reduce((sum, part) => sum + part, 0)) }),
      ];
      return h('li', {}, narrow === undefined
        ? h('span', { class: 'key' }, content)
        : h('button', {
          type: 'button', class: 'quiet key', title: `${narrow.exclude ? 'Only events that don’t have it' : `Only ${text}`}`,
          on: { click: () => this.onNarrow(narrow.term, narrow.exclude) },
        }, content));
    }));
  }

  close() {
    this.chart.close();
  }
}
