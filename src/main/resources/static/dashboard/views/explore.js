// Events that were: found by query and time, read page by page.

import { address, ask, curl, Problem } from '../api.js';
import { button, freshId, h, icon, setText } from '../dom.js';
import { offsetOf } from '../event.js';
import { EventChart } from '../event-chart.js';
import { eventDetail } from '../event-detail.js';
import { createRow, eventHeader, fillRow, makeRoom } from '../event-row.js';
import { exportEvents } from '../export.js';
import { feed } from '../feed.js';
import { FieldsPanel } from '../fields-panel.js';
import { Fold } from '../fold.js';
import { count, instant } from '../format.js';
import { page } from '../json.js';
import { VirtualList } from '../list.js';
import { copy } from '../notice.js';
import { demands, searchedWords } from '../query.js';
import { SearchBar } from '../search-bar.js';
import { onChange as onSetting } from '../settings.js';
import { go, link } from '../state.js';
import { named, TimeRange } from '../time-range.js';

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
    this.chart = new EventChart({
      onSelect: (from, to) => this.change({ since: instant(from), until: instant(to) }),
      onNarrow: (term, exclude) => this.search.narrow(term, exclude),
      onMeasure: (measure) => this.change(measure),
    });
    this.fields = new FieldsPanel({
      id: freshId('fields'),
      onTerm: (term, exclude) => this.narrowOrWiden(term, exclude),
      onMeasure: (measure) => this.change(measure),
      onFields: (fields) => this.learn(fields),
    });
    this.list = new VirtualList('Events', eventHeader(), {
      create: createRow,
      fill: (row, index) => fillRow(row, this.lines[index], this.words),
      detail: (index) => eventDetail(this.lines[index], (term, exclude) => this.search.narrow(term, exclude)),
      onNearEnd: () => this.loadOlder(),
    });
    this.message = h('div', { class: 'message-area', hidden: true });
    this.pager = this.makePager();
    const body = h('div', { class: 'explored' }, this.fields.element,
      h('div', { class: 'found' }, this.chart.element,
        h('section', { class: 'panel grow', 'aria-label': 'Result' }, this.message, this.list.element, this.pager)));
    this.fold = new Fold(body, this.fields.element.id);
    this.element = h('div', { class: 'stack' },
      h('h1', { class: 'only-read', text: 'Explore' }),
      h('div', { class: 'search-line' }, this.fold.element, this.search.element, this.range.element), body);
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

  /** What the address says, but for the place within the result. */
  get state() {
    const { q, topic, since, until, fn, of, by } = this.parameters;
    return { q, topic, since, until, fn, of, by };
  }

  /** The same with something changed, from the newest event on. */
  change(change) {
    const next = { ...this.state, ...change };
    if (link('explore', next) === location.hash) {
      this.load();
    } else {
      go('explore', next);
    }
  }

  turn(direction, line) {
    go('explore', { ...this.state, [direction]: `${feed.stats.epoch}.${offsetOf(line)}` });
  }

  /** A second click on a condition takes it back. */
  narrowOrWiden(term, exclude) {
    if (!exclude && demands(this.parameters.q ?? '', term)) {
      this.search.widen(term);
    } else {
      this.search.narrow(term, exclude);
    }
  }

  learn(fields) {
    this.search.names.learn(fields);
    this.chart.control.offer(fields);
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
    const { fn, of, by, until } = this.parameters;
    const search = { filter: this.filter(), range: { since: this.since, until }, measure: { fn, of, by } };
    const page = this.firstPage(signal).then((found) => this.take(found));
    const chart = this.chart.load(search, signal);
    this.search.names.expect();
    this.fields.load(search.filter);
    try {
      await Promise.all([page, chart]);
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

  take({ events, hasMore, gap, incomplete }) {
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
    } else if (incomplete) {
      this.say('hint', 'Time was over before all events were looked at: there may be more.');
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
      f: () => this.findField(),
      n: () => !this.older.disabled && this.older.click(),
      p: () => !this.newer.disabled && this.newer.click(),
    };
    actions[key]?.();
    return key in actions;
  }

  findField() {
    if (!this.fold.isOpen) {
      this.fold.toggle();
    }
    this.fields.focus();
  }

  close() {
    this.request?.abort();
    this.fields.close();
    this.fold.close();
    this.stop();
    this.chart.close();
    this.range.close();
    this.list.close();
  }
}
