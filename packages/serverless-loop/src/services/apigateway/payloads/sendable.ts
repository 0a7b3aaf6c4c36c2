/** RFC 9110, 5.1 and 5.5: what a header may be called, and hold. */
const NAME = /^[!#$%&'*+\-.^_`|~0-9A-Za-z]+$/;
// biome-ignore lint/suspicious/noControlCharactersInRegex: a header's value may hold a tab, and no other control character.
const UNSENDABLE = /[\x00-\x08\x0a-\x1f\x7f]|[^\x00-\xff]/;

/** Tells a header that can be sent at all. */
export function isSendable(name: string, value: string | string[]): boolean {
  return NAME.test(name) && ![value].flat().some((each) => UNSENDABLE.test(each));
}
