const FUNCTION_TAGS = new Map(
  [
    'And',
    'Base64',
    'Cidr',
    'Equals',
    'FindInMap',
    'GetAtt',
    'GetAZs',
    'If',
    'ImportValue',
    'Join',
    'Length',
    'Not',
    'Or',
    'Select',
    'Split',
    'Sub',
    'ToJsonString',
    'Transform',
  ].map((name) => [`!${name}`, `Fn::${name}`]),
);

/** The full name that a short tag stands for, e.g. `Fn::Sub` of `!Sub`. */
export function longName(tag: string): string | undefined {
  if (tag === '!Ref') return 'Ref';
  if (tag === '!Condition') return 'Condition';
  return FUNCTION_TAGS.get(tag);
}

export const SHORT_TAGS = ['!Ref', '!Condition', ...FUNCTION_TAGS.keys()];
