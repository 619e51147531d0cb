// The button that shows and hides the fields beside the events. Where there is room the choice is
// remembered; where there is none, they are folded away at first, and take the place of the events.

import { h, icon } from './dom.js';
import { change, setting } from './settings.js';

const NARROW = '(max-width: 860px)';

export class Fold {
  /** `body` gets the class `folded` while the panel with that id is hidden. */
  constructor(body, panelId) {
    this.body = body;
    this.narrow = matchMedia(NARROW);
    this.element = h('button', { type: 'button', class: 'fold-fields', 'aria-controls': panelId, title: 'Show and hide the fields (f)', on: { click: () => this.toggle() } },
      icon('fields'), h('span', { text: 'Fields' }));
    this.adapt = () => this.set(!this.narrow.matches && setting('fields') === 'shown');
    this.narrow.addEventListener('change', this.adapt);
    this.adapt();
  }

  toggle() {
    this.set(!this.isOpen);
    if (!this.narrow.matches) {
      change('fields', this.isOpen ? 'shown' : 'hidden');
    }
  }

  set(open) {
    this.isOpen = open;
    this.body.classList.toggle('folded', !open);
    this.element.setAttribute('aria-expanded', String(open));
  }

  close() {
    this.narrow.removeEventListener('change', this.adapt);
  }
}
