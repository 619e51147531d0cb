// Which time is looked at: a while until now, two moments, or all there is.

import { button, h, icon, setText } from './dom.js';
import { moment } from './format.js';
import { setting } from './settings.js';

export const PRESETS = [
  ['5m', 'Last 5 minutes'],
  ['15m', 'Last 15 minutes'],
  ['1h', 'Last hour'],
  ['6h', 'Last 6 hours'],
  ['24h', 'Last 24 hours'],
  ['7d', 'Last 7 days'],
  ['all', 'All time'],
];
const UNITS = { ms: 1, s: 1_000, m: 60_000, h: 3_600_000, d: 86_400_000 };

/** Milliseconds of `250ms`, `15m`, `7d`; null for what isn't one. */
export function millis(text) {
  const [, number, unit] = /^(\d+)(ms|s|m|h|d)$/.exec(text ?? '') ?? [];
  return unit === undefined ? null : Number(number) * UNITS[unit];
}

/**
 * From when to when a chart is to go, in milliseconds since the epoch: where a range has no beginning or
 * end of its own, as far as the buckets do.
 */
export function bounds({ since, until }, buckets, width, now) {
  const first = buckets.length > 0 ? buckets[0].at : now - 3_600_000;
  const end = buckets.length > 0 ? buckets.at(-1).at + width : now;
  const at = (time) => (millis(time) === null ? Date.parse(time) : now - millis(time));
  return {
    from: since === 'all' ? first : at(since),
    to: until ? at(until) : since === 'all' ? end : Math.max(now, end),
  };
}

/** A range in words. */
export function named({ since, until }) {
  const preset = PRESETS.find(([name]) => name === since);
  if (preset !== undefined && !until) {
    return preset[1];
  }
  const text = (time) => {
    if (millis(time) !== null) {
      return `${time} ago`;
    }
    const at = Date.parse(time);
    return Number.isNaN(at) ? time : moment(at);
  };
  return `${since && since !== 'all' ? text(since) : 'the first'} – ${until ? text(until) : 'now'}`;
}

export class TimeRange {
  constructor(onChange) {
    this.onChange = onChange;
    this.label = h('span', {});
    this.opener = h('button', { type: 'button', class: 'range', 'aria-haspopup': 'dialog', 'aria-expanded': 'false', on: { click: () => this.toggle() } },
      icon('clock'), this.label);
    this.presets = h('div', { class: 'presets' }, PRESETS.map(([since, text]) =>
      button(text, { quiet: true, 'data-since': since }, () => this.choose({ since, until: '' }))));
    this.from = h('input', { type: 'datetime-local', step: '1' });
    this.to = h('input', { type: 'datetime-local', step: '1' });
    this.zone = h('p', { class: 'muted small' });
    this.absolute = h('form', { class: 'absolute' },
      h('label', { class: 'field' }, 'From', this.from), h('label', { class: 'field' }, 'To, or until now', this.to),
      this.zone, button('Show this time', { type: 'submit', kind: 'primary' }));
    this.panel = h('div', { class: 'popover', role: 'dialog', 'aria-label': 'Time', hidden: true }, this.presets, this.absolute);
    this.element = h('div', { class: 'time-range' }, this.opener, this.panel);
    this.listen();
  }

  listen() {
    this.absolute.addEventListener('submit', (event) => {
      event.preventDefault();
      const [since, until] = [this.from, this.to].map(({ value }) => toInstant(value));
      this.choose({ since: since || 'all', until });
    });
    this.element.addEventListener('keydown', (event) => {
      if (event.key === 'Escape' && !this.panel.hidden) {
        this.toggle(false);
        this.opener.focus();
      }
    });
    this.element.addEventListener('focusout', ({ relatedTarget }) => {
      if (relatedTarget !== null && !this.element.contains(relatedTarget)) {
        this.toggle(false);
      }
    });
    this.outside = ({ target }) => !this.element.contains(target) && this.toggle(false);
    document.addEventListener('pointerdown', this.outside);
  }

  show(range) {
    this.range = range;
    setText(this.label, named(range));
    for (const preset of this.presets.children) {
      preset.setAttribute('aria-pressed', String(preset.dataset.since === range.since && !range.until));
    }
  }

  choose(range) {
    this.toggle(false);
    this.opener.focus();
    this.onChange(range);
  }

  toggle(open = this.panel.hidden) {
    this.panel.hidden = !open;
    this.opener.setAttribute('aria-expanded', String(open));
    if (open) {
      const { since, until } = this.range;
      const ago = millis(since);
      this.from.value = fromInstant(ago === null ? since : Date.now() - ago);
      this.to.value = fromInstant(until);
      this.zone.textContent = setting('zone') === 'utc' ? 'Both in UTC.' : 'Both in local time.';
      (this.presets.querySelector('[aria-pressed=true]') ?? this.presets.firstChild).focus();
    }
  }

  close() {
    document.removeEventListener('pointerdown', this.outside);
  }
}

function toInstant(value) {
  if (value === '') {
    return '';
  }
  return new Date(setting('zone') === 'utc' ? `${value}Z` : value).toISOString().replace('.000Z', 'Z');
}

function fromInstant(time) {
  const at = typeof time === 'number' ? time : Date.parse(time);
  return Number.isNaN(at) ? '' : moment(at).replace(' ', 'T');
}
