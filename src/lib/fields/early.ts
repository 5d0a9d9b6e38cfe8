// What people type before the page's scripts have come. Hydration would put every field back to what
// the server sent; on a slow line that is a whole form.

type Field = HTMLInputElement | HTMLTextAreaElement | HTMLSelectElement;

const fields = 'main form :is(input:not([type="hidden"], [type="file"]), textarea, select)';

/** What brings a field back to what it holds now; nothing for one that nobody touched. */
function keep(field: Field): (() => void)[] {
  if (field instanceof HTMLInputElement && /^(radio|checkbox)$/.test(field.type)) {
    const { checked } = field;
    return checked === field.defaultChecked ? [] : [() => (field.checked = checked)];
  }
  const { value } = field;
  const untouched =
    field instanceof HTMLSelectElement
      ? [...field.options].every((option) => option.selected === option.defaultSelected)
      : value === field.defaultValue;
  return untouched ? [] : [() => (field.value = value)];
}

/**
 * Call it while the outermost component starts, before hydration reaches any field. Call what it
 * answers once everything is mounted: it puts back what was typed and tells the page.
 */
export function keepEarlyTyping(): () => void {
  if (typeof document === 'undefined') return () => undefined;
  const kept = [...document.querySelectorAll<Field>(fields)].flatMap((field) =>
    keep(field).map((restore) => ({ field, restore })),
  );
  return () => {
    for (const { field, restore } of kept) {
      restore();
      for (const kind of ['input', 'change'])
        field.dispatchEvent(new Event(kind, { bubbles: true }));
    }
  };
}
