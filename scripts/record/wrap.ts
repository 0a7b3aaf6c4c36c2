/** Breaks lines before the word that is past `columns`, a longer word at `columns`; what follows is indented. */
export function wrap(output: string, columns: number): string {
  return output
    .split('\n')
    .map((line) => wrapLine(line, columns))
    .join('\n');
}

const ESCAPE = '\u001b[';
const OFF = ['0', '22', '39'];

function wrapLine(line: string, columns: number): string {
  const indentation = ' '.repeat(/^ */.exec(line)?.[0].length ?? 0).concat('    ');
  let active = '';
  let column = 0;
  let wrapped = '';
  const goOn = () => {
    wrapped = `${wrapped.trimEnd()}\n${indentation}${active}`;
    column = indentation.length;
  };
  for (const [index, part] of line.split(ESCAPE).entries()) {
    const end = index === 0 ? 0 : part.indexOf('m') + 1;
    if (end > 0) {
      const code = `${ESCAPE}${part.slice(0, end)}`;
      active = OFF.includes(part.slice(0, end - 1)) ? '' : active + code;
      wrapped += code;
    }
    for (const [piece] of part.slice(end).matchAll(/\s+|\S+/g)) {
      const fits = column + piece.length <= columns;
      const isShort = piece.length <= columns - indentation.length;
      if (!fits && isShort) goOn();
      if (!fits && piece.trim() === '') continue;
      for (const character of piece) {
        if (column === columns) goOn();
        wrapped += character;
        column += 1;
      }
    }
  }
  return wrapped;
}
