import { crc32, deflateSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { readPlan } from './plan-picture.driver.ts';

const box = 'xmlns="http://www.w3.org/2000/svg" viewBox="0 0 100 60"';
const wall = '<path id="wall" d="M0 0H100V60" stroke="#000"/>';
const drawing = (inner: string, attributes = box): string =>
  `<svg ${attributes}>${wall}${inner}</svg>`;
const takeSvg = async (text: string) => {
  const plan = await readPlan({
    mediaType: 'image/svg+xml',
    base64: Buffer.from(text).toString('base64'),
  });
  return { ...plan, text: Buffer.from(plan.picture).toString() };
};
const refusal = { code: 'evacuation/plan-unreadable' };

describe('a drawing', () => {
  it('keeps what draws, and its size', async () => {
    const inner =
      '<defs><clipPath id="c"><rect width="9" height="9"/></clipPath></defs><style>.a{fill:url(#c);stroke:rgb(0,0,0)}</style>' +
      '<g transform="translate(2 3)" clip-path="url(#c)"><text class="a" x="1">Accueil &amp; état civil</text></g><use xlink:href="#wall"/>';
    const { text, size } = await takeSvg(
      drawing(inner, `${box} xmlns:xlink="http://www.w3.org/1999/xlink"`),
    );
    expect(text).toContain(
      '<g transform="translate(2 3)" clip-path="url(#c)"><text class="a" x="1">Accueil &amp; état civil</text></g>',
    );
    expect(text).toContain('<style>.a{fill:url(#c);stroke:rgb(0,0,0)}</style>');
    expect(text).toContain('<use href="#wall"></use>');
    expect(size).toMatchObject({ width: 100, height: 60 });
  });

  it('is the same when it is cleaned twice', async () => {
    const once = await takeSvg(drawing('<g onclick="x()"><rect width="3" height="2"/></g>'));
    expect((await takeSvg(once.text)).text).toBe(once.text);
  });

  it.each([
    ['a script', '<script>alert(1)</script>'],
    ['a script elsewhere', '<script href="https://evil.example/x.js"/>'],
    [
      'a script in another namespace',
      '<h:script xmlns:h="http://www.w3.org/1999/xhtml">x</h:script>',
    ],
    [
      'a script of its own prefix',
      '<svg:script xmlns:svg="http://www.w3.org/2000/svg">x</svg:script>',
    ],
    ['a page inside', '<foreignObject><iframe src="https://evil.example"/></foreignObject>'],
    ['a handler', '<rect width="1" height="1" onload="alert(1)" onCLICK="alert(1)"/>'],
    ['a link', '<a href="javascript:alert(1)"><rect width="1" height="1"/></a>'],
    ['a link in an old way', '<use xlink:href="javascript:alert(1)"/>'],
    ['a part of another file', '<use href="https://evil.example/a.svg#x"/>'],
    ['a part in the address', '<use href="data:image/svg+xml;base64,PHN2Zy8+#x"/>'],
    ['an animation that writes a link', '<set attributeName="href" to="javascript:alert(1)"/>'],
    ['an animation', '<animate attributeName="onload" values="alert(1)"/>'],
    ['an import of styles', '<style>@import "https://evil.example/a.css";</style>'],
    ['a font from outside', '<style>@font-face{src:url(https://evil.example/f)}</style>'],
    ['a style that loads', '<style>rect{fill:url("https://evil.example/#a")}</style>'],
    [
      'a style that loads in another way',
      '<style>g{background:image-set("https://evil.example/a")}</style>',
    ],
    ['a hidden word', '<style>rect{fill:u\\72l(https://evil.example)}</style>'],
    [
      'a style that is closed early',
      '<style><![CDATA[</style><script>alert(1)</script>]]></style>',
    ],
    ['a style of one thing', '<rect style="fill:url(//evil.example/x)" width="1" height="1"/>'],
    ['a paint from outside', '<rect fill="url(https://evil.example/x#y)" width="1" height="1"/>'],
    ['an old expression', '<rect style="width:expression(alert(1))"/>'],
    ['a filter that loads', '<filter id="f"><feImage href="https://evil.example"/></filter>'],
    ['a text that looks like markup', '<text>&lt;script&gt;alert(1)&lt;/script&gt;</text>'],
    ['an attribute that looks like markup', '<rect id="&quot;&gt;&lt;script&gt;"/>'],
    ['a comment', '<!-- <script>alert(1)</script> -->'],
    ['an instruction', '<?xml-stylesheet href="https://evil.example/a.css"?>'],
    ['sound', '<audio src="https://evil.example/a.ogg"/>'],
    ['a handler of an event', '<handler type="application/ecmascript">alert(1)</handler>'],
  ])('loses %s', async (_, hostile) => {
    const { text } = await takeSvg(
      drawing(hostile, `${box} xmlns:xlink="http://www.w3.org/1999/xlink" onload="alert(1)"`),
    );
    const inner = text.replace('xmlns="http://www.w3.org/2000/svg"', '');
    expect(inner).not.toMatch(
      /<(?!\/?(svg|path|rect|use|text|g)\b)|\son\w+=|https?:|\/\/|javascript:|data:|@|\\/i,
    );
    expect(inner).toContain('M0 0H100V60');
  });

  const nested = (depth: number) => '<g>'.repeat(depth) + '</g>'.repeat(depth);
  const laughs = Array.from(
    { length: 30 },
    (_, i) => `<g id="l${i + 1}"><use href="#l${i}"/><use href="#l${i}"/></g>`,
  ).join('');
  const chain = Array.from({ length: 5000 }, (_, i) => `<use id="c${i}" href="#c${i + 1}"/>`).join(
    '',
  );
  it.each([
    [
      'an entity that grows',
      `<!DOCTYPE svg [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;">]>${drawing('<text>&b;</text>')}`,
    ],
    [
      'an entity that reads a file',
      `<!DOCTYPE svg [<!ENTITY x SYSTEM "file:///etc/passwd">]>${drawing('<text>&x;</text>')}`,
    ],
    ['parts that repeat parts', drawing(`<g id="l0"/>${laughs}<use href="#l30"/>`)],
    ['a part that repeats itself', drawing('<g id="a"><use href="#a"/></g>')],
    [
      'a cut that is cut by itself',
      drawing('<clipPath id="k"><rect clip-path="url(#k)"/></clipPath>'),
    ],
    ['a long chain', drawing(chain)],
    ['deep groups', drawing(nested(500))],
    ['groups without end', drawing(nested(200_000))],
    ['a picture inside', drawing('<image href="data:image/png;base64,AAAA"/>')],
    ['no size', `<svg xmlns="http://www.w3.org/2000/svg">${wall}</svg>`],
    ['a size of nothing', drawing('', 'viewBox="0 0 0 10"')],
    ['a ribbon', drawing('', 'viewBox="0 0 10000 1"')],
    ['a size that is no number', drawing('', 'viewBox="0 0 wide high"')],
    ['another kind of XML', '<html><script>alert(1)</script></html>'],
    ['a page', '<!doctype html><p>plan'],
    ['nothing', ' '],
    ['half of it', drawing('').slice(0, -4)],
    ['bytes that are no text', '\uFFFE\u0000'],
  ])('is refused for %s', async (_, text) => {
    await expect(takeSvg(text)).rejects.toMatchObject(refusal);
  });

  it('is refused when it says that it is a photograph', async () => {
    const base64 = Buffer.from(drawing('')).toString('base64');
    await expect(readPlan({ mediaType: 'image/png', base64 })).rejects.toMatchObject(refusal);
  });
});

const signature = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]);
function chunk(type: string, data: Uint8Array): Buffer {
  const body = Buffer.concat([Buffer.from(type, 'latin1'), data]);
  const whole = Buffer.alloc(body.length + 8);
  whole.writeUInt32BE(data.length, 0);
  body.copy(whole, 4);
  whole.writeUInt32BE(crc32(body), whole.length - 4);
  return whole;
}
function header(width: number, height: number): Buffer {
  const data = Buffer.alloc(13);
  data.writeUInt32BE(width, 0);
  data.writeUInt32BE(height, 4);
  data.set([8, 0], 8);
  return chunk('IHDR', data);
}
const grey = (width: number, height: number): Buffer =>
  chunk('IDAT', deflateSync(Buffer.alloc((width + 1) * height)));
