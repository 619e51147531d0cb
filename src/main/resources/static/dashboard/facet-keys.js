// Keys within the list of fields: it is one stop of the Tab key, and arrows move through it, as in a
// tree. Without them one would have to tab past all fields to get to the events.

const BUTTONS = 'button:not(:disabled)';

/** Moves the focus as the key says, if it says so; without an event, only sees to the one stop. */
export function moveThrough(list, event = null) {
  const all = [...list.querySelectorAll(BUTTONS)].filter((one) => one.closest('[hidden]') === null);
  const at = all.indexOf(document.activeElement);
  const next = event === null || event.ctrlKey || event.metaKey || event.altKey ? undefined : target(all, at, event.key);
  const stop = next ?? all[at] ?? all.find((one) => one.tabIndex === 0) ?? all[0];
  all.forEach((one) => {
    one.tabIndex = one === stop ? 0 : -1;
  });
  if (next !== undefined) {
    next.focus();
    event.preventDefault();
    event.stopPropagation();
  }
}

function target(all, at, key) {
  const button = all[at];
  const expanded = button?.getAttribute('aria-expanded');
  switch (key) {
    case 'ArrowDown':
      return all.slice(at + 1).find((one) => rowOf(one) !== rowOf(button));
    case 'ArrowUp':
      return firstOfRow(all, all.slice(0, Math.max(at, 0)).findLast((one) => rowOf(one) !== rowOf(button)));
    case 'ArrowRight':
      if (expanded === 'false') {
        button.click();
        return button;
      }
      return rowOf(all[at + 1]) === rowOf(button) || expanded === 'true' ? all[at + 1] : undefined;
    case 'ArrowLeft':
      if (expanded === 'true') {
        button.click();
        return button;
      }
      return rowOf(all[at - 1]) === rowOf(button) ? all[at - 1] : nameOf(button);
    case 'Home':
      return all[0];
    case 'End':
      return firstOfRow(all, all.at(-1));
    default:
      return undefined;
  }
}

/** Buttons side by side: a value and its cross, the tools of a field. */
function rowOf(button) {
  return button?.closest('.facet-value, .facet-tools') ?? button ?? null;
}

function firstOfRow(all, button) {
  return button === undefined ? undefined : all.find((one) => rowOf(one) === rowOf(button));
}

function nameOf(button) {
  return button?.closest('.facet')?.querySelector('.facet-name') ?? undefined;
}
