// The comforts of every page, as one small file that no page waits for. Pages work without it: what
// only it can do stays hidden until it has run (`html[data-enhanced]`). It listens on the document,
// so that it serves what is drawn later too.

document.documentElement.dataset.enhanced = '';

// ── Drop-downs: <details class="menu"> ────────────────────────────────────────────────────────────

/** @type {(parent: ParentNode, selector: string) => HTMLElement[]} */
const all = (parent, selector) =>
  [...parent.querySelectorAll(selector)].filter((e) => e instanceof HTMLElement);

const openMenus = () => all(document, 'details.menu[open]');

/** @param {EventTarget | null} target */
function closeMenusAround(target) {
  for (const menu of openMenus())
    if (!(target instanceof Node && menu.contains(target))) menu.removeAttribute('open');
}

document.addEventListener('click', ({ target }) => closeMenusAround(target));
document.addEventListener('focusin', ({ target }) => closeMenusAround(target));

/** @param {HTMLElement} menu */
function closeAndReturn(menu) {
  menu.removeAttribute('open');
  menu.querySelector('summary')?.focus();
}

/** Where the key leads from item `at` (-1: the summary) of `count`. @type {Record<string, (at: number, count: number) => number>} */
const moves = {
  ArrowDown: (at, count) => (at + 1) % count,
  ArrowUp: (at, count) => (at <= 0 ? count : at) - 1,
  Home: () => 0,
  End: (_, count) => count - 1,
};

/** @param {KeyboardEvent} event @param {HTMLElement} menu */
function walk(event, menu) {
  const move = moves[event.key];
  const onSummary = document.activeElement === menu.querySelector('summary');
  if (!move || (onSummary && !event.key.startsWith('Arrow'))) return;
  const items = all(menu, ':scope > .sheet :is(a, button)');
  if (items.length === 0) return;
  event.preventDefault();
  menu.setAttribute('open', '');
  const at = items.findIndex((item) => item === document.activeElement);
  items[move(at, items.length)]?.focus();
}

document.addEventListener('keydown', (event) => {
  const { key, target } = event;
  if (key === 'Escape') {
    const [menu] = openMenus();
    if (menu) closeAndReturn(menu);
    return;
  }
  const menu = target instanceof Element && target.closest('details.menu');
  const typing = target instanceof Element && target.matches('input, textarea, select');
  if (menu instanceof HTMLElement && !typing) walk(event, menu);
});

// ── Passwords ─────────────────────────────────────────────────────────────────────────────────────

/** Shows or hides the password beside the button. @param {Element} button @param {boolean} shown */
function reveal(button, shown) {
  const input = document.getElementById(button.getAttribute('data-reveal') ?? '');
  if (!(input instanceof HTMLInputElement)) return;
  input.type = shown ? 'text' : 'password';
  button.setAttribute('aria-pressed', String(shown));
}

document.addEventListener('click', ({ target }) => {
  const button = target instanceof Element && target.closest('[data-reveal]');
  if (button) reveal(button, button.getAttribute('aria-pressed') !== 'true');
});

/** The hint is told only while the keys go into a password. @param {Event} event */
function hintCapsLock(event) {
  const { target } = event;
  if (!(target instanceof HTMLInputElement)) return;
  const hint = document.querySelector(`[data-caps-lock="${CSS.escape(target.id)}"]`);
  if (!(hint instanceof HTMLElement)) return;
  const on = event instanceof KeyboardEvent && event.getModifierState('CapsLock');
  hint.hidden = !on;
}

for (const kind of ['keydown', 'keyup', 'focusout']) document.addEventListener(kind, hintCapsLock);

// How strong a new password is: `[data-strength-of]`, filled in after a rest in typing.

/** Milliseconds without a key before asking. */
const REST = 350;
let asking = new AbortController();

/** @typedef {{ score: number, label: string, remarks: string[] }} Strength */

/** Shows what was found; nothing hides the meter. @param {HTMLElement} box @param {Strength | undefined} found */
function showStrength(box, found) {
  box.hidden = found === undefined;
  const [label, meter, remarks] = ['strong', 'meter', '.remarks'].map((s) => box.querySelector(s));
  if (found === undefined || !label || !(meter instanceof HTMLMeterElement)) return;
  label.textContent = found.label;
  meter.value = found.score;
  const lines = found.remarks.map((text) =>
    Object.assign(document.createElement('p'), { textContent: text }),
  );
  remarks?.replaceChildren(...lines);
}

