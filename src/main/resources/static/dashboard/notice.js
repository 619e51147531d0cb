// A word in the corner that goes by itself, and what often causes one: copying.

import { h } from './dom.js';

const SHOWN_MILLIS = 4_000;

/** Says it; `bad` looks like it needs attention. */
export function notice(text, { bad = false } = {}) {
  const element = h('p', { class: bad ? 'notice bad' : 'notice', text });
  document.getElementById('notices').append(element);
  setTimeout(() => element.remove(), SHOWN_MILLIS);
}

/** Puts the text on the clipboard, also where the browser has no clipboard for plain HTTP. */
export async function copy(text, said) {
  try {
    await navigator.clipboard.writeText(text);
  } catch {
    const area = h('textarea', { class: 'only-read' });
    area.value = text;
    document.body.append(area);
    area.select();
    document.execCommand('copy');
    area.remove();
  }
  notice(said);
}
