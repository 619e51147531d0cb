// How the log is, on one screen.

import { address, json, quoted } from '../api.js';
import { TimeChart } from '../chart.js';
import { button, h, setText } from '../dom.js';
import { createRow, fillRow } from '../event-row.js';
import { feed } from '../feed.js';
import { ago, bytes, count, percent, rate, short } from '../format.js';
import { byLevel, LEVEL_SERIES } from '../histogram.js';
import { copy } from '../notice.js';
import { page } from '../json.js';
import { Spark } from '../spark.js';
import { link } from '../state.js';

const MINUTES = 10;
const BUCKET_MILLIS = 5_000;
const CHART_EVERY_MILLIS = 3_000;
const TOPICS = 10;
const ERRORS = 8;
const SPARK_SECONDS = 120;
const NEWS_MILLIS = 300_000;
const PROMISES = {
  memory: 'gone with the process',
  os: 'survives the process',
  fsync: 'survives a loss of power',
  replicated: 'survives the loss of a node',
};

export function overview(root) {
  const tiles = new Tiles();
  const activity = new Activity();
  const ranking = new Ranking();
  const welcome = welcomePanel();
  const dashboard = h('div', { class: 'dashboard' }, tiles.element, activity.element,
    h('div', { class: 'columns' }, ranking.element, activity.side));
  root.append(h('h1', { class: 'only-read', text: 'Overview' }), welcome, dashboard);
  const show = () => {
    const { stats } = feed;
    welcome.hidden = stats === null || stats.events.received > 0;
    dashboard.hidden = !welcome.hidden;
    if (stats !== null && welcome.hidden) {
      tiles.show(stats);
      ranking.show(stats);
      activity.refresh(stats);
    }
  };
  feed.addEventListener('change', show);
  show();
  return {
    update: () => {},
    close: () => {
      feed.removeEventListener('change', show);
      activity.close();
    },
  };
}

function welcomePanel() {
  const target = address('publish/hello');
  const command = `curl -d '{"message":"Hello, log","level":"info"}' ${quoted(target.href)}`;
  return h('section', { class: 'welcome panel', hidden: true },
    h('h2', { text: 'Nothing has been published yet' }),
    h('p', { class: 'muted', text: 'Run this in a terminal. The event appears here as soon as it is in.' }),
    h('div', { class: 'command' }, h('code', { text: command }),
      button('Copy', { icon: 'copy' }, () => copy(command, 'The command is copied.'))),
    h('p', { class: 'small' },
      h('a', { href: 'swagger-ui.html', text: 'The whole API' })));
}

class Tiles {
  constructor() {
    this.tiles = {};
    this.spark = new Spark(96, 28, 'Events a second over the last two minutes');
    this.meter = h('div', { class: 'meter', role: 'meter', 'aria-label': 'Memory taken', 'aria-valuemin': '0', 'aria-valuemax': '100' }, h('div', {}));
    const names = { rate: 'Events a second', retained: 'Retained', memory: 'Memory', topics: 'Topics', duplicates: 'Duplicates', rejected: 'Rejected', readers: 'Readers', log: 'Durability' };
    const links = { retained: link('explore'), topics: link('topics'), rejected: link('explore', { topic: '_rejected', since: 'all' }), readers: link('subscriptions') };
    this.element = h('section', { class: 'tiles', 'aria-label': 'Figures' },
      Object.entries(names).map(([name, label]) => this.tile(name, label, links[name])));
    this.tiles.rate.element.append(this.spark.element);
    this.each = h('span', { class: 'extra' });
    const { memory } = this.tiles;
    const note = h('span', {});
    memory.note.replaceChildren(note, this.each);
    memory.note = note;
    memory.element.append(this.meter);
  }

  tile(name, label, href) {
    const figure = h('span', { class: 'figure', text: '–' });
    const note = h('span', { class: 'note', text: ' ' });
    const element = h(href ? 'a' : 'div', { class: `tile ${name}`, href }, h('span', { class: 'label', text: label }), figure, note);
    this.tiles[name] = { element, figure, note };
    return element;
  }

  set(name, figure, note, attention = '') {
    const tile = this.tiles[name];
    setText(tile.figure, figure);
    setText(tile.note, note);
    tile.element.classList.toggle('warn', attention === 'warn');
    tile.element.classList.toggle('bad', attention === 'bad');
  }

