// The public HTTP API, relative to the page: it works behind any path prefix.

/** What the server said is wrong (RFC 9457), or that it could not be reached: `status` 0. */
export class Problem extends Error {
  constructor(status, title, detail, field = null) {
    super(detail || title);
    this.status = status;
    this.title = title;
    this.field = field;
  }
}

/** The address of a path with parameters; those that are empty are left out, lists repeated. */
export function address(path, parameters = {}) {
  const url = new URL(path, document.baseURI);
  url.hash = '';
  for (const [name, value] of Object.entries(parameters)) {
    for (const one of Array.isArray(value) ? value : [value]) {
      if (one !== undefined && one !== null && one !== '') {
        url.searchParams.append(name, one);
      }
    }
  }
  return url;
}

/** Asks; throws a Problem for every answer that isn't a 2xx or 304. */
export async function ask(path, { parameters, method = 'GET', headers, body, signal } = {}) {
  let response;
  try {
    response = await fetch(address(path, parameters), {
      method,
      headers,
      body,
      signal,
      cache: 'no-store',
    });
  } catch (error) {
    if (error.name === 'AbortError') {
      throw error;
    }
    throw new Problem(0, 'Not reachable', 'The server can’t be reached.');
  }
  if (!response.ok && response.status !== 304) {
    throw await problemOf(response);
  }
  return response;
}

async function problemOf(response) {
  const text = await response.text().catch(() => '');
  try {
    const { title, detail, field } = JSON.parse(text);
    return new Problem(response.status, title ?? response.statusText, detail, field);
  } catch {
    return new Problem(response.status, `Status ${response.status}`, text.slice(0, 300));
  }
}

/** An answer as JSON. */
export async function json(path, options) {
  return (await ask(path, options)).json();
}

/** Sends JSON and answers with JSON, null if there is none. */
export async function send(method, path, value, options = {}) {
  const response = await ask(path, {
    ...options,
    method,
    headers: value === undefined ? {} : { 'Content-Type': 'application/json' },
    body: value === undefined ? undefined : JSON.stringify(value),
  });
  const text = await response.text();
  return text === '' ? null : JSON.parse(text);
}

/** Asks again and again for something that may not have changed: null if it hasn't. */
export class Polled {
  constructor(path, parameters) {
    this.path = path;
    this.parameters = parameters;
    this.tag = null;
  }

  async next(signal) {
    const headers = this.tag === null ? {} : { 'If-None-Match': this.tag };
    const { parameters } = this;
    const response = await ask(this.path, { parameters, headers, signal });
    if (response.status === 304) {
      return null;
    }
    const value = await response.json();
    this.tag = response.headers.get('ETag');
    return value;
  }
}

/** The same request as a line for a POSIX shell. */
export function curl(path, parameters, ...options) {
  return ['curl', ...options, quoted(address(path, parameters).href)].join(' ');
}

/** A word of a POSIX shell. */
export function quoted(text) {
  return `'${text.replaceAll("'", "'\\''")}'`;
}
