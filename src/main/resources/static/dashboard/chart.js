// A bar chart of events over time, stacked by level. What is severe stands at the bottom, where
// bars can be compared. Dragging over it selects a time.

import uPlot from './uplot/uPlot.esm.js';
import { h } from './dom.js';
import { LEVELS } from './event.js';
import { count, moment, short } from './format.js';
import { onChange, setting } from './settings.js';

const STACK = [...LEVELS, '(none)'];
const FILLS = {
  FATAL: '--fatal-fill', ERROR: '--error-fill', WARN: '--warning-fill', INFO: '--info-fill',
  DEBUG: '--debug-fill', TRACE: '--trace-fill', '(none)': '--none-fill',
};

// One burst must not flatten all else: where the tallest bar is so many times as tall as what a tenth
// of them reach, those are cut off that stand out.
const FLATTENS = 10;
const STANDS_OUT = 3;
const TALL_SHARE = 0.1;
const FEWEST_BARS = 10;

const probe = h('span', { hidden: true });

/** A colour of the theme in force, as canvases take it. */
function colour(name) {
  if (!probe.isConnected) {
    document.body.append(probe);
  }
  probe.style.color = `var(${name})`;
  return getComputedStyle(probe).color;
}

export class LevelChart {
  /** `value` writes a figure of the scale, `onSelect(from, to)` is told a time that was dragged over. */
  constructor(label, { height, value = short, onSelect = null }) {
    Object.assign(this, { label, height, value, onSelect });
    this.canvas = h('div', {});
    this.tip = h('div', { class: 'tip', hidden: true });
    this.element = h('div', { class: 'chart', role: 'img', 'aria-label': label, style: { height: `${height}px` } },
      this.canvas, this.tip);
    this.buckets = [];
    this.stop = onChange((name) => name !== 'keys' && this.rebuild());
    this.sizes = new ResizeObserver(() => this.resize());
    this.sizes.observe(this.element);
  }

  /** Buckets as the histogram has them, `width` milliseconds each, within a range of time. */
  show(buckets, width, { from, to }, divisor = 1) {
    this.buckets = buckets.map(({ start, count: total, by = {} }) => ({ at: Date.parse(start), total, by }));
    Object.assign(this, { width, from, to, divisor });
    const sum = this.buckets.reduce((total, bucket) => total + bucket.total, 0);
    this.cut = cutOf(this.buckets.map(({ total }) => total / divisor));
    const cut = this.runsCut().map(({ most }) => this.value(most)).join(', ');
    this.element.setAttribute('aria-label', `${this.label}: ${count(sum)} events from ${moment(from)} to ${moment(to)}${cut && `; bars cut off: ${cut}`}`);
    if (this.plot === undefined) {
      this.rebuild();
    } else {
      this.plot.setData(this.data(), false);
      this.plot.batch(() => {
        this.plot.setScale('x', { min: this.from / 1000, max: this.to / 1000 });
        this.plot.setScale('y', this.yScale());
      });
    }
  }

  /** Times, and for each level the sum of it and all that are more severe; the tallest first. */
  data() {
    const xs = this.buckets.map(({ at }) => (at + this.width / 2) / 1000);
    const sums = STACK.map(() => []);
    for (const { by, total } of this.buckets) {
      const known = STACK.reduce((sum, level) => sum + (by[level] ?? 0), 0);
      let sum = 0;
      STACK.forEach((level, i) => {
        sum += (by[level] ?? 0) + (level === '(none)' ? total - known : 0);
        sums[i].push(sum / this.divisor);
      });
    }
    return [xs, ...sums.reverse()];
  }

  yScale() {
    if (this.cut !== Infinity) {
      return { min: 0, max: this.cut };
    }
    const most = this.buckets.reduce((max, { total }) => Math.max(max, total / this.divisor), 0);
    return { min: 0, max: most === 0 ? 1 : most * 1.08 };
  }

  /** Runs of bars that go beyond the scale, each with where it is and its largest figure. */
  runsCut() {
    const runs = [];
    for (const { at, total } of this.buckets) {
      const value = total / this.divisor;
      if (value > this.cut) {
        const run = runs.at(-1);
        if (run?.to === at) {
          Object.assign(run, { to: at + this.width, most: Math.max(run.most, value) });
        } else {
          runs.push({ from: at, to: at + this.width, most: value });
        }
      }
    }
    return runs;
  }