/** The meter is a comfort: without an answer there is none. @param {HTMLElement} box @param {string} password @param {AbortSignal} signal */
async function askStrength(box, password, signal) {
  const response = await fetch(box.dataset.asks ?? '', {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ password }),
    signal,
  });
  showStrength(box, response.ok && !response.redirected ? await response.json() : undefined);
}

document.addEventListener('input', ({ target }) => {
  if (!(target instanceof HTMLInputElement)) return;
  const box = document.querySelector(`[data-strength-of="${CSS.escape(target.id)}"]`);
  if (!(box instanceof HTMLElement)) return;
  asking.abort();
  const { signal } = (asking = new AbortController());
  if (target.value === '') return showStrength(box, undefined);
  const ask = () => {
    if (signal.aborted) return;
    askStrength(box, target.value, signal).catch(() => {
      if (!signal.aborted) showStrength(box, undefined);
    });
  };
  setTimeout(ask, REST);
});

document.addEventListener('reset', ({ target }) => {
  asking.abort();
  if (!(target instanceof HTMLFormElement)) return;
  for (const box of all(target, '[data-strength-of]')) showStrength(box, undefined);
});

// ── Forms ─────────────────────────────────────────────────────────────────────────────────────────

/** After this long, in milliseconds, a form that led nowhere may be sent again. */
const PATIENCE = 10_000;

document.addEventListener('submit', (event) => {
  const form = event.target;
  // A page that sends the form itself has its own guard.
  if (event.defaultPrevented || !(form instanceof HTMLFormElement)) return;
  if (form.dataset.sent !== undefined) return event.preventDefault();
  form.dataset.sent = '';
  setTimeout(() => delete form.dataset.sent, PATIENCE);
  const zone = form.querySelector('input[type="hidden"][name="timeZone"]');
  if (zone instanceof HTMLInputElement)
    zone.value = Intl.DateTimeFormat().resolvedOptions().timeZone;
  // Shown passwords are hidden first, or the browser would remember them among its suggestions.
  for (const button of form.querySelectorAll('[data-reveal][aria-pressed="true"]'))
    reveal(button, false);
});

// Coming back with the back button finds the page as it was left, its forms sent.
window.addEventListener('pageshow', ({ persisted }) => {
  if (!persisted) return;
  for (const form of all(document, 'form[data-sent]')) delete form.dataset.sent;
});

/** A name for machines out of one for people: `Les Petits Pots` → `les-petits-pots`. @param {string} text */
const plain = (text) =>
  text
    .normalize('NFD')
    .replace(/\p{M}/gu, '')
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-|-$/g, '')
    .slice(0, 40);

// A link that takes along what was typed so far: the login, on the way to a new password.
document.addEventListener('click', ({ target }) => {
  const link = target instanceof Element && target.closest('a[data-carries]');
  if (!(link instanceof HTMLAnchorElement)) return;
  const field = document.getElementById(link.dataset.carries ?? '');
  if (!(field instanceof HTMLInputElement)) return;
  const address = new URL(link.href);
  address.searchParams.set(field.name, field.value.trim());
  link.href = address.href;
});

document.addEventListener('input', ({ target }) => {
  if (!(target instanceof HTMLInputElement)) return;
  target.dataset.touched = '';
  const suggested = document.getElementById(target.dataset.suggests ?? '');
  if (suggested instanceof HTMLInputElement && suggested.dataset.touched === undefined)
    suggested.value = plain(target.value);
});

// ── When the page opens ───────────────────────────────────────────────────────────────────────────

/** Where to begin: the field at fault; else the marked one, unless that only calls up a touch keyboard. */
function focusFirst() {
  const wrong = document.querySelector('[aria-invalid="true"]');
  const refused = document.querySelector('main [role="alert"]');
  const marked = document.querySelector('[data-focus]');
  const wanted = wrong ?? (refused || matchMedia('(pointer: fine)').matches ? marked : null);
  if (wanted instanceof HTMLElement && document.activeElement === document.body) wanted.focus();
}

/** Counts a wait down and says when it is over. @param {HTMLElement} clock */
function countDown(clock) {
  const end = Date.now() + Number(clock.dataset.countdown) * 1_000;
  const tick = () => {
    const left = Math.max(0, Math.ceil((end - Date.now()) / 1_000));
    clock.textContent = `${Math.floor(left / 60)}:${String(left % 60).padStart(2, '0')}`;
    if (left > 0) return setTimeout(tick, 1_000);
    const over = clock.parentElement?.querySelector('[data-over]');
    for (const part of clock.parentElement ? all(clock.parentElement, 'p') : [])
      part.hidden = part !== over;
  };
  clock.hidden = false;
  tick();
}

all(document, '[data-countdown]').forEach(countDown);
focusFirst();
