/** Deeper than any line of a template is indented. */
const DEEP = ' '.repeat(80);
/** No template that somebody wrote has a longer line that continues another. */
const MAX_LINE_LENGTH = 10_000;

const KEY = /(?:"(?:[^"\\]|\\.)*"|'[^']*'|[^\s"'#][^#"]*?)/.source;
const TAGS = /(?:[!&][^\s,[\]{}]*\s+)*/.source;
/** Stands before a value: nothing, dashes, a key, a tag or an anchor. */
const BEFORE_VALUE = new RegExp(`^\\s*(?:[-?]\\s+)*(?:${KEY}\\s*:\\s+)?${TAGS}$`);
const BEFORE_FLOW_VALUE = new RegExp(`(?:^|[,[{:])\\s*${TAGS}$`);
const BLOCK_SCALAR = /(?:^|[\s:-])[|>][-+\d]{0,2}\s*(?:#.*)?$/;

interface Open {
  brackets: number;
  quote: string | undefined;
}

/**
 * The same document with lines that continue a flow collection or a quoted text indented, and with a blank before each comment:
 * the rules of YAML ask for both, and PyYAML, by which the SAM CLI and many a reader of templates work, for neither (what counts
 * there is the brackets and the quotes). Lines keep their numbers.
 */
export function indented(source: string): string {
  const open: Open = { brackets: 0, quote: undefined };
  const all = source.split('\n');
  if (all.some((line) => line.length > MAX_LINE_LENGTH)) return source;
  let blockScalarIn: number | undefined;
  const lines = all.map((line) => {
    const indent = /^ */.exec(line)?.[0].length ?? 0;
    if (blockScalarIn !== undefined) {
      if (line.trim() === '' || indent > blockScalarIn) return line;
      blockScalarIn = undefined;
    }
    const continues = open.brackets > 0 || open.quote !== undefined;
    const read = readLine(line, open);
    if (!continues && open.brackets === 0 && open.quote === undefined && BLOCK_SCALAR.test(read))
      blockScalarIn = indent;
    return continues ? `${DEEP}${read.trimStart()}` : read;
  });
  return lines.join('\n');
}

/** Goes through a line, keeping count of what is open; gives it with a blank before its comment. */
function readLine(line: string, open: Open): string {
  for (let index = 0; index < line.length; index++) {
    const character = line.charAt(index);
    if (open.quote !== undefined) index = inQuotes(line, index, open);
    else if (character === '#' && /(?:^|[\s"'\]}])$/.test(line.slice(Math.max(0, index - 1), index)))
      return `${line.slice(0, index)}${index === 0 ? '' : ' '}${line.slice(index)}`;
    else if (`"'[{`.includes(character) && begins(line.slice(0, index), open)) {
      if (character === '"' || character === "'") open.quote = character;
      else open.brackets++;
    } else if (']}'.includes(character) && open.brackets > 0) open.brackets--;
  }
  return line;
}

/** Closes the quotes where they end; gives the place of the last character that it has looked at. */
function inQuotes(line: string, index: number, open: Open): number {
  const character = line.charAt(index);
  if (open.quote === '"' && character === '\\') return index + 1;
  if (character !== open.quote) return index;
  if (character === "'" && line[index + 1] === "'") return index + 1;
  open.quote = undefined;
  return index;
}

function begins(before: string, { brackets }: Open): boolean {
  return (brackets > 0 ? BEFORE_FLOW_VALUE : BEFORE_VALUE).test(before);
}