  rebuild() {
    this.plot?.destroy();
    this.plot = undefined;
    const width = this.element.clientWidth;
    if (width === 0 || this.from === undefined) {
      return;
    }
    this.plot = new uPlot(this.options(width), this.data(), this.canvas);
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
      scales: { x: { time: true, min: this.from / 1000, max: this.to / 1000 }, y: this.yScale() },
      axes: [
        { ...axis, size: 24, gap: 4, space: 76, grid: { show: false }, values: timeLabels },
        { ...axis, size: 46, gap: 6, splits: (u) => splits(u.scales.y.max, this.divisor === 1), values: (u, all) => all.map(this.value) },
      ],
      series: [{}, ...[...STACK].reverse().map((level) => this.series(level))],
      hooks: {
        draw: [(u) => this.markCut(u)],
        setCursor: [(u) => this.showTip(u)],
        setSelect: [(u) => this.selected(u)],
      },
    };
  }

  series(level) {
    const fill = colour(FILLS[level]);
    return {
      fill, stroke: fill, width: 0, points: { show: false },
      paths: (u, index, first, last) => this.bars(u, index, first, last),
    };
  }

  /** Bars as wide as a bucket, one pixel apart: the library's own keep no bucket's bounds. */
  bars(u, index, first, last) {
    const path = new Path2D();
    const bottom = u.valToPos(0, 'y', true);
    for (let i = first; i <= last; i += 1) {
      const value = u.data[index][i];
      if (value > 0) {
        const left = Math.round(u.valToPos(this.buckets[i].at / 1000, 'x', true));
        const right = Math.round(u.valToPos((this.buckets[i].at + this.width) / 1000, 'x', true));
        const top = Math.min(Math.round(u.valToPos(value, 'y', true)), bottom - 1);
        const gap = right - left > 4 ? devicePixelRatio : 0;
        path.rect(left, top, Math.max(right - left - gap, 1), bottom - top);
      }
    }
    return { stroke: null, fill: path, clip: null, flags: 1 };
  }

  /** A gap across each bar that is cut off, and beside it how tall it is. */
  markCut(u) {
    const { ctx, bbox } = u;
    const px = devicePixelRatio;
    const at = (time) => Math.round(u.valToPos(time / 1000, 'x', true));
    ctx.save();
    ctx.font = `600 ${11 * px}px Inter, system-ui, sans-serif`;
    Object.assign(ctx, { textAlign: 'left', textBaseline: 'top' });
    let free = bbox.left;
    for (const { from, to, most } of this.runsCut()) {
      const [left, right] = [at(from), at(to)];
      ctx.strokeStyle = colour('--surface');
      ctx.lineWidth = 3 * px;
      ctx.beginPath();
      ctx.moveTo(left - px, bbox.top + 10 * px);
      ctx.lineTo(right + px, bbox.top + 5 * px);
      ctx.stroke();
      const text = `↑ ${this.value(most)}`;
      const width = ctx.measureText(text).width;
      const end = bbox.left + bbox.width;
      const start = right + 4 * px + width <= end ? right + 4 * px : left - 4 * px - width;
      if (start >= free) {
        ctx.fillStyle = colour('--text');
        ctx.fillText(text, start, bbox.top + px);
        free = Math.max(right, start + width) + 4 * px;
      }
    }
    ctx.restore();
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
    const levels = STACK.filter((level) => bucket.by[level] > 0);
    this.tip.replaceChildren(
      h('p', { class: 'muted', text: moment(bucket.at) }),
      h('dl', {}, levels.map((level) => [
        h('span', { class: `swatch fill ${level}` }),
        h('dt', { text: level === '(none)' ? 'no level' : level }),
        h('dd', { text: count(bucket.by[level]) }),
      ])),
      h('p', { class: 'value', text: `${count(bucket.total)} in all` }));
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

/** Where the scale ends when a few bars would flatten the others; infinite when none would. */
function cutOf(values) {
  const bars = values.filter((value) => value > 0).sort((a, b) => b - a);
  const usual = bars[Math.ceil(bars.length * TALL_SHARE)];
  if (bars.length < FEWEST_BARS || bars[0] <= usual * FLATTENS) {
    return Infinity;
  }
  return bars.find((value) => value <= usual * STANDS_OUT) * 1.3;
}

/** Zero, the middle, and what is nearly the top, of round numbers; of whole ones where parts make no sense. */
function splits(max, whole) {
  const rough = max / 2.2;
  const power = 10 ** Math.floor(Math.log10(rough));
  const step = [1, 2, 2.5, 5, 10].map((factor) => factor * power).findLast((one) => one <= rough) ?? power;
  if (whole && step < 1) {
    return [0, 1];
  }
  const all = [];
  for (let value = 0; value <= max; value += step) {
    all.push(value);
  }
  return all;
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
