// The log as it grows, by server-sent events. Not by EventSource, which neither tells why the
// server refused, nor takes a cursor for where to go on.

import { address, Problem } from './api.js';

const FIRST_RETRY_MILLIS = 500;
const LONGEST_RETRY_MILLIS = 5_000;

export class EventStream {
  /**
   * `onEvents(lines)`, `onGap({from, to})`, `onState(connected, problem)`: a problem that is final
   * (the query is at fault) comes as `onRefused(problem)`.
   */
  constructor(filter, callbacks) {
    this.filter = filter;
    Object.assign(this, callbacks);
    this.cursor = null;
    this.controller = new AbortController();
  }

  /**
   * Reads until it is closed; comes back from where it was when the connection breaks.
   *
   * `start` says where to begin; `edge` is a cursor before anything that comes from now on, to come
   * back to when nothing has come yet.
   */
  async run(start, edge) {
    const { signal } = this.controller;
    let pause = FIRST_RETRY_MILLIS;
    let connected = false;
    while (!signal.aborted) {
      try {
        const place = this.cursor ?? (connected ? edge : null);
        const parameters = place === null ? start : { after: place };
        await this.read({ ...this.filter, ...parameters }, () => {
          connected = true;
          pause = FIRST_RETRY_MILLIS;
        });
        throw new Problem(0, 'Ended', 'The server ended the stream.');
      } catch (error) {
        if (signal.aborted) {
          return;
        }
        if (error instanceof Problem && error.status >= 400 && error.status < 500 && error.status !== 429) {
          this.onRefused(error);
          return;
        }
        this.onState(false, error);
        await sleep(pause, signal);
        pause = Math.min(pause * 2, LONGEST_RETRY_MILLIS);
      }
    }
  }

  async read(parameters, onConnected) {
    const { signal } = this.controller;
    const response = await fetch(address('events', parameters), {
      signal, headers: { Accept: 'text/event-stream' }, cache: 'no-store',
    });
    if (!response.ok) {
      const { title, detail, field } = await response.json().catch(() => ({}));
      throw new Problem(response.status, title, detail ?? `Status ${response.status}`, field);
    }
    if (!response.headers.get('Content-Type')?.startsWith('text/event-stream')) {
      throw new Problem(406, 'No stream', 'This server has no streams.');
    }
    onConnected();
    this.onState(true, null);
    const reader = response.body.pipeThrough(new TextDecoderStream()).getReader();
    let rest = '';
    for (let part = await reader.read(); !part.done; part = await reader.read()) {
      rest = this.take(rest + part.value);
    }
  }

  /** Takes what is complete of a text; answers the rest. */
  take(text) {
    const end = text.lastIndexOf('\n\n');
    if (end < 0) {
      return text;
    }
    let lines = [];
    for (const block of text.slice(0, end).split('\n\n')) {
      const message = fields(block);
      if (message.event === 'gap') {
        this.deliver(lines);
        lines = [];
        this.onGap(JSON.parse(message.data));
      } else if (message.data !== undefined) {
        lines.push(message.data);
      }
      this.cursor = message.id ?? this.cursor;
    }
    this.deliver(lines);
    return text.slice(end + 2);
  }

  deliver(lines) {
    if (lines.length > 0) {
      this.onEvents(lines);
    }
  }

  close() {
    this.controller.abort();
  }
}

function fields(block) {
  const found = {};
  for (const line of block.split('\n')) {
    const colon = line.indexOf(':');
    if (colon > 0) {
      found[line.slice(0, colon)] = line.slice(line[colon + 1] === ' ' ? colon + 2 : colon + 1);
    }
  }
  return found;
}

function sleep(millis, signal) {
  return new Promise((resolve) => {
    const timer = setTimeout(resolve, millis);
    signal.addEventListener('abort', () => { clearTimeout(timer); resolve(); }, { once: true });
  });
}
