// Colours of the theme in force, as canvases take them.

import { h } from './dom.js';

const probe = h('span', { hidden: true });

/** What a custom property of the style sheets stands for now. */
export function colour(name) {
  if (!probe.isConnected) {
    document.body.append(probe);
  }
  probe.style.color = `var(${name})`;
  return getComputedStyle(probe).color;
}
