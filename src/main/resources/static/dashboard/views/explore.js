// Events that were: found by query and time, read page by page.

import { address, ask, curl, json, Problem } from '../api.js';
import { LevelChart } from '../chart.js';
import { button, h, icon, setText } from '../dom.js';
import { LEVELS, offsetOf } from '../event.js';
import { eventDetail } from '../event-detail.js';
import { createRow, eventHeader, fillRow, makeRoom } from '../event-row.js';
import { exportEvents } from '../export.js';
import { feed } from '../feed.js';
import { count, instant, short } from '../format.js';
import { page } from '../json.js';
import { VirtualList } from '../list.js';
import { copy } from '../notice.js';
import { searchedWords } from '../query.js';
import { SearchBar } from '../search-bar.js';
import { onChange as onSetting } from '../settings.js';
import { go, link } from '../state.js';
import { millis, named, TimeRange } from '../time-range.js';

const DEFAULT_SINCE = '1h';
const PAGE_EVENTS = 500;

/** More than at first, since nobody waits for them to see the rest. */
const FURTHER_EVENTS = 2_000;
const MOST_ROWS = 100_000;

export function explore(root, parameters) {
  const view = new Explore();
  root.append(view.element);
  view.update(parameters);
  return view;
}

class Explore {
  lines = [];
  words = [];

  constructor() {
    this.search = new SearchBar({
      lines: () => this.lines,
      filter: () => this.time(),
      onChange: (change) => this.change(change),
    });
    this.range = new TimeRange((range) => this.change(range));
    this.chart = new LevelChart('Events by level over time', {
      height: 120,
      onSelect: (from, to) => this.change({ since: instant(from), until: instant(to) }),
    });
    this.legend = h('div', { class: 'legend', role: 'group', 'aria-label': 'Only events of a level' });
    this.total = h('p', { class: 'total', role: 'status' });
    this.list = new VirtualList('Events', eventHeader(), {
      create: createRow,
      fill: (row, index) => fillRow(row, this.lines[index], this.words),
      detail: (index) => eventDetail(this.lines[index], (term, exclude) => this.search.narrow(term, exclude)),
      onNearEnd: () => this.loadOlder(),
    });
    this.message = h('div', { class: 'message-area', hidden: true });
    this.pager = this.makePager();
    this.element = h('div', { class: 'stack' },
      h('h1', { class: 'only-read', text: 'Explore' }),
      h('div', { class: 'search-line' }, this.search.element, this.range.element),
      h('section', { class: 'panel', 'aria-label': 'Histogram' }, h('header', {}, this.total, this.legend), this.chart.element),
      h('section', { class: 'panel grow', 'aria-label': 'Result' }, this.message, this.list.element, this.pager));
    this.stop = onSetting((name) => name === 'zone' && this.refill());
  }

  makePager() {
    this.loaded = h('p', { class: 'loaded muted small' });
    this.newest = button('Newest', { quiet: true }, () => this.change({}));
    this.newer = button('Newer', { quiet: true, icon: 'left' }, () => this.turn('after', this.lines[0]));
    this.older = button('Older', { quiet: true, icon: 'right', class: 'turned' }, () => this.turn('before', this.lines.at(-1)));
    this.exporter = button('Export', { quiet: true, icon: 'download', title: 'The whole result as NDJSON' }, () => this.export());
    return h('footer', { class: 'pager' }, this.newest, this.newer, this.older, this.loaded,
      h('div', { class: 'actions' },
        button('curl', { quiet: true, icon: 'copy', title: 'Copy the same query as a command' }, () => this.copyCurl()),
        button('Link', { quiet: true, icon: 'link', title: 'Copy the address of what you see' }, () => copy(location.href, 'The link is copied.')),
        this.exporter,
        this.liveLink = h('a', { class: 'button quiet', title: 'The same query as a stream' }, icon('play'), 'Live')));
  }

  /** The same with something changed, from the newest event on. */
  change(change) {
    const { q, topic, since, until } = { ...this.parameters, ...change };
    const next = { q, topic, since, until };
    if (link('explore', next) === location.hash) {
      this.load();
    } else {
      go('explore', next);
    }
  }

  turn(direction, line) {
    const { q, topic, since, until } = this.parameters;
    const cursor = `${feed.stats.epoch}.${offsetOf(line)}`;
    go('explore', { q, topic, since, until, [direction]: cursor });
  }

  update(parameters) {
    this.parameters = parameters;
    this.search.show(parameters);
    this.range.show({ since: this.since, until: parameters.until });
    this.liveLink.href = link('live', { q: parameters.q, topic: parameters.topic });
    this.load();
  }

  get since() {
    return this.parameters.since || DEFAULT_SINCE;
  }

  time() {
    return { since: this.since === 'all' ? '' : this.since, until: this.parameters.until };
  }

  /** What the API is asked for. */
  filter() {
    const { q, topic } = this.parameters;
    return { q, topic, ...this.time() };
  }

  async load() {
    this.request?.abort();
    this.request = new AbortController();
    const { signal } = this.request;
    this.element.setAttribute('aria-busy', 'true');
    try {
      const [found] = await Promise.all([this.firstPage(signal), this.histogram(signal)]);
      this.take(found);
      this.search.box.showFault(null);
    } catch (problem) {
      if (problem.name !== 'AbortError') {
        this.fail(problem);
      }
    }
    if (!signal.aborted) {
      this.element.removeAttribute('aria-busy');
    }
  }

