// Figures in a chart, as lines. Where a bucket has none there is a gap, never a zero.

import { multiples, roundStep } from './chart-bars.js';
import { figure } from './format.js';
import { colour } from './theme-colour.js';

/** What lies this close to zero, by its own spread, is shown down to it. */
const NEAR_ZERO = 4;

export class Lines {
  take({ buckets, series, width }) {
    Object.assign(this, { buckets, series, width });
    const figures = buckets.flatMap(({ parts }) => parts).filter((one) => this.isShown(one));
    this.least = figures.reduce((least, one) => Math.min(least, one), Infinity);
    this.most = figures.reduce((most, one) => Math.max(most, one), -Infinity);
  }

  told(range) {
    const figures = this.least > this.most ? 'no figures' : `from ${figure(this.least)} to ${figure(this.most)}`;
    return `${figures}, ${range}`;
  }

  /** The first is drawn last, above the others. */
  order() {
    return [...this.series].reverse();
  }

  data() {
    const xs = this.buckets.map(({ at }) => (at + this.width / 2) / 1000);
    return [xs, ...this.series.map((one, i) => this.buckets.map(({ parts }) => parts[i] ?? null)).reverse()];
  }

  scale() {
    const { least, most } = this;
    if (least > most) {
      return { min: 0, max: 1 };
    }
    const spread = most - least || Math.abs(most) || 1;
    return {
      min: least >= 0 && least <= spread * NEAR_ZERO ? 0 : least - spread * 0.08,
      max: most <= 0 && -most <= spread * NEAR_ZERO ? 0 : most + spread * 0.08,
    };
  }

  splits({ min, max }) {
    return multiples(roundStep((max - min) / 2.2), min, max);
  }

  isShown(one) {
    return one !== null && one !== undefined;
  }

  figure(one) {
    return figure(one);
  }

  style({ fill }) {
    const stroke = colour(fill);
    const alone = this.series.length === 1;
    return {
      stroke, width: 1.75,
      fill: alone ? `color-mix(in srgb, ${stroke} 14%, transparent)` : undefined,
      points: { show: true, size: 5, fill: stroke, width: 0, filter: (u, index) => lonely(u.data[index]) },
    };
  }

  drawn() {}
}

/** Figures between two gaps, which no line leads to. */
function lonely(figures) {
  return figures.map((one, i) => i)
    .filter((i) => figures[i] !== null && (figures[i - 1] ?? null) === null && (figures[i + 1] ?? null) === null);
}
