// A chart of time: its axes, what the pointer is at, and dragging to select a time. What is drawn in it
// are stacked bars or lines.

import uPlot from './uplot/uPlot.esm.js';
import { Bars } from './chart-bars.js';
import { Lines } from './chart-lines.js';
import { h } from './dom.js';
import { clipped, count, moment, short, visible } from './format.js';
import { onChange, setting } from './settings.js';
import { colour } from './theme-colour.js';

const LONGEST_LABEL = 40;

export class TimeChart {
  /** `onSelect(from, to)` is told a time that was dragged over; milliseconds since the epoch. */
  constructor(label, { height, onSelect = null }) {
    Object.assign(this, { label, height, onSelect });
    this.canvas = h('div', {});
    this.tip = h('div', { class: 'tip', hidden: true });
    this.element = h('div', { class: 'chart', role: 'img', 'aria-label': label, style: { height: `${height}px` } },
      this.canvas, this.tip);
    this.stop = onChange((name) => ['theme', 'zone'].includes(name) && this.rebuild());
    this.sizes = new ResizeObserver(() => this.resize());
    this.sizes.observe(this.element);
  }

  /**
   * Shows buckets of `width` milliseconds within a range of time, each as `{at, count, parts}` with a
   * figure for each of the `series`, which are `{label, fill}`: stacked bars of counts, each divided by
   * `divisor`, or `lines` of figures. `value` writes a figure.
   */
  show({ buckets, series, width, from, to, lines = false, divisor = 1, value = short }) {
    const former = this.drawing;
    Object.assign(this, { buckets, series, width, from, to, value });
    if (former === undefined || former instanceof Lines !== lines) {
      this.drawing = lines ? new Lines() : new Bars();
    }
    this.drawing.take({ buckets, series, width, divisor, value });
    this.element.setAttribute('aria-label', `${this.label}: ${this.drawing.told(`from ${moment(from)} to ${moment(to)}`)}`);
    this.tip.hidden = true;
    const drawn = JSON.stringify([lines, series.map(({ fill }) => fill)]);
    if (this.plot === undefined || this.drawn !== drawn) {
      this.drawn = drawn;
      this.rebuild();
    } else {
      this.plot.setData(this.drawing.data(), false);
      this.plot.batch(() => {
        this.plot.setScale('x', { min: from / 1000, max: to / 1000 });
        this.plot.setScale('y', this.drawing.scale());
      });
    }
  }

  /** Whether nothing is drawn. */
  get isEmpty() {
    return !this.buckets.some(({ parts }) => parts.some((part) => this.drawing.isShown(part)));
  }

  rebuild() {
    this.plot?.destroy();
    this.plot = undefined;
    const width = this.element.clientWidth;
    if (width === 0 || this.drawing === undefined) {
      return;
    }
    this.plot = new uPlot(this.options(width), this.drawing.data(), this.canvas);
  }

  options(width) {
    const axis = {
      stroke: colour('--muted'),
      font: '11px Inter, system-ui, sans-serif',
      ticks: { show: false },
      grid: { stroke: colour('--line'), width: 1 },
    };
    return {
      width, height: this.height, padding: [8, 18, 0, 0],
      legend: { show: false },
      tzDate: dateOf,
      cursor: { y: false, points: { show: false }, drag: { x: this.onSelect !== null, y: false, setScale: false } },
      scales: { x: { time: true, min: this.from / 1000, max: this.to / 1000 }, y: this.drawing.scale() },
      axes: [
        { ...axis, size: 24, gap: 4, space: 76, grid: { show: false }, values: timeLabels },
        { ...axis, size: 46, gap: 6, splits: (u) => this.drawing.splits(u.scales.y), values: (u, all) => all.map(this.value) },
      ],
      series: [{}, ...this.drawing.order().map((one) => this.drawing.style(one))],
      hooks: {
        draw: [(u) => this.drawing.drawn(u)],
        setCursor: [(u) => this.showTip(u)],
        setSelect: [(u) => this.selected(u)],
      },
    };
  }

  bucketAt(u, left) {
    const at = u.posToVal(left, 'x') * 1000;
    return this.buckets.find((bucket) => bucket.at <= at && at < bucket.at + this.width);
  }

  showTip(u) {
    const { left } = u.cursor;
    const bucket = left < 0 ? undefined : this.bucketAt(u, left);
    this.tip.hidden = bucket === undefined;
    if (bucket === undefined) {
      return;
    }
    const rows = this.series.map((one, i) => ({ ...one, figure: bucket.parts[i] }))
      .filter(({ figure }) => this.drawing.isShown(figure));
    this.tip.replaceChildren(
      h('p', { class: 'muted', text: moment(bucket.at) }),
      h('dl', {}, rows.map(({ label, fill, figure }) => [
        h('span', { class: 'swatch', style: { background: `var(${fill})` } }),
        h('dt', { class: 'text', text: visible(clipped(label, LONGEST_LABEL)) }),
        h('dd', { text: this.drawing.figure(figure) }),
      ])),
      h('p', { class: 'value', text: `${count(bucket.count)} ${bucket.count === 1 ? 'event' : 'events'}${rows.length > 1 ? ' in all' : ''}` }));
    const right = left > u.over.clientWidth / 2;
    const x = u.over.offsetLeft + left + (right ? -this.tip.offsetWidth - 12 : 12);
    this.tip.style.transform = `translate(${x}px, 8px)`;
  }

  selected(u) {
    if (u.select.width < 3 || this.onSelect === null) {
      return;
    }
    const from = u.posToVal(u.select.left, 'x') * 1000;
    const to = u.posToVal(u.select.left + u.select.width, 'x') * 1000;
    const first = Math.floor(from / this.width) * this.width;
    const end = Math.ceil(to / this.width) * this.width;
    u.setSelect({ left: 0, width: 0, top: 0, height: 0 }, false);
    this.onSelect(first, end);
  }

  resize() {
    const width = this.element.clientWidth;
    if (this.plot === undefined) {
      this.rebuild();
    } else if (width > 0) {
      this.plot.setSize({ width, height: this.height });
    }
  }

  close() {
    this.stop();
    this.sizes.disconnect();
    this.plot?.destroy();
  }
}

function timeLabels(u, times, axis, space, increment) {
  const two = (number) => String(number).padStart(2, '0');
  let before = '';
  return times.map((time) => {
    const date = dateOf(time);
    const itsDay = `${two(date.getMonth() + 1)}-${two(date.getDate())}`;
    if (increment >= 86_400) {
      return increment >= 86_400 * 300 ? String(date.getFullYear()) : itsDay;
    }
    const clock = `${two(date.getHours())}:${two(date.getMinutes())}${increment < 60 ? `:${two(date.getSeconds())}` : ''}`;
    const label = itsDay !== before && before !== '' ? `${itsDay} ${clock}` : clock;
    before = itsDay;
    return label;
  });
}

function dateOf(seconds) {
  return setting('zone') === 'utc' ? uPlot.tzDate(new Date(seconds * 1000), 'Etc/UTC') : new Date(seconds * 1000);
}
