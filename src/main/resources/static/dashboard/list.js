// A list of any length that holds only the rows one sees. Rows have one height; a row that was
// expanded has its detail below it, which is measured. Focus stays on the list: the row it is at is
// told by aria-activedescendant, so that it isn't lost when rows come and go.

import { h, freshId } from './dom.js';

const SPARE_ROWS = 8;
const NEAR_END_ROWS = 100;

export class VirtualList {
  /**
   * `rows` says how: `create()` makes an empty row, `fill(row, index)` shows an entry in it,
   * `detail(index)` makes the detail of one. `onNearEnd` is called when the end comes near,
   * `onScroll` whenever it was scrolled.
   */
  constructor(label, header, { create, fill, detail, onNearEnd, onScroll }) {
    Object.assign(this, { create, fill, detail, onNearEnd, onScroll });
    this.count = 0;
    this.at = -1;
    this.shown = new Map();
    this.spare = [];
    this.expanded = new Map();
    this.rowHeight = 26;
    this.prefix = freshId('row');
    this.body = h('div', { class: 'rows', role: 'rowgroup' });
    this.element = h('div', {
      class: 'list', role: 'treegrid', tabindex: '0', 'aria-label': label, 'aria-rowcount': '0',
      on: {
        scroll: () => this.scrolled(),
        keydown: (event) => this.key(event),
        click: (event) => this.click(event),
      },
    }, header, this.body);
    this.sizes = new ResizeObserver((entries) => this.measured(entries));
    this.sizes.observe(this.element);
  }

  /** Says that there are so many entries now; those that are shown are filled anew on request. */
  setCount(count, { refill = false } = {}) {
    this.count = count;
    this.element.setAttribute('aria-rowcount', String(count));
    if (this.at >= count) {
      this.moveTo(count - 1, { reveal: false });
    }
    this.draw(refill);
  }

  /** Other entries from now on. */
  reset(count) {
    this.expanded.forEach(({ element }) => this.forget(element));
    this.expanded.clear();
    this.at = -1;
    this.element.removeAttribute('aria-activedescendant');
    this.element.scrollTop = 0;
    this.setCount(count, { refill: true });
  }

  /** The first entries are gone; what one looks at stays where it is. */
  dropFirst(number, count) {
    const gone = this.top(number);
    const later = new Map();
    this.expanded.forEach((detail, index) => {
      if (index >= number) {
        later.set(index - number, detail);
      } else {
        this.forget(detail.element);
      }
    });
    this.expanded = later;
    this.at = this.at < number ? -1 : this.at - number;
    const top = this.element.scrollTop;
    this.setCount(count, { refill: true });
    this.element.scrollTop = Math.max(0, top - gone);
    this.draw(true);
  }

  /** Where a row begins, in pixels. */
  top(index) {
    let top = index * this.rowHeight;
    this.expanded.forEach(({ height }, at) => {
      top += at < index ? height : 0;
    });
    return top;
  }

  indexAt(pixels) {
    let index = Math.floor(pixels / this.rowHeight);
    const before = [...this.expanded.entries()].sort(([a], [b]) => a - b);
    let extra = 0;
    for (const [at, { height }] of before) {
      const end = (at + 1) * this.rowHeight + extra + height;
      if (pixels < end) {
        return Math.min(at, Math.floor((pixels - extra) / this.rowHeight));
      }
      extra += height;
      index = Math.floor((pixels - extra) / this.rowHeight);
    }
    return index;
  }

  /** Pixels between what one sees and the end. */
  get distanceToEnd() {
    const { scrollHeight, scrollTop, clientHeight } = this.element;
    return scrollHeight - scrollTop - clientHeight;
  }

  scrollToEnd() {
    this.element.scrollTop = this.element.scrollHeight;
    this.draw();
  }

  scrolled() {
    this.draw();
    this.onScroll?.();
  }

  draw(refill = false) {
    const height = `${this.top(this.count)}px`;
    if (this.body.style.height !== height) {
      this.body.style.height = height;
    }
    const { scrollTop, clientHeight } = this.element;
    const first = Math.max(0, this.indexAt(scrollTop) - SPARE_ROWS);
    const last = Math.min(this.count, this.indexAt(scrollTop + clientHeight) + SPARE_ROWS);
    for (const [index, row] of this.shown) {
      if (index < first || index >= last) {
        this.release(index, row);
      }
    }
    for (let index = first; index < last; index += 1) {
      this.show(index, refill);
    }
    if (last > 0 && last + NEAR_END_ROWS >= this.count) {
      this.onNearEnd?.();
    }
  }

