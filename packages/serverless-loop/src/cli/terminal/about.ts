import { version } from '../version.ts';

/** The text that `--help` or `--version` prints, where one was given. */
export function aboutText(
  { help, version: wantsVersion }: { help?: boolean | undefined; version?: boolean | undefined },
  helpText: string,
): string | undefined {
  if (help) return helpText;
  return wantsVersion ? `${version()}\n` : undefined;
}
