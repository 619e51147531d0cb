// Counts in a chart, as stacked bars. The first of the series stands at the bottom, where bars can be
// compared.

import { count } from './format.js';
import { colour } from './theme-colour.js';

// One burst must not flatten all else: where the tallest bar is so many times as tall as what a tenth
// of them reach, those are cut off that stand out.
const FLATTENS = 10;
const STANDS_OUT = 3;
const TALL_SHARE = 0.1;
const FEWEST_BARS = 10;

export class Bars {
  take({ buckets, series, width, divisor, value }) {
    Object.assign(this, { buckets, series, width, divisor, value });
    this.cut = cutOf(buckets.map((bucket) => bucket.count / divisor));
  }

  /** All of it in words, for that time. */
  told(range) {
    const sum = this.buckets.reduce((total, bucket) => total + bucket.count, 0);
    const cut = this.runsCut().map(({ most }) => this.value(most)).join(', ');
    return `${count(sum)} events ${range}${cut && `; bars cut off: ${cut}`}`;
  }

  /** Series as they are drawn: each hides what is below it, so the tallest comes first. */
  order() {
    return [...this.series].reverse();
  }

  /** Times, and for each series the sum of it and all below it. */
  data() {
    const xs = this.buckets.map(({ at }) => (at + this.width / 2) / 1000);
    const sums = this.series.map(() => []);
    for (const { parts } of this.buckets) {
      let sum = 0;
      this.series.forEach((one, i) => {
        sum += parts[i] ?? 0;
        sums[i].push(sum / this.divisor);
      });
    }
    return [xs, ...sums.reverse()];
  }

  scale() {
    if (this.cut !== Infinity) {
      return { min: 0, max: this.cut };
    }
    const most = this.buckets.reduce((max, bucket) => Math.max(max, bucket.count / this.divisor), 0);
    return { min: 0, max: most === 0 ? 1 : most * 1.08 };
  }

  /** Zero, the middle, and what is nearly the top, of round numbers; of whole ones where parts make no sense. */
  splits({ max }) {
    const step = roundStep(max / 2.2);
    return this.divisor === 1 && step < 1 ? [0, 1] : multiples(step, 0, max);
  }

  isShown(figure) {
    return figure > 0;
  }

  figure(figure) {
    return count(figure);
  }

  style({ fill }) {
    const paint = colour(fill);
    return {
      fill: paint, stroke: paint, width: 0, points: { show: false },
      paths: (u, index, first, last) => this.paths(u, index, first, last),
    };
  }

  /** Bars as wide as a bucket, one pixel apart: the library's own keep no bucket's bounds. */
  paths(u, index, first, last) {
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

  /** Runs of bars that go beyond the scale, each with where it is and its largest figure. */
  runsCut() {
    const runs = [];
    for (const bucket of this.buckets) {
      const { at } = bucket;
      const value = bucket.count / this.divisor;
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

  /** A gap across each bar that is cut off, and beside it how tall it is. */
  drawn(u) {
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

/** The largest round number up to that one: 1, 2, 2.5 or 5 times a power of ten. */
export function roundStep(rough) {
  const power = 10 ** Math.floor(Math.log10(rough));
  return [1, 2, 2.5, 5, 10].map((factor) => factor * power).findLast((one) => one <= rough) ?? power;
}

/** All multiples of a number from one to another. */
export function multiples(step, from, to) {
  const all = [];
  for (let times = Math.ceil(from / step); times * step <= to; times += 1) {
    all.push(times * step);
  }
  return all;
}
