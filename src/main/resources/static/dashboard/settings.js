// What the reader chose and wants to find again: theme, time zone, single-key shortcuts,
// whether Explore shows its fields.

const listeners = new Set();

function stored(name) {
  try {
    return localStorage.getItem(name);
  } catch {
    return null;
  }
}

const values = {
  theme: stored('theme') ?? 'system',
  zone: stored('zone') ?? 'local',
  keys: stored('keys') ?? 'on',
  fields: stored('fields') ?? 'shown',
};

/** A setting's value. */
export function setting(name) {
  return values[name];
}

/** Changes a setting, keeps it, and tells those who listen. */
export function change(name, value) {
  values[name] = value;
  try {
    localStorage.setItem(name, value);
  } catch {
    // Storage is blocked: it holds until the page is closed.
  }
  if (name === 'theme') {
    applyTheme();
  }
  listeners.forEach((listener) => listener(name));
}

/** Calls back with each change of a setting, and of the system's theme; answers how to stop. */
export function onChange(listener) {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

function applyTheme() {
  const { theme } = values;
  if (theme === 'system') {
    delete document.documentElement.dataset.theme;
  } else {
    document.documentElement.dataset.theme = theme;
  }
}

matchMedia('(prefers-color-scheme: dark)').addEventListener('change', () =>
  listeners.forEach((listener) => listener('theme')),
);
