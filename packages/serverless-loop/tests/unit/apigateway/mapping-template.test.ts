import { expect, test } from 'vitest';
import {
  filledTemplate,
  TemplateError,
} from '../../../src/services/apigateway/integrations/mapping-template.ts';

const DATA = {
  body: '{"a":{"b":[1,"it\'s"]},"c":"x/y"}',
  requestId: 'r',
  params: (name: string) => ({ id: '7' })[name],
};

// API Gateway guide, "Variables for data transformations for API Gateway".
test.each([
  ["$input.json('$')", '{"a":{"b":[1,"it\'s"]},"c":"x/y"}'],
  ["$input.json('$.a.b[0]')", '1'],
  ["$input.path('$.c')", 'x/y'],
  ["id=$input.params('id') $context.requestId", 'id=7 r'],
  ["$util.escapeJavaScript($input.json('$.c'))", '\\"x\\/y\\"'],
  ["$util.escapeJavaScript($input.path('$.a.b[1]'))", "it\\'s"],
  [`$util.escapeJavaScript($input.path('$.a.b[1]')).replaceAll("\\\\'","'")`, "it's"],
  ["$util.urlEncode('a b')", 'a%20b'],
  ["$util.base64Encode('ab')", 'YWI='],
  ['{"plain": true}', '{"plain": true}'],
])('%s gives %s', (template, filled) => {
  expect(filledTemplate(template, DATA)).toBe(filled);
});

test.each([
  '#set($x = 1)',
  '#if(true) a #end',
  '$x.y',
  '$!{x}',
  '$util.parseJson($input.body)',
  '$input.json(1)',
])('%s is refused, as it is not emulated', (template) => {
  expect(() => filledTemplate(template, DATA)).toThrow(TemplateError);
});
