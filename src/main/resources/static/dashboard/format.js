// Figures and times as people read them. Times stay as the log wrote them in tips and copies.

import { setting } from './settings.js';

const WHOLE = new Intl.NumberFormat('en');
const SHORT = new Intl.NumberFormat('en', { notation: 'compact', maximumSignificantDigits: 3 });
const FIGURE = new Intl.NumberFormat('en', { maximumSignificantDigits: 4 });
const SHORT_FIGURE = new Intl.NumberFormat('en', { notation: 'compact', maximumSignificantDigits: 4 });
const LONG_AGO_SECONDS = 30 * 86_400;
const BYTE_UNITS = ['B', 'KB', 'MB', 'GB', 'TB'];

/** 1,234,567 */
export function count(number) {
  return WHOLE.format(number);
}

/** 1.23M */
export function short(number) {
  return Math.abs(number) < 10_000 ? WHOLE.format(number) : SHORT.format(number);
}

/** What was measured, to four digits: 0.0123, 42.5, 98,760, 1.446T; beyond what words are there for, 1.5E300. */
export function figure(number) {
  const size = Math.abs(number);
  if (size >= 1e15 || (size > 0 && size < 1e-4)) {
    return number.toExponential(2).replace('e+', 'E').replace('e', 'E');
  }
  return Number.isInteger(number) && size < 1e6 ? WHOLE.format(number) : (size < 1e6 ? FIGURE : SHORT_FIGURE).format(number);
}

/** 12.3 MB, of 1,024 KB. */
export function bytes(number) {
  let unit = 0;
  let value = number;
  while (value >= 1024 && unit < BYTE_UNITS.length - 1) {
    value /= 1024;
    unit += 1;
  }
  return `${unit === 0 || value >= 100 ? Math.round(value) : value.toFixed(1)} ${BYTE_UNITS[unit]}`;
}

/** Events a second: 0.4, 12.5, 1,340. */
export function rate(number) {
  if (number === 0) {
    return '0';
  }
  return number < 100 ? number.toFixed(number < 10 ? 1 : 0) : short(Math.round(number));
}

/** 4.2% */
export function percent(share) {
  const value = share * 100;
  if (value === 0 || value >= 99.95) {
    return `${Math.round(value)}%`;
  }
  return value < 0.1 ? '<0.1%' : `${value.toFixed(value < 10 ? 1 : 0)}%`;
}

/** 12 s, 4 min, 3 h 20 min, 2 d 4 h */
export function duration(seconds) {
  const s = Math.max(0, Math.round(seconds));
  if (s < 60) {
    return `${s} s`;
  }
  if (s < 3600) {
    return `${Math.floor(s / 60)} min`;
  }
  if (s < 86_400) {
    const minutes = Math.floor((s % 3600) / 60);
    return `${Math.floor(s / 3600)} h${minutes ? ` ${minutes} min` : ''}`;
  }
  const hours = Math.floor((s % 86_400) / 3600);
  return `${Math.floor(s / 86_400)} d${hours ? ` ${hours} h` : ''}`;
}

/** How long ago that was; the day, where that says more. */
export function ago(time) {
  const seconds = (Date.now() - Date.parse(time)) / 1000;
  if (Number.isNaN(seconds)) {
    return '–';
  }
  if (seconds > LONG_AGO_SECONDS) {
    return day(new Date(time));
  }
  return seconds < -2 ? `in ${duration(-seconds)}` : `${duration(seconds)} ago`;
}

const two = (number) => String(number).padStart(2, '0');

function parts(date) {
  return setting('zone') === 'utc'
    ? [
        [date.getUTCFullYear(), date.getUTCMonth() + 1, date.getUTCDate()],
        [date.getUTCHours(), date.getUTCMinutes(), date.getUTCSeconds()],
      ]
    : [
        [date.getFullYear(), date.getMonth() + 1, date.getDate()],
        [date.getHours(), date.getMinutes(), date.getSeconds()],
      ];
}

/** 2026-11-22 */
export function day(date) {
  const [[year, month, dayOfMonth]] = parts(date);
  return `${year}-${two(month)}-${two(dayOfMonth)}`;
}

/** 07:00:00, with `.123` if wanted. */
export function clock(date, withMillis = false) {
  const [, time] = parts(date);
  const text = time.map(two).join(':');
  return withMillis ? `${text}.${String(date.getUTCMilliseconds()).padStart(3, '0')}` : text;
}

/** A log's time, for a column: the day only where it isn't today, the year where it isn't this one. */
export function eventTime(time) {
  const date = new Date(time);
  if (Number.isNaN(date.getTime())) {
    return time;
  }
  const today = day(new Date());
  const itsDay = day(date);
  if (itsDay === today) {
    return clock(date, true);
  }
  return itsDay.slice(0, 4) === today.slice(0, 4)
    ? `${itsDay.slice(5)} ${clock(date, true)}`
    : `${itsDay} ${clock(date)}`;
}

/** A moment in full, in the zone that was chosen. */
export function moment(millis) {
  const date = new Date(millis);
  return `${day(date)} ${clock(date)}`;
}

/** As RFC 3339 in UTC, without needless zeros. */
export function instant(millis) {
  return new Date(millis).toISOString().replace('.000Z', 'Z');
}

const HIDDEN = /[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u00ad\u061c\u180e\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb]/g;

/**
 * Text with characters that can't be seen, or that turn the order of others around, written as
 * their code: nobody is to be fooled by them.
 */
export function visible(text) {
  return text.replace(HIDDEN, (character) =>
    `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`);
}

/** At most so many characters, none of them cut in two. */
export function clipped(text, length) {
  if (text.length <= length) {
    return text;
  }
  const end = text.charCodeAt(length - 1) >= 0xd800 && text.charCodeAt(length - 1) < 0xdc00;
  return `${text.slice(0, end ? length - 1 : length)}…`;
}
