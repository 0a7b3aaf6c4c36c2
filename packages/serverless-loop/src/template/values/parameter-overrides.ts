/** Text that gives no parameter a value. */
export class ParameterOverrideError extends Error {
  override readonly name = 'ParameterOverrideError';
  readonly text: string;

  constructor(text: string, expected = 'Name=value or ParameterKey=Name,ParameterValue=value') {
    super(`expected ${expected}, found ${JSON.stringify(text)}`);
    this.text = text;
  }
}

/**
 * `A=b C="d e"`, also as `ParameterKey=A,ParameterValue=b`: as `sam deploy --parameter-overrides` takes it.
 * A list holds one parameter or more an element. Throws ParameterOverrideError.
 */
export function parseParameterOverrides(text: string | string[]): Record<string, string> {
  const words = (typeof text === 'string' ? [text] : text).flatMap((element) => wordsOf(element));
  return Object.fromEntries(words.map(parseWord));
}

/** Splits at blanks that no quotes enclose and no backslash precedes. A blank before no `=` belongs to the value. */
function wordsOf(text: string): string[] {
  const words = text.match(/(?:"(?:\\.|[^"\\])*"|'[^']*'|\\.|[^\s"'\\]|["'\\])+/gs) ?? [];
  const joined: string[] = [];
  for (const word of words) {
    // The shell has already taken the quotes off an element such as `Greeting=good morning`.
    const previous = joined.pop();
    if (previous !== undefined && !/^\w+=/.test(word)) joined.push(`${previous} ${word}`);
    else joined.push(...(previous === undefined ? [word] : [previous, word]));
  }
  return joined;
}

function parseWord(given: string): [string, string] {
  const word = /^(["']).*\1$/s.test(given) ? unquote(given) : given;
  const [, longKey, longValue] = /^ParameterKey=([^,]+),ParameterValue=(.*)$/s.exec(word) ?? [];
  if (longKey !== undefined && longValue !== undefined) return [unquote(longKey), unquote(longValue)];
  const equals = word.indexOf('=');
  if (equals <= 0) throw new ParameterOverrideError(given);
  return [unquote(word.slice(0, equals)), unquote(word.slice(equals + 1))];
}

function unquote(text: string): string {
  const single = /^'([^']*)'$/s.exec(text);
  if (single) return single[1] ?? '';
  const double = /^"((?:\\.|[^"\\])*)"$/s.exec(text);
  return (double?.[1] ?? text).replaceAll(/\\(["'\\, ])/g, '$1');
}

/**
 * `Db.Endpoint.Address=localhost`, one an element: values that the loop can't know, by what the template or another stack calls
 * them. Throws ParameterOverrideError.
 */
export function parseGivenValues(elements: readonly string[]): Record<string, string> {
  return Object.fromEntries(
    elements.map((element) => {
      const equals = element.indexOf('=');
      if (equals <= 0) throw new ParameterOverrideError(element, 'Name=value');
      return [element.slice(0, equals), element.slice(equals + 1)];
    }),
  );
}
