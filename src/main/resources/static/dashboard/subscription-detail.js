// One subscription: its settings, the latest attempts to push, and what it gave up.

import { json, send } from './api.js';
import { button, h, setText } from './dom.js';
import { eventOf } from './event.js';
import { ago, clipped, count, visible } from './format.js';
import { notice } from './notice.js';
import { link } from './state.js';

const EVERY_MILLIS = 3_000;
const SHOWN = 100;

/** Columns that aren't plain text. */
const KINDS = { Event: 'what', Reason: 'why', Error: 'why', Deliveries: 'number', Delivery: 'number', Took: 'number' };

export class SubscriptionDetail {
  constructor(name, { onClose, onChange }) {
    this.name = name;
    this.onChange = onChange;
    this.path = `subscriptions/${encodeURIComponent(name)}`;
    this.settings = h('dl', { class: 'settings' });
    this.attempts = new Part('Attempts', 'Latest attempts to push', ['When', 'Event', 'Delivery', 'Status', 'Took', 'Error']);
    this.letters = new Part('Dead letters', 'What ran out of deliveries', ['Given up', 'Event', 'Deliveries', 'Reason', '']);
    this.replayAll = button('Replay all', { kind: 'primary' }, () => this.replay());
    this.letters.head.append(this.replayAll);
    this.element = h('div', { class: 'page-part' },
      h('section', { class: 'panel' },
        h('header', {}, h('h2', { class: 'text', text: name }), h('div', { class: 'right' }, button('Close', { icon: 'close', iconOnly: true, quiet: true }, onClose))),
        this.settings),
      this.letters.element, this.attempts.element);
    this.poll();
  }

  show(subscription) {
    this.subscription = subscription;
    const { push, ackDeadline, maxDeliveries, backoff, maxInFlight, cursor, lastError, pausedReason, gap, q, topics = [] } = subscription;
    const pairs = {
      Topics: topics.join(', ') || 'all', Query: q, 'Pushes to': push?.url, 'Ack deadline': ackDeadline,
      Deliveries: maxDeliveries === undefined ? undefined : `at most ${maxDeliveries}`,
      Backoff: backoff ? `${backoff.min} to ${backoff.max}` : undefined,
      'In flight': maxInFlight === undefined ? undefined : `at most ${count(maxInFlight)}`, Cursor: cursor,
      Paused: pausedReason, 'Last error': lastError, Gap: gap ? `${gap.from} to ${gap.to} were gone before they were delivered` : undefined,
    };
    const attention = new Set(['Paused', 'Last error', 'Gap']);
    this.settings.replaceChildren(...Object.entries(pairs).filter(([, text]) => text !== undefined && text !== null).map(([name, text]) =>
      h('div', {}, h('dt', { text: name }), h('dd', { class: `text${attention.has(name) ? ' warn' : ''}`, text: visible(String(text)) }))));
    this.attempts.element.hidden = push === undefined;
  }

  async poll() {
    clearTimeout(this.timer);
    try {
      if (!document.hidden) {
        const [{ deadLetters, hasMore }, { attempts }] = await Promise.all([
          json(`${this.path}/dead-letters`, { parameters: { max: SHOWN } }),
          json(`${this.path}/attempts`).catch(() => ({ attempts: [] })),
        ]);
        this.showLetters(deadLetters, hasMore);
        this.attempts.show(attempts.map((attempt) => this.attempt(attempt)), 'Nothing was pushed yet.');
      }
    } catch {
      // The list of subscriptions says that they can't be had.
    }
    if (!this.closed) {
      this.timer = setTimeout(() => this.poll(), EVERY_MILLIS);
    }
  }

  attempt({ at, offset, delivery, status, tookMillis, error }) {
    const failed = error !== undefined || (status !== undefined && (status < 200 || status > 299));
    return [when(at), this.event(offset), count(delivery), h('span', { class: failed ? 'bad' : 'good', text: String(status ?? 'no answer') }),
      `${tookMillis === undefined ? '–' : `${Math.round(tookMillis)} ms`}`, text(error ?? '')];
  }

  showLetters(letters, hasMore) {
    const rows = letters.map(({ at, offset, deliveries, reason, event, evicted }) => [
      when(at), this.event(offset, event, evicted), count(deliveries), text(reason),
      button('Replay', { quiet: true, 'aria-label': `Replay ${offset}` }, () => this.replay([offset]))]);
    this.letters.show(rows, 'Nothing was given up.', letters.map(({ offset }) => offset).join());
    this.replayAll.disabled = letters.length === 0;
    setText(this.letters.note, hasMore ? `the first ${SHOWN}` : '');
  }

  /** A link to an event, with what it says where that is known. */
  event(offset, event, evicted) {
    const topic = event?.topic;
    const label = event === undefined ? '' : summaryOf(event);
    return h('span', {}, h('a', { href: link('explore', { q: `offset: ${offset}`, since: 'all' }), text: String(offset) }),
      h('span', { class: 'muted text', text: `  ${evicted ? 'evicted' : topic ?? ''} ` }), h('span', { class: 'mono text', text: label }));
  }

  async replay(offsets) {
    try {
      const { replayed } = await send('POST', `${this.path}/dead-letters/replay`, offsets === undefined ? {} : { offsets });
      notice(`${count(replayed)} ${replayed === 1 ? 'event' : 'events'} will be sent again.`);
    } catch (problem) {
      notice(problem.message, { bad: true });
    }
    this.letters.forget();
    this.poll();
    this.onChange();
  }

  close() {
    this.closed = true;
    clearTimeout(this.timer);
  }
}

/** A titled table that is drawn anew only when there is something new. */
class Part {
  constructor(title, explained, columns) {
    this.note = h('span', { class: 'muted small', text: explained });
    this.kinds = columns.map((column) => KINDS[column]);
    this.head = h('header', {}, h('h2', { text: title }), this.note, h('span', { class: 'right' }));
    this.body = h('tbody', {});
    this.none = h('p', { class: 'none muted' });
    this.table = h('div', { class: 'scroll-x', tabindex: '0', role: 'group', 'aria-label': title },
      h('table', { class: 'table parts' }, h('thead', {}, h('tr', {}, columns.map((column) => h('th', { scope: 'col', class: KINDS[column], text: column })))), this.body));
    this.element = h('section', { class: 'panel', 'aria-label': title }, this.head, this.table, this.none);
  }

  show(rows, whenNone, key = null) {
    if (key === null || key !== this.key) {
      this.body.replaceChildren(...rows.map((cells) => h('tr', {}, cells.map((cell, i) => h('td', { class: this.kinds[i] }, cell)))));
    }
    this.key = key;
    this.table.hidden = rows.length === 0;
    this.none.hidden = rows.length > 0;
    setText(this.none, whenNone);
  }

  forget() {
    this.key = null;
  }
}

function when(at) {
  return h('span', { title: at ?? '', text: at === undefined ? '–' : ago(at) });
}

function text(content) {
  return h('span', { class: 'text', text: visible(clipped(String(content), 300)) });
}

function summaryOf(event) {
  const { said, rest } = eventOf(JSON.stringify(event));
  return clipped(`${said} ${rest}`.trim(), 120);
}

