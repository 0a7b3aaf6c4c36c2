/** A filter that a person typed: terms that must all hold. */
export interface Filter {
  terms: readonly Term[];
}

export interface Term {
  /** The member that it is about; absent: any of them, at any depth. */
  field?: string;
  /** In lower case. */
  text: string;
  /** Field and text, as they were typed: an ARN has colons, too. */
  whole: string;
  isNegated: boolean;
}

/**
 * Reads `text "with spaces" field:text -not field:"with spaces"`. Any text is a filter: while it is typed, a quote that is not
 * yet closed reaches to the end.
 */
export function parseFilter(typed: string): Filter {
  const terms = [...typed.matchAll(/(-)?(?:([\w.-]+):)?(?:"([^"]*)"?|(\S*))/g)].flatMap(
    ([typedTerm, minus, field, quoted, bare = '']): Term[] => {
      const text = (quoted ?? bare).toLowerCase();
      // A field without a text yet, or a quote without one: nothing to look for.
      if (text === '') return [];
      const whole = field === undefined ? text : typedTerm.slice(minus?.length ?? 0).toLowerCase();
      return [{ ...(field !== undefined && { field }), text, whole, isNegated: minus !== undefined }];
    },
  );
  return { terms };
}

/** Tells whether a row holds what is looked for. Texts are found whatever their case, and as parts. */
export function fits(row: Readonly<Record<string, unknown>>, { terms }: Filter): boolean {
  return terms.every((term) => holds(row, term) !== term.isNegated);
}

/** Where a row has no member of the name, all of the term is text. */
function holds(row: Readonly<Record<string, unknown>>, { field, text, whole }: Term): boolean {
  const member = field === undefined ? undefined : memberOf(row, field);
  return member === undefined ? contains(row, whole) : contains(member, text);
}

/** `detail.total` is a member of a member; a name is the same in either case, and `detail-type` as `detailType`. */
function memberOf(row: unknown, field: string): unknown {
  return field.split('.').reduce((value: unknown, part) => {
    if (typeof value !== 'object' || value === null) return undefined;
    return Object.entries(value).find(([name]) => plain(name) === plain(part))?.[1];
  }, row);
}

function plain(name: string): string {
  return name.replaceAll('-', '').toLowerCase();
}

function contains(value: unknown, text: string): boolean {
  if (value === undefined) return false;
  if (typeof value === 'object' && value !== null)
    return Object.values(value).some((inner) => contains(inner, text));
  return String(value).toLowerCase().includes(text);
}
