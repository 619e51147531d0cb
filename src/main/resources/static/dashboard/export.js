// A result as a file, an event a line.

import { setText } from './dom.js';
import { bytes, instant } from './format.js';
import { notice } from './notice.js';

let running = null;

/** Downloads what is at that address; the button tells how far it is, and stops it. */
export async function exportEvents(url, button) {
  if (running !== null) {
    running.abort();
    return;
  }
  running = new AbortController();
  const label = button.querySelector('span');
  try {
    const chunks = await download(url, running.signal, (size) => setText(label, `Stop (${bytes(size)})`));
    save(new Blob(chunks, { type: 'application/x-ndjson' }));
  } catch (error) {
    notice(error.name === 'AbortError' ? 'The export was stopped.' : 'The export failed.', { bad: true });
  } finally {
    running = null;
    setText(label, 'Export');
  }
}

async function download(url, signal, onProgress) {
  const response = await fetch(url, { signal, headers: { Accept: 'application/x-ndjson' }, cache: 'no-store' });
  if (!response.ok) {
    throw new Error(`Status ${response.status}`);
  }
  const chunks = [];
  let size = 0;
  const reader = response.body.getReader();
  for (let part = await reader.read(); !part.done; part = await reader.read()) {
    chunks.push(part.value);
    size += part.value.length;
    onProgress(size);
  }
  return chunks;
}

function save(blob) {
  const anchor = document.createElement('a');
  anchor.href = URL.createObjectURL(blob);
  anchor.download = `events-${instant(Date.now()).slice(0, 19).replaceAll(':', '')}.ndjson`;
  anchor.click();
  setTimeout(() => URL.revokeObjectURL(anchor.href), 60_000);
}
