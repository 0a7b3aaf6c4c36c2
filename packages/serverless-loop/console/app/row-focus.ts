/** The links of the rows that are drawn, in their order. */
function rowLinks(): HTMLElement[] {
  return [...document.querySelectorAll<HTMLElement>('a[data-row]')];
}

/** Moves the focus along a list: from the row that has it or, where none has, from the one that is opened. */
export function focusNextRow(by: 1 | -1): boolean {
  const links = rowLinks();
  const focused = links.findIndex((link) => link.matches(':focus'));
  const from = focused >= 0 ? focused : links.findIndex((link) => link.ariaCurrent === 'true');
  const next = links[from < 0 ? 0 : from + by];
  next?.focus();
  return next !== undefined;
}

/** Opens the first row where none has the focus. */
export function focusRow(): boolean {
  const [first] = rowLinks();
  first?.click();
  return first !== undefined;
}
