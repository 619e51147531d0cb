// What can be done with a topic: publish a test event to it, delete its events.

import { ask, curl, quoted, send } from './api.js';
import { button, h } from './dom.js';
import { LEVELS } from './event.js';
import { feed } from './feed.js';
import { count } from './format.js';
import { openDialog } from './help.js';
import { copy, notice } from './notice.js';

/** Publishes one event, to try how its readers take it. */
export function publishDialog(topic, onDone) {
  const name = h('input', { required: true, maxlength: '255', pattern: '[A-Za-z0-9_\\-]+(\\.[A-Za-z0-9_\\-]+)*', class: 'mono', placeholder: 'orders.created', spellcheck: 'false' });
  name.value = topic;
  const level = h('select', {}, ['', ...[...LEVELS].reverse()].map((one) => h('option', { value: one, text: one === '' ? 'none' : one })));
  level.value = 'INFO';
  const payload = h('textarea', { rows: '7', spellcheck: 'false' });
  payload.value = '{\n  "message": "A test from the dashboard"\n}';
  const problem = h('p', { class: 'problem', role: 'alert', hidden: true });
  const form = [
    h('div', { class: 'pair' }, h('label', { class: 'field' }, 'Topic', name), h('label', { class: 'field' }, 'Level', level)),
    h('label', { class: 'field' }, 'Payload: JSON, or any other text', payload),
    problem,
    h('div', { class: 'actions' },
      button('Copy as curl', { icon: 'copy', quiet: true }, () => copy(publishCommand(name.value, level.value, payload.value), 'The command is copied.')),
      button('Cancel', {}, () => dialog.close()),
      button('Publish', { kind: 'primary', type: 'submit' }))];
  const dialog = openDialog('Publish a test event', form, async () => {
    try {
      const { offset } = await publishTo(name.value, level.value, payload.value);
      notice(`Published to ${name.value} at offset ${offset}.`);
      dialog.close();
      onDone();
    } catch (error) {
      problem.textContent = error.message;
      problem.hidden = false;
    }
  });
  (topic === '' ? name : payload).focus();
}

function isJson(text) {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}

async function publishTo(topic, level, payload) {
  const type = isJson(payload) ? 'application/json' : 'text/plain';
  const response = await ask(`publish/${encodeURIComponent(topic)}`, {
    method: 'POST', parameters: { level, source: 'dashboard' }, headers: { 'Content-Type': type }, body: payload,
  });
  const receipt = await response.json();
  feed.tick();
  return receipt;
}

function publishCommand(topic, level, payload) {
  const type = isJson(payload) ? 'application/json' : 'text/plain';
  return curl(`publish/${encodeURIComponent(topic)}`, { level }, '-H', quoted(`Content-Type: ${type}`), '--data-binary', quoted(payload));
}

/** Deletes what a topic has, after its name was typed. */
export function deleteDialog(topic, retained, onDone) {
  const typed = h('input', { class: 'mono', autocomplete: 'off', spellcheck: 'false' });
  const confirm = button('Delete its events', { kind: 'danger', type: 'submit', disabled: true });
  const problem = h('p', { class: 'problem', role: 'alert', hidden: true });
  typed.addEventListener('input', () => {
    confirm.disabled = typed.value !== topic;
  });
  const dialog = openDialog('Delete a topic', [
    h('p', {}, `The ${count(retained)} events retained in `, h('strong', { class: 'text', text: topic }), ' will be gone for every reader. There is no way back.'),
    h('label', { class: 'field' }, 'To confirm, type its name', typed),
    problem,
    h('div', { class: 'actions' }, button('Cancel', {}, () => dialog.close()), confirm),
  ], async () => {
    if (typed.value !== topic) {
      return;
    }
    try {
      await send('DELETE', `topics/${encodeURIComponent(topic)}`);
      notice(`The events of ${topic} are deleted.`);
      dialog.close();
      onDone();
    } catch (error) {
      problem.textContent = error.message;
      problem.hidden = false;
    }
  });
  typed.focus();
}