  show(index, refill) {
    let row = this.shown.get(index);
    const fresh = row === undefined;
    if (fresh) {
      row = this.spare.pop() ?? this.create();
      this.shown.set(index, row);
      this.body.append(row);
    }
    if (fresh || refill) {
      row.id = `${this.prefix}-${index}`;
      row.setAttribute('aria-rowindex', String(index + 1));
      row.dataset.index = index;
      row.classList.toggle('odd', index % 2 === 1);
      row.classList.toggle('at', index === this.at);
      row.setAttribute('aria-expanded', String(this.expanded.has(index)));
      if (index === this.at) {
        this.element.setAttribute('aria-activedescendant', row.id);
      }
      this.fill(row, index);
    }
    row.style.transform = `translateY(${this.top(index)}px)`;
    const detail = this.expanded.get(index);
    if (detail !== undefined) {
      detail.element.style.transform = `translateY(${this.top(index) + this.rowHeight}px)`;
      if (!detail.element.isConnected) {
        this.body.append(detail.element);
      }
    }
  }

  release(index, row) {
    this.shown.delete(index);
    row.remove();
    if (index === this.at) {
      this.element.removeAttribute('aria-activedescendant');
    }
    this.spare.push(row);
    const detail = this.expanded.get(index);
    if (detail?.element.isConnected) {
      this.keepFocus(detail.element);
      detail.element.remove();
    }
  }

  keepFocus(leaving) {
    if (leaving.contains(document.activeElement)) {
      this.element.focus({ preventScroll: true });
    }
  }

  forget(element) {
    this.keepFocus(element);
    this.sizes.unobserve(element);
    element.remove();
  }

  measured(entries) {
    for (const { target, borderBoxSize } of entries) {
      if (target === this.element) {
        const set = getComputedStyle(this.element).getPropertyValue('--row-height');
        this.rowHeight = Number.parseFloat(set) || this.rowHeight;
      } else if (target.isConnected) {
        const found = [...this.expanded.values()].find(({ element }) => element === target);
        if (found !== undefined) {
          found.height = borderBoxSize[0].blockSize;
        }
      }
    }
    this.draw();
  }

  /** Opens or closes the detail of an entry. */
  toggle(index) {
    const open = this.expanded.get(index);
    if (open !== undefined) {
      this.expanded.delete(index);
      this.forget(open.element);
    } else {
      const content = h('div', { role: 'gridcell' }, this.detail(index));
      const element = h('div', { class: 'detail', role: 'row' }, content);
      this.expanded.set(index, { element, height: 0 });
      this.body.append(element);
      this.expanded.get(index).height = element.getBoundingClientRect().height;
      this.sizes.observe(element);
    }
    this.shown.get(index)?.setAttribute('aria-expanded', String(open === undefined));
    this.draw();
  }

  click(event) {
    const row = event.target.closest('[data-index]');
    const selecting = String(getSelection()) !== '' && event.detail > 0;
    if (row === null || selecting || event.target.closest('button, a')) {
      return;
    }
    this.moveTo(Number(row.dataset.index), { reveal: false });
    this.toggle(Number(row.dataset.index));
  }

  key(event) {
    if (event.target !== this.element || event.ctrlKey || event.metaKey || event.altKey) {
      return;
    }
    const screen = Math.max(1, Math.floor(this.element.clientHeight / this.rowHeight) - 2);
    const targets = {
      ArrowDown: this.at + 1, j: this.at + 1,
      ArrowUp: this.at - 1, k: this.at - 1,
      PageDown: this.at + screen, PageUp: this.at - screen,
      Home: 0, End: this.count - 1,
    };
    if (event.key in targets && this.count > 0) {
      const from = this.at < 0 ? this.indexAt(this.element.scrollTop) : null;
      this.moveTo(Math.min(Math.max(from ?? targets[event.key], 0), this.count - 1));
    } else if ((event.key === 'Enter' || event.key === ' ') && this.at >= 0) {
      this.toggle(this.at);
    } else if (event.key === 'Escape' && this.expanded.has(this.at)) {
      this.toggle(this.at);
    } else {
      return;
    }
    event.preventDefault();
    event.stopPropagation();
  }

  moveTo(index, { reveal = true } = {}) {
    this.shown.get(this.at)?.classList.remove('at');
    this.at = index;
    if (reveal && index >= 0) {
      this.reveal(index);
    }
    const row = this.shown.get(index);
    row?.classList.add('at');
    if (row === undefined) {
      this.element.removeAttribute('aria-activedescendant');
    } else {
      this.element.setAttribute('aria-activedescendant', row.id);
    }
  }

  reveal(index) {
    const head = this.element.clientHeight - this.viewHeight;
    const top = this.top(index);
    const bottom = top + this.rowHeight;
    if (top < this.element.scrollTop) {
      this.element.scrollTop = top;
    } else if (bottom > this.element.scrollTop + this.viewHeight) {
      this.element.scrollTop = bottom - this.element.clientHeight + head;
    }
    this.draw();
  }

  /** The part of the height that rows have, below the header that stays. */
  get viewHeight() {
    return this.element.clientHeight - this.body.offsetTop;
  }

  close() {
    this.sizes.disconnect();
  }
}
