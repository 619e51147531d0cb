// The topics: what is in each, how fast it grows, and what can be done with one.

import { json, Polled } from '../api.js';
import { button, h, setText } from '../dom.js';
import { feed } from '../feed.js';
import { ago, bytes, count, rate, short } from '../format.js';
import { Spark } from '../spark.js';
import { link } from '../state.js';
import { deleteDialog, publishDialog } from '../topic-dialogs.js';

const MOST_TOPICS = 1_000;
const ROWS_AT_ONCE = 200;
const EVERY_MILLIS = 2_000;
const TRENDS_EVERY_MILLIS = 10_000;
/** As many as a histogram can tell apart. */
const TRENDS = 50;
const TREND_MINUTES = 30;
const MINUTE_MILLIS = 60_000;

const COLUMNS = [
  ['name', 'Topic'],
  ['accepted', 'Events'],
  ['retained', 'Retained', 'second'],
  ['duplicates', 'Duplicates', 'second'],
  ['bytes', 'Size', 'second'],
  ['rate1m', 'Rate'],
  ['lastTimestamp', 'Last event'],
];

export function topics(root, parameters) {
  const view = new Topics();
  root.append(view.element);
  view.update(parameters);
  return view;
}

class Topics {
  all = [];
  trends = new Map();
  rows = new Map();
  shown = ROWS_AT_ONCE;
  order = { by: 'accepted', ascending: false };

  constructor() {
    this.polled = new Polled('stats', { top: MOST_TOPICS });
    this.filter = h('input', { type: 'search', placeholder: 'Filter by name', 'aria-label': 'Filter by name', on: { input: () => this.draw() } });
    this.summary = h('p', { class: 'muted small', role: 'status' });
    this.body = h('tbody', {});
    this.heads = COLUMNS.map(([name, text, kind = '']) => this.head(name, text, kind));
    this.more = button('Show more', { quiet: true }, () => {
      this.shown += ROWS_AT_ONCE;
      this.draw();
    });
    this.none = h('p', { class: 'none muted', hidden: true, text: 'No topic has this name.' });
    this.element = h('div', { class: 'page' },
      h('div', { class: 'page-head' }, h('h1', { text: 'Topics' }), this.summary, this.filter,
        button('Publish a test event', { icon: 'send', kind: 'primary' }, () => this.publish(''))),
      h('section', { class: 'panel', 'aria-label': 'Topics' },
        h('div', { class: 'scroll-x', tabindex: '0', role: 'group', 'aria-label': 'Table of topics' },
          h('table', { class: 'table topics' },
            h('thead', {}, h('tr', {}, this.heads.slice(0, 1), h('th', { scope: 'col', class: 'trend', text: `Last ${TREND_MINUTES} min` }), this.heads.slice(1),
              h('th', { scope: 'col', class: 'number' }, h('span', { class: 'only-read', text: 'Actions' })))), this.body)),
        this.none, h('div', { class: 'more-line' }, this.more)));
    this.poll();
    this.pollTrends();
  }

  head(name, text, kind) {
    const cell = h('th', { scope: 'col', class: name === 'name' ? '' : `number ${kind}` }, button(text, {}, () => this.sortBy(name)));
    cell.dataset.column = name;
    return cell;
  }

  sortBy(name) {
    const ascending = this.order.by === name ? !this.order.ascending : name === 'name';
    this.order = { by: name, ascending };
    this.draw();
  }

  async poll() {
    try {
      if (!document.hidden) {
        const stats = await this.polled.next();
        if (stats !== null) {
          this.all = entries(stats);
          this.stats = stats;
        }
        this.draw();
      }
    } catch {
      // The feed says that the server can't be reached.
    }
    this.again('timer', () => this.poll(), EVERY_MILLIS);
  }

  async pollTrends() {
    const started = performance.now();
    try {
      if (!document.hidden) {
        const parameters = { by: 'topic', limit: TRENDS, since: `${TREND_MINUTES}m`, interval: '1m' };
        const { buckets } = await json('stats/histogram', { parameters });
        this.trends = trendsOf(buckets, feed.now());
        this.draw();
      }
    } catch {
      // As above.
    }
    this.again('trendTimer', () => this.pollTrends(), Math.max(TRENDS_EVERY_MILLIS, (performance.now() - started) * 20));
  }

  again(timer, action, millis) {
    if (!this.closed) {
      this[timer] = setTimeout(action, millis);
    }
  }

