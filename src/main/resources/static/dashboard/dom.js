// Elements without markup: what events say only ever becomes text.

const SVG = 'http://www.w3.org/2000/svg';

/**
 * An element. Of its properties, `class`, `text`, `style` (an object) and `on` (listeners) have a
 * meaning; of the others, functions and booleans are set as properties, the rest as attributes.
 */
export function h(tag, properties = {}, ...children) {
  return build(document.createElement(tag), properties, children);
}

/** An SVG element. */
export function svg(tag, properties = {}, ...children) {
  return build(document.createElementNS(SVG, tag), properties, children);
}

function build(element, properties, children) {
  for (const [name, value] of Object.entries(properties)) {
    if (value === undefined || value === null) {
      continue;
    }
    if (name === 'text') {
      element.textContent = value;
    } else if (name === 'style') {
      for (const [property, setting] of Object.entries(value)) {
        element.style.setProperty(property, setting);
      }
    } else if (name === 'on') {
      for (const [type, listener] of Object.entries(value)) {
        element.addEventListener(type, listener);
      }
    } else if (typeof value === 'boolean' && name in element) {
      element[name] = value;
    } else {
      element.setAttribute(name, value);
    }
  }
  element.append(...children.flat(Infinity).filter((child) => child !== null && child !== undefined));
  return element;
}

/** Sets the text, if it is another one: the browser then has nothing to lay out. */
export function setText(element, text) {
  if (element.textContent !== text) {
    element.textContent = text;
  }
}

const ICONS = {
  sun: 'M8 4.8a3.2 3.2 0 1 0 0 6.4 3.2 3.2 0 0 0 0-6.4M8 1v1.6M8 13.4V15M1 8h1.6M13.4 8H15M3 3l1.2 1.2M11.8 11.8 13 13M3 13l1.2-1.2M11.8 4.2 13 3',
  moon: 'M13.2 9.6A5.6 5.6 0 0 1 6.4 2.8a5.6 5.6 0 1 0 6.8 6.8Z',
  system: 'M2 3h12v8H2zM5.5 14h5M8 11v3',
  help: 'M5.9 6a2.1 2.1 0 1 1 3.2 1.8c-.8.5-1.1.8-1.1 1.7M8 12v.2M8 1.6a6.4 6.4 0 1 0 0 12.8A6.4 6.4 0 0 0 8 1.6',
  copy: 'M6 6h7.4v7.4H6zM3.8 10H2.6V2.6H10v1.2',
  close: 'M4 4l8 8M12 4l-8 8',
  pause: 'M5.4 3.4v9.2M10.6 3.4v9.2',
  play: 'M5 3.4v9.2L12.4 8Z',
  left: 'M9.8 3.6 5.4 8l4.4 4.4',
  right: 'M6.2 3.6 10.6 8l-4.4 4.4',
  download: 'M8 2v8M4.8 7 8 10.2 11.2 7M2.6 13.4h10.8',
  link: 'M6.6 9.4l2.8-2.8M7.4 4.8l1.7-1.7a2.7 2.7 0 0 1 3.8 3.8l-1.7 1.7M8.6 11.2l-1.7 1.7a2.7 2.7 0 0 1-3.8-3.8l1.7-1.7',
  search: 'M7 2.6a4.4 4.4 0 1 0 0 8.8 4.4 4.4 0 0 0 0-8.8M10.2 10.2 13.6 13.6',
  clock: 'M8 1.8a6.2 6.2 0 1 0 0 12.4A6.2 6.2 0 0 0 8 1.8M8 4.6V8l2.4 1.5',
  send: 'M2.4 8h9M8 4.2 11.8 8 8 11.8',
  trash: 'M3 4.4h10M6.4 4.2V2.6h3.2v1.6M4.4 4.6l.6 8.8h6l.6-8.8',
  fields: 'M2.6 4h10.8M2.6 8h7.2M2.6 12h4.4M11.4 10.2v3.6M9.6 12h3.6',
  chart: 'M3.4 13V9.4M8 13V3.4M12.6 13V7',
  line: 'M2.4 11.6 6 7.4l3 2.4 4.6-6',
  text: 'M3.6 4.2V3.4h8.8v.8M8 3.4v9.2M6.6 12.6h2.8',
  number: 'M6.5 3 5.3 13M10.7 3 9.5 13M3.4 6.2h9.8M2.8 9.8h9.8',
  boolean: 'M5.6 3.8h4.8a4.2 4.2 0 0 1 0 8.4H5.6a4.2 4.2 0 0 1 0-8.4M10.4 6.6a1.4 1.4 0 1 0 0 2.8 1.4 1.4 0 0 0 0-2.8',
  down: 'M4 6.2 8 10.2l4-4',
  mixed: 'M8 3.2v9.6M3.9 5.6l8.2 4.8M12.1 5.6l-8.2 4.8',
};

/** A line drawing of 16 by 16, which says nothing that its button doesn't say. */
export function icon(name) {
  return svg(
    'svg',
    { viewBox: '0 0 16 16', width: '16', height: '16', 'aria-hidden': 'true', fill: 'none' },
    svg('path', {
      d: ICONS[name],
      stroke: 'currentColor',
      'stroke-width': '1.4',
      'stroke-linecap': 'round',
      'stroke-linejoin': 'round',
    }),
  );
}

/** A button; one of an icon alone carries its label for those who can't see it, and as a tip. */
export function button(label, { icon: name, quiet, iconOnly, kind, ...properties } = {}, onClick) {
  const classes = [kind, quiet && 'quiet', iconOnly && 'icon', properties.class];
  const element = h('button', {
    type: 'button',
    ...properties,
    class: classes.filter(Boolean).join(' ') || null,
    'aria-label': iconOnly ? label : null,
    title: iconOnly ? label : properties.title,
    on: onClick ? { click: onClick } : {},
  });
  if (name) {
    element.append(icon(name));
  }
  if (!iconOnly) {
    element.append(h('span', { text: label }));
  }
  return element;
}

let ids = 0;

/** An id that no other element has. */
export function freshId(prefix) {
  ids += 1;
  return `${prefix}-${ids}`;
}