  show(stats) {
    const { events, rate: rates, bytes: sizes, readers } = stats;
    this.set('rate', rate(rates['1s']), `1 min ${rate(rates['1m'])} · 5 min ${rate(rates['5m'])}`);
    this.spark.show(feed.rates().slice(-SPARK_SECONDS));
    this.set('retained', short(events.retained), `${short(events.accepted)} accepted · ${short(events.evicted)} evicted`);
    this.tiles.retained.element.title = `${count(events.retained)} retained of ${count(events.accepted)} accepted`;
    this.memory(sizes, events);
    this.set('topics', count(stats.topicCount), `offsets to ${count(stats.lastOffset ?? 0)}`);
    const share = events.received === 0 ? 0 : events.duplicates / events.received;
    this.set('duplicates', short(events.duplicates), `${percent(share)} of received`);
    this.rejected(events, stats.system?._rejected);
    this.set('readers', count(readers.streams + readers.subscriptions), `${count(readers.streams)} streams · ${count(readers.subscriptions)} subscriptions`);
    this.set('log', feed.refusal === null ? stats.durability : 'refuses', feed.refusal ?? PROMISES[stats.durability] ?? '',
      feed.refusal === null ? '' : 'bad');
  }

  /** What was rejected within the last minutes is news, what was before that a reminder. */
  rejected({ rejected }, topic) {
    const last = Date.parse(topic?.lastTimestamp ?? '');
    const isNews = feed.now() - last < NEWS_MILLIS;
    this.set('rejected', short(rejected), rejected === 0 ? 'none' : Number.isNaN(last) ? 'see them' : `the last one ${ago(topic.lastTimestamp)}`,
      rejected === 0 ? '' : isNews ? 'bad' : 'warn');
  }

  memory(sizes, events) {
    const { stored } = sizes;
    const { limit } = feed;
    const share = limit > 0 ? Math.min(1, stored / limit) : null;
    this.set('memory', bytes(stored), share === null ? `${bytes(sizes.retained)} of JSON` : `${percent(share)} of ${bytes(limit)}`,
      share !== null && share >= 0.9 ? 'warn' : '');
    setText(this.each, events.retained === 0 ? '' : ` · ${Math.round(stored / events.retained)} B an event`);
    this.meter.hidden = share === null;
    this.meter.setAttribute('aria-valuenow', String(Math.round((share ?? 0) * 100)));
    this.meter.firstChild.style.width = percent(share ?? 0).replace('<', '');
  }
}

/** What happened lately: by level over time, in all, and the latest errors. */
class Activity {
  constructor() {
    this.chart = new TimeChart('Events a second by level', { height: 190 });
    this.levels = h('ul', { class: 'levels' });
    this.errors = h('div', { class: 'rows still', role: 'table', 'aria-label': 'Latest errors' });
    this.noErrors = h('p', { class: 'muted none', text: 'No errors in the last hour.' });
    this.element = h('section', { class: 'panel activity', 'aria-label': 'Activity' },
      h('header', {}, h('h2', { text: 'Events a second' }), h('span', { class: 'muted small', text: `last ${MINUTES} minutes, by when they happened` })),
      this.chart.element);
    this.side = h('div', { class: 'side' },
      h('section', { class: 'panel' }, h('header', {}, h('h2', { text: 'Levels' }), h('span', { class: 'muted small', text: `last ${MINUTES} minutes` })), this.levels),
      h('section', { class: 'panel' }, h('header', {}, h('h2', { text: 'Latest errors' }),
        h('a', { class: 'right small', href: link('explore', { q: 'level >= error', since: '1h' }), text: 'All of them' })), this.errors, this.noErrors));
    this.showLevels(LEVEL_SERIES.map(() => 0));
    this.notBefore = 0;
  }

  /** Asks less often, the longer an answer takes. */
  async refresh() {
    const started = performance.now();
    if (started < this.notBefore) {
      return;
    }
    this.notBefore = Infinity;
    this.request = new AbortController();
    const { signal } = this.request;
    try {
      const [histogram, errors] = await Promise.all([
        json('stats/histogram', { parameters: { by: 'level', since: `${MINUTES}m`, interval: `${BUCKET_MILLIS}ms` }, signal }),
        this.latestErrors(signal),
      ]);
      this.show(histogram, errors);
    } catch {
      // The feed says that the server can't be reached.
    }
    const now = performance.now();
    this.notBefore = now + Math.max(CHART_EVERY_MILLIS, (now - started) * 10);
  }

