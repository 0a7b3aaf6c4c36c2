export type TemplatePart = Literal | Placeholder;

export interface Literal {
  kind: 'literal';
  text: string;
}

export interface Placeholder {
  kind: 'placeholder';
  name: string;
  /** Whether it stands inside a quoted string of the template. */
  quoted: boolean;
}

/** `<name>`; what else has angle brackets is text. */
const placeholder = /<([A-Za-z0-9_.-]+)>/;

/** Cuts an InputTemplate into text and placeholders. */
export function templateParts(template: string): TemplatePart[] {
  let quoted = false;
  return template.split(placeholder).map((piece, index): TemplatePart => {
    if (index % 2 === 1) return { kind: 'placeholder', name: piece, quoted };
    if (quotesIn(piece) % 2 === 1) quoted = !quoted;
    return { kind: 'literal', text: piece };
  });
}

/** An escaped quote neither opens nor closes a string. */
function quotesIn(text: string): number {
  return text.replace(/\\./gs, '').split('"').length - 1;
}
