// Which view, and of what: all of it is in the address, so that every state can be shared.

/** View and parameters that the address names. */
export function current() {
  const [, view, query] = /^#\/([a-z]*)(?:\?(.*))?$/.exec(location.hash) ?? [null, '', ''];
  return { view: view || 'overview', parameters: Object.fromEntries(new URLSearchParams(query)) };
}

/** The address, relative to the page, of a view with parameters; empty ones are left out. */
export function link(view, parameters = {}) {
  const query = new URLSearchParams(
    Object.entries(parameters).filter(([, value]) => value !== undefined && value !== null && value !== ''),
  ).toString();
  return `#/${view}${query === '' ? '' : `?${query}`}`;
}

/** Goes there; `replace` leaves no trace in the history. */
export function go(view, parameters, { replace = false } = {}) {
  const target = link(view, parameters);
  if (target === location.hash) {
    return;
  }
  if (replace) {
    history.replaceState(null, '', target);
  } else {
    history.pushState(null, '', target);
  }
  window.dispatchEvent(new Event('statechange'));
}

/** Calls back whenever the address names something else. */
export function onState(listener) {
  window.addEventListener('popstate', listener);
  window.addEventListener('statechange', listener);
}
