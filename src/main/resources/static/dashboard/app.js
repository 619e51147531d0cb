// The frame: which view is shown, the server's state, keys that work everywhere.

import { button, h, icon, setText } from './dom.js';
import { feed } from './feed.js';
import { duration } from './format.js';
import { showHelp } from './help.js';
import { notice } from './notice.js';
import { change, onChange, setting } from './settings.js';
import { current, go, onState } from './state.js';
import { live } from './views/live.js';
import { explore } from './views/explore.js';
import { overview } from './views/overview.js';
import { subscriptions } from './views/subscriptions.js';
import { topics } from './views/topics.js';

const VIEWS = { overview, explore, live, topics, subscriptions };
const THEMES = { system: 'dark', dark: 'light', light: 'system' };
const THEME_ICONS = { system: 'system', dark: 'moon', light: 'sun' };

const main = document.getElementById('main');
let shown = { name: null, view: null };

/** Views are functions that fill an element and answer how to change and how to leave it. */
function route() {
  const { view, parameters } = current();
  const name = Object.hasOwn(VIEWS, view) ? view : 'overview';
  for (const link of document.querySelectorAll('.tabs a')) {
    const isCurrent = link.getAttribute('href') === `#/${name}`;
    link.toggleAttribute('aria-current', isCurrent);
    if (isCurrent) {
      link.setAttribute('aria-current', 'page');
      document.title = `${link.textContent} – Log Aggregator`;
    }
  }
  if (shown.name === name) {
    shown.view.update(parameters);
    return;
  }
  shown.view?.close();
  main.replaceChildren();
  main.className = name;
  main.scrollTop = 0;
  shown = { name, view: VIEWS[name](main, parameters) };
}

function tools() {
  const theme = button('Theme', { quiet: true, iconOnly: true, icon: 'system' }, () =>
    change('theme', THEMES[setting('theme')]));
  const zone = button('', { quiet: true, class: 'zone' }, () =>
    change('zone', setting('zone') === 'utc' ? 'local' : 'utc'));
  const help = button('Keys and query language', { quiet: true, iconOnly: true, icon: 'help' }, showHelp);
  const show = () => {
    const chosen = setting('theme');
    theme.replaceChildren(icon(THEME_ICONS[chosen]));
    theme.title = `Theme: ${chosen}`;
    theme.setAttribute('aria-label', `Theme: ${chosen}`);
    const utc = setting('zone') === 'utc';
    zone.replaceChildren(h('span', { text: utc ? 'UTC' : 'Local' }));
    zone.title = `Times are ${utc ? 'in UTC' : 'local'}`;
    zone.setAttribute('aria-label', `Times are ${utc ? 'in UTC' : 'local'}`);
  };
  onChange(show);
  show();
  document.getElementById('tools').append(zone, theme, help);
}

function serverState() {
  const dot = h('span', { class: 'dot' });
  const text = h('span', {});
  const extra = h('span', { class: 'extra' });
  document.getElementById('server').append(dot, text, extra);
  feed.addEventListener('change', () => {
    const { stats, problem, refusal } = feed;
    dot.className = `dot ${problem ? 'bad' : refusal ? 'warn' : 'good'}`;
    setText(text, problem ? 'Not reachable, trying again' : refusal ? `Takes no events: ${refusal}` : 'Connected');
    setText(extra, stats === null || problem ? '' : `up ${duration(stats.uptimeSeconds)}`);
    document.body.classList.toggle('unreachable', problem !== null);
  });
  feed.addEventListener('reborn', () =>
    notice('The server was restarted, and its log began anew.', { bad: true }));
}

function keys(event) {
  const typing = event.target.closest?.('input, textarea, select, dialog');
  if (typing || event.ctrlKey || event.metaKey || event.altKey || setting('keys') === 'off') {
    return;
  }
  const names = Object.keys(VIEWS);
  if (/^[1-5]$/.test(event.key)) {
    go(names[Number(event.key) - 1], {});
  } else if (event.key === '?') {
    showHelp();
  } else if (event.key === 't') {
    change('theme', THEMES[setting('theme')]);
  } else if (!shown.view.key?.(event.key)) {
    return;
  }
  event.preventDefault();
}

document.getElementById('skip').addEventListener('click', (event) => {
  event.preventDefault();
  main.focus();
});
document.addEventListener('keydown', keys);
onState(route);
tools();
serverState();
feed.start();
route();
