// Where the keyboard goes when the button that was pressed is gone.

/** Whether it can have the focus back: a button that was disabled meanwhile has lost it. */
const takesFocus = (element: Element | null): element is HTMLElement =>
  element instanceof HTMLElement &&
  element !== document.body &&
  element.isConnected &&
  !element.matches(':disabled');

/**
 * Call it before a form is sent; call what it answers once the page shows the outcome. When nothing has
 * the focus any more, it goes back to where it was, else to the entry of a list that the form stood in,
 * else to the one beside it, else to the page (WCAG 2.4.3).
 */
export function keepPlace(form: HTMLElement): () => void {
  const before = document.activeElement;
  const entry = form.closest('li, tr');
  const main = form.closest('main');
  const places = [entry, entry?.nextElementSibling, entry?.previousElementSibling, main];
  return () => {
    const { activeElement: held, body } = document;
    if (held && held !== body) return;
    if (takesFocus(before)) return before.focus({ preventScroll: true });
    const place = places.find((one) => one?.isConnected);
    if (!(place instanceof HTMLElement)) return;
    place.tabIndex = -1;
    place.focus({ preventScroll: true });
  };
}
