import { describe, expect, test } from 'vitest';
import { filledTemplate } from '../../../src/services/apigateway/integrations/mapping-template.ts';
import { TemplateError } from '../../../src/services/apigateway/velocity/syntax.ts';

const DATA = {
  body: '{"a":{"b":[1,"it\'s"]},"c":"x/y"}',
  parameters: {
    path: { id: '7', both: 'path' },
    querystring: { page: '2', both: 'query' },
    header: { 'X-A': 'h' },
  },
  context: { requestId: 'r', identity: { sourceIp: '127.0.0.1' }, authorizer: null },
  stageVariables: { colour: 'red' },
};

const filled = (template: string, more: Partial<typeof DATA> = {}) =>
  filledTemplate(template, { ...DATA, ...more }).text;

/* API Gateway guide, "Variables for data transformations for API Gateway". */
test.each([
  ["$input.json('$')", '{"a":{"b":[1,"it\'s"]},"c":"x/y"}'],
  ["$input.json('$.a.b[0]')", '1'],
  ["$input.path('$.c')", 'x/y'],
  ["$input.path('$').a.b[1]", "it's"],
  ["$input.path('$.nowhere')", "$input.path('$.nowhere')"],
  ['$input.body', '{"a":{"b":[1,"it\'s"]},"c":"x/y"}'],
  ["id=$input.params('id') $context.requestId", 'id=7 r'],
  ["$input.params('both') $input.params('page') $input.params('x-a') [$input.params('none')]", 'path 2 h []'],
  ["$input.params().querystring.page $input.params().path.get('id')", '2 7'],
  ["$input.params().header.get('X-A')", 'h'],
  [`$stageVariables.colour $stageVariables.get('colour') \${stageVariables['colour']}`, 'red red red'],
  ['$context.identity.sourceIp', '127.0.0.1'],
  ["$util.escapeJavaScript($input.json('$.c'))", '\\"x\\/y\\"'],
  ["$util.escapeJavaScript($input.path('$.a.b[1]'))", "it\\'s"],
  [`$util.escapeJavaScript($input.path('$.a.b[1]')).replaceAll("\\\\'","'")`, "it's"],
  ["$util.urlEncode('a b&c')", 'a+b%26c'],
  ["$util.urlDecode('a+b%26c')", 'a b&c'],
  ["$util.base64Encode('ab')", 'YWI='],
  ["$util.base64Decode('YWI=')", 'ab'],
  ['$util.parseJson(\'{"k": {"l": 3}}\').k.l', '3'],
  ['{"plain": true, "cost": "$5", "colour": "#fff"}', '{"plain": true, "cost": "$5", "colour": "#fff"}'],
])('%s gives %s', (template, expected) => {
  expect(filled(template)).toBe(expected);
});

/* Apache Velocity's user guide, "References" and "Directives". */
describe('a template', () => {
  test.each([
    ['#set($x = 1)$x', '1'],
    ['#set($x = "a $input.params(\'id\')")$x', 'a 7'],
    ["#set($x = 'a $y')$x", 'a $y'],
    ['#set($x = [1, "b", true])$x.size() $x[1] $x.get(2) $x', '3 b true [1, b, true]'],
    ['#set($x = {"a": 1, "b": {"c": "d"}})$x.b.c $x', 'd {a=1, b={c=d}}'],
    ['#set($x = {})#set($x.y = 2)#set($x["z"] = 3)$x.y$x.z', '23'],
    ['#set($n = 7 / 2 + 2 * 3 - 10 % 4)$n', '7'],
    ['#set($s = "a" + 1)$s', 'a1'],
    [`$nothing \${nothing} [$!nothing] [$!{nothing}]`, `$nothing \${nothing} [] []`],
    [`\${input.params("id")}s`, '7s'],
    ['#if($input.params("id") == "7")yes#{else}no#end', 'yes'],
    ['#if($nothing)a#elseif(!$nothing && 2 >= 2)b#else c#end', 'b'],
    ['#if(1 gt 2 or not (1 == 1))a#else b#end', ' b'],
    ['#if($context.authorizer)a#{else}b#end', 'b'],
    ['#foreach($n in [1..3])$n#if($foreach.hasNext),#end#end', '1,2,3'],
    ['#set($m = {"a": 1, "b": 2})#foreach($k in $m.keySet())$k#end', 'ab'],
    ['#set($m = {"a": 1})#foreach($e in $m.entrySet())$e.key=$e.value $velocityCount#end', 'a=1 1'],
    ['#foreach($n in [1, 2, 3])#if($n == 2)#break#end$n#end', '1'],
    ['a#stop b', 'a'],
    ['a## no text\nb #* nor\nthis *#c', 'ab c'],
    ['\\$input.body', '$input.body'],
    [
      '#set($x = "aXbX")$x.toLowerCase() $x.length() $x.split("X").size() $x.replaceAll("(X)", "[$1]")',
      'axbx 4 3 a[X]b[X]',
    ],
    ['#set($l = [])#set($ignored = $l.add("a"))$l.size() $l.isEmpty() $l.contains("a")', '1 false true'],
    ['#set($x = "")#if($x == "")empty#end#if("$!nothing" == "") too#end', 'empty too'],
  ])('%s gives %s', (template, expected) => {
    expect(filled(template)).toBe(expected);
  });

  test('has no lines of the directives that stand alone on theirs', () => {
    const template = '{\n  #set($x = 1)\n  #if($x == 1)\n  "a": $x\n  #else\n  "b": 2\n  #end\n}';
    expect(filled(template)).toBe('{\n  "a": 1\n}');
  });

  test('sets the status and the headers of the answer', () => {
    const template =
      '#set($context.responseOverride.status = 404)#set($context.responseOverride.header.X-Why = "none")body';
    expect(filledTemplate(template, DATA)).toEqual({
      text: 'body',
      override: { status: 404, headers: { 'X-Why': 'none' } },
    });
  });

  test('reaches nothing that objects are born with', () => {
    expect(filled('$input.constructor $!util.toString.name [$!context.__proto__]')).toBe(
      '$input.constructor  []',
    );
    expect(filled('#set($m = {})#set($m.__proto__ = {"a": 1})$!m.a$m.size()')).toBe('1');
  });

  test.each([
    '#if($x) no end',
    '#set($x)',
    '#set($x = )',
    '#end',
    '#foreach($n of [1])$n#end',
    '$util.nothing(1)',
    '#set($x = "a)',
    '#foreach($n in [1..5000])$n#end',
    '$input.json(',
  ])('that can’t be read or filled is told: %s', (template) => {
    expect(() => filled(template)).toThrow(TemplateError);
  });

  test('of a body that is no JSON fails where it is asked for a member', () => {
    expect(() => filled("$input.json('$.a')", { body: 'text' })).toThrow('is not valid JSON');
    expect(filled('$input.body', { body: 'text' })).toBe('text');
    expect(filled("[$!input.path('$.a')]", { body: '' })).toBe('[]');
  });
});
