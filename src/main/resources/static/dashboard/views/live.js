// Events as they come in, newest at the bottom, as in a terminal.

import { curl } from '../api.js';
import { button, h, icon, setText } from '../dom.js';
import { eventDetail } from '../event-detail.js';
import { createRow, eventHeader, fillNote, fillRow, makeRoom } from '../event-row.js';
import { feed } from '../feed.js';
import { count, rate } from '../format.js';
import { VirtualList } from '../list.js';
import { copy } from '../notice.js';
import { searchedWords } from '../query.js';
import { SearchBar } from '../search-bar.js';
import { onChange as onSetting } from '../settings.js';
import { go, link } from '../state.js';
import { EventStream } from '../stream.js';

const REPLAYED = 200;
const MOST_ROWS = 100_000;
const DROPPED_AT_ONCE = 10_000;
const END_PIXELS = 4;
const RATE_EVERY_MILLIS = 1_000;

/** A page that nobody sees gets no frames, and has to forget rows all the same. */
const HIDDEN_EVERY_MILLIS = 1_000;

export function live(root, parameters) {
  const view = new Live();
  root.append(view.element);
  view.update(parameters);
  return view;
}

/** A row is the text of an event, or a note as `{note}`. */
class Live {
  rows = [];
  words = [];
  /** Why it doesn't follow: `null`, `scroll` or `choice`. */
  paused = null;
  /** How many rows there were when it was paused. */
  seen = 0;
  arrived = 0;
  /** Where to go on when the stream was let go because the reader had paused for too long. */
  heldAt = null;

  constructor() {
    this.search = new SearchBar({
      lines: () => this.rows.slice(-200).filter((row) => typeof row === 'string'),
      filter: () => ({ since: '1h' }),
      onChange: (change) => this.change(change),
    });
    this.list = new VirtualList('Events as they come', eventHeader(), {
      create: createRow,
      fill: (row, index) => this.fill(row, this.rows[index]),
      detail: (index) => this.detail(this.rows[index]),
      onScroll: () => this.scrolled(),
    });
    this.state = h('p', { class: 'stream-state', role: 'status' });
    this.pace = h('p', { class: 'muted small' });
    this.pauser = button('Pause', { icon: 'pause', title: 'Pause and resume (p)' }, () => this.togglePause());
    this.resume = h('button', { type: 'button', class: 'resume primary', hidden: true, on: { click: () => this.goOn() } });
    this.none = h('p', { class: 'waiting muted', text: 'Waiting for events …' });
    this.element = h('div', { class: 'stack' },
      h('h1', { class: 'only-read', text: 'Live' }),
      h('div', { class: 'search-line' }, this.search.element),
      h('section', { class: 'panel grow', 'aria-label': 'Stream' },
        h('header', {}, this.state, this.pace, this.tools()), this.none, this.list.element, this.resume));
    this.listen();
  }

  tools() {
    this.exploreLink = h('a', { class: 'button quiet', title: 'The same query over what was' }, icon('search'), 'Explore');
    return h('div', { class: 'actions' },
      button('curl', { quiet: true, icon: 'copy', title: 'Copy the same stream as a command' }, () =>
        copy(curl('events', this.filter(), '-sN', "-H 'Accept: text/event-stream'"), 'The command is copied.')),
      this.exploreLink,
      button('Clear', { quiet: true, icon: 'close', title: 'Empty the list; the log keeps its events' }, () => this.startAfresh()),
      this.pauser);
  }

  listen() {
    this.list.element.addEventListener('wheel', ({ deltaY }) => deltaY < 0 && this.pause('scroll'), { passive: true });
    this.list.element.addEventListener('keydown', ({ key }) =>
      ['ArrowUp', 'k', 'PageUp', 'Home', 'Enter', ' '].includes(key) && this.pause('scroll'));
    this.stopSettings = onSetting((name) => name === 'zone' && this.list.draw(true));
    this.timer = setInterval(() => this.showPace(), RATE_EVERY_MILLIS);
  }

  change({ q, topic }) {
    if (link('live', { q, topic }) === location.hash) {
      this.update({ q, topic });
    } else {
      go('live', { q, topic });
    }
  }

  filter() {
    const { q, topic } = this.parameters;
    return { q, topic };
  }

  update(parameters) {
    this.parameters = parameters;
    this.search.show(parameters);
    this.search.box.showFault(null);
    this.words = searchedWords(parameters.q ?? '');
    this.exploreLink.href = link('explore', this.filter());
    this.heldAt = null;
    this.clear();
    this.follow();
    this.connect();
  }

  connect() {
    this.stream?.close();
    this.stream = new EventStream(this.filter(), {
      onEvents: (lines) => this.add(lines),
      onGap: (gap) => this.add([{ note: gapText(gap) }]),
      onState: (connected) => this.showState(connected),
      onRefused: (problem) => this.refused(problem),
    });
    this.stream.cursor = this.heldAt;
    this.heldAt = null;
    this.stream.run({ replay: REPLAYED }, feed.edge());
    this.showState(null);
  }

