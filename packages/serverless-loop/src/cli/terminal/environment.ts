/** Variables that a shell itself reads (POSIX.1-2024, Shell Command Language, "Shell Variables"): an output of that name stays out. */
const OF_THE_SHELL = new Set(
  'ENV HOME IFS LANG LINENO MAIL MAILPATH NLSPATH OLDPWD PATH PPID PS1 PS2 PS3 PS4 PWD SHELL UID EUID'.split(
    ' ',
  ),
);

/** A stack's outputs that can be a shell's variables, and the names of those that can't. */
export function outputVariables(outputs: Record<string, string>): {
  variables: Record<string, string>;
  left: string[];
} {
  const isVariable = (name: string) => /^[A-Za-z_]\w*$/.test(name) && !OF_THE_SHELL.has(name);
  return {
    variables: Object.fromEntries(Object.entries(outputs).filter(([name]) => isVariable(name))),
    left: Object.keys(outputs).filter((name) => !isVariable(name)),
  };
}

/** `NAME='value' …` as any POSIX shell reads it, whatever the values hold. */
export function assignments(environment: Record<string, string>): string[] {
  return Object.entries(environment).map(([name, value]) => `${name}=${quoted(value)}`);
}

/** Inside single quotes nothing is special but the quote itself; what is plain needs none. */
function quoted(value: string): string {
  return /^[\w./:@%+=,-]+$/.test(value) ? value : `'${value.replaceAll("'", "'\\''")}'`;
}
