// A line as small as a word.

import { svg } from './dom.js';

/** Figures from left to right; a label for those who can't see it. */
export class Spark {
  constructor(width, height, label = null) {
    this.path = svg('path', { d: '' });
    this.width = width;
    this.height = height;
    this.element = svg('svg', {
      class: 'spark', width, height, viewBox: `0 0 ${width} ${height}`, preserveAspectRatio: 'none',
      ...(label === null ? { 'aria-hidden': 'true' } : { role: 'img', 'aria-label': label }),
    }, this.path);
  }

  show(values) {
    const most = Math.max(...values, 1e-9);
    const step = this.width / Math.max(1, values.length - 1);
    const points = values.map((value, i) =>
      `${(i * step).toFixed(1)} ${(this.height - 1 - (value / most) * (this.height - 2)).toFixed(1)}`);
    this.path.setAttribute('d', values.length > 1 ? `M${points.join('L')}` : '');
  }
}
