// Answers of `/stats/histogram` as a chart takes them: buckets whose parts belong to series.

import { LEVELS } from './event.js';
import * as query from './query.js';

const COLOURS = 10;
const LEVEL_FILLS = ['--fatal-fill', '--error-fill', '--warning-fill', '--info-fill', '--debug-fill', '--trace-fill'];

/** Severe ones first, so that they stand at the bottom; `narrow` is the term a series stands for. */
export const LEVEL_SERIES = [
  ...LEVELS.map((level, i) => ({ label: level, fill: LEVEL_FILLS[i], narrow: { term: `level: ${level}`, exclude: false } })),
  { label: 'no level', fill: '--none-fill', narrow: { term: 'level: *', exclude: true } },
];

/** The answer to `by=level`: events without one are what the levels leave. */
export function byLevel({ buckets }) {
  return buckets.map(({ start, count, by = {}, value, none }) => {
    const levels = LEVELS.map((level) => by[level]);
    const known = levels.reduce((sum, number) => sum + (number ?? 0), 0);
    return { at: Date.parse(start), count, parts: [...levels, value === undefined ? count - known : none] };
  });
}

/** The answer without `by`: one series. */
export function undivided({ buckets }, label) {
  return {
    series: [{ label, fill: '--series-1' }],
    buckets: buckets.map(({ start, count, value }) => ({ at: Date.parse(start), count, parts: [value] })),
  };
}

/**
 * The answer to `by` any field: its most frequent values first, then the others, then events without
 * it. `kept` are colours to keep, by value.
 */
export function byField({ buckets }, field, kept) {
  const sums = new Map();
  for (const { by } of buckets) {
    Object.entries(by).forEach(([value, number]) => sums.set(value, (sums.get(value) ?? 0) + number));
  }
  const values = [...sums].sort(([, a], [, b]) => b - a).map(([value]) => value);
  const colours = coloured(values, kept);
  const series = values.map((value) => ({
    label: value, fill: `--series-${colours.get(value)}`, narrow: { term: query.term(field, value), exclude: false },
  }));
  const rest = [
    ['otherValues', { label: 'other values', fill: '--other-fill', rest: true }],
    ['none', { label: 'without it', fill: '--none-fill', rest: true, narrow: { term: `${query.field(field)}: *`, exclude: true } }],
  ].filter(([name]) => buckets.some((bucket) => bucket[name] !== undefined));
  return {
    colours,
    series: [...series, ...rest.map(([, one]) => one)],
    buckets: buckets.map((bucket) => ({
      at: Date.parse(bucket.start),
      count: bucket.count,
      parts: [...values.map((value) => ofOwn(bucket.by, value)), ...rest.map(([name]) => bucket[name])],
    })),
  };
}

function ofOwn(object, name) {
  return Object.hasOwn(object, name) ? object[name] : undefined;
}

/** A colour for each value; those that had one keep it. */
function coloured(values, kept) {
  const colours = new Map(values.filter((value) => kept.has(value)).map((value) => [value, kept.get(value)]));
  const taken = new Set(colours.values());
  const free = Array.from({ length: COLOURS }, (none, i) => i + 1).filter((number) => !taken.has(number));
  values.forEach((value) => colours.has(value) || colours.set(value, free.shift() ?? COLOURS));
  return colours;
}
