// The one box for the filter language: completes, and shows an error where it is.

import { button, freshId, h } from './dom.js';
import { completions } from './completion.js';
import { faultAt } from './query.js';

const PAUSE_MILLIS = 120;

export class QueryBox {
  /**
   * `fields()` and `filter()` say what to complete with, `onSubmit(text)` gets the query; `onFocus()`
   * tells that one is about to be written.
   */
  constructor({ fields, filter, onSubmit, onFocus }) {
    Object.assign(this, { fields, filter, onSubmit, onFocus });
    this.options = [];
    this.chosen = -1;
    const listId = freshId('completions');
    const errorId = freshId('fault');
    this.input = h('input', {
      class: 'query', type: 'text', role: 'combobox', autocomplete: 'off', autocapitalize: 'off',
      spellcheck: 'false', 'aria-label': 'Query', 'aria-autocomplete': 'list', 'aria-controls': listId,
      'aria-expanded': 'false', 'aria-describedby': errorId, maxlength: '4096', enterkeyhint: 'search',
      placeholder: 'level >= warn and topic: orders.* and status: 500, or any text',
    });
    this.list = h('ul', { class: 'completions', role: 'listbox', id: listId, 'aria-label': 'Completions', hidden: true });
    this.pointer = h('span', { class: 'pointer', 'aria-hidden': 'true', text: '▲' });
    this.said = h('span', {});
    this.fault = h('p', { class: 'fault', id: errorId, role: 'alert', hidden: true }, this.pointer, this.said);
    this.element = h('form', { class: 'query-box', role: 'search' },
      h('div', { class: 'query-line' }, this.input, button('Search', { kind: 'primary', type: 'submit' })),
      this.list, this.fault);
    this.listen();
  }

  listen() {
    this.element.addEventListener('submit', (event) => {
      event.preventDefault();
      this.close();
      this.onSubmit(this.input.value.trim());
    });
    this.input.addEventListener('input', () => this.outdate());
    this.input.addEventListener('click', () => this.suggest());
    this.input.addEventListener('keydown', (event) => this.key(event));
    this.input.addEventListener('scroll', () => this.placePointer());
    this.input.addEventListener('focus', () => this.onFocus());
    this.input.addEventListener('blur', () => this.close());
  }

  get text() {
    return this.input.value.trim();
  }

  show(text) {
    if (this.input.value.trim() !== text) {
      this.input.value = text;
    }
    this.close();
  }

  focus() {
    this.input.focus();
    this.input.select();
  }

  /** Shows what the server says is wrong with the query; null when nothing is. */
  showFault(problem) {
    this.fault.hidden = problem === null;
    this.input.setAttribute('aria-invalid', String(problem !== null));
    if (problem === null) {
      return;
    }
    this.at = faultAt(this.input.value, problem.message);
    this.said.textContent = problem.message.replace(/^q /, '').replace(/^at position/, 'At position');
    this.placePointer();
  }

  placePointer() {
    this.pointer.hidden = this.at === null || this.at === undefined;
    this.pointer.style.setProperty('--at', this.at ?? 0);
    this.pointer.style.setProperty('--scrolled', `${this.input.scrollLeft}px`);
  }

  /** What is offered is for another text: it stays in sight until there is better, but can't be taken. */
  outdate() {
    this.choose(-1);
    this.outdated = true;
    this.suggest();
  }

  /** Completes anew if it was completing and nothing was chosen yet: more is known now. */
  suggestAgain() {
    if (this.suggesting && this.chosen < 0) {
      this.suggest();
    }
  }

  suggest() {
    this.suggesting = true;
    clearTimeout(this.timer);
    this.request?.abort();
    this.request = new AbortController();
    const { signal } = this.request;
    this.timer = setTimeout(async () => {
      const context = { fields: this.fields(), filter: this.filter(), signal };
      try {
        const options = await completions(this.input.value, this.input.selectionStart, context);
        if (!signal.aborted && document.activeElement === this.input) {
          this.open(options);
        }
      } catch (error) {
        if (error.name !== 'AbortError') {
          throw error;
        }
      }
    }, PAUSE_MILLIS);
  }

  open(options) {
    this.options = options;
    this.outdated = false;
    this.list.replaceChildren(...options.map(({ text, note }, index) =>
      h('li', {
        role: 'option', id: `${this.list.id}-${index}`, 'aria-selected': 'false',
        on: { pointerdown: (event) => { event.preventDefault(); this.take(index); } },
      }, h('span', { class: 'text mono', text: text.trim() }), h('span', { class: 'muted small', text: note }))));
    this.list.hidden = options.length === 0;
    this.input.setAttribute('aria-expanded', String(options.length > 0));
    this.choose(-1);
  }

  close() {
    this.suggesting = false;
    clearTimeout(this.timer);
    this.request?.abort();
    this.open([]);
  }

  choose(index) {
    this.list.children[this.chosen]?.setAttribute('aria-selected', 'false');
    this.chosen = index;
    const option = this.list.children[index];
    option?.setAttribute('aria-selected', 'true');
    option?.scrollIntoView({ block: 'nearest' });
    if (option) {
      this.input.setAttribute('aria-activedescendant', option.id);
    } else {
      this.input.removeAttribute('aria-activedescendant');
    }
  }

  take(index) {
    if (this.outdated) {
      return;
    }
    const { text, replaces } = this.options[index];
    this.input.setRangeText(text, replaces.from, replaces.to, 'end');
    this.suggest();
  }

  key(event) {
    const length = this.outdated ? 0 : this.options.length;
    if (event.key === 'ArrowDown' && length === 0) {
      this.suggest();
    } else if (event.key === 'ArrowDown' && length > 0) {
      this.choose((this.chosen + 1) % length);
    } else if (event.key === 'ArrowUp' && length > 0) {
      this.choose((this.chosen + length) % (length + 1) === length ? -1 : (this.chosen + length) % (length + 1));
    } else if (event.key === 'Enter' && this.chosen >= 0) {
      this.take(this.chosen);
    } else if (event.key === 'Tab' && !event.shiftKey && this.chosen >= 0) {
      this.take(this.chosen);
    } else if (event.key === 'Escape' && this.options.length > 0) {
      this.close();
    } else {
      return;
    }
    event.preventDefault();
  }
}