  async page(parameters, signal) {
    const response = await ask('events', { parameters: { ...this.filter(), limit: PAGE_EVENTS, ...parameters }, signal });
    return page(await response.text());
  }

  async firstPage(signal) {
    const { before, after } = this.parameters;
    if (!after) {
      return this.page({ before }, signal);
    }
    const newer = await this.page({ after, order: 'asc' }, signal);
    return { ...newer, events: newer.events.reverse(), hasMore: true, next: null };
  }

  take({ events, hasMore, gap }) {
    this.lines = events;
    this.hasMore = hasMore;
    this.loading = false;
    this.words = searchedWords(this.parameters.q ?? '');
    this.list.element.classList.remove('dated');
    makeRoom(this.list.element, events);
    this.list.reset(events.length);
    this.showState();
    if (gap) {
      this.say('hint', `Events from ${gap.from} to ${gap.to} are gone: retention dropped them.`);
    } else if (events.length === 0) {
      this.sayNothingFound();
    } else {
      this.message.hidden = true;
    }
  }

  async loadOlder() {
    if (this.loading || !this.hasMore || this.lines.length === 0 || this.lines.length >= MOST_ROWS) {
      return;
    }
    this.loading = true;
    const { signal } = this.request;
    try {
      const found = await this.page({ before: offsetOf(this.lines.at(-1)), limit: FURTHER_EVENTS }, signal);
      this.lines.push(...found.events);
      makeRoom(this.list.element, found.events);
      this.hasMore = found.hasMore;
      this.loading = false;
      this.list.setCount(this.lines.length);
      this.showState();
    } catch (problem) {
      if (problem.name !== 'AbortError') {
        this.hasMore = false;
        this.fail(problem);
      }
    }
  }

  async histogram(signal) {
    const { interval, buckets } = await json('stats/histogram', { parameters: { ...this.filter(), by: 'level' }, signal });
    const width = millis(interval);
    const now = feed.now();
    const ago = millis(this.since);
    const first = buckets.length > 0 ? Date.parse(buckets[0].start) : now - 3_600_000;
    const end = buckets.length > 0 ? Date.parse(buckets.at(-1).start) + width : now;
    const from = ago !== null ? now - ago : this.since === 'all' ? first : Date.parse(this.since);
    const { until } = this.parameters;
    const to = until ? (millis(until) === null ? Date.parse(until) : now - millis(until)) : this.since === 'all' ? end : Math.max(now, end);
    this.chart.show(buckets, width, { from, to });
    this.showLegend(buckets);
  }

  showLegend(buckets) {
    const sums = new Map([...LEVELS, '(none)'].map((level) => [level, 0]));
    let total = 0;
    for (const bucket of buckets) {
      total += bucket.count;
      Object.entries({ ...bucket.by, '(none)': bucket.none ?? 0 }).forEach(([level, number]) => sums.set(level, sums.get(level) + number));
    }
    setText(this.total, `${count(total)} ${total === 1 ? 'event' : 'events'}`);
    this.legend.replaceChildren(...[...sums].filter(([, number]) => number > 0).map(([level, number]) =>
      h('button', {
        type: 'button', class: 'quiet key', title: `Only ${level === '(none)' ? 'events without a level' : level}`,
        on: { click: () => this.search.narrow(level === '(none)' ? 'level: *' : `level: ${level}`, level === '(none)') },
      }, h('span', { class: `swatch fill ${level}` }), level === '(none)' ? 'no level' : level, h('span', { class: 'muted', text: short(number) }))));
  }

  showState() {
    const { before, after } = this.parameters;
    this.newest.disabled = !before && !after;
    this.newer.disabled = (!before && !after) || this.lines.length === 0;
    this.older.disabled = !this.hasMore || this.lines.length === 0;
    setText(this.loaded, this.lines.length === 0 ? '' :
      `${count(this.lines.length)} rows${this.hasMore ? ', more as you scroll' : ', to the oldest'}`);
  }

  say(kind, ...content) {
    this.message.className = `message-area ${kind}`;
    this.message.replaceChildren(...content);
    this.message.hidden = false;
  }

  sayNothingFound() {
    const range = named({ since: this.since, until: this.parameters.until });
    const wider = this.since === 'all' && !this.parameters.until ? null
      : button('Search all time', {}, () => this.change({ since: 'all', until: '' }));
    const none = feed.stats?.events.received === 0;
    this.say('empty', h('p', { text: none ? 'Nothing has been published yet.' : `No events match (${range.toLowerCase()}).` }), ...(wider && !none ? [wider] : []));
  }

  fail(problem) {
    if (problem instanceof Problem && problem.field === 'q') {
      this.search.box.showFault(problem);
      return;
    }
    this.search.box.showFault(null);
    this.say('problem', h('p', { text: problem.message }), button('Try again', {}, () => this.load()));
  }

  refill() {
    this.list.draw(true);
  }

  copyCurl() {
    copy(curl('events', this.filter(), '-sN', "-H 'Accept: application/x-ndjson'"), 'The command is copied.');
  }

  export() {
    exportEvents(address('events', { ...this.filter(), order: 'asc' }), this.exporter);
  }

  key(key) {
    const actions = {
      '/': () => this.search.box.focus(),
      n: () => !this.older.disabled && this.older.click(),
      p: () => !this.newer.disabled && this.newer.click(),
    };
    actions[key]?.();
    return key in actions;
  }

  close() {
    this.request?.abort();
    this.stop();
    this.chart.close();
    this.range.close();
    this.list.close();
  }
}