const end = chunk('IEND', Buffer.alloc(0));
const takePng = (...parts: Buffer[]) =>
  readPlan({
    mediaType: 'image/png',
    base64: Buffer.concat([signature, ...parts]).toString('base64'),
  });

describe('a picture of a plan', () => {
  it('keeps its pixels and loses what was written into it', async () => {
    const told = chunk('tEXt', Buffer.from('Author\0somebody'));
    const plan = await takePng(header(40, 30), told, grey(40, 30), end, Buffer.from('<script>'));
    expect(plan.size).toMatchObject({ width: 40, height: 30 });
    const kept = Buffer.concat([signature, header(40, 30), grey(40, 30), end]);
    expect(Buffer.from(plan.picture).equals(kept)).toBe(true);
  });

  const damaged = grey(4, 4);
  damaged[12] = (damaged[12] ?? 0) ^ 0xff;
  it.each<[string, Buffer[]]>([
    ['more pixels than can be shown', [header(100_000, 100_000), grey(4, 4), end]],
    ['no pixels', [header(0, 4), grey(4, 4), end]],
    ['data that unpack to more than was said', [header(4, 4), grey(4000, 4000), end]],
    ['fewer data than were said', [header(400, 400), grey(4, 4), end]],
    ['a wrong check sum', [header(4, 4), damaged, end]],
    ['no header', [grey(4, 4), end]],
    ['no end', [header(4, 4), grey(4, 4)]],
    ['a chunk that goes on past the end', [header(4, 4), grey(4, 4).subarray(0, 10)]],
    ['nothing but the signature', []],
  ])('is refused for %s', async (_, parts) => {
    await expect(takePng(...parts)).rejects.toMatchObject(refusal);
  });
});
