// The figures of the log, asked for every second while somebody looks, and what they were before.

import { address, Polled } from './api.js';

const EVERY_MILLIS = 1_000;
const HEALTH_EVERY_MILLIS = 10_000;
const REMEMBERED_SECONDS = 600;
const TOPICS = 50;
const LIMIT = /^aggregator_stored_limit_bytes\S* (\S+)$/m;

class Feed extends EventTarget {
  /** The newest figures, null before the first; `problem` is why there are no newer ones. */
  stats = null;
  problem = null;
  /** Why the log takes no events, null if it does. */
  refusal = null;
  /** Bytes of memory that the log may take; null as long as it isn't known. */
  limit = null;
  /** `{at, accepted}` of the last minutes, a second apart. */
  history = [];

  start() {
    this.polled = new Polled('stats', { top: TOPICS });
    this.tick();
    this.checkHealth();
    this.askLimit();
    document.addEventListener('visibilitychange', () => !document.hidden && this.tick());
  }

  async tick() {
    clearTimeout(this.timer);
    if (document.hidden && this.stats !== null) {
      return;
    }
    const asked = {};
    this.asked = asked;
    try {
      const stats = await this.polled.next();
      if (asked === this.asked) {
        this.take(stats);
      }
    } catch (problem) {
      if (asked === this.asked) {
        this.problem = problem;
        this.polled.tag = null;
      }
    }
    if (asked === this.asked) {
      this.dispatchEvent(new Event('change'));
      this.timer = setTimeout(() => this.tick(), EVERY_MILLIS);
    }
  }

  /** Null is the same as before: only the time has passed. */
  take(fresh) {
    const now = this.now();
    const stats = fresh ?? { ...this.stats, uptimeSeconds: (now - Date.parse(this.stats.startedAt)) / 1000 };
    this.takenAt = Date.now();
    if (this.stats !== null && stats.epoch !== this.stats.epoch) {
      this.history = [];
      this.askLimit();
      this.dispatchEvent(new Event('reborn'));
    }
    this.stats = stats;
    this.problem = null;
    this.history.push({ at: Date.now(), accepted: stats.events.accepted });
    if (this.history.length > REMEMBERED_SECONDS) {
      this.history.shift();
    }
  }

  async checkHealth() {
    if (!document.hidden) {
      try {
        const response = await fetch(address('actuator/health'), { cache: 'no-store' });
        this.refusal = response.status === 503 ? reasonOf(await response.json()) : null;
      } catch {
        this.refusal = null;
      }
    }
    setTimeout(() => this.checkHealth(), HEALTH_EVERY_MILLIS);
  }

  /** It changes with the process only, and is among the meters, not the figures. */
  async askLimit() {
    try {
      const response = await fetch(address('actuator/prometheus'));
      const found = response.ok ? LIMIT.exec(await response.text()) : null;
      this.limit = found === null ? null : Number(found[1]);
    } catch {
      this.limit = null;
    }
  }

  /** What time it is where the log is; milliseconds since the epoch. */
  now() {
    const { stats } = this;
    return stats === null
      ? Date.now()
      : Date.parse(stats.startedAt) + stats.uptimeSeconds * 1000 + (Date.now() - this.takenAt);
  }

  /** A cursor before everything that is still to come; null if there is none. */
  edge() {
    const { stats } = this;
    return stats === null ? null : `${stats.epoch}.${stats.lastOffset ?? -1}`;
  }

  /** Accepted events a second, for each second that was seen. */
  rates() {
    const found = [];
    for (let i = 1; i < this.history.length; i += 1) {
      const [before, now] = [this.history[i - 1], this.history[i]];
      found.push((now.accepted - before.accepted) / Math.max(0.2, (now.at - before.at) / 1000));
    }
    return found;
  }
}

function reasonOf(health) {
  return health.components?.log?.details?.reason ?? 'see /actuator/health';
}

/** The one that all views share. */
export const feed = new Feed();