  async latestErrors(signal) {
    const parameters = { minLevel: 'ERROR', since: '1h', limit: ERRORS };
    const response = await fetch(address('events', parameters), { signal, cache: 'no-store' });
    return response.ok ? page(await response.text()).events : [];
  }

  show(histogram, errors) {
    const to = Math.floor(feed.now() / BUCKET_MILLIS) * BUCKET_MILLIS;
    const buckets = byLevel(histogram);
    this.chart.show({
      buckets: buckets.filter(({ at }) => at + BUCKET_MILLIS <= to), series: LEVEL_SERIES,
      width: BUCKET_MILLIS, from: to - MINUTES * 60_000, to, divisor: BUCKET_MILLIS / 1000, value: perSecond,
    });
    this.showLevels(LEVEL_SERIES.map((level, i) => buckets.reduce((sum, { parts }) => sum + (parts[i] ?? 0), 0)));
    const rows = errors.map((line, i) => {
      const row = this.errors.children[i] ?? createRow('cell');
      fillRow(row, line);
      return row;
    });
    this.errors.replaceChildren(...rows);
    this.errors.hidden = errors.length === 0;
    this.noErrors.hidden = errors.length > 0;
  }

  showLevels(sums) {
    const most = Math.max(1, ...sums);
    const all = Math.max(1, sums.reduce((sum, number) => sum + number, 0));
    this.levels.replaceChildren(...LEVEL_SERIES.map(({ label, fill, narrow: { term, exclude } }, i) =>
      h('li', {}, h('a', { href: link('explore', { q: exclude ? `not ${term}` : term, since: `${MINUTES}m` }) },
        h('span', { class: `level ${label}`, text: label }),
        h('span', { class: 'track' }, h('span', { class: 'swatch', style: { width: `${(sums[i] / most) * 100}%`, background: `var(${fill})` } })),
        h('span', { class: 'number', text: short(sums[i]) }),
        h('span', { class: 'number muted', text: percent(sums[i] / all) })))));
  }

  close() {
    this.request?.abort();
    this.chart.close();
  }
}

function perSecond(number) {
  return number > 0 && number < 1 ? number.toFixed(2) : rate(number);
}

/** The largest topics. */
class Ranking {
  constructor() {
    this.body = h('tbody', {});
    this.more = h('p', { class: 'muted small more' });
    const heads = [['Topic', ''], ['Share', 'share'], ['Events', 'number'], ['Rate', 'number'], ['Last', 'number']];
    this.element = h('section', { class: 'panel ranking' },
      h('header', {}, h('h2', { text: 'Topics' }), h('a', { class: 'right small', href: link('topics'), text: 'All of them' })),
      h('div', { class: 'scroll-x', tabindex: '0', role: 'group', 'aria-label': 'Largest topics' },
        h('table', { class: 'table' }, h('thead', {}, h('tr', {}, heads.map(([text, kind]) => h('th', { class: kind, scope: 'col', text })))), this.body)),
      this.more);
  }

  show({ topics, topicCount }) {
    const largest = Object.entries(topics).slice(0, TOPICS);
    largest.forEach(([name, figures], i) => this.showTopic(this.body.children[i] ?? this.addRow(), name, figures));
    while (this.body.children.length > largest.length) {
      this.body.lastChild.remove();
    }
    this.more.textContent = topicCount > largest.length ? `and ${count(topicCount - largest.length)} more` : '';
  }

  addRow() {
    const row = h('tr', {},
      h('td', {}, h('a', { class: 'text name' })),
      h('td', { class: 'share' }, h('div', { class: 'track' }, h('span', { class: 'swatch' }))),
      [1, 2, 3].map(() => h('td', { class: 'number' })));
    this.body.append(row);
    return row;
  }

  showTopic(row, name, { accepted, share, rate1m, lastTimestamp }) {
    const [topic, bar, events, perSecond, last] = row.children;
    setText(topic.firstChild, name);
    topic.firstChild.setAttribute('href', link('explore', { q: `topic: ${name}` }));
    topic.firstChild.title = name;
    bar.firstChild.firstChild.style.width = `${Math.max(share * 100, 0.5)}%`;
    bar.title = percent(share);
    setText(events, short(accepted));
    setText(perSecond, `${rate(rate1m)}/s`);
    setText(last, lastTimestamp ? ago(lastTimestamp) : '–');
  }
}

