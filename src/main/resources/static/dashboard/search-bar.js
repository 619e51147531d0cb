// The query, and the topic that was chosen beside it: what Explore and Live have in common.

import { button, h } from './dom.js';
import { FieldNames } from './field-names.js';
import { QueryBox } from './query-box.js';
import { narrowed, widened } from './query.js';

export class SearchBar {
  /** `lines()` are events to learn fields from; `onChange({q, topic})` gets what is to be shown. */
  constructor({ lines, filter, onChange }) {
    this.onChange = onChange;
    this.names = new FieldNames(lines);
    const within = () => ({ ...filter(), topic: this.topic });
    this.box = new QueryBox({
      fields: () => this.names.all(),
      filter: within,
      onFocus: async () => {
        await this.names.refresh(within());
        this.box.suggestAgain();
      },
      onSubmit: (q) => onChange({ q, topic: this.topic }),
    });
    this.tags = h('div', { class: 'tags' });
    this.element = h('div', { class: 'search-bar' }, this.tags, this.box.element);
  }

  show({ q = '', topic = '' }) {
    this.topic = topic;
    this.box.show(q);
    this.tags.hidden = topic === '';
    this.tags.replaceChildren(...(topic === '' ? [] : [
      h('span', { class: 'tag' }, h('span', { class: 'text', text: `topic ${topic}` }),
        button(`All topics, not only ${topic}`, { icon: 'close', iconOnly: true }, () =>
          this.onChange({ q: this.box.text, topic: '' }))),
    ]));
  }

  /** Takes a term back that the query demands. */
  widen(term) {
    this.onChange({ q: widened(this.box.text, term), topic: this.topic });
  }

  /** Narrows the query by a term. */
  narrow(term, exclude) {
    this.onChange({ q: narrowed(this.box.text, term, exclude), topic: this.topic });
  }
}
