/** The steps to one place of a JSON value: names of fields, positions in lists. */
export type Steps = (string | number)[];

/** Every place inside a JSON value, outermost first. */
export function placesIn(value: unknown, at: Steps = []): Steps[] {
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([key, inner]) => {
    const steps = [...at, Array.isArray(value) ? Number(key) : key];
    return [steps, ...placesIn(inner, steps)];
  });
}

/** A copy of a JSON value with another value at one place. */
export function replacedAt(value: unknown, steps: Steps, replacement: unknown): unknown {
  const [step, ...rest] = steps;
  if (step === undefined) return replacement;
  if (Array.isArray(value)) {
    return value.map((item, index) => (index === step ? replacedAt(item, rest, replacement) : item));
  }
  if (typeof value !== 'object' || value === null) throw new Error(`nothing at ${steps.join('.')}`);
  const entries = Object.entries(value).map(([key, inner]) => [
    key,
    key === step ? replacedAt(inner, rest, replacement) : inner,
  ]);
  return Object.fromEntries(entries);
}

/** A copy of a JSON value without the field at one place. */
export function withoutFieldAt(value: unknown, steps: Steps): unknown {
  const [step, ...rest] = steps;
  if (Array.isArray(value)) {
    return value.map((item, index) => (index === step ? withoutFieldAt(item, rest) : item));
  }
  if (typeof value !== 'object' || value === null) throw new Error(`nothing at ${steps.join('.')}`);
  const entries = Object.entries(value).flatMap(([key, inner]) => {
    if (key !== step) return [[key, inner]];
    return rest.length === 0 ? [] : [[key, withoutFieldAt(inner, rest)]];
  });
  return Object.fromEntries(entries);
}

/** The place as an issue names it. */
export function pathOf(steps: Steps): string {
  return steps
    .map((step) => (typeof step === 'number' ? `[${step}]` : `.${step}`))
    .join('')
    .slice(1);
}