  add(rows) {
    this.rows.push(...rows);
    this.arrived += rows.length;
    makeRoom(this.list.element, rows);
    if (this.drawing === undefined) {
      this.drawing = requestAnimationFrame(() => this.draw());
      this.drawingAnyway = setTimeout(() => this.draw(), HIDDEN_EVERY_MILLIS);
    }
    if (this.paused !== null && this.rows.length >= 2 * MOST_ROWS) {
      // Whoever reads shall not lose what is read: the log keeps the rest until reading goes on.
      this.heldAt = this.stream.cursor;
      this.stream.close();
    }
  }

  draw() {
    cancelAnimationFrame(this.drawing);
    clearTimeout(this.drawingAnyway);
    this.drawing = undefined;
    const tooMany = this.paused === null && this.rows.length > MOST_ROWS;
    if (tooMany) {
      const dropped = Math.max(DROPPED_AT_ONCE, this.rows.length - MOST_ROWS);
      this.rows = this.rows.slice(dropped);
      this.list.dropFirst(dropped, this.rows.length);
    } else {
      this.list.setCount(this.rows.length);
    }
    this.none.hidden = this.rows.length > 0;
    if (this.paused === null) {
      this.list.scrollToEnd();
    } else {
      this.showMissed();
    }
  }

  fill(row, entry) {
    if (typeof entry === 'string') {
      fillRow(row, entry, this.words);
    } else {
      fillNote(row, entry.note);
    }
  }

  detail(entry) {
    this.pause('scroll');
    return typeof entry === 'string'
      ? eventDetail(entry, (term, exclude) => this.search.narrow(term, exclude))
      : h('p', { class: 'inside', text: entry.note });
  }

  scrolled() {
    const atEnd = this.list.distanceToEnd <= END_PIXELS;
    if (atEnd && this.paused === 'scroll' && this.heldAt === null) {
      this.follow();
    } else if (!atEnd && this.paused === null) {
      this.pause('scroll');
    }
  }

  pause(why) {
    const canScroll = this.list.element.scrollHeight > this.list.element.clientHeight;
    if (this.paused === null && (why === 'choice' || canScroll)) {
      this.paused = why;
      this.seen = this.rows.length;
      this.showPause();
    }
  }

  follow() {
    this.paused = null;
    this.showPause();
  }

  goOn() {
    this.follow();
    if (this.heldAt !== null) {
      this.connect();
    }
    this.draw();
  }

  togglePause() {
    if (this.paused === null) {
      this.pause('choice');
    } else {
      this.goOn();
    }
  }

  showPause() {
    const paused = this.paused !== null;
    this.pauser.replaceChildren(icon(paused ? 'play' : 'pause'), h('span', { text: paused ? 'Resume' : 'Pause' }));
    this.pauser.setAttribute('aria-pressed', String(paused));
    this.resume.hidden = !paused;
    this.showMissed();
    this.showState(this.connected);
  }

  showMissed() {
    const missed = this.rows.length - this.seen;
    const more = this.heldAt !== null ? ' and more' : '';
    setText(this.resume, missed > 0 ? `${count(missed)}${more} new – resume` : 'Paused – resume');
  }

  showState(connected) {
    this.connected = connected;
    const text = connected === null ? 'Connecting …'
      : connected === false ? 'Connection lost, trying again …'
        : this.paused !== null ? 'Paused' : 'Following';
    const kind = connected === false ? 'bad' : connected && this.paused === null ? 'good' : 'warn';
    this.state.replaceChildren(h('span', { class: `dot ${kind}` }), text);
  }

  showPace() {
    setText(this.pace, `${rate(this.arrived)}/s · ${count(this.rows.length)} rows`);
    this.arrived = 0;
  }

  refused(problem) {
    if (problem.field === 'q') {
      this.search.box.showFault(problem);
    }
    this.state.replaceChildren(h('span', { class: 'dot bad' }), problem.message);
    this.none.hidden = true;
  }

  clear() {
    this.rows = [];
    this.seen = 0;
    this.none.hidden = false;
    this.list.reset(0);
    this.showMissed();
  }

  startAfresh() {
    this.clear();
    if (this.heldAt !== null) {
      this.connect();
    }
  }

  key(key) {
    const actions = { '/': () => this.search.box.focus(), p: () => this.togglePause() };
    actions[key]?.();
    return key in actions;
  }

  close() {
    clearInterval(this.timer);
    clearTimeout(this.drawingAnyway);
    cancelAnimationFrame(this.drawing);
    this.stream?.close();
    this.stopSettings();
    this.list.close();
  }
}

function gapText({ from, to }) {
  const epochs = [from, to].map((cursor) => String(cursor).split('.')[0]);
  return epochs[0] === epochs[1]
    ? `Gap: the events from ${from} to ${to} are gone, dropped before they were read.`
    : `Gap: the server was restarted and its log began anew; what was between ${from} and ${to} can’t be read here.`;
}

