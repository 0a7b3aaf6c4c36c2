import fc from 'fast-check';

const FIRST_SURROGATE = 0xd800;
const SURROGATES = 0x800;

/**
 * Text of any characters of Unicode. The library has a unit `binary` for that, which first takes 1.5 s and 100 MB of a process,
 * for a table by which texts that are given could be made smaller.
 */
export const anyText = (length: fc.StringSharedConstraints = {}) =>
  fc.string({ ...length, unit: anyCharacter });

const anyCharacter = fc
  .integer({ min: 0, max: 0x10ffff - SURROGATES })
  .map((at) => String.fromCodePoint(at < FIRST_SURROGATE ? at : at + SURROGATES));