  draw() {
    const wanted = this.filter.value.trim().toLowerCase();
    const found = this.all.filter(({ name }) => name.toLowerCase().includes(wanted)).sort(this.comparison());
    const visible = found.slice(0, this.shown);
    const kept = new Set(visible.map(({ name }) => name));
    for (const [name, row] of this.rows) {
      if (!kept.has(name)) {
        row.element.remove();
        this.rows.delete(name);
      }
    }
    visible.forEach((topic, index) => {
      const row = this.rows.get(topic.name) ?? this.addRow(topic.name);
      row.show(topic, this.trends.get(topic.name));
      if (this.body.children[index] !== row.element) {
        this.body.insertBefore(row.element, this.body.children[index] ?? null);
      }
    });
    this.more.hidden = found.length <= this.shown;
    this.none.hidden = found.length > 0 || this.stats === undefined;
    setText(this.none, this.all.length === 0 ? 'There are no topics yet; the first event makes one.' : 'No topic has this name.');
    this.heads.forEach((head) => {
      const sorted = head.dataset.column === this.order.by;
      head.toggleAttribute('aria-sort', sorted);
      if (sorted) {
        head.setAttribute('aria-sort', this.order.ascending ? 'ascending' : 'descending');
      }
    });
    const folded = this.stats?.otherTopics?.topicCount ?? 0;
    setText(this.summary, this.stats === undefined ? '' :
      `${count(this.stats.topicCount)} ${this.stats.topicCount === 1 ? 'topic' : 'topics'}${folded > 0 ? `, of which the ${count(MOST_TOPICS)} largest are shown` : ''}`);
  }

  comparison() {
    const { by, ascending } = this.order;
    const direction = ascending ? 1 : -1;
    return ({ [by]: a = '', name: nameOfA }, { [by]: b = '', name: nameOfB }) =>
      a === b ? (nameOfA < nameOfB ? -1 : 1) : (a < b ? -1 : 1) * direction;
  }

  addRow(name) {
    const row = new TopicRow(name, { publish: () => this.publish(name), remove: () => this.remove(name) });
    this.rows.set(name, row);
    return row;
  }

  publish(topic) {
    publishDialog(topic, () => this.soon());
  }

  remove(topic) {
    const { retained } = this.all.find(({ name }) => name === topic) ?? { retained: 0 };
    deleteDialog(topic, retained, () => this.soon());
  }

  soon() {
    clearTimeout(this.timer);
    this.poll();
  }

  update() {}

  key(key) {
    if (key === '/') {
      this.filter.focus();
    }
    return key === '/';
  }

  close() {
    this.closed = true;
    clearTimeout(this.timer);
    clearTimeout(this.trendTimer);
  }
}

function entries({ topics: all, system = {} }) {
  return [...Object.entries(all), ...Object.entries(system)].map(([name, figures]) => ({ name, ...figures }));
}

/** For each topic, how many events there were in each whole minute: part of one looks like a fall. */
function trendsOf(all, now) {
  const trends = new Map();
  const buckets = all.filter(({ start }) => {
    const at = Date.parse(start);
    return at >= now - TREND_MINUTES * MINUTE_MILLIS && at + MINUTE_MILLIS <= now;
  });
  buckets.forEach(({ by }, index) => {
    for (const [topic, number] of Object.entries(by)) {
      if (!trends.has(topic)) {
        trends.set(topic, new Array(buckets.length).fill(0));
      }
      trends.get(topic)[index] = number;
    }
  });
  return trends;
}

class TopicRow {
  constructor(name, { publish, remove }) {
    const system = name.startsWith('_');
    const target = system ? { topic: name, since: 'all' } : { q: `topic: ${name}` };
    this.spark = new Spark(110, 22);
    this.cells = COLUMNS.slice(1).map(([, , kind = '']) => h('td', { class: `number ${kind}` }));
    this.element = h('tr', {},
      h('td', {}, h('a', { class: 'text name', href: link('explore', target), title: name, text: name }), system ? h('span', { class: 'muted small', text: '\u00a0system' }) : null),
      h('td', { class: 'trend' }, this.spark.element),
      this.cells,
      h('td', { class: 'row-tools' }, h('div', {},
        h('a', { class: 'button quiet', href: link('live', system ? { topic: name } : target), text: 'Live', 'aria-label': `Live: ${name}` }),
        system ? h('span', { class: 'no-button' }) : button(`Publish to ${name}`, { icon: 'send', iconOnly: true, quiet: true }, publish),
        button(`Delete ${name}`, { icon: 'trash', iconOnly: true, quiet: true }, remove))));
  }

  show(topic, trend = []) {
    const texts = [short(topic.accepted), short(topic.retained), short(topic.duplicates), bytes(topic.bytes),
      `${rate(topic.rate1m)}/s`, topic.lastTimestamp ? ago(topic.lastTimestamp) : '–'];
    texts.forEach((text, i) => {
      setText(this.cells[i], text);
      this.cells[i].classList.toggle('zero', text === '0' || text === '0/s');
    });
    this.cells[5].title = topic.lastTimestamp ?? '';
    this.spark.show(trend);
  }
}
