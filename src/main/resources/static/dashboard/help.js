// What the keys do, and the query language on half a page.

import { button, h } from './dom.js';
import { change, setting } from './settings.js';

const KEYS = [
  [['1', '–', '5'], 'Overview, Explore, Live, Topics, Subscriptions'],
  [['/'], 'to the query'],
  [['f'], 'to the fields, in Explore; arrows go through them'],
  [['↑', '↓'], 'through the list; Page Up, Page Down, Home, End too'],
  [['Enter'], 'opens and closes an event'],
  [['n'], 'older page, as the list goes down'],
  [['p'], 'newer page; in Live, pause and resume'],
  [['t'], 'theme: system, dark, light'],
  [['?'], 'this'],
];

const LANGUAGE = [
  ['timeout', 'the text occurs in topic, source or payload'],
  ['"connection refused"', 'the same, with a space'],
  ['level: error', 'equals; level >= warn compares'],
  ['topic: orders.*', '* stands for anything'],
  ['user.name: budi', 'a path in the payload, or an attribute'],
  ['status: (500 or 503)', 'one of them'],
  ['trace: *', 'the field exists'],
  ['a and not (b or c)', 'side by side means and'],
];

/** Opens the dialog. */
export function showHelp() {
  const off = h('input', { type: 'checkbox', class: 'check' });
  off.checked = setting('keys') === 'on';
  off.addEventListener('change', () => change('keys', off.checked ? 'on' : 'off'));
  const dialog = openDialog('Keys and query language', [
    h('div', { class: 'help' },
      h('dl', {}, KEYS.map(([names, text]) => [
        h('dt', {}, names.map((name) => (name === '–' ? '–' : h('kbd', { text: name })))), h('dd', { text }),
      ])),
      h('label', { class: 'inline' }, off, 'Single keys are on'),
      h('dl', { class: 'language' }, LANGUAGE.map(([example, text]) => [
        h('dt', {}, h('code', { text: example })), h('dd', { text }),
      ]))),
    h('div', { class: 'actions' }, button('Close', {}, () => dialog.close())),
  ]);
}

/** A dialog that goes when it is closed; `onSubmit` makes its content a form. */
export function openDialog(title, content, onSubmit = null) {
  const body = h(onSubmit ? 'form' : 'div', { class: 'content' }, h('h1', { text: title }), content);
  const dialog = h('dialog', { 'aria-label': title }, body);
  body.addEventListener('submit', (event) => {
    event.preventDefault();
    onSubmit(dialog);
  });
  dialog.addEventListener('close', () => dialog.remove());
  dialog.addEventListener('click', (event) => event.target === dialog && dialog.close());
  document.body.append(dialog);
  dialog.showModal();
  return dialog;
}
