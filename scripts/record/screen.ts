import { RecordingError, typed } from './shell.ts';

/** A terminal that is recorded: what is typed in it, and what it shows. */
export interface Screen {
  /** Types a line and waits for its end; gives what it showed. */
  type(line: string): Promise<string>;
  shown(): string;
}

export function screen(env: NodeJS.ProcessEnv): Screen {
  const shown: string[] = [];
  return {
    async type(line) {
      const output = await typed(line, env);
      const prompt = `$ ${line}`.replaceAll(/^.*$/gm, '\u001b[1m$&\u001b[22m');
      shown.push(
        [prompt, output.trimEnd(), ''].filter((part, index) => index === 2 || part !== '').join('\n'),
      );
      return output;
    },
    shown: () => shown.join('\n'),
  };
}

/** The one thing that a pattern's group finds in what was shown. Throws RecordingError where there is none. */
export function found(pattern: RegExp, text: string): string {
  const [, it] = pattern.exec(text) ?? [];
  if (it !== undefined) return it;
  throw new RecordingError(`${pattern} finds nothing in:\n${text}`);
}
