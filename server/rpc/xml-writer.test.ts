// Answers are written as Python's marshaller with Odoo's additions writes them.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { writeAnswer, writeFault } from './xml-writer.ts';

const body = (value: unknown) => /<param>\n(.*)<\/param>/s.exec(writeAnswer(value))![1];

test('values are marshalled', () => {
  assert.equal(body(1), '<value><int>1</int></value>\n');
  assert.equal(body(-2_147_483_648), '<value><int>-2147483648</int></value>\n');
  assert.equal(body(0.5), '<value><double>0.5</double></value>\n');
  assert.equal(body(false), '<value><boolean>0</boolean></value>\n');
  assert.equal(body('a<b>&\0\u0007c'), '<value><string>a&lt;b&gt;&amp;c</string></value>\n');
  assert.equal(
    body([['a', 1]]),
    '<value><array><data>\n<value><array><data>\n<value><string>a</string></value>\n<value><int>1</int></value>\n</data></array></value>\n</data></array></value>\n',
  );
  assert.equal(
    body({ id: 1 }),
    '<value><struct>\n<member>\n<name>id</name>\n<value><int>1</int></value>\n</member>\n</struct></value>\n',
  );
});

test('what XML-RPC cannot hold is an error', () => {
  const none = {
    message: 'cannot marshal None unless allow_none is enabled',
    pythonClass: 'builtins.TypeError',
  };
  assert.throws(() => writeAnswer(null), none);
  assert.throws(() => writeAnswer([{ a: null }]), none);
  assert.throws(() => writeAnswer(undefined), none);
  assert.throws(() => writeAnswer(2_147_483_648), { message: 'int exceeds XML-RPC limits' });
});

test('a fault has the shape clients know', () => {
  assert.equal(
    writeFault(3, 'Access Denied').replaceAll('\n', ''),
    "<?xml version='1.0'?><methodResponse><fault><value><struct><member><name>faultCode</name><value><int>3</int></value></member><member><name>faultString</name><value><string>Access Denied</string></value></member></struct></value></fault></methodResponse>",
  );
});
