import { ALARM_STATES, type AlarmState } from '../../../aws/alarm.ts';

/** A composite alarm's rule over others. */
export type AlarmRule =
  | { kind: 'constant'; value: boolean }
  /** Holds while another alarm, by name or ARN, is in a state. */
  | { kind: 'is'; state: AlarmState; alarm: string }
  | { kind: 'not'; of: AlarmRule }
  | { kind: 'and' | 'or'; left: AlarmRule; right: AlarmRule };

/** A rule that can't be read. */
export class AlarmRuleError extends Error {
  override readonly name = 'AlarmRuleError';
}

const TOKEN = /\s*(?:(?<sign>[()])|"(?<quoted>(?:[^"\\]|\\.)*)"|(?<word>[^\s()"]+))/y;
const MAX_ELEMENTS = 500;
const MAX_CHILDREN = 100;

type Token = { sign: string } | { word: string } | { quoted: string };

/** Reads `ALARM("a") AND NOT (OK(b) OR FALSE)` (CloudWatch guide, "Creating a composite alarm"). Throws AlarmRuleError. */
export function parseAlarmRule(text: string): AlarmRule {
  const tokens = tokensOf(text);
  let at = 0;
  let elements = 0;

  const isWord = (word: string): boolean => {
    const token = tokens[at];
    return token !== undefined && 'word' in token && token.word.toUpperCase() === word;
  };
  const isSign = (sign: string): boolean => {
    const token = tokens[at];
    return token !== undefined && 'sign' in token && token.sign === sign;
  };

  function either(): AlarmRule {
    let left = both();
    while (isWord('OR')) {
      at += 1;
      left = { kind: 'or', left, right: both() };
    }
    return left;
  }

  function both(): AlarmRule {
    let left = single();
    while (isWord('AND')) {
      at += 1;
      left = { kind: 'and', left, right: single() };
    }
    return left;
  }

  function single(): AlarmRule {
    elements += 1;
    if (elements > MAX_ELEMENTS) throw new AlarmRuleError(`more than ${MAX_ELEMENTS} elements`);
    if (isWord('NOT')) {
      at += 1;
      return { kind: 'not', of: single() };
    }
    if (isWord('TRUE') || isWord('FALSE')) {
      const value = isWord('TRUE');
      at += 1;
      return { kind: 'constant', value };
    }
    if (isSign('(')) {
      at += 1;
      const inner = either();
      expect(')');
      return inner;
    }
    return call();
  }

  function call(): AlarmRule {
    const state = ALARM_STATES.find(isWord);
    if (!state) throw unexpected('ALARM(…), OK(…), INSUFFICIENT_DATA(…), TRUE, FALSE, NOT or "("');
    at += 1;
    expect('(');
    const token = tokens[at];
    if (!token || 'sign' in token) throw unexpected('the name or ARN of an alarm');
    at += 1;
    expect(')');
    return { kind: 'is', state, alarm: 'word' in token ? token.word : token.quoted };
  }

  function expect(sign: string): void {
    if (!isSign(sign)) throw unexpected(`"${sign}"`);
    at += 1;
  }

  function unexpected(expected: string): AlarmRuleError {
    return new AlarmRuleError(`expected ${expected}, found ${shown(tokens[at])}`);
  }

  const rule = either();
  if (at < tokens.length) throw unexpected('AND, OR or the end');
  if (alarmsIn(rule).length > MAX_CHILDREN) throw new AlarmRuleError(`more than ${MAX_CHILDREN} alarms`);
  return rule;
}

/** Tells whether the rule holds. An alarm that doesn't exist is in no state at all. */
export function holds(rule: AlarmRule, stateOf: (alarm: string) => AlarmState | undefined): boolean {
  switch (rule.kind) {
    case 'constant':
      return rule.value;
    case 'is':
      return stateOf(rule.alarm) === rule.state;
    case 'not':
      return !holds(rule.of, stateOf);
    case 'and':
      return holds(rule.left, stateOf) && holds(rule.right, stateOf);
    case 'or':
      return holds(rule.left, stateOf) || holds(rule.right, stateOf);
  }
}

/** The names or ARNs that the rule is about. */
export function alarmsIn(rule: AlarmRule): string[] {
  if (rule.kind === 'constant') return [];
  if (rule.kind === 'is') return [rule.alarm];
  if (rule.kind === 'not') return alarmsIn(rule.of);
  return [...alarmsIn(rule.left), ...alarmsIn(rule.right)];
}

function tokensOf(text: string): Token[] {
  const tokens: Token[] = [];
  const trimmed = text.trimEnd();
  const pattern = new RegExp(TOKEN);
  while (pattern.lastIndex < trimmed.length) {
    const from = pattern.lastIndex;
    const { sign, word, quoted } = pattern.exec(trimmed)?.groups ?? {};
    if (sign !== undefined) tokens.push({ sign });
    else if (word !== undefined) tokens.push({ word });
    else if (quoted !== undefined) tokens.push({ quoted: quoted.replace(/\\(.)/g, '$1') });
    else throw new AlarmRuleError(`a quotation mark without an end: ${trimmed.slice(from, from + 20)}`);
  }
  return tokens;
}

function shown(token: Token | undefined): string {
  if (!token) return 'the end';
  if ('sign' in token) return `"${token.sign}"`;
  return JSON.stringify('word' in token ? token.word : token.quoted);
}
