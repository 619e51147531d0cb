// The cursors that the server keeps: how far each is, what it waits for, what it gave up.

import { address, json, quoted } from '../api.js';
import { button, h, setText } from '../dom.js';
import { count, duration, short } from '../format.js';
import { copy } from '../notice.js';
import { go, link } from '../state.js';
import { SubscriptionDetail } from '../subscription-detail.js';
import { millis } from '../time-range.js';

const EVERY_MILLIS = 2_000;

export function subscriptions(root, parameters) {
  const view = new Subscriptions();
  root.append(view.element);
  view.update(parameters);
  return view;
}

class Subscriptions {
  rows = new Map();
  detail = null;

  constructor() {
    this.summary = h('p', { class: 'muted small', role: 'status' });
    this.body = h('tbody', {});
    const heads = ['Backlog', 'In flight', 'Oldest', 'Delivered', 'Acked', 'Redelivered', 'Dead letters'];
    this.table = h('section', { class: 'panel', 'aria-label': 'Subscriptions', hidden: true },
      h('div', { class: 'scroll-x', tabindex: '0', role: 'group', 'aria-label': 'Table of subscriptions' },
        h('table', { class: 'table subscriptions' },
          h('thead', {}, h('tr', {},
            ['Name', 'State', 'Reads'].map((text) => h('th', { scope: 'col', text })),
            heads.map((text) => h('th', { scope: 'col', class: 'number', text })))), this.body)));
    this.none = noneYet();
    this.problem = h('p', { class: 'hint', hidden: true });
    this.place = h('div', {});
    this.element = h('div', { class: 'page' },
      h('div', { class: 'page-head' }, h('h1', { text: 'Subscriptions' }), this.summary),
      this.problem, this.none, this.table, this.place);
    this.poll();
  }

  async poll() {
    clearTimeout(this.timer);
    try {
      if (!document.hidden) {
        const { subscriptions: all } = await json('subscriptions');
        this.show(all);
      }
    } catch (problem) {
      if (problem.status === 404) {
        this.problem.textContent = 'This server has no subscriptions: its version doesn’t offer them.';
        this.problem.hidden = false;
      }
    }
    if (!this.closed) {
      this.timer = setTimeout(() => this.poll(), EVERY_MILLIS);
    }
  }

  show(all) {
    this.all = all;
    this.none.hidden = all.length > 0;
    this.table.hidden = all.length === 0;
    const names = new Set(all.map(({ name }) => name));
    for (const [name, row] of this.rows) {
      if (!names.has(name)) {
        row.element.remove();
        this.rows.delete(name);
      }
    }
    all.forEach((subscription, index) => {
      const row = this.rows.get(subscription.name) ?? this.addRow(subscription.name);
      row.show(subscription, subscription.name === this.chosen);
      if (this.body.children[index] !== row.element) {
        this.body.insertBefore(row.element, this.body.children[index] ?? null);
      }
    });
    const dead = all.reduce((sum, { deadLettered }) => sum + deadLettered, 0);
    setText(this.summary, all.length === 0 ? '' :
      `${count(all.length)} ${all.length === 1 ? 'subscription' : 'subscriptions'}${dead > 0 ? `, ${count(dead)} ${dead === 1 ? 'dead letter' : 'dead letters'}` : ''}`);
    this.showDetail();
  }

  addRow(name) {
    const row = new Row(name);
    this.rows.set(name, row);
    return row;
  }

  showDetail() {
    const subscription = this.all?.find(({ name }) => name === this.chosen);
    if (subscription === undefined) {
      this.closeDetail();
      return;
    }
    if (this.detail?.name !== this.chosen) {
      this.closeDetail();
      this.detail = new SubscriptionDetail(this.chosen, {
        onClose: () => go('subscriptions', {}),
        onChange: () => this.poll(),
      });
      this.place.append(this.detail.element);
    }
    this.detail.show(subscription);
  }

  closeDetail() {
    this.detail?.close();
    this.detail = null;
    this.place.replaceChildren();
  }

  update({ name = null }) {
    this.chosen = name;
    if (this.all !== undefined) {
      this.show(this.all);
    }
  }

  close() {
    this.closed = true;
    clearTimeout(this.timer);
    this.closeDetail();
  }
}

class Row {
  constructor(name) {
    this.name = h('a', { class: 'text name', href: link('subscriptions', { name }), text: name });
    this.dot = h('span', { class: 'dot' });
    this.state = h('span', {});
    this.reads = h('span', { class: 'text mono' });
    this.cells = Array.from({ length: 7 }, () => h('td', { class: 'number' }));
    this.element = h('tr', {}, h('td', {}, this.name), h('td', {}, h('span', { class: 'state' }, this.dot, this.state)),
      h('td', { class: 'reads' }, this.reads), this.cells);
  }

  show(subscription, chosen) {
    const { status, push, backlog, backlogIsAtLeast, inFlight, oldestUnackedAge, delivered, acked, redelivered, deadLettered } = subscription;
    this.element.classList.toggle('chosen', chosen);
    this.dot.className = `dot ${status === 'active' ? (deadLettered > 0 ? 'warn' : 'good') : 'bad'}`;
    setText(this.state, `${status}, ${push ? 'push' : 'pull'}`);
    setText(this.reads, reads(subscription));
    this.reads.title = reads(subscription);
    const texts = [`${short(backlog)}${backlogIsAtLeast ? '+' : ''}`, short(inFlight), age(oldestUnackedAge), short(delivered), short(acked), short(redelivered), short(deadLettered)];
    texts.forEach((text, i) => {
      setText(this.cells[i], text);
      this.cells[i].classList.toggle('zero', text === '0' || text === '–');
    });
    this.cells[6].classList.toggle('bad', deadLettered > 0);
  }
}

/** How old the oldest is that nobody acknowledged, as people say it. */
function age(text) {
  const found = millis(text);
  return found === null ? text ?? '–' : duration(found / 1000);
}

/** What it reads, on one line. */
function reads({ topics = [], q }) {
  return `${topics.join(', ') || 'all topics'}${q ? ` · ${q}` : ''}`;
}

function noneYet() {
  const target = address('subscriptions/billing');
  const command = `curl -X PUT -H 'Content-Type: application/json' -d '{"topics":["orders.**"],"start":"earliest"}' ${quoted(target.href)}`;
  return h('section', { class: 'welcome panel', hidden: true },
    h('h2', { text: 'There are no subscriptions yet' }),
    h('p', { class: 'muted', text: 'A subscription is a cursor that the server keeps: several consumers share its work, and what fails is sent again. This makes one.' }),
    h('div', { class: 'command' }, h('code', { text: command }),
      button('Copy', { icon: 'copy' }, () => copy(command, 'The command is copied.'))));
}
